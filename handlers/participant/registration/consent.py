"""What someone allows: one sentence a purpose, each decided for itself; a changed sentence asks again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from db.people import consents, registrations
from db.people.consents import Consent
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from locales.reply import Button, Keyboard, Reply, Value, reply, text


@dataclass(frozen=True, slots=True)
class Purpose:
    """A use of someone's data; `version` is one more whenever its sentence means something else."""

    key: str
    version: int
    needed: bool = False
    usual: bool = False  # allowed until they say no


# Off until they say yes, but for what registering cannot do without.
PURPOSES = (Purpose("registration", 2, needed=True), Purpose("announcements", 1), Purpose("photos", 1))
# What is decided outside of the registration: messages after sessions, which bring their own button to end them.
AFTERWARDS = Purpose(consents.FEEDBACK, consents.FEEDBACK_VERSION, usual=True)


def _switched() -> tuple[Purpose, ...]:
    """Returns what has a switch on the card of consents."""
    return (*PURPOSES, AFTERWARDS)


def purpose_lines(turn: Turn) -> tuple[Value, ...]:
    """Returns each purpose in one sentence."""
    return tuple(_purpose_line(turn, purpose) for purpose in PURPOSES)


def _purpose_line(turn: Turn, purpose: Purpose) -> Value:
    if purpose.needed:
        return text("consent.registration", n=turn.services.retention_days)
    return text(f"consent.{purpose.key}")


def consent_switches(allowed: Mapping[str, bool]) -> list[tuple[Value, str]]:
    """Returns a switch for each purpose that is not needed: its label, and what pressing it says."""
    found: list[tuple[Value, str]] = []
    for purpose in PURPOSES:
        if not purpose.needed:
            on = bool(allowed.get(purpose.key))
            label = text(f"consent.{purpose.key}.{'on' if on else 'off'}")
            found.append((label, f"{purpose.key}{'off' if on else 'on'}"))
    return found


def apply_switch(allowed: Mapping[str, bool], value: str) -> dict[str, bool] | None:
    """Returns the decisions after that switch; None where it is none of ours."""
    for purpose in PURPOSES:
        if not purpose.needed and value in {f"{purpose.key}on", f"{purpose.key}off"}:
            return {**allowed, purpose.key: value.endswith("on")}
    return None


async def record_consents(turn: Turn, allowed: Mapping[str, bool]) -> None:
    """Writes down every decision, with the version that was read."""
    for purpose in PURPOSES:
        given = purpose.needed or bool(allowed.get(purpose.key))
        await consents.record_decision(turn.tx, turn.person.id, purpose.key, purpose.version, given=given, now=turn.now)


def is_given(purpose: Purpose, decided: Mapping[str, Consent]) -> bool:
    """Returns whether it is allowed now: a yes to an earlier sentence is none to this one."""
    consent = decided.get(purpose.key)
    if purpose.usual:
        return consent is None or consent.given
    return consent is not None and consent.given and consent.version == purpose.version


async def show_consents(turn: Turn, toast: Value | None = None) -> Reply:
    """Shows what they allow, with a switch each."""
    if await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key) is None:
        return reply(text("mine.none"), keyboard=((Button(text("menu.register"), "reg"),), home_row()), toast=toast)
    decided = await consents.consents_of_person(turn.tx, turn.person.id)
    lines = [line for each in _switched() for line in (_purpose_line(turn, each), _state_line(each, decided), "")]
    return reply(text("consent.heading"), "", *lines[:-1], keyboard=_switch_buttons(decided), toast=toast)


def _state_line(purpose: Purpose, decided: Mapping[str, Consent]) -> Value:
    if purpose.usual and purpose.key not in decided:
        return text("consent.usual")
    return text("consent.yes") if is_given(purpose, decided) else text("consent.no")


def _switch_buttons(decided: Mapping[str, Consent]) -> Keyboard:
    buttons = []
    for purpose in _switched():
        on = is_given(purpose, decided)
        if not (purpose.needed and on):  # what is needed is withdrawn by cancelling the registration
            label = text(f"consent.{purpose.key}.{'on' if on else 'off'}")
            buttons.append((Button(label, f"con:{purpose.key}:{'off' if on else 'on'}"),))
    return (*buttons, (Button(text("mine.cancel"), "mine:off"), Button(text("menu.mine"), "mine")), home_row())


async def decide_consent(turn: Turn, purpose: str, switch: str) -> Reply:
    """Takes a yes or no to one purpose; pressing twice changes nothing."""
    found = next((each for each in _switched() if each.key == purpose), None)
    registered = await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key)
    if found is None or registered is None or (found.needed and switch == "off"):
        return await show_consents(turn)
    await consents.record_decision(
        turn.tx, turn.person.id, found.key, found.version, given=switch == "on", now=turn.now
    )
    return await show_consents(turn, text("consent.saved"))


async def add_changed_consents(turn: Turn, answer: Reply) -> Reply:
    """Adds, where a sentence has changed since they decided on it, the new one to the reply, once."""
    decided = await consents.consents_of_person(turn.tx, turn.person.id)
    changed = [each for each in PURPOSES if (known := decided.get(each.key)) and known.asked_version < each.version]
    if not changed:
        return answer
    for each in changed:
        await consents.mark_asked(turn.tx, turn.person.id, each.key, each.version)
    again = await show_consents(turn)
    return _append_reply(answer, replace(again, lines=(text("consent.changed"), "", *again.lines)))


def _append_reply(answer: Reply, last: Reply) -> Reply:
    return replace(answer, then=_append_reply(answer.then, last) if answer.then is not None else last)
