"""The steps of the registration: each question with its buttons, and how a typed or tapped answer is read."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from db.people import attendances
from db.programme.live_programme import LiveSession
from handlers.dialog import NOTE, Step, StepContext, StepResult, tap_nothing
from handlers.participant.asking import ask
from handlers.participant.keyboards import page_row
from handlers.participant.programme.sessions import zone_line
from handlers.participant.registration import registration_parsers as read
from handlers.participant.registration.consent import apply_switch, consent_switches, purpose_lines
from handlers.participant.registration.registration_parsers import NO_ORGANIZATION, YES_WORDS, suggest_email
from handlers.participant.registration.session_choice_parser import describes_sessions, parse_sessions
from handlers.turn import Turn
from knowledge.text.words import fold
from knowledge.time.zones import offset_changes
from locales.reply import Button, Country, Day, Hour, Listing, Reply, Value, reply, rows, text

_COUNTRIES_A_PAGE = 24
# What may be changed one by one, as it stands in the summary.
CHANGEABLE = ("name", "organization", "sector", "country", "email", "sessions", "needs")
OWN_HOURS = "zone"  # of the country that they have told; with a place's number where it has several


async def open_sessions(turn: Turn) -> dict[int, LiveSession]:
    """Returns the sessions that are not over: one can still come."""
    return {number: each for number, each in (await turn.live()).items() if each.is_open(turn.now)}


async def ask_sessions(scene: StepContext) -> Reply:
    turn, chosen = scene.turn, scene.answers.get("sessions") or []
    live = await open_sessions(turn)
    if not live:
        return reply(text("registration.over"))
    lines = [await _session_line(turn, each) for each in live.values()]
    switches = tuple(_session_switch(scene, number, on=number in chosen) for number in live)
    all_ = (scene.button(text("registration.all_sessions"), "all"),)
    on = ((scene.button(text("registration.go_on"), "ok"),),) if any(each in live for each in chosen) else ()
    keyboard = (all_, *rows(*switches, of=2), *on)
    asked = text("registration.ask.sessions.more" if on else "registration.ask.sessions")
    country = str(scene.answers.get("country") or "")
    own = ((scene.button(text("registration.own_hours", country=Country(country)), OWN_HOURS),),)
    keyboard = (*keyboard, *(own if proposes_hours(turn, country) else ()))
    return reply(asked, "", *hours_line(turn, country), *lines, keyboard=keyboard)


def hours_line(turn: Turn, country: str) -> tuple[Value, ...]:
    """Returns whose hours are shown; where they have told their country, that is no unknown place."""
    if turn.person.zone is not None or not country:
        return zone_line(turn)
    return (text("sessions.hours.local", place=turn.cycle.zone_name),)


def proposes_hours(turn: Turn, country: str) -> bool:
    """Returns whether that country has hours of its own, and they have not said where they are."""
    if turn.person.zone is not None or not country:
        return False
    found = turn.services.places.of_country(country, turn.language)
    return any(offset_changes(each.zone) != offset_changes(turn.cycle.zone) for each in found)


async def _session_line(turn: Turn, live: LiveSession) -> Value:
    session = turn.cycle.session(live.number)
    full = await attendances.is_full(turn.tx, live.id, await turn.capacity(live.number))
    when: dict[str, Value] = {"number": live.number, "title": session.title}
    when |= {"day": Day(live.starts_at), "hour": Hour(live.starts_at)}
    return text("registration.session.full" if full else "registration.session", **when)


def _session_switch(scene: StepContext, number: int, *, on: bool) -> Button:
    label, switch = ("registration.session.on", "off") if on else ("registration.session.off", "on")
    return scene.button(text(label, number=number), f"{number}{switch}")


async def tap_sessions(scene: StepContext, value: str) -> StepResult:
    live = await open_sessions(scene.turn)
    if not live:
        return StepResult(page=await ask_sessions(scene))
    chosen = {each for each in scene.answers.get("sessions") or () if each in live}
    if value == "all":
        chosen, value = set(live), "ok"
    if value == "ok":
        return StepResult(sorted(chosen)) if chosen else StepResult(problem=text("registration.no_session"))
    digits = value.removesuffix("on").removesuffix("off")
    if not digits.isdecimal() or int(digits) not in live:
        return StepResult(problem=text("registration.session_over"))
    changed = chosen | {int(digits)} if value.endswith("on") else chosen - {int(digits)}
    return StepResult(sorted(changed), stays=True)


async def read_sessions(scene: StepContext) -> StepResult:
    """Reads which: by their numbers, else by what they are about or when they are."""
    turn, live = scene.turn, await open_sessions(scene.turn)
    if not live:
        return StepResult(page=await ask_sessions(scene))
    taken = parse_sessions(turn, turn.words, live)
    if taken.problem is None or not describes_sessions(turn, turn.words):
        return taken
    found = await ask.find_answers(turn, turn.words)
    described = [int(each) for each in found[0].ids if each.isdecimal()] if found[0].topic == "session" else []
    return StepResult(sorted(described)) if described and set(described) < set(live) else taken


async def _ask_name(scene: StepContext) -> Reply:
    if doubt := scene.answers.get(NOTE):
        yes = scene.button(text("registration.is_my_name"), "typed")
        return reply(text("registration.name_doubt", **doubt), keyboard=((yes,),))
    known = read.parse_name(scene.turn.name)
    suggestion = ((scene.button(str(known.value), "phone"),),) if known.problem is None else ()
    return reply(text("registration.ask.name"), keyboard=suggestion)


async def _read_name(scene: StepContext) -> StepResult:
    """Reads the name; a sentence is asked about once.

    A "yes" to the name that their phone shows is that name, not somebody called Yes.
    """
    doubt, words = scene.answers.get(NOTE), scene.turn.words
    if doubt and read.means_yes(words):
        return StepResult(doubt["typed"])
    if doubt and read.means_nothing(words):
        return StepResult(note={})  # asks for the name again
    taken = read.parse_name(scene.turn.name if read.means_yes(words) else words)
    if taken.value is None or not read.looks_like_sentence(taken.value) or taken.value == (doubt or {}).get("typed"):
        return taken
    return StepResult(note={"typed": taken.value})


async def _tap_name(scene: StepContext, value: str) -> StepResult:
    doubt = scene.answers.get(NOTE)
    return StepResult(doubt["typed"]) if doubt and value == "typed" else read.parse_name(scene.turn.name)


async def _ask_organization(scene: StepContext) -> Reply:
    alone = ((scene.button(text("registration.personal"), "none"),),)
    return reply(text("registration.ask.organization"), keyboard=alone)


async def _tap_organization(_scene: StepContext, _value: str) -> StepResult:
    return StepResult(NO_ORGANIZATION)


async def _ask_sector(scene: StepContext) -> Reply:
    buttons = tuple((scene.button(text(f"sector.{key}"), key),) for key in read.SECTORS)
    return reply(text("registration.ask.sector"), keyboard=buttons)


async def _tap_sector(_scene: StepContext, value: str) -> StepResult:
    return StepResult(value) if value in read.SECTORS else StepResult(problem=text("registration.no_sector"))


async def _ask_country(scene: StepContext) -> Reply:
    likely = tuple((scene.button(Country(code), code),) for code in read.likely_countries(scene.turn))
    if not likely:
        return _country_page(scene, 0)
    choose = (scene.button(text("zone.by_country"), "p0"),)
    return reply(text("registration.ask.country"), keyboard=(*likely, choose))


def _country_page(scene: StepContext, page: int) -> Reply:
    listed = read.countries_in_order(scene.turn)
    pages = -(-len(listed) // _COUNTRIES_A_PAGE)
    number = min(page, pages - 1)
    shown = listed[number * _COUNTRIES_A_PAGE : (number + 1) * _COUNTRIES_A_PAGE]
    address = str(scene.button("", "p").press)
    buttons = rows(*(scene.button(name, code) for code, name in shown), of=2)
    return reply(text("registration.ask.country"), keyboard=(*buttons, *page_row(address, number, pages)))


async def _tap_country(scene: StepContext, value: str) -> StepResult:
    if value[:1] == "p" and value[1:].isdecimal():
        return StepResult(page=_country_page(scene, int(value[1:])))
    code = read.known_country(value)
    return StepResult(code) if code else StepResult(problem=text("registration.no_country", place=value))


async def _ask_email(scene: StepContext) -> Reply:
    doubt = scene.answers.get(NOTE)
    if not doubt:
        return reply(text("registration.ask.email"))
    buttons = tuple((scene.button(doubt[each], each),) for each in ("meant", "typed"))
    return reply(text("registration.email_doubt", **doubt), keyboard=buttons)


async def _read_email(scene: StepContext) -> StepResult:
    """Reads the address; one with a likely slip is asked about once."""
    doubt = scene.answers.get(NOTE)
    if doubt and read.means_yes(scene.turn.words):
        return StepResult(doubt["meant"])
    if doubt and read.means_nothing(scene.turn.words):
        return StepResult(doubt["typed"])
    taken = read.parse_email(scene.turn.words)
    meant = suggest_email(str(taken.value)) if taken.value else None
    if meant is None or (doubt and doubt["typed"] == taken.value):
        return taken
    return StepResult(note={"typed": taken.value, "meant": meant})


async def _tap_email(scene: StepContext, value: str) -> StepResult:
    doubt = scene.answers.get(NOTE)
    return StepResult(doubt[value]) if doubt and value in doubt else StepResult(problem=text("dialog.stale"))


async def _ask_needs(_scene: StepContext) -> Reply:
    return reply(text("registration.ask.needs"))


async def _ask_consent(scene: StepContext) -> Reply:
    """Asks for consent on one screen: what was said, what it is for, and one tap."""
    turn, allowed = scene.turn, scene.answers.get("consent") or {}
    lines = (text("registration.check"), *registration_summary(scene.answers), "", *purpose_lines(turn))
    yes = (scene.button(text("registration.confirm"), "yes"),)
    switches = tuple((scene.button(label, value),) for label, value in consent_switches(allowed))
    return reply(*lines, keyboard=(yes, *switches, (scene.button(text("registration.change"), "change"),)))


async def _tap_consent(scene: StepContext, value: str) -> StepResult:
    allowed = scene.answers.get("consent") or {}
    if value == "yes":
        return await _confirm_if_open(scene)
    if value == "change":
        return StepResult(page=_ask_what_to_change(scene))
    if value in CHANGEABLE:
        return StepResult(jump=value)
    changed = allowed if value == "again" else apply_switch(allowed, value)
    return StepResult(changed, stays=True) if changed is not None else StepResult(problem=text("dialog.stale"))


async def _confirm_if_open(scene: StepContext) -> StepResult:
    """Confirms the registration, unless all chosen sessions are over meanwhile."""
    live = await open_sessions(scene.turn)
    if any(each in live for each in scene.answers.get("sessions") or ()):
        return StepResult(scene.answers.get("consent") or {})
    return StepResult(jump="sessions", problem=text("registration.chosen_over"))


def _field_label(field: str) -> Value:
    return text(f"registration.field.{field}")


def _ask_what_to_change(scene: StepContext) -> Reply:
    buttons = rows(*(scene.button(_field_label(each), each) for each in CHANGEABLE), of=2)
    return reply(text("registration.which"), keyboard=(*buttons, (scene.button(text("button.back"), "again"),)))


async def _read_consent(scene: StepContext) -> StepResult:
    if fold(scene.turn.words) in YES_WORDS:
        return await _confirm_if_open(scene)
    if read.refuses(scene.turn.words):
        return StepResult(problem=text("registration.not_agreed"))
    field = next(
        (each for each in CHANGEABLE if fold(scene.turn.say(_field_label(each))) == fold(scene.turn.words)), None
    )
    return StepResult(jump=field) if field else StepResult(problem=text("registration.tap_confirm"))


async def _go_on_with_sessions(scene: StepContext) -> StepResult:
    return await tap_sessions(scene, "ok")


def registration_summary(answers: Mapping[str, Any], *, only: str = "") -> tuple[Value, ...]:
    """Returns what was said, a line each, or one of them; what was left out is not there."""
    answer: dict[str, Value] = {
        "name": str(answers.get("name") or ""),
        "organization": str(answers.get("organization") or "") or text("registration.personal"),
        "sector": text(f"sector.{answers.get('sector') or 'other'}"),
        "country": Country(str(answers.get("country") or "")),
    }
    answer |= {each: str(answers[each]) for each in ("email", "needs") if answers.get(each)}
    if answers.get("sessions"):
        answer["sessions"] = Listing(tuple(str(number) for number in answers["sessions"]))
    order = [each for each in CHANGEABLE if each in answer and only in {"", each}]
    return tuple(
        text("registration.line", field=text(f"registration.field.{each}"), value=answer[each]) for each in order
    )


async def _read_country(scene: StepContext) -> StepResult:
    """Reads the country; where several are named, asks which: one is kept."""
    if codes := read.several_countries(scene.turn, scene.turn.words):
        buttons = rows(*(scene.button(Country(code), code) for code in codes[:_COUNTRIES_A_PAGE]), of=2)
        return StepResult(page=reply(text("registration.one_country"), keyboard=buttons))
    return read.parse_country(scene.turn, scene.turn.words)


def _parse_words_with(reader: Callable[[str], StepResult]) -> Callable[[StepContext], Awaitable[StepResult]]:
    """Returns what reads an answer from the words alone."""

    async def _read(scene: StepContext) -> StepResult:
        return reader(scene.turn.words)

    return _read


STEPS = (
    Step("name", _ask_name, _read_name, _tap_name, free=True),
    Step("organization", _ask_organization, _parse_words_with(read.parse_organization), _tap_organization, free=True),
    Step("sector", _ask_sector, _parse_words_with(read.parse_sector), _tap_sector),
    Step("country", _ask_country, _read_country, _tap_country),
    Step("email", _ask_email, _read_email, _tap_email, optional=True),
    Step(
        "sessions",
        ask_sessions,
        read_sessions,
        tap_sessions,
        go_on=_go_on_with_sessions,
        short=text("registration.ask.sessions"),
    ),
    Step("needs", _ask_needs, _parse_words_with(read.parse_needs), tap_nothing, optional=True, free=True),
    Step("consent", _ask_consent, _read_consent, _tap_consent, short=text("registration.tap_confirm")),
)
