"""Registers people in the chat: the conversation, questions asked in the middle of it, and the receipt."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from db.people import attendances, dialogs, participants, registrations
from handlers.dialog import DONE, THEN, Dialog, Step, StepContext, StepResult
from handlers.participant.asking import ask
from handlers.participant.keyboards import home_row, menu_keyboard
from handlers.participant.programme.sessions import clock_changes_ahead
from handlers.participant.registration import consent, my_registration
from handlers.participant.registration.registration_corrections import Correction, find_correction
from handlers.participant.registration.registration_form import (
    CHANGEABLE,
    OWN_HOURS,
    STEPS,
    hours_line,
    open_sessions,
    proposes_hours,
    registration_summary,
)
from handlers.participant.registration.registration_parsers import (
    ASKS_FOR_OWN_REGISTRATION,
    QUESTION_START,
    SMALL_TALK,
    WISH_START,
    begins_with_yes,
    is_hardly_a_name,
    means_yes,
    read_control,
    refuses,
)
from handlers.participant.registration.session_choice_parser import parse_session_change
from handlers.turn import Turn
from knowledge.answers.answer_models import Answer
from knowledge.text.words import fold
from knowledge.wishes.wish_words import WishedChange, read_wish_words, read_wished_change
from locales.reply import Button, Country, Day, Hour, Reply, Value, reply, text

REGISTRATION, ANSWER_CHANGE = "registration", "change"
# So long after the last answer, other cards still offer to go on with it.
_OFFERED_FOR = timedelta(days=1)
_LONGEST_QUESTION = 500
# Buttons under an answer in the middle of it that may stay: cards, a session's details, the team, a language.
_DEEPER = ("+s:", "+d:", "+tell:", "+o:", "+pr:", "+so:", "+po:", "+p:", "+team", "+lang:", "+z:")


async def show_receipt(turn: Turn) -> Reply:
    """Shows where they have a place, when that is for them, and what one does next."""
    going = await attendances.sessions_of_person(turn.tx, turn.person.id, turn.cycle.key)
    country = str((await my_registration.registration_answers(turn) or {}).get("country") or "")
    lines = (
        text("registration.done"),
        *my_registration.attendance_lines(going),
        "",
        *await _session_hours(turn, going, country),
    )
    changes = await clock_changes_ahead(turn, turn.person.zone)
    after = (Button(text("menu.reminders"), "+rem"), Button(text("menu.calendar"), "+cal"))
    last = (Button(text("menu.mine"), "+mine"), *home_row())
    answer_lines = (*lines, *changes, "", text("registration.after"))
    return reply(*answer_lines, keyboard=(*_remind_button(going), after, *_zone_button(turn, country), last))


def _remind_button(states: Mapping[int, str]) -> tuple[tuple[Button, ...], ...]:
    """Returns one button for the reminders of all sessions in which they have a place."""
    going = [number for number, state in states.items() if state == attendances.GOING]
    return ((Button(text("registration.remind"), "+rem:mine"),),) if going else ()


async def _session_hours(turn: Turn, numbers: Collection[int], country: str) -> tuple[Value, ...]:
    """Returns each session's day and hour, and whose hours they are."""
    live = await open_sessions(turn)
    times = [
        text("zone.session", number=number, day=Day(each.starts_at), hour=Hour(each.starts_at))
        for number, each in live.items()
        if number in numbers
    ]
    return (*times, *hours_line(turn, country))


def _zone_button(turn: Turn, country: str) -> tuple[tuple[Button, ...], ...]:
    if proposes_hours(turn, country):
        return ((Button(text("registration.own_hours", country=Country(country)), f"+zn:{country}"),),)
    return () if turn.person.zone else ((Button(text("menu.timezone"), "zone"),),)


async def register(turn: Turn) -> Reply:
    """Shows the registration there is, or asks where it was left, or its first question (/register)."""
    if await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key) is not None:
        return await my_registration.show_my_registration(turn)
    resumed = await REGISTRATION_DIALOG.resume(turn) if await open_sessions(turn) else None
    return resumed or await _begin_registration(turn)


async def _begin_registration(turn: Turn, answers: Mapping[str, Any] | None = None) -> Reply:
    if not await open_sessions(turn):
        return reply(text("registration.over"), keyboard=await menu_keyboard(turn))
    first = await REGISTRATION_DIALOG.begin(turn, None, answers)
    return replace(first, lines=(text("registration.hello"), "", *first.lines))


def wished_sessions(turn: Turn, found: Sequence[Answer], topic: str) -> list[int]:
    """Returns the sessions of a wish such as "anotame a la sesión 3"; none for a question about it."""
    if len(found) != 1 or found[0].topic != topic or "?" in turn.words:
        return []
    return [int(each) for each in found[0].ids if each.isdecimal()]


async def register_for_sessions(turn: Turn, numbers: Sequence[int]) -> Reply:
    """Gives a place at once for "Anotame a la sesión 3", or begins the conversation with that session chosen."""
    live = await open_sessions(turn)
    wanted = [number for number in numbers if number in live]
    if not wanted:
        card = await my_registration.show_my_registration(turn)
        return replace(card, lines=(text("registration.session_over"), "", *card.lines))
    if await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key) is not None:
        replies = [await my_registration.switch_session(turn, str(number), "on") for number in wanted]
        return replies[-1]
    return await _begin_registration(turn, await _answers_with_sessions(turn, wanted))


async def _answers_with_sessions(turn: Turn, numbers: Sequence[int]) -> dict[str, Any]:
    """Returns the answers so far, and those sessions."""
    state = await dialogs.get(turn.tx, turn.person.id, REGISTRATION)
    answers = dict(state.answers) if state is not None else {}
    return {**answers, "sessions": sorted({*(answers.get("sessions") or ()), *numbers})}


async def offer_to_resume(turn: Turn, answer: Reply) -> Reply:
    """Returns the same; where something else was asked in the middle of it, with a button that goes on."""
    if answer.then is not None:
        return replace(answer, then=await offer_to_resume(turn, answer.then))
    presses = [button.press or "" for row in answer.keyboard for button in row]
    if "menu" not in presses:  # a question of its own, such as whether to delete everything
        return answer
    if answer.ask_location or any(each.startswith("reg") for each in presses):
        return answer
    state = await dialogs.get(turn.tx, turn.person.id, REGISTRATION)
    if state is None or turn.now - state.updated_at > _OFFERED_FOR:
        return answer
    resume = (Button(text("registration.resume"), "+reg"),)
    return replace(answer, keyboard=(*answer.keyboard[:-1], resume, *answer.keyboard[-1:]))


async def change_answer(turn: Turn, field: str) -> Reply:
    """Asks one answer of the registration anew."""
    answers = await my_registration.registration_answers(turn)
    if answers is None or field not in CHANGEABLE:
        return await register(turn)
    return await CHANGE_DIALOG.begin(turn, field, {**answers, THEN: DONE, "_field": field})


async def registration_input(turn: Turn) -> Reply:
    """Takes words in the middle of it."""
    return await take_control_words(turn, REGISTRATION_DIALOG) or await REGISTRATION_DIALOG.take_words(turn)


async def edited_answer(turn: Turn) -> Reply | None:
    """Takes what an answer was changed to by editing its message; None where it was no answer of this registration."""
    return await REGISTRATION_DIALOG.take_edit(
        turn, lambda _turn, step, value: _corrected_line(Correction(step, value))
    )


async def registration_unreadable(turn: Turn) -> Reply:
    """Answers a photo, a voice message or a sticker in the middle of it."""
    return await REGISTRATION_DIALOG.take_unreadable(turn)


async def registration_press(turn: Turn, step: str, version: str, value: str) -> Reply:
    """Takes a button below one of its questions; the last one, tapped twice, shows the same receipt twice."""
    if (step, value) == ("consent", "yes") and await my_registration.registration_answers(turn) is not None:
        return await show_receipt(turn)
    if step == "sessions" and value.startswith(OWN_HOURS):
        return await _show_own_hours(turn, version, value.removeprefix(OWN_HOURS))
    return await REGISTRATION_DIALOG.take_press(turn, step, version, value)


async def _show_own_hours(turn: Turn, version: str, choice: str) -> Reply:
    """Asks for the sessions in the hours of the country that they have told; where it has several, in which."""
    here = await REGISTRATION_DIALOG.current_step(turn)
    if here is None or (here[1].name, str(here[0].state.version)) != ("sessions", version):
        return await REGISTRATION_DIALOG.ask_again(turn, text("dialog.stale"))
    code = str(here[0].answers.get("country") or "")
    places = turn.services.places.of_country(code, turn.language)
    number = int(choice) if choice.isdecimal() else 0
    if len(places) > 1 and not choice:
        hours = [(text("zone.hour", place=each.name, hour=Hour(turn.now, each.zone)), each) for each in places]
        buttons = tuple((here[0].button(label, f"{OWN_HOURS}{at}"),) for at, (label, _) in enumerate(hours))
        return reply(text("zone.which_hour", country=Country(code)), keyboard=buttons)
    if number >= len(places):
        return await REGISTRATION_DIALOG.ask_again(turn)
    await participants.set_zone(turn.tx, turn.person.id, places[number].zone)
    return replace(await REGISTRATION_DIALOG.ask_again(await turn.again()), zone=places[number].zone)


async def change_input(turn: Turn) -> Reply:
    """Takes words while one answer is changed."""
    return await take_control_words(turn, CHANGE_DIALOG) or await CHANGE_DIALOG.take_words(turn)


async def change_unreadable(turn: Turn) -> Reply:
    """Answers a photo, a voice message or a sticker while one answer is changed."""
    return await CHANGE_DIALOG.take_unreadable(turn)


async def change_press(turn: Turn, step: str, version: str, value: str) -> Reply:
    """Takes a button below the question whose answer is changed."""
    return await CHANGE_DIALOG.take_press(turn, step, version, value)


async def ask_step_again(turn: Turn, name: str) -> Reply:
    """Asks the present question of the registration, or of the answer that is changed, once more."""
    return await (REGISTRATION_DIALOG if name == REGISTRATION else CHANGE_DIALOG).ask_again(turn)


async def take_control_words(turn: Turn, dialog: Dialog) -> Reply | None:
    """Does what is asked by words that are no answer: back, skip, cancel, a change, a session they wish for."""
    if turn.forwarded or len(turn.words) > _LONGEST_QUESTION:
        return None
    if (here := await dialog.current_step(turn)) is None:
        return None
    scene, step = here
    if (control := read_control(turn.words, turn.language)) is not None:
        return await dialog.take_control(scene, control)
    return await _handle_words_aside(scene, step) if dialog.name == REGISTRATION else None


async def _handle_words_aside(scene: StepContext, step: Step) -> Reply | None:
    """Answers "am I registered?", changes an earlier answer, or takes a session they wish for."""
    turn, dialog = scene.turn, REGISTRATION_DIALOG
    found = await ask.find_answers(turn, turn.words)
    if ask.is_urgent(found):
        return None
    if _asks_whether_registered(turn.words, step):
        left = "registration.one_tap_left" if step is STEPS[-1] else "registration.steps_left"
        return await dialog.ask_again(turn, before=(text(left),))
    if (wished := read_wished_change(turn.words)) is not None and wished.field != step.name:
        return await _change_earlier(scene, wished)
    corrected = await find_correction(scene, step, STEPS) or await _changed_sessions(scene)
    if corrected is not None:
        return await dialog.replace_answer(scene, corrected.step, corrected.value, _corrected_line(corrected))
    if step.name == "needs":
        return None
    numbers = wished_sessions(turn, found, "registration")
    return await dialog.begin(turn, None, await _answers_with_sessions(turn, numbers)) if numbers else None


async def _changed_sessions(scene: StepContext) -> Correction | None:
    """Returns the sessions after "quita la 2" or "solo la 1", once they were chosen; None for other words."""
    if "sessions" not in scene.answers:
        return None
    live = await open_sessions(scene.turn)
    changed = parse_session_change(scene.turn, scene.answers["sessions"] or (), live)
    return Correction(next(each for each in STEPS if each.name == "sessions"), changed) if changed else None


def _asks_whether_registered(words: str, step: Step) -> bool:
    """Returns whether they ask if they are registered; an answer in free words may begin in the same way."""
    wish = read_wish_words(words, "es")  # it knows the words of all four languages
    asks = (wish is not None and wish.kind == "registered") or ASKS_FOR_OWN_REGISTRATION.search(fold(words))
    return bool(asks) and (not step.free or "?" in words)


async def _change_earlier(scene: StepContext, wished: WishedChange) -> Reply:
    """Puts the new answer in the place of the one before; where it was not said or is doubtful, asks for it."""
    step = next(each for each in STEPS if each.name == wished.field)
    taken = StepResult()
    if wished.value:
        taken = await step.read(replace(scene, turn=replace(scene.turn, words=wished.value)))
        if taken.is_plain:
            corrected = _corrected_line(Correction(step, taken.value))
            return await REGISTRATION_DIALOG.replace_answer(scene, step, taken.value, corrected)
    return await REGISTRATION_DIALOG.ask_earlier(scene, step.name, taken)


async def change_by_words(turn: Turn, wished: WishedChange) -> Reply | None:
    """Changes an answer of the registration there is, as it is wished; None where there is none.

    Sessions are shown instead, to be changed one by one: a place that is given up may be somebody else's at once.
    """
    if turn.forwarded or await my_registration.registration_answers(turn) is None:
        return None
    if wished.field == "sessions":
        return await my_registration.show_my_registration(turn)
    asked = await change_answer(turn, wished.field)
    return await CHANGE_DIALOG.take_words(replace(turn, words=wished.value)) if wished.value else asked


def _corrected_line(corrected: Correction) -> Value:
    """Returns what counts from now on."""
    name = corrected.step.name
    lines = registration_summary({name: corrected.value}, only=name)
    nothing = text("registration.line", field=text(f"registration.field.{name}"), value="—")
    return text("registration.corrected", line=lines[0] if lines else nothing)


async def _answer_aside(scene: StepContext, step: Step) -> Reply | None:
    """Answers a question or small talk in the middle; None where what is typed is the answer."""
    turn, words = scene.turn, fold(scene.turn.words)
    found = await ask.find_answers(turn, turn.words)
    if ask.is_urgent(found):
        return await ask.reply_with_answers(turn, found, turn.words)
    if len(turn.words) > _LONGEST_QUESTION:
        return None
    if not await _is_aside(scene, step, found, words):
        return None
    return without_ways_out(await ask.reply_with_answers(turn, found, turn.words))


def without_ways_out(answer: Reply) -> Reply:
    """Returns the reply without the buttons that lead away from the registration.

    What goes deeper into the answer stays.
    """
    kept = tuple(tuple(button for button in row if _goes_deeper(button)) for row in answer.keyboard)
    return replace(answer, keyboard=tuple(row for row in kept if row))


def _goes_deeper(button: Button) -> bool:
    return button.press is None or button.press.startswith(_DEEPER)


async def _is_aside(scene: StepContext, step: Step, found: list[Answer], words: str) -> bool:
    """Returns whether it is no answer: a question mark, or words that cannot answer the step and that we can answer."""
    if "?" in scene.turn.words or words in SMALL_TALK:
        return True
    if _asks_nothing(scene.turn.words, step) or ask.is_silent(found):
        return False
    taken = await step.read(scene)
    is_answer = taken.problem is None
    if step.free and is_answer:
        return bool(taken.note or QUESTION_START.match(words) or (step.name != "needs" and WISH_START.match(words)))
    return not is_answer and len(words.split()) > 1


def _asks_nothing(words: str, step: Step) -> bool:
    """Returns whether it is a yes or a no, or what stands in for a name; whatever a search may find for them."""
    match step.name:
        case "name":
            return means_yes(words) or is_hardly_a_name(words)
        case "consent":
            return means_yes(words) or begins_with_yes(words) or refuses(words)
        case _:
            return means_yes(words)


async def _finish(scene: StepContext) -> Reply:
    turn, answers = scene.turn, scene.answers
    if (field := answers.get("_field")) is not None:
        return await my_registration.save_changed_answer(turn, str(field), answers.get(str(field)))
    await registrations.register(turn.tx, turn.person.id, turn.cycle.key, answers, now=turn.now)
    await consent.record_consents(turn, answers.get("consent") or {})
    await my_registration.set_sessions(turn, answers.get("sessions") or ())
    return await show_receipt(turn)


async def _after_cancelling(turn: Turn) -> Reply:
    if await registrations.registration_of_person(turn.tx, turn.person.id, turn.cycle.key) is not None:
        return await my_registration.show_my_registration(turn)
    again = (Button(text("menu.register"), "reg"),)
    return reply(text("registration.left"), keyboard=(again, home_row()))


REGISTRATION_DIALOG = Dialog(REGISTRATION, "reg", STEPS, _finish, _answer_aside, _after_cancelling)
# One answer of a registration that is done. Unlike the registration itself it rests after a while: what is typed
# days later must not become somebody's name.
CHANGE_DIALOG = replace(REGISTRATION_DIALOG, name=ANSWER_CHANGE, prefix="chg", rests_after=timedelta(hours=1))
