"""Writes the answer to a question of a panel, and the translation of its words."""

from dataclasses import replace

from changes import panel
from db.panel import boards, moderation
from db.panel.panel_questions import PanelQuestion
from db.people import dialogs
from db.programme.live_programme import LiveSession
from handlers.organizer import guard
from handlers.organizer.panel import panel_boards
from handlers.participant.panel.panel_asking import LONGEST
from handlers.turn import Turn
from knowledge.text.question_words import clean_question
from locales.localized import LANGUAGES, Language
from locales.reply import Button, Reply, reply, rows, text

DIALOG = "panel_writing"
# With the question and a heading it must still fit one message.
_LONGEST_ANSWER = 1_500
_MORE = 100  # a translation may be longer than the words


async def ask_answer(turn: Turn, number: str, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for the written answer: what is typed next."""
    return await _ask(turn, number, id, "answer", turn.language)


async def choose_translation(turn: Turn, number: str, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks in which language its words are to be written."""
    found = await panel_boards.find_question(turn, number, id)
    if found is None:
        return await panel_boards.gone(turn, number)
    live, question = found
    await boards.rest(turn.tx, turn.person.id, live.id)
    buttons = [
        Button(text("inbox.ask.in", language=text(f"language.name.{code}")), f"pm:t:{number}:{id}:{code}")
        for code in LANGUAGES
        if code != question.language
    ]
    back = (Button(text("button.back"), f"pm:q:{number}:{id}"),)
    quoted = text("panel.quote", words=question.words)
    return reply(text("panel.translate.ask"), "", quoted, keyboard=(*rows(*buttons, of=3), back))


async def ask_translation(turn: Turn, number: str, id: str, code: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for its words in that language: what is typed next."""
    return await _ask(turn, number, id, "translation", code)


async def _ask(turn: Turn, number: str, id: str, what: str, code: str) -> Reply:  # noqa: A002 - as in the button's address
    found = await panel_boards.find_question(turn, number, id)
    if found is None or code not in LANGUAGES:
        return await panel_boards.gone(turn, number)
    live, question = found
    await boards.rest(turn.tx, turn.person.id, live.id)
    kept = {"number": live.number, "id": question.id, "language": code, "seen": question.version}
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, what, now=turn.now, **kept)
    asks = text(f"panel.write.{what}", language=text(f"language.name.{code}"), most=_most(what))
    back = (Button(text("button.back"), f"pm:q:{number}:{id}"),)
    return reply(asks, "", text("panel.quote", words=question.words), keyboard=(back,))


def _most(what: str) -> int:
    return _LONGEST_ANSWER if what == "answer" else LONGEST + _MORE


async def writing_input(turn: Turn) -> Reply:
    """Takes what was waited for; not where somebody else has changed the question meanwhile."""
    state = await dialogs.get(turn.tx, turn.person.id, DIALOG)
    await dialogs.rest(turn.tx, turn.person.id)
    if state is None or not await guard.admit_moderator(turn, int(state.answers["number"]), ""):
        return await panel_boards.open_boards(turn)
    number, code = str(state.answers["number"]), state.answers["language"]
    found = await panel_boards.find_question(turn, number, str(state.answers["id"]))
    if found is None:
        return await panel_boards.gone(turn, number)
    live, question = found
    words = clean_question(turn.words)
    if not words or len(words) > _most(state.step):
        again = await _ask(turn, number, str(question.id), state.step, code)
        return replace(
            again, lines=(text("panel.write.long", most=_most(state.step), has=len(words)), "", *again.lines)
        )
    if question.version != state.answers["seen"]:
        again = await _ask(turn, number, str(question.id), state.step, code)
        return replace(again, lines=(text("panel.write.changed"), "", *again.lines))
    await _keep(turn, live, question, state.step, code, words)
    return await panel_boards.show_question(turn, number, str(question.id))


async def _keep(  # noqa: PLR0917 - writing_input() is the only caller
    turn: Turn, live: LiveSession, question: PanelQuestion, what: str, code: Language, words: str
) -> None:
    if what == "translation":
        await moderation.set_translation(turn.tx, question, code, words, now=turn.now)
    else:
        await moderation.set_answer(turn.tx, question, code, words, now=turn.now)
        if panel.is_over(live, turn.now):  # what was written before leaves when the session is over
            await panel.send_answer(turn.tx, question, now=turn.now)
    await turn.note(f"panel_{what}", session=live.number, question=question.id)
