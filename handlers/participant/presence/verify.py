"""/verify: whether a code is a certificate, and what it states; nothing is listed, nothing is searched."""

from db.people import certificates, dialogs
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from knowledge.attendance.certificate_code import read_code
from knowledge.attendance.verification_card import verification_lines
from locales.reply import Reply, reply, text

# The conversation in which a code is typed.
DIALOG = "verify"
LINK_PREFIX = "v"


async def ask_code(turn: Turn) -> Reply:
    """Asks for the code (/verify)."""
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, "code", now=turn.now)
    return reply(text("verify.ask"), keyboard=(home_row(),))


async def code_input(turn: Turn) -> Reply:
    """Takes a typed code."""
    await dialogs.end(turn.tx, turn.person.id, DIALOG)
    return await verify_by_words(turn, turn.words)


async def verify_by_words(turn: Turn, words: str) -> Reply:
    """Says what that code is: /verify CODE, or the link in a certificate's QR code."""
    if turn.services.verifications.is_reached(turn.person.id, turn.now):
        return reply(text("verify.enough"), keyboard=(home_row(),))
    code = read_code(words)
    found = await certificates.certificate_by_code(turn.tx, code) if code is not None else None
    if found is None:
        turn.services.verifications.count(turn.person.id, turn.now)
        return reply(text("verify.unknown"), keyboard=(home_row(),))
    return reply(*verification_lines(turn.cycle, found), keyboard=(home_row(),))
