"""The steps in which somebody offers a practice: each question with its buttons, and how an answer is read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from db.people import registrations
from handlers.dialog import Step, StepContext, StepResult, tap_nothing
from handlers.participant.keyboards import number_grid
from handlers.participant.registration.registration_form import STEPS as REGISTRATION_STEPS
from handlers.participant.registration.registration_parsers import YES_WORDS, means_nothing, means_yes
from knowledge.programme.cycle import Cycle
from knowledge.text.numbers_parser import parse_numbers
from knowledge.text.question_words import clean_question
from knowledge.text.web_address import WebAddressError, validate_address
from knowledge.text.words import fold
from locales.reply import Button, Country, Listing, Reply, Value, reply, rows, text
from locales.telegram_length import telegram_length

# So that everything, with what the team asks about it, fits one message of 4096 signs.
LONGEST = {"title": 150, "implementer": 160, "summary": 600, "link": 300, "criterion": 200}
_MOST_OBJECTIVES, _LETTERS = 5, 3
_FIRST_CRITERION = "criteriona"  # then criterionb …: a step's name has letters only
_SEVERAL = re.compile(r"(?:vari[oa]s|vario|several|many|plusieurs|regional|regionales|regionais|region|regiao)\b")
_ONLY_NUMBERS = re.compile(r"(?:\d{1,2}|y|e|and|et|,|;|\s|objetivos?|objectives?|objectifs?)+")
_COUNTRY = next(each for each in REGISTRATION_STEPS if each.name == "country")
CHECK = "check"


def offer_steps(cycle: Cycle) -> tuple[Step, ...]:
    """Returns every question: what is shown to everybody, then the criteria of the cycle, then a look at it all."""
    criteria = tuple(
        _text_step(_criterion_step(place), "criterion", text("offer.ask.criterion", name=each.name), optional=True)
        for place, each in enumerate(cycle.criteria)
    )
    return (
        _text_step("title", "title", text("offer.ask.title", most=LONGEST["title"])),
        Step("country", _ask_country, _read_country, _tap_country),
        replace(
            _text_step("implementer", "implementer", text("offer.ask.implementer")),
            ask=_ask_implementer,
            tap=_tap_implementer,
        ),
        _text_step("summary", "summary", text("offer.ask.summary", most=LONGEST["summary"])),
        Step("objectives", _ask_objectives, _read_objectives, _tap_objectives, go_on=_confirm_objectives),
        Step("link", _ask_link, _read_link, tap_nothing, optional=True),
        *criteria,
        Step(CHECK, _ask_check, _read_check, _tap_check, short=text("offer.tap_send")),
    )


def _criterion_step(place: int) -> str:
    return f"{_FIRST_CRITERION[:-1]}{chr(ord('a') + place)}"


def field_names(cycle: Cycle) -> dict[str, Value]:
    """Returns what each answer is called, in the order of the questions."""
    plain = ("title", "country", "implementer", "summary", "objectives", "link")
    names: dict[str, Value] = {each: text(f"offer.field.{each}") for each in plain}
    return names | {_criterion_step(place): each.name for place, each in enumerate(cycle.criteria)}


def _asked(scene: StepContext, question: Value) -> tuple[Value, ...]:
    """Returns the question below its place among all of them."""
    names = [*field_names(scene.turn.cycle), CHECK]
    place = names.index(scene.state.step) + 1
    return text("offer.place", number=place, all=len(names)), question


def _text_step(name: str, kind: str, question: Value, *, optional: bool = False) -> Step:
    """Returns a question that is answered in words."""

    async def _ask(scene: StepContext) -> Reply:
        return reply(*_asked(scene, question))

    async def _read(scene: StepContext) -> StepResult:
        return parse_text(scene.turn.words, LONGEST[kind], optional=optional)

    return Step(name, _ask, _read, tap_nothing, optional=optional, free=True)


def parse_text(words: str, most: int, *, optional: bool = False) -> StepResult:
    """Reads one line of words, without signs that nobody sees; a yes or no alone says nothing."""
    line = clean_question(words)
    if telegram_length(line) > most:
        return StepResult(problem=text("offer.too_long", most=most, has=len(line)))
    if optional and means_nothing(line):
        return StepResult(None)
    if sum(sign.isalpha() for sign in line) < _LETTERS or means_yes(line) or means_nothing(line):
        return StepResult(problem=text("offer.too_short"))
    return StepResult(line)


async def _ask_implementer(scene: StepContext) -> Reply:
    own = await _own_organization(scene)
    suggested = ((scene.button(own, "own"),),) if own else ()
    return reply(*_asked(scene, text("offer.ask.implementer")), keyboard=suggested)


async def _own_organization(scene: StepContext) -> str:
    """Returns the organization that they are registered with; "" where there is none."""
    turn = scene.turn
    registered = await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key)
    return registered.organization if registered is not None else ""


async def _tap_implementer(scene: StepContext, _value: str) -> StepResult:
    return parse_text(await _own_organization(scene), LONGEST["implementer"])


async def _ask_country(scene: StepContext) -> Reply:
    return _own_question(scene, await _COUNTRY.ask(scene))


def _own_question(scene: StepContext, asked: Reply) -> Reply:
    several = (scene.button(text("offer.several"), "several"),)
    lines = _asked(scene, text("offer.ask.country"))
    return replace(asked, lines=lines, keyboard=(*asked.keyboard, several))


async def _tap_country(scene: StepContext, value: str) -> StepResult:
    if value == "several":
        return StepResult("")
    taken = await _COUNTRY.tap(scene, value)
    return taken if taken.page is None else replace(taken, page=_own_question(scene, taken.page))


async def _read_country(scene: StepContext) -> StepResult:
    return StepResult("") if _SEVERAL.match(fold(scene.turn.words)) else await _COUNTRY.read(scene)


async def _ask_objectives(scene: StepContext) -> Reply:
    cycle, chosen = scene.turn.cycle, scene.answers.get("objectives") or []
    lines = [text("offer.objective", number=each.number, short=each.short) for each in cycle.objectives]
    open_ = [each.number for each in cycle.objectives if each.number not in chosen]
    address = str(scene.button("", "").press)
    on = rows(*(scene.button(text("offer.chosen", number=each), f"{each}off") for each in chosen), of=5)
    grid = tuple(
        tuple(Button(each.label, f"{each.press}on") for each in row) for row in number_grid(open_, address, of=6)
    )
    ready = ((scene.button(text("registration.go_on"), "ok"),),) if chosen else ()
    question = _asked(scene, text("offer.ask.objectives", most=_MOST_OBJECTIVES))
    return reply(*question, "", *lines, keyboard=(*on, *grid, *ready))


async def _tap_objectives(scene: StepContext, value: str) -> StepResult:
    chosen = list(scene.answers.get("objectives") or [])
    if value == "ok":
        return StepResult(chosen) if chosen else StepResult(problem=text("offer.no_objective"))
    digits = value.removesuffix("on").removesuffix("off")
    number = int(digits) if digits.isdecimal() else 0
    if value.endswith("off"):
        return StepResult([each for each in chosen if each != number], stays=True)
    return _checked(scene, [*chosen, number], stays=True)


def _checked(scene: StepContext, numbers: Sequence[int], *, stays: bool) -> StepResult:
    known = {each.number for each in scene.turn.cycle.objectives}
    found = sorted(dict.fromkeys(numbers))
    if not found or not known.issuperset(found):
        return StepResult(problem=text("offer.no_objective"))
    if len(found) > _MOST_OBJECTIVES:
        return StepResult(problem=text("offer.many_objectives", most=_MOST_OBJECTIVES))
    return StepResult(found, stays=stays)


async def _read_objectives(scene: StepContext) -> StepResult:
    """Reads their numbers, "4 y 7" or "objetivos 4 a 6"; or the name of one, "remesas"."""
    words, folded = scene.turn.words, fold(scene.turn.words)
    found = set(parse_numbers(words, scene.turn.language).get("objective", ()))
    if _ONLY_NUMBERS.fullmatch(folded):
        found |= {int(each) for each in re.findall(r"\d{1,2}", words)}
    named = [each.number for each in scene.turn.cycle.objectives if folded == fold(scene.turn.say(each.short))]
    found |= set(named)
    return _checked(scene, sorted(found), stays=False)


async def _confirm_objectives(scene: StepContext) -> StepResult:
    return await _tap_objectives(scene, "ok")


async def _ask_link(scene: StepContext) -> Reply:
    return reply(*_asked(scene, text("offer.ask.link")))


async def _read_link(scene: StepContext) -> StepResult:
    words = scene.turn.words.strip()
    if means_nothing(words):
        return StepResult(None)
    with_scheme = words if "://" in words else f"https://{words}"
    try:
        address = validate_address(with_scheme)
    except WebAddressError:
        return StepResult(problem=text("offer.no_link"))
    return StepResult(address) if len(address) <= LONGEST["link"] else StepResult(problem=text("offer.no_link"))


async def _ask_check(scene: StepContext) -> Reply:
    """Shows everything as it was said, what will be done with it, and one tap that sends it."""
    turn = scene.turn
    lines = (text("offer.check"), "", *offer_lines(turn.cycle, scene.answers), "")
    keyboard = (
        (scene.button(text("offer.send"), "yes"),),
        (scene.button(text("registration.change"), "change"),),
    )
    return reply(*lines, text("offer.consent", days=turn.services.retention_days), keyboard=keyboard)


async def _tap_check(scene: StepContext, value: str) -> StepResult:
    names = field_names(scene.turn.cycle)
    if value == "yes":
        return StepResult(True)
    if value == "change":
        buttons = rows(*(scene.button(label, name) for name, label in names.items()), of=2)
        back = (scene.button(text("button.back"), "again"),)
        return StepResult(page=reply(text("registration.which"), keyboard=(*buttons, back)))
    return StepResult(jump=value) if value in names else StepResult(problem=text("offer.tap_send"))


async def _read_check(scene: StepContext) -> StepResult:
    folded, names = fold(scene.turn.words), field_names(scene.turn.cycle)
    if folded in YES_WORDS:
        return StepResult(True)
    named = next((name for name, label in names.items() if fold(scene.turn.say(label)) == folded), None)
    return StepResult(jump=named) if named else StepResult(problem=text("offer.tap_send"))


def sent_answers(cycle: Cycle, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what was said, without what the conversation keeps for itself."""
    return {name: answers[name] for name in field_names(cycle) if answers.get(name) is not None}


def offer_lines(cycle: Cycle, answers: Mapping[str, Any], *, only: str = "") -> tuple[Value, ...]:
    """Returns what was said, a line each; what was left out is not there."""
    names = field_names(cycle)
    shown = {name: _shown(cycle, name, answers[name]) for name in names if answers.get(name) is not None}
    return tuple(
        text("registration.line", field=names[name], value=value) for name, value in shown.items() if only in {"", name}
    )


def _shown(cycle: Cycle, name: str, value: Any) -> Value:  # noqa: ANN401 - an answer of any step
    if name == "country":
        return Country(str(value)) if value else text("offer.several")
    if name == "objectives":
        known = {each.number: each for each in cycle.objectives}
        items = (text("objective.named", number=n, short=known[n].short) for n in value if n in known)
        return Listing(tuple(items))
    return str(value)
