"""One sentence for the team: typed, shown as they will read it, sent once, without a name."""

from db.feedback import feedback, feedback_turns
from db.people import dialogs
from handlers.participant.feedback.feedback import refuse, sentence_button
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from locales.reply import Button, Keyboard, Reply, Value, reply, text

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
