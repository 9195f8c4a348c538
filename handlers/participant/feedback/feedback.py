"""Feedback in two taps, and one sentence; nothing is kept before it is confirmed, nothing leads to who gave it."""

from dataclasses import replace

from changes import afterwards
from db.feedback import feedback, feedback_turns
from db.feedback.feedback import Answer
from db.people import consents, dialogs
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from knowledge.summary.feedback_card import mark_buttons, question_lines
from knowledge.summary.summary import PRACTICES
from locales.reply import Button, Keyboard, Reply, Value, reply, text
from locales.time_zone import time_zone


async def ask_usefulness(turn: Turn, number: str) -> Reply:
    """Asks the first question, and says before it what is kept."""
    if (refused := await refuse(turn, int(number))) is not None:
        return refused
    return reply(*question_lines(int(number)), keyboard=(*mark_buttons(int(number)), home_row()))


async def refuse(turn: Turn, number: int) -> Reply | None:
    """Returns why this person cannot answer now, or has answered; None where they can."""
    cycle, live = turn.cycle.key, await turn.live()
    may = await afterwards.may_answer(turn.tx, cycle, live, number, turn.person.id, now=turn.now)
    if may != "yes":
        team = (Button(text("ask.team"), "team"),)
        why = text("fb.not_yet", number=number) if may == "not_yet" and number else text(f"fb.{may}")
        return reply(why, keyboard=(team, home_row()))
    state, _ = await feedback_turns.state_of(turn.tx, turn.person.id, cycle, number)
    return already_given() if state == feedback_turns.GIVEN else None


def sentence_button(number: int) -> Button:
    """Returns the button with which a sentence is added."""
    return Button(text("fb.add_sentence"), f"fb:{number}:w")


def already_given() -> Reply:
    """Returns that an answer was received, and why it cannot be changed."""
    return reply(text("fb.already"), keyboard=(home_row(),))


async def ask_practice(turn: Turn, number: str, mark: str) -> Reply:
    """Asks the second question; the first answer is in its buttons and nowhere else."""
    if (refused := await refuse(turn, int(number))) is not None:
        return refused
    address = f"fb:{number}:{mark}"
    answers = tuple(Button(text(f"fb.{each}"), f"{address}:{each}") for each in PRACTICES)
    question = text("fb.practice") if int(number) else text("fb.practice.cycle")
    back = (Button(text("fb.other_mark"), f"fb:{number}"), Button(text("fb.no_thanks"), f"fb:{number}:x"))
    return reply(text("fb.mark", mark=mark), "", question, text("fb.at_once"), keyboard=(answers, back))


async def send_feedback(turn: Turn, number: str, mark: str, answer: str) -> Reply:
    """Keeps the answer, of nobody, and, apart from it, that this person has answered: once, whatever is pressed."""
    about, cycle = int(number), turn.cycle
    if (refused := await refuse(turn, about)) is not None:
        return refused
    if not await feedback_turns.give(turn.tx, turn.person.id, cycle.key, about):
        return already_given()
    day = turn.now.astimezone(time_zone(cycle.zone)).date().isoformat()
    await feedback.add(turn.tx, Answer(cycle.key, about, turn.language, int(mark), answer, day))
    more = ((sentence_button(about),), home_row())
    return reply(text("fb.sent"), "", text("fb.offer_sentence"), keyboard=more)


async def decline(turn: Turn, number: str) -> Reply:
    """Asks no more about that session."""
    if (refused := await refuse(turn, int(number))) is not None:
        return refused
    await feedback_turns.decline(turn.tx, turn.person.id, turn.cycle.key, int(number))
    return reply(text("fb.declined"), keyboard=((Button(text("fb.stop"), "fb:off"),), home_row()))


async def switch_off(turn: Turn) -> Reply:
    """Sends no messages after sessions any more; reminders stay as they are."""
    await _decide(turn, given=False)
    return _switched(text("fb.off"), Button(text("fb.again"), "fb:on"))


async def switch_on(turn: Turn) -> Reply:
    """Sends them again."""
    await _decide(turn, given=True)
    return _switched(text("fb.on"), Button(text("fb.stop"), "fb:off"))


async def _decide(turn: Turn, *, given: bool) -> None:
    await consents.record_decision(
        turn.tx, turn.person.id, consents.FEEDBACK, consents.FEEDBACK_VERSION, given=given, now=turn.now
    )


def _switched(words: Value, other: Button) -> Reply:
    return replace(reply(words, keyboard=((other,), home_row())), toast=text("consent.saved"))


DIALOG = feedback.DIALOG
_STEP, _NUMBER, _WORDS = "sentence", "number", "words"
_LONGEST = 600


async def ask_sentence(turn: Turn, number: str) -> Reply:
    """Asks for the sentence, of who has given their two taps and has sent none."""
    state, wrote = await feedback_turns.state_of(turn.tx, turn.person.id, turn.cycle.key, int(number))
    if state != feedback_turns.GIVEN:
        return await refuse(turn, int(number)) or reply(text("fb.first"), keyboard=(_first(number), home_row()))
    if wrote:
        return reply(text("fb.sentence.already"), keyboard=(home_row(),))
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, _STEP, now=turn.now, **{_NUMBER: int(number)})
    return reply(text("fb.write", longest=_LONGEST), keyboard=_leave(int(number)))


def _first(number: str) -> tuple[Button, ...]:
    return (Button(text("fb.tell"), f"fb:{number}"),)


def _leave(number: int) -> Keyboard:
    return ((Button(text("fb.drop"), f"fb:{number}:d"),),)


async def sentence_input(turn: Turn) -> Reply:
    """Shows what was typed as the team will read it; typed again, it takes the place of the one before."""
    state = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    if state is None or _NUMBER not in state.answers:
        return reply(text("fb.sentence.gone"), keyboard=(home_row(),))
    number, words = int(state.answers[_NUMBER]), turn.words.strip()
    if not 0 < len(words) <= _LONGEST:
        return reply(text("fb.too_long", n=len(words), longest=_LONGEST), keyboard=_leave(number))
    await dialogs.move(turn.tx, turn.person.id, state, _STEP, {_NUMBER: number, _WORDS: words}, now=turn.now)
    send = (Button(text("fb.send"), f"fb:{number}:s:{state.version + 1}"),)
    shown: tuple[Value, ...] = (text("fb.preview"), "", words, "", text("fb.preview.change"))
    return reply(*shown, keyboard=(send, *_leave(number)))


async def sentence_unreadable(turn: Turn) -> Reply:
    """Answers a picture or a voice message: only words are taken."""
    state = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    number = int(state.answers.get(_NUMBER, 0)) if state is not None else 0
    return reply(text("fb.only_words"), keyboard=_leave(number))


async def send_sentence(turn: Turn, number: str, version: str) -> Reply:
    """Sends the sentence that was shown, once; nothing of it stays with the person."""
    state = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    _, wrote = await feedback_turns.state_of(turn.tx, turn.person.id, turn.cycle.key, int(number))
    if wrote:
        return reply(text("fb.sentence.sent"), keyboard=(home_row(),))
    shown = state is not None and (state.answers.get(_NUMBER), str(state.version)) == (int(number), version)
    if state is None or not shown or _WORDS not in state.answers:
        return reply(text("fb.sentence.gone"), keyboard=((sentence_button(int(number)),), home_row()))
    await dialogs.close(turn.tx, turn.person.id, state)
    if await feedback_turns.write_once(turn.tx, turn.person.id, turn.cycle.key, int(number)):
        await feedback.add_sentence(turn.tx, turn.cycle.key, int(number), str(state.answers[_WORDS]))
    return reply(text("fb.sentence.sent"), keyboard=(home_row(),))


async def drop_sentence(turn: Turn, number: str) -> Reply:
    """Sends nothing, and forgets what was typed."""
    state = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    if state is not None:
        await dialogs.close(turn.tx, turn.person.id, state)
    return reply(text("fb.sentence.dropped"), keyboard=((sentence_button(int(number)),), home_row()))
