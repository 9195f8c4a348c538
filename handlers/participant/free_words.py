"""What people type when nothing was asked: a wish that can be done at once, or a question."""

from collections.abc import Sequence

from handlers.participant import ask, my_registration, registration
from handlers.turn import Turn
from knowledge.answers import Answer
from locales.reply import Reply


async def heard(turn: Turn) -> Reply:
    """ "Anotame a la sesión 3" is done; everything else is answered."""
    found = await ask.understood(turn, turn.words)
    if (number := _session(turn, found, "registration")) is not None:
        return await registration.for_session(turn, number)
    number = _session(turn, found, "cancel_registration")
    if number is not None and await my_registration.told(turn) is not None:
        return await my_registration.ask_to_leave(turn, number)
    return await ask.told(turn, found, turn.words)


def _session(turn: Turn, found: Sequence[Answer], topic: str) -> int | None:
    """The one session of a wish; None for a question about it."""
    if len(found) != 1 or found[0].topic != topic or len(found[0].ids) != 1 or "?" in turn.words:
        return None
    return int(found[0].ids[0]) if found[0].ids[0].isdecimal() else None
