"""One question that waits, with its wordings; and where an answer to it begins."""

from db.questions import answers
from handlers.organizer.questions import answer_drafts
from handlers.organizer.questions import questions as inbox
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from locales.reply import Button, Day, Hour, Keyboard, Reply, reply, text


async def show_question_card(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """One question with its wordings, and what can be done about it."""
    group = await inbox.find_group(turn, int(id))
    if group is None:
        return await answer_drafts.show_answer_of_question(turn, int(id))
    ways: Keyboard = (
        (Button(text("inbox.answer.it"), f"qs:r:{group.id}"),),
        (Button(text("inbox.close"), f"qs:n:{group.id}"),),
        (Button(text("button.back"), "qs"), *home_row()),
    )
    asked = text("inbox.last", day=Day(group.last), hour=Hour(group.last))
    return reply(text("inbox.card", n=group.people), asked, "", *inbox.wording_lines(group.asked), keyboard=ways)


async def begin_answer(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """A draft for everybody who asks this; who comes second sees the first one's."""
    group = await inbox.find_group(turn, int(id))
    if group is None:
        return await answer_drafts.show_answer_of_question(turn, int(id))
    ids = [each.id for each in group.asked]
    number = await answers.create_draft(turn.tx, turn.cycle.key, turn.person.id, ids, now=turn.now)
    if number is None:
        return await answer_drafts.show_answer_of_question(turn, int(id))
    await turn.note("answer_begun", answer=number)
    return await answer_drafts.ask_answer_text(turn, str(number), turn.language)
