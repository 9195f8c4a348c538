"""Certificates for the team: turned on for the cycle, looked at, revoked with a reason, allowed again."""

from db.people import certificates, dialogs, registrations
from db.people.certificates import IssuedCertificate
from db.programme import cycle_switches
from db.programme.cycle_switches import CERTIFICATES
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from knowledge.attendance.certificate_code import grouped
from knowledge.attendance.verification_card import verification_lines
from locales.reply import Button, Keyboard, Reply, Value, reply, text

# The conversation in which the reason of a revocation is typed and looked at.
REVOKE_DIALOG = "revoke"
_TYPING, _LOOKING = "typing", "looking"
_LONGEST_REASON = 300


async def show_certificates(turn: Turn) -> Reply:
    """Shows whether the bot issues certificates, and the switch."""
    if turn.cycle.certificate is None:
        return reply(text("certificates.no_template"), keyboard=(_back_to_team(),))
    on = await cycle_switches.is_on(turn.tx, turn.cycle.key, CERTIFICATES)
    issued, revoked = await certificates.count_by_state(turn.tx, turn.cycle.key)
    switch = Button(text(f"certificates.turn_{'off' if on else 'on'}"), f"ct:{'off' if on else 'on'}")
    return reply(
        text(f"certificates.{'on' if on else 'off'}"),
        "",
        text("certificates.explained"),
        text("certificates.issued", n=issued, revoked=revoked),
        keyboard=((switch,), _back_to_team()),
    )


def _back_to_team() -> tuple[Button, ...]:
    return (Button(text("team.button"), "tm"), *home_row())


async def switch_certificates(turn: Turn, switch: str) -> Reply:
    """Turns certificates on or off for the whole cycle."""
    if turn.cycle.certificate is not None:
        await cycle_switches.turn(turn.tx, turn.cycle.key, CERTIFICATES, on=switch == "on", now=turn.now)
        await turn.note(f"certificates_{switch}")
    return await show_certificates(turn)


async def _newest(turn: Turn, id_: int) -> IssuedCertificate | None:
    """Returns the newest certificate of somebody on the list; None where there is no such person, or none of theirs."""
    if await registrations.registration_of_person(turn.tx, id_, turn.cycle.key) is None:
        return None
    return await certificates.newest_certificate(turn.tx, id_, turn.cycle.key)


def _back_row(id_: int) -> Keyboard:
    return ((Button(text("button.back"), f"pt:c:{id_}"), *home_row()),)


async def show_persons_certificate(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows the newest certificate of somebody on the list, and what can be done with it."""
    newest = await _newest(turn, int(id))
    if newest is None:
        return reply(text("certificates.has_none"), keyboard=_back_row(int(id)))
    lines = list(verification_lines(turn.cycle, newest))
    lines.append(text("certificates.code", code=grouped(newest.code)))
    if newest.reason:
        lines.append(text("certificates.reason", reason=newest.reason))
    return reply(*lines, keyboard=(*_ways(int(id), newest), *_back_row(int(id))))


def _ways(id_: int, newest: IssuedCertificate) -> Keyboard:
    if newest.state == "valid":
        return ((Button(text("certificates.revoke"), f"ct:r:{id_}"),),)
    return ((Button(text("certificates.lift"), f"ct:l:{id_}"),),) if newest.blocks else ()


async def ask_reason(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks why: one line, which the person reads, too."""
    newest = await _newest(turn, int(id))
    if newest is None or newest.state != "valid":
        return await show_persons_certificate(turn, id)
    draft = {"id": int(id), "code": newest.code}
    await dialogs.begin(turn.tx, turn.person.id, REVOKE_DIALOG, _TYPING, now=turn.now, **draft)
    return reply(text("certificates.ask_reason", most=_LONGEST_REASON), keyboard=_back_to_certificate(int(id)))


def _back_to_certificate(id_: int) -> Keyboard:
    return ((Button(text("button.back"), f"ct:p:{id_}"), *home_row()),)


async def reason_input(turn: Turn) -> Reply:
    """Shows what revoking would say; nothing is revoked yet."""
    state = await dialogs.get(turn.tx, turn.person.id, REVOKE_DIALOG)
    if state is None:
        return await show_certificates(turn)
    id_, reason = int(state.answers["id"]), " ".join(turn.words.split())
    if not reason or len(reason) > _LONGEST_REASON:
        return reply(text("certificates.ask_reason", most=_LONGEST_REASON), keyboard=_back_to_certificate(id_))
    draft = {"id": id_, "code": state.answers["code"], "reason": reason}
    version = await dialogs.begin(turn.tx, turn.person.id, REVOKE_DIALOG, _LOOKING, now=turn.now, **draft)
    newest = await _newest(turn, id_)
    lines: list[Value] = [text("certificates.would_revoke", name=newest.name if newest is not None else "")]
    lines.append(text("certificates.reason", reason=reason))
    yes = (Button(text("certificates.revoke.yes"), f"ct:r:{id_}:{version}"),)
    return reply(*lines, keyboard=(yes, *_back_to_certificate(id_)))


async def revoke_certificate(turn: Turn, id: str, version: str) -> Reply:  # noqa: A002 - as in the button's address
    """Revokes the certificate that was looked at, once."""
    state = await dialogs.get(turn.tx, turn.person.id, REVOKE_DIALOG)
    fits = (
        state is not None and state.step == _LOOKING and (str(state.answers["id"]), str(state.version)) == (id, version)
    )
    if state is not None and fits:
        await dialogs.end(turn.tx, turn.person.id, REVOKE_DIALOG)
        code, reason = str(state.answers["code"]), str(state.answers["reason"])
        if await certificates.revoke(turn.tx, code, reason, now=turn.now):
            await turn.note("certificate_revoked", n=1)
    return await show_persons_certificate(turn, id)


async def lift_revocation(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Lets a new certificate be issued; the revoked code stays revoked."""
    newest = await _newest(turn, int(id))
    if newest is not None and await certificates.lift(turn.tx, newest.code, now=turn.now):
        await turn.note("certificate_lifted", n=1)
    return await show_persons_certificate(turn, id)
