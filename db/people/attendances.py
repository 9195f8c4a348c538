"""Remembers which sessions people come to and, where places are limited, who waits in which order."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, select, update

from db.engine.database import Tx, insert_into
from db.tables import attendances, sessions

GOING, WAITING = "going", "waiting"


async def sessions_of_person(tx: Tx, participant_id: int, cycle: str) -> Mapping[int, str]:
    """Returns the sessions of that person, by number: going or waiting."""
    rows = await tx.execute(
        select(sessions.c.number, attendances.c.state)
        .join_from(attendances, sessions)
        .where(attendances.c.participant_id == participant_id, sessions.c.cycle == cycle)
        .order_by(sessions.c.number)
    )
    return {row.number: row.state for row in rows}


async def join(tx: Tx, participant_id: int, session_id: int, capacity: int | None, *, now: datetime) -> str:
    """Gives a place in that session, or on its waiting list where all are taken; returns going or waiting."""
    await _one_at_a_time(tx, session_id)
    state = await attendance_state(tx, participant_id, session_id)
    if state is not None:
        return state
    full = capacity is not None and await _count(tx, session_id, GOING) >= capacity
    state = WAITING if full else GOING
    last = (
        await tx.execute(select(func.max(attendances.c.turn)).where(attendances.c.session_id == session_id))
    ).scalar()
    row = {"participant_id": participant_id, "session_id": session_id, "state": state, "since": now}
    await tx.execute(insert_into(tx, attendances).values({**row, "turn": (last or 0) + 1}))
    return state


# Built once: they run for each session at a start.
_LOCKED = select(sessions.c.id).where(sessions.c.id == bindparam("session")).with_for_update()
_LONGEST_WAITING = (
    select(attendances.c.participant_id, attendances.c.turn)
    .where(attendances.c.session_id == bindparam("session"), attendances.c.state == WAITING)
    .order_by(attendances.c.turn)
)


_WAITED_FOR = select(attendances.c.session_id).where(attendances.c.state == WAITING).distinct()


async def _one_at_a_time(tx: Tx, session_id: int) -> None:
    """Locks the session: two people must not take the same last place (SQLite has one writer anyway)."""
    await tx.execute(_LOCKED, {"session": session_id})


async def attendance_state(tx: Tx, participant_id: int, session_id: int) -> str | None:
    """Returns whether that person comes to that session, waits for it, or neither (None)."""
    found = await tx.execute(select(attendances.c.state).where(_is_row(participant_id, session_id)))
    return found.scalar_one_or_none()


def _is_row(participant_id: int, session_id: int) -> ColumnElement[bool]:
    return and_(attendances.c.participant_id == participant_id, attendances.c.session_id == session_id)


async def _count(tx: Tx, session_id: int, state: str) -> int:
    of_state = select(func.count()).where(attendances.c.session_id == session_id, attendances.c.state == state)
    return int((await tx.execute(of_state)).scalar_one())


async def is_full(tx: Tx, session_id: int, capacity: int | None) -> bool:
    """Returns whether the next one would wait."""
    return capacity is not None and await _count(tx, session_id, GOING) >= capacity


async def leave(tx: Tx, participant_id: int, session_id: int) -> bool:
    """Gives the place back; returns whether there was one, or a turn in the waiting list."""
    return (await tx.execute(delete(attendances).where(_is_row(participant_id, session_id)))).rowcount > 0


async def sessions_waited_for(tx: Tx) -> set[int]:
    """Returns the sessions (row ids) for which somebody is on the waiting list."""
    return {row[0] for row in await tx.execute(_WAITED_FOR)}


async def give_free_places(tx: Tx, session_id: int, capacity: int | None, *, now: datetime) -> list[tuple[int, int]]:
    """Turns waiting people into going ones, longest waiting first; returns (participant, turn in the list) of each."""
    await _one_at_a_time(tx, session_id)
    waiting = _LONGEST_WAITING
    if capacity is not None:
        waiting = waiting.limit(max(capacity - await _count(tx, session_id, GOING), 0))
    moved = [(row.participant_id, row.turn) for row in await tx.execute(waiting, {"session": session_id})]
    for participant_id, _ in moved:
        statement = update(attendances).where(_is_row(participant_id, session_id))
        await tx.execute(statement.values(state=GOING, since=now))
    return moved
