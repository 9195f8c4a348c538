"""Remembers who was asked for feedback on what, and whether they have answered; never what."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, select, update

from db.engine.database import Tx, insert_into
from db.tables import feedback_turns

ASKED, GIVEN, DECLINED = "asked", "given", "declined"
WHOLE_CYCLE = 0  # in the place of a session's number
_KEY = ["participant_id", "cycle", "number"]


def is_turn(participant_id: int, cycle: str, number: int) -> ColumnElement[bool]:
    """Returns the condition that a row is that person's turn about that session."""
    columns = feedback_turns.c
    return and_(columns.participant_id == participant_id, columns.cycle == cycle, columns.number == number)


_STATE = select(feedback_turns.c.state, feedback_turns.c.wrote).where(
    feedback_turns.c.participant_id == bindparam("person"),
    feedback_turns.c.cycle == bindparam("cycle_key"),
    feedback_turns.c.number == bindparam("session_number"),
)


async def state_of(tx: Tx, participant_id: int, cycle: str, number: int) -> tuple[str | None, bool]:
    """Returns asked, given, declined or None, and whether they have sent a sentence."""
    turn = {"person": participant_id, "cycle_key": cycle, "session_number": number}
    row = (await tx.execute(_STATE, turn)).one_or_none()
    return (None, False) if row is None else (row.state, row.wrote)


async def ask(tx: Tx, participant_id: int, cycle: str, number: int) -> None:
    """Remembers that they are asked; what they have answered stays."""
    row = {"participant_id": participant_id, "cycle": cycle, "number": number, "state": ASKED}
    await tx.execute(insert_into(tx, feedback_turns).values(row).on_conflict_do_nothing())


async def give(tx: Tx, participant_id: int, cycle: str, number: int) -> bool:
    """Remembers that they have answered; returns False where they had before, whatever was pressed twice."""
    return await _settle(tx, participant_id, cycle, number, GIVEN)


async def decline(tx: Tx, participant_id: int, cycle: str, number: int) -> bool:
    """Remembers that they do not want to answer; returns False where they had answered."""
    return await _settle(tx, participant_id, cycle, number, DECLINED)


async def _settle(tx: Tx, participant_id: int, cycle: str, number: int, state: str) -> bool:
    row = {"participant_id": participant_id, "cycle": cycle, "number": number, "state": state}
    settled = insert_into(tx, feedback_turns).values(row)
    open_ones = feedback_turns.c.state != GIVEN
    settled = settled.on_conflict_do_update(index_elements=_KEY, set_={"state": state}, where=open_ones)
    return (await tx.execute(settled)).rowcount > 0


async def write_once(tx: Tx, participant_id: int, cycle: str, number: int) -> bool:
    """Remembers that they send a sentence; returns False where they had sent one, or have not answered at all."""
    unsent = and_(is_turn(participant_id, cycle, number), feedback_turns.c.wrote.is_(False))
    given = update(feedback_turns).where(unsent, feedback_turns.c.state == GIVEN).values(wrote=True)
    return (await tx.execute(given)).rowcount > 0


async def nudge(tx: Tx, participant_id: int, cycle: str, number: int, *, now: datetime) -> bool:
    """Remembers that they are nudged; returns False where they have answered meanwhile, or do not want to."""
    turn = update(feedback_turns).where(is_turn(participant_id, cycle, number), feedback_turns.c.state == ASKED)
    return (await tx.execute(turn.values(nudged_at=now))).rowcount > 0
