"""Shows one waiting question; begins, sends and closes its answer: once, whoever taps first."""

from dataclasses import replace

from changes import panel
from db.delivery import outbox
from db.questions import answers, questions
from db.questions.answers import CLOSED, DRAFT, SENT
from handlers.organizer.questions import answer_drafts
from handlers.organizer.questions import questions as inbox
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from locales.reply import Button, Day, Hour, Keyboard, Reply, reply, text

_SETTLED = {SENT: questions.ANSWERED, CLOSED: questions.CLOSED}


async def send_answer(turn: Turn, id: str, version: str) -> Reply:  # noqa: A002 - as in the button's address
    """Sends it to each who asked, in one transaction.

    A second organizer is told who was faster, and what has changed.
    """
    answer = await answers.get(turn.tx, int(id), lock=True)
    if answer is None or (answer.state == DRAFT and not answer.bodies):
        return await answer_drafts.open_answer(turn, id)
    if answer.state != DRAFT:
        return await answer_drafts.show_taken_answer(turn, answer.id)
    asked = await questions.questions_of_answer(turn.tx, answer.id)
    if asked and answer_drafts.content_hash(answer, asked) != int(version):
        return replace(await answer_drafts.answer_card(turn, answer), toast=text("inbox.look_again"))
    people = await settle_answer(turn, answer.id, SENT)
    if people is None:
        return replace(await answer_drafts.open_answer(turn, id), toast=text("inbox.nobody"))
    await turn.note("answered", n=people, answer=answer.id)
    return replace(await answer_drafts.open_answer(turn, id), toast=text("inbox.sent", n=people))


async def settle_answer(turn: Turn, number: int, state: str) -> int | None:
    """Puts one row a person into the outbox and returns how many; None where nobody who asked is here any more."""
    asked = [each for each in await questions.questions_of_answer(turn.tx, number) if each.state == questions.OPEN]
    if not asked or not await answers.settle(turn.tx, number, state, turn.person.id, now=turn.now):
        return None
    await questions.settle(turn.tx, [each.id for each in asked], _SETTLED[state])
    newest = {each.participant_id: each.id for each in asked}
    until = max((session.ends_at for session in (await turn.live()).values()), default=turn.now)
    good_until = max(until, turn.now) + turn.services.retention
    subject = answers.subject(number, turn.now)
    await outbox.put_answers(turn.tx, subject, number, newest, now=turn.now, good_until=good_until)
    if state == SENT:
        await panel.send_inbox_answer(turn.tx, subject, number, [each.id for each in asked], now=turn.now)
    return len(newest)


async def ask_to_close_question(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks for a second tap, the last one; it closes what is shown here, not what comes meanwhile."""
    group = await inbox.find_group(turn, int(id))
    if group is None:
        return await answer_drafts.show_answer_of_question(turn, int(id))
    last = max(each.id for each in group.asked)
    ways: Keyboard = (
        (Button(text("inbox.close.yes"), f"qs:n:{group.id}:{last}"),),
        (Button(text("button.back"), f"qs:{group.id}"),),
    )
    return reply(text("inbox.close.ask", n=group.people), "", *inbox.wording_lines(group.asked), keyboard=ways)


async def close_question(turn: Turn, id: str, version: str) -> Reply:  # noqa: A002 - as in the button's address
    """Closes it, and tells whoever asked kindly; `version` is the last question that was shown."""
    group = await inbox.find_group(turn, int(id))
    ids = [each.id for each in group.asked if each.id <= int(version)] if group is not None else []
    number = await answers.create_draft(turn.tx, turn.cycle.key, turn.person.id, ids, now=turn.now) if ids else None
    if number is None:
        return await answer_drafts.show_answer_of_question(turn, int(id))
    people = await settle_answer(turn, number, CLOSED)
    await turn.note("question_closed", n=people or 0, answer=number)
    return replace(await inbox.show_questions(turn), toast=text("inbox.closed", n=people or 0))


async def show_question_card(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows one question with its wordings, and what can be done about it."""
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
    """Begins a draft for everybody who asks this; who comes second sees the first one's."""
    group = await inbox.find_group(turn, int(id))
    if group is None:
        return await answer_drafts.show_answer_of_question(turn, int(id))
    ids = [each.id for each in group.asked]
    number = await answers.create_draft(turn.tx, turn.cycle.key, turn.person.id, ids, now=turn.now)
    if number is None:
        return await answer_drafts.show_answer_of_question(turn, int(id))
    await turn.note("answer_begun", answer=number)
    return await answer_drafts.ask_answer_text(turn, str(number), turn.language)
