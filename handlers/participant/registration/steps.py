"""The questions of the registration, each with the answers one tap can give."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from handlers.dialog import Scene, Step, Taken
from handlers.participant.keyboards import pager
from handlers.participant.registration import registration_parsers as read
from handlers.participant.registration.consent import allowances, explained, switched
from handlers.participant.registration.session_choice import ask_sessions, open_sessions, read_sessions, tap_sessions
from handlers.participant.registration.typed_words import YES
from knowledge.text.spelling import fold
from locales.reply import Country, Listing, Reply, Value, reply, rows, text

_COUNTRIES_A_PAGE = 24
# What may be changed one by one, as it stands in the summary.
CHANGEABLE = ("name", "organization", "sector", "country", "email", "sessions", "needs")
AT_PERSONAL = ""  # an organization that is none: somebody for themselves


async def _ask_name(scene: Scene) -> Reply:
    known = read.name(scene.turn.name)
    suggestion = ((scene.button(str(known.value), "phone"),),) if known.problem is None else ()
    return reply(text("registration.ask.name"), keyboard=suggestion)


async def _read_name(scene: Scene) -> Taken:
    """A "yes" to the name that their phone shows is that name, not somebody called Yes."""
    agreed = fold(scene.turn.words) in YES
    return read.name(scene.turn.name if agreed else scene.turn.words)


async def _tap_name(scene: Scene, _value: str) -> Taken:
    return read.name(scene.turn.name)


async def _ask_organization(scene: Scene) -> Reply:
    alone = ((scene.button(text("registration.personal"), "none"),),)
    return reply(text("registration.ask.organization"), keyboard=alone)


async def _tap_organization(_scene: Scene, _value: str) -> Taken:
    return Taken(AT_PERSONAL)


async def _ask_sector(scene: Scene) -> Reply:
    buttons = tuple((scene.button(text(f"sector.{key}"), key),) for key in read.SECTORS)
    return reply(text("registration.ask.sector"), keyboard=buttons)


async def _tap_sector(_scene: Scene, value: str) -> Taken:
    return Taken(value) if value in read.SECTORS else Taken(problem=text("registration.no_sector"))


async def _ask_country(scene: Scene) -> Reply:
    likely = tuple((scene.button(Country(code), code),) for code in read.likely_countries(scene.turn))
    if not likely:
        return _country_page(scene, 0)
    choose = (scene.button(text("zone.by_country"), "p0"),)
    return reply(text("registration.ask.country"), keyboard=(*likely, choose))


def _country_page(scene: Scene, page: int) -> Reply:
    places, language = scene.turn.services.places, scene.turn.language
    listed = [*places.region_countries(language), *places.other_countries(language)]
    pages = -(-len(listed) // _COUNTRIES_A_PAGE)
    number = min(page, pages - 1)
    shown = listed[number * _COUNTRIES_A_PAGE : (number + 1) * _COUNTRIES_A_PAGE]
    address = str(scene.button("", "p").press)
    buttons = rows(*(scene.button(name, code) for code, name in shown), of=2)
    return reply(text("registration.ask.country"), keyboard=(*buttons, *pager(address, number, pages)))


async def _tap_country(scene: Scene, value: str) -> Taken:
    if value[:1] == "p" and value[1:].isdecimal():
        return Taken(page=_country_page(scene, int(value[1:])))
    code = read.known_country(value)
    return Taken(code) if code else Taken(problem=text("registration.no_country", place=value))


async def _ask_email(_scene: Scene) -> Reply:
    return reply(text("registration.ask.email"))


async def _tap_nothing(_scene: Scene, _value: str) -> Taken:
    return Taken(problem=text("dialog.stale"))


async def _ask_needs(_scene: Scene) -> Reply:
    return reply(text("registration.ask.needs"))


async def _ask_consent(scene: Scene) -> Reply:
    """Everything on one screen: what was said, what it is for, and one tap."""
    turn, allowed = scene.turn, scene.answers.get("consent") or {}
    told = (text("registration.check"), *summary(scene.answers), "", *explained(turn))
    yes = (scene.button(text("registration.confirm"), "yes"),)
    switches = tuple((scene.button(label, value),) for label, value in allowances(allowed))
    return reply(*told, keyboard=(yes, *switches, (scene.button(text("registration.change"), "change"),)))


async def _tap_consent(scene: Scene, value: str) -> Taken:
    allowed = scene.answers.get("consent") or {}
    if value == "yes":
        return await _agreed(scene)
    if value == "change":
        return Taken(page=_which(scene))
    if value in CHANGEABLE:
        return Taken(jump=value)
    changed = allowed if value == "again" else switched(allowed, value)
    return Taken(changed, stays=True) if changed is not None else Taken(problem=text("dialog.stale"))


async def _agreed(scene: Scene) -> Taken:
    """The end, unless all they chose is over meanwhile."""
    live = await open_sessions(scene.turn)
    if any(each in live for each in scene.answers.get("sessions") or ()):
        return Taken(scene.answers.get("consent") or {})
    return Taken(jump="sessions", problem=text("registration.chosen_over"))


def _label(field: str) -> Value:
    return text(f"registration.field.{field}")


def _which(scene: Scene) -> Reply:
    buttons = rows(*(scene.button(_label(each), each) for each in CHANGEABLE), of=2)
    return reply(text("registration.which"), keyboard=(*buttons, (scene.button(text("button.back"), "again"),)))


async def _read_consent(scene: Scene) -> Taken:
    if fold(scene.turn.words) in YES:
        return await _agreed(scene)
    field = next((each for each in CHANGEABLE if fold(scene.turn.say(_label(each))) == fold(scene.turn.words)), None)
    return Taken(jump=field) if field else Taken(problem=text("registration.tap_confirm"))


def summary(answers: Mapping[str, Any]) -> tuple[Value, ...]:
    """What was said, a line each; what was left out is not there."""
    told: dict[str, Value] = {
        "name": str(answers.get("name") or ""),
        "organization": str(answers.get("organization") or "") or text("registration.personal"),
        "sector": text(f"sector.{answers.get('sector') or 'other'}"),
        "country": Country(str(answers.get("country") or "")),
    }
    told |= {each: str(answers[each]) for each in ("email", "needs") if answers.get(each)}
    if answers.get("sessions"):
        told["sessions"] = Listing(tuple(str(number) for number in answers["sessions"]))
    order = [each for each in CHANGEABLE if each in told]
    return tuple(
        text("registration.line", field=text(f"registration.field.{each}"), value=told[each]) for each in order
    )


async def _read_country(scene: Scene) -> Taken:
    return read.country(scene.turn, scene.turn.words)


def _words(reader: Callable[[str], Taken]) -> Callable[[Scene], Awaitable[Taken]]:
    """What is read from the words alone."""

    async def _read(scene: Scene) -> Taken:
        return reader(scene.turn.words)

    return _read


STEPS = (
    Step("name", _ask_name, _read_name, _tap_name, free=True),
    Step("organization", _ask_organization, _words(read.organization), _tap_organization, free=True),
    Step("sector", _ask_sector, _words(read.sector), _tap_sector),
    Step("country", _ask_country, _read_country, _tap_country),
    Step("email", _ask_email, _words(read.email), _tap_nothing, optional=True),
    Step("sessions", ask_sessions, read_sessions, tap_sessions),
    Step("needs", _ask_needs, _words(read.needs), _tap_nothing, optional=True, free=True),
    Step("consent", _ask_consent, _read_consent, _tap_consent),
)
