"""Changes what moderators decide about a question to a panel: each change once, by the version that was seen."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select, update

from db.engine.database import Tx, note_change
from db.panel import panel_questions as asked
from db.panel import panel_votes
from db.panel.panel_questions import (
    ANSWERED,
    APPROVED,
    ASKED,
    DECLINED,
    MERGED,
    OPEN,
    PASSED_ON,
    WAITING,
    PanelQuestion,
)
from db.tables import panel_questions
from db.tables import panel_votes as votes
from db.tables import questions as inbox
from locales.localized import Language


async def change(tx: Tx, question: PanelQuestion, *, now: datetime, **values: object) -> bool:
    """Changes it, if it is still as it was read; returns False where somebody was faster."""
    statement = update(panel_questions).where(
        panel_questions.c.id == question.id, panel_questions.c.version == question.version
    )
    done = await tx.execute(statement.values(**values, changed_at=now, version=question.version + 1))
    note_change(tx, "panel")
    return done.rowcount == 1


async def set_state(tx: Tx, question: PanelQuestion, state: str, *, now: datetime) -> bool:
    """Sets its state, by itself again where it was merged; a declined one loses its place. Returns as change()."""
    gone = {"place": None} if state in {DECLINED, WAITING} else {}
    return await change(tx, question, now=now, state=state, merged_into=None, **gone)


async def ask_now(tx: Tx, question: PanelQuestion, *, now: datetime) -> bool:
    """Sets that it is being asked, one at a time: what was being asked has been answered. Returns as change()."""
    if not await set_state(tx, question, ASKED, now=now):
        return False
    for each in await asked.questions_of_session(tx, question.session_id, [ASKED]):
        if each.id != question.id:
            await set_state(tx, each, ANSWERED, now=now)
    return True


async def merge(tx: Tx, source: PanelQuestion, target_id: int, *, now: datetime) -> bool:
    """Lets another question of the same session speak for it; its votes count there. Returns as change()."""
    for number in sorted((source.id, target_id)):  # always in this order: two merges never wait for each other
        await tx.execute(select(panel_questions.c.id).where(panel_questions.c.id == number).with_for_update())
    target = await asked.get(tx, target_id)
    if target is None or target.id == source.id or target.session_id != source.session_id:
        return False
    if target.state not in OPEN or not await change(tx, source, now=now, state=MERGED, merged_into=target.id):
        return False
    followed = update(panel_questions).where(panel_questions.c.merged_into == source.id)
    await tx.execute(followed.values(merged_into=target.id))
    await panel_votes.add_votes_of(tx, source.id, source.participant_id, target.id, target.participant_id)
    return True


async def move(tx: Tx, question: PanelQuestion, by: int, *, now: datetime) -> bool:
    """Moves an approved question so many places on the list: from there on the order is the moderators'."""
    listed = await asked.questions_of_session(tx, question.session_id, [APPROVED])
    ids = [each.id for each in listed]
    if question.id not in ids or not await change(tx, question, now=now):
        return False
    here = ids.index(question.id)
    ids.insert(min(max(here + by, 0), len(ids) - 1), ids.pop(here))
    await _set_places(tx, ids)
    return True


async def _set_places(tx: Tx, ids: Sequence[int]) -> None:
    places = {number: place for place, number in enumerate(ids, start=1)}
    for number, place in sorted(places.items()):  # always in this order: two moderators never wait for each other
        await tx.execute(update(panel_questions).where(panel_questions.c.id == number).values(place=place))


async def order_by_votes(tx: Tx, session_id: int) -> None:
    """Forgets the moderators' order: votes decide again."""
    ordered = panel_questions.c.session_id == session_id, panel_questions.c.place.is_not(None)
    again = {"place": None, "version": panel_questions.c.version + 1}
    await tx.execute(update(panel_questions).where(*ordered).values(again))
    note_change(tx, "panel")


async def set_translation(tx: Tx, question: PanelQuestion, language: Language, words: str, *, now: datetime) -> bool:
    """Sets the team's translation of its words. Returns as change()."""
    translations: Mapping[Language, str] = {**question.translations, language: words}
    return await change(tx, question, now=now, translations=translations)


async def set_answer(tx: Tx, question: PanelQuestion, language: Language, words: str, *, now: datetime) -> bool:
    """Sets the written answer, in plain words. Returns as change()."""
    return await change(tx, question, now=now, answer=words, answer_language=language)


async def pass_on(tx: Tx, session_id: int, *, now: datetime) -> Sequence[int]:
    """Moves to the team's inbox what was not asked, once; returns the numbers of the questions there."""
    left = panel_questions.c.session_id == session_id, or_(panel_questions.c.state.in_(OPEN), asked.LOST)
    taken = update(panel_questions).where(*left, panel_questions.c.answer.is_(None))
    moved = taken.values(state=PASSED_ON, changed_at=now, version=panel_questions.c.version + 1)
    columns = (panel_questions.c.id, panel_questions.c.participant_id, panel_questions.c.words)
    rows = (await tx.execute(moved.returning(*columns, panel_questions.c.language))).all()
    numbers = []
    for row in sorted(rows, key=lambda each: int(each.id)):
        values = {"participant_id": row.participant_id, "words": row.words, "language": row.language}
        made = inbox.insert().values(**values, state="open", asked_at=now).returning(inbox.c.id)
        number = int((await tx.execute(made)).scalar_one())
        numbers.append(number)
        own = update(panel_questions).where(panel_questions.c.id == row.id)
        await tx.execute(own.values(question_id=number))
    if rows:
        note_change(tx, "panel")
    return numbers


async def panel_followers(tx: Tx, inbox_ids: Sequence[int]) -> Mapping[int, int]:
    """Returns who voted for a panel's question that is in the inbox now: participant to the inbox's question."""
    voted = (
        select(votes.c.participant_id, panel_questions.c.question_id)
        .join_from(votes, panel_questions, votes.c.question_id == panel_questions.c.id)
        .where(panel_questions.c.question_id.in_(inbox_ids), votes.c.participant_id != panel_questions.c.participant_id)
    )
    return {row.participant_id: row.question_id for row in await tx.execute(voted.order_by(panel_questions.c.id))}


async def answered_questions(tx: Tx, session_id: int) -> list[PanelQuestion]:
    """Returns the questions of that session with a written answer."""
    states = (*OPEN, ASKED, "answered")
    return [each for each in await asked.questions_of_session(tx, session_id, states) if each.answer is not None]
