"""Remembers votes for questions to a panel: one a person and question; who voted is told to nobody else."""

from collections.abc import Collection

from sqlalchemy import delete, literal, or_, select

from db.engine.database import Tx, insert_into, note_change
from db.panel.panel_questions import APPROVED
from db.tables import panel_questions, panel_votes


async def vote(tx: Tx, question_id: int, participant_id: int) -> bool:
    """Adds that person's vote, once; returns False for a question that is not on the list, and for one's own.

    The question is locked against changes: a vote that comes while it is merged is counted in the other one.
    """
    wanted = select(panel_questions.c.participant_id).where(
        panel_questions.c.id == question_id, panel_questions.c.state == APPROVED
    )
    author = (await tx.execute(wanted.with_for_update(read=True))).scalar_one_or_none()
    if author is None or author == participant_id:
        return False
    row = {"question_id": question_id, "participant_id": participant_id}
    await tx.execute(insert_into(tx, panel_votes).values(row).on_conflict_do_nothing())
    note_change(tx, "panel")
    return True


async def take_vote_back(tx: Tx, question_id: int, participant_id: int) -> bool:
    """Deletes that person's vote for it, and for what was merged into it; returns whether there was one."""
    merged = select(panel_questions.c.id).where(panel_questions.c.merged_into == question_id)
    same = or_(panel_votes.c.question_id == question_id, panel_votes.c.question_id.in_(merged))
    gone = await tx.execute(delete(panel_votes).where(panel_votes.c.participant_id == participant_id, same))
    if gone.rowcount:
        note_change(tx, "panel")
    return gone.rowcount > 0


async def voted_for(tx: Tx, participant_id: int, question_ids: Collection[int]) -> frozenset[int]:
    """Returns for which of those questions that person has voted: for themselves only."""
    mine = panel_votes.c.participant_id == participant_id, panel_votes.c.question_id.in_(question_ids)
    return frozenset((await tx.execute(select(panel_votes.c.question_id).where(*mine))).scalars())


async def add_votes_of(tx: Tx, source: int, source_author: int, target: int, target_author: int) -> None:
    """Counts for the target who voted for the source or asked it, each person once; not who asked the target."""
    voters = select(literal(target), panel_votes.c.participant_id).where(
        panel_votes.c.question_id == source, panel_votes.c.participant_id != target_author
    )
    columns = ["question_id", "participant_id"]
    await tx.execute(insert_into(tx, panel_votes).from_select(columns, voters).on_conflict_do_nothing())
    if source_author != target_author:
        row = {"question_id": target, "participant_id": source_author}
        await tx.execute(insert_into(tx, panel_votes).values(row).on_conflict_do_nothing())


async def followers(tx: Tx, question_ids: Collection[int]) -> frozenset[int]:
    """Returns who voted for any of those, for messages of the outbox alone."""
    found = select(panel_votes.c.participant_id).where(panel_votes.c.question_id.in_(question_ids)).distinct()
    return frozenset((await tx.execute(found)).scalars())
