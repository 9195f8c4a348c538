"""Whom a draft of an answer is for: those who ask the same join it, who asks something else leaves it."""

from db.questions import answers, questions
from db.questions.answers import DRAFT
from handlers.organizer.questions import answer_drafts
from handlers.organizer.questions import questions as inbox
from handlers.turn import Turn
from locales.reply import Button, Reply, reply, rows, text


async def add_similar_questions(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """It answers those, too, that came since."""
    told = await answers.get(turn.tx, int(id), lock=True)
    if told is not None and told.state == DRAFT:
        asked = await questions.questions_of_answer(turn.tx, told.id)
        if added := await answers.add_questions(turn.tx, told.id, await inbox.find_similar(turn, asked)):
            await turn.note("answer_added", n=added, answer=told.id)
    return await answer_drafts.open_answer(turn, id)


async def ask_question_to_remove(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Which of them asks something else?"""
    asked = await questions.questions_of_answer(turn.tx, int(id))
    shown = inbox.distinct_wordings(asked)
    buttons = [Button(str(place), f"qa:o:{id}:{same[0].id}") for place, same in enumerate(shown, start=1)]
    back = (Button(text("button.back"), f"qa:{id}"),)
    return reply(text("inbox.take_out.ask"), "", *inbox.wording_lines(asked), keyboard=(*rows(*buttons, of=4), back))


async def remove_question(turn: Turn, id: str, version: str) -> Reply:  # noqa: A002 - as in the button's address
    """That question (`version` is its number), and whoever asked it word by word so, wait in the inbox again."""
    told = await answers.get(turn.tx, int(id), lock=True)
    if told is not None and told.state == DRAFT:
        asked = await questions.questions_of_answer(turn.tx, told.id)
        same = (each for each in inbox.distinct_wordings(asked) if any(one.id == int(version) for one in each))
        if gone := await answers.remove_questions(turn.tx, told.id, [each.id for each in next(same, [])]):
            await turn.note("answer_taken_out", n=gone, answer=told.id)
    return await answer_drafts.open_answer(turn, id)
