"""Meets somebody over an objective: one offers, one looks for; neither sees the other before both have agreed."""

from dataclasses import replace
from datetime import timedelta

from changes import practices
from db.people import dialogs, registrations
from db.practices import meetings
from db.practices.meetings import MOST_WISHES, OFFERS, SEEKS, Side
from handlers.dialog import Dialog, Step, StepContext, StepResult
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row, number_grid
from handlers.participant.offers.offer_form import parse_text
from handlers.participant.registration import registration
from handlers.participant.registration.registration_parsers import SMALL_TALK, YES_WORDS
from handlers.turn import Turn
from knowledge.text.words import fold
from locales.reply import Button, Reply, Value, reply, text

DIALOG = "meeting"
RESTS_AFTER = timedelta(hours=1)
_LONGEST_CARD = 200
_OBJECTIVE = "_objective"  # among the answers
_MEET_BUTTON = Button(text("meet.button"), "me")


async def show_meetings(turn: Turn) -> Reply:
    """Says how people meet, with this person's own wishes; never anybody else's."""
    await dialogs.rest(turn.tx, turn.person.id)
    if await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key) is None:
        register = (Button(text("menu.register"), "reg"),)
        return reply(*_about(turn), "", text("meet.register_first"), keyboard=(register, home_row()))
    mine = await meetings.wishes_of_person(turn.tx, turn.cycle.key, turn.person.id)
    lines: list[Value] = [*_about(turn)]
    lines += ["", text("meet.yours")] if mine else []
    lines += [_wish_line(turn, each.objective, each.side, each.card) for each in mine]
    away = tuple((Button(text("meet.withdraw", number=each.objective), f"me:x:{each.objective}"),) for each in mine)
    more = ((Button(text("meet.choose"), "me:o"),),) if len(mine) < MOST_WISHES else ()
    return reply(*lines, keyboard=(*more, *away, (Button(text("menu.objectives"), "objectives"), *home_row())))


def _about(turn: Turn) -> tuple[Value, ...]:
    return text("meet.heading"), text("meet.intro", days=turn.services.retention_days)


def _wish_line(turn: Turn, objective: int, side: str, card: str) -> Value:
    short = turn.cycle.objective(objective).short
    return text(f"meet.wish.{side}", number=objective, short=short, card=card)


async def choose_objective(turn: Turn) -> Reply:
    """Asks on which objective."""
    lines = [text("offer.objective", number=each.number, short=each.short) for each in turn.cycle.objectives]
    numbers = [each.number for each in turn.cycle.objectives]
    last = (Button(text("button.back"), "me"), *home_row())
    return reply(text("meet.which"), "", *lines, keyboard=(*number_grid(numbers, "me:o:"), last))


async def begin_wish(turn: Turn, number: str) -> Reply:
    """Asks whether they offer or look for something, on that objective."""
    registered = await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key)
    mine = await meetings.wishes_of_person(turn.tx, turn.cycle.key, turn.person.id)
    others = [each for each in mine if each.objective != int(number)]
    if registered is None or not any(each.number == int(number) for each in turn.cycle.objectives):
        return await show_meetings(turn)
    if len(others) >= MOST_WISHES:
        shown = await show_meetings(turn)
        return replace(shown, lines=(text("meet.enough", most=MOST_WISHES), "", *shown.lines))
    return await _dialog().begin(turn, None, {_OBJECTIVE: int(number)})


def _dialog() -> Dialog:
    return Dialog(DIALOG, "meq", _STEPS, _save, _answer_aside, show_meetings, rests_after=RESTS_AFTER)


def _objective_lines(scene: StepContext) -> tuple[Value, Value]:
    number = int(scene.answers[_OBJECTIVE])
    return text("meet.about", number=number, short=scene.turn.cycle.objective(number).short), ""


async def _ask_side(scene: StepContext) -> Reply:
    ways = tuple((scene.button(text(f"meet.side.{each}"), each),) for each in (OFFERS, SEEKS))
    return reply(*_objective_lines(scene), text("meet.ask.side"), keyboard=ways)


async def _tap_side(_scene: StepContext, value: str) -> StepResult:
    return StepResult(value) if value in {OFFERS, SEEKS} else StepResult(problem=text("dialog.stale"))


async def _read_side(scene: StepContext) -> StepResult:
    words = fold(scene.turn.words)
    for side, stems in ((OFFERS, ("ofre", "ofer", "offer", "propos")), (SEEKS, ("busc", "look", "procur", "cherch"))):
        if any(stem in words for stem in stems):
            return StepResult(side)
    return StepResult(problem=text("meet.tap_side"))


async def _ask_card(scene: StepContext) -> Reply:
    known = await _known_card(scene)
    suggested = ((scene.button(known, "known"),),) if known else ()
    return reply(*_objective_lines(scene), text("meet.ask.card", most=_LONGEST_CARD), keyboard=suggested)


async def _known_card(scene: StepContext) -> str:
    """Returns what their registration says: name, organization and e-mail."""
    turn = scene.turn
    found = await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key)
    parts = (found.name, found.organization, found.email) if found is not None else ()
    return ", ".join(each for each in parts if each)[:_LONGEST_CARD]


async def _tap_card(scene: StepContext, _value: str) -> StepResult:
    known = await _known_card(scene)
    return StepResult(known) if known else StepResult(problem=text("dialog.stale"))


async def _read_card(scene: StepContext) -> StepResult:
    return parse_text(scene.turn.words, _LONGEST_CARD)


async def _ask_check(scene: StepContext) -> Reply:
    number, side, card = int(scene.answers[_OBJECTIVE]), str(scene.answers["side"]), str(scene.answers["card"])
    yes = (scene.button(text("meet.save"), "yes"),)
    shown = _wish_line(scene.turn, number, side, card)
    days = scene.turn.services.retention_days
    return reply(text("meet.check"), "", shown, "", text("meet.consent", days=days), keyboard=(yes,))


async def _tap_check(_scene: StepContext, value: str) -> StepResult:
    return StepResult(True) if value == "yes" else StepResult(problem=text("meet.tap_save"))


async def _read_check(scene: StepContext) -> StepResult:
    said_yes = fold(scene.turn.words) in YES_WORDS
    return StepResult(True) if said_yes else StepResult(problem=text("meet.tap_save"))


_STEPS = (
    Step("side", _ask_side, _read_side, _tap_side),
    Step("card", _ask_card, _read_card, _tap_card, free=True),
    Step("check", _ask_check, _read_check, _tap_check, short=text("meet.tap_save")),
)


async def _save(scene: StepContext) -> Reply:
    """Keeps the wish, and asks two people about each other where they fit together now."""
    turn, cycle = scene.turn, scene.turn.cycle.key
    number, side = int(scene.answers[_OBJECTIVE]), _side(scene)
    if await registrations.registration_of_person(turn.tx, turn.person.id, cycle) is None:
        return await show_meetings(turn)
    await meetings.wish(tx=turn.tx, cycle=cycle, participant_id=turn.person.id, objective=number, side=side,
                        card=str(scene.answers["card"]), now=turn.now)  # fmt: skip
    await practices.match(turn.tx, cycle, now=turn.now)
    return reply(text("meet.saved"), keyboard=((_MEET_BUTTON, *home_row()),))


def _side(scene: StepContext) -> Side:
    return "offers" if scene.answers["side"] == OFFERS else "seeks"


async def _answer_aside(scene: StepContext, step: Step) -> Reply | None:
    """Answers a question or small talk in the middle; None where what is typed is the answer."""
    turn = scene.turn
    found = await ask.find_answers(turn, turn.words)
    asks = turn.words.rstrip().endswith("?") or fold(turn.words) in SMALL_TALK
    if ask.is_urgent(found) or asks or (not step.free and await _says_something_else(scene, step)):
        return registration.without_ways_out(await ask.reply_with_answers(turn, found, turn.words))
    return None


async def _says_something_else(scene: StepContext, step: Step) -> bool:
    return len(scene.turn.words.split()) > 1 and (await step.read(scene)).problem is not None


async def meeting_press(turn: Turn, step: str, version: str, value: str) -> Reply:
    """Takes a button below one of the questions."""
    return await _dialog().take_press(turn, step, version, value)


async def meeting_input(turn: Turn) -> Reply:
    """Takes words in the middle of it."""
    return await registration.take_control_words(turn, _dialog()) or await _dialog().take_words(turn)


async def meeting_unreadable(turn: Turn) -> Reply:
    """Answers a photo, a voice message or a sticker in the middle of it."""
    return await _dialog().take_unreadable(turn)


async def edited_answer(turn: Turn) -> Reply | None:
    """Takes what an answer was changed to by editing its message; None where it was none of these."""
    return await _dialog().take_edit(turn, lambda _turn, _step, value: text("registration.corrected", line=str(value)))


async def withdraw_wish(turn: Turn, number: str) -> Reply:
    """Deletes one's wish on that objective: nobody is asked about them there any more."""
    done = await meetings.withdraw(turn.tx, turn.cycle.key, turn.person.id, int(number))
    return replace(await show_meetings(turn), toast=text("meet.withdrawn" if done else "meet.gone"))


async def answer_proposal(turn: Turn, id: str, switch: str) -> Reply:  # noqa: A002 - as in the button's address
    """Takes a yes or a no to meeting; a no is told to nobody, and looks like silence to the other one."""
    agreed = switch == "on"
    meeting = await practices.answer(turn.tx, turn.cycle.key, int(id), turn.person.id, agreed=agreed, now=turn.now)
    row = (_MEET_BUTTON, *home_row())
    if meeting is not None and meeting.met_at is not None:
        return reply(text("meet.both"), keyboard=(row,))
    counts = agreed if meeting is None else bool(meeting.agreed)  # the first answer
    if not counts:
        return reply(text("meet.no"), keyboard=(row,))
    return reply(text("meet.late" if meeting is None else "meet.yes"), keyboard=(row,))
