"""Remembers the details that organizers have set for each session, and who asked for those not known yet."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, select

from db.engine.database import Tx, insert_into
from db.engine.transaction_cache import TransactionCache
from db.tables import detail_asks, session_details, sessions

# What a calendar shows of it.
IN_CALENDARS = ("link", "platform")

StoredDetails = Mapping[str, Any]  # a field to its value as JSON has it; see knowledge/programme/session_details.py


# Built once: it runs with most updates.
_OF_CYCLE = (
    select(sessions.c.number, session_details.c.field, session_details.c.value)
    .join_from(session_details, sessions)
    .where(sessions.c.cycle == bindparam("cycle_key"), session_details.c.value.is_not(None))
)
_read: TransactionCache[Mapping[int, StoredDetails]] = TransactionCache()


async def details_by_number(tx: Tx, cycle: str) -> Mapping[int, StoredDetails]:
    """Returns the details of that cycle's sessions, by number; sessions without any are left out."""

    async def read() -> Mapping[int, StoredDetails]:
        return _grouped(await tx.execute(_OF_CYCLE, {"cycle_key": cycle}))

    return await _read.get(tx, cycle, read)


async def details_by_session_id(tx: Tx, session_ids: Collection[int]) -> Mapping[int, StoredDetails]:
    """Returns the details of those sessions, by row id."""
    wanted = select(session_details.c.session_id, session_details.c.field, session_details.c.value)
    matching = wanted.where(session_details.c.session_id.in_(session_ids), session_details.c.value.is_not(None))
    return _grouped(await tx.execute(matching))


def _grouped(rows: Any) -> dict[int, dict[str, Any]]:  # noqa: ANN401 - SQLAlchemy's result
    found: dict[int, dict[str, Any]] = {}
    for session, field, value in rows:
        if value is not None:
            found.setdefault(session, {})[field] = value
    return found


async def details_with_link(tx: Tx) -> list[tuple[int, int, StoredDetails]]:
    """Returns (session id, number, details) of every session that has a link."""
    linked = select(session_details.c.session_id).where(
        session_details.c.field == "link", session_details.c.value.is_not(None)
    )
    ids = [row[0] for row in await tx.execute(linked)]
    found = await details_by_session_id(tx, ids) if ids else {}
    numbers = select(sessions.c.id, sessions.c.number).where(sessions.c.id.in_(found))
    return [(row[0], row[1], found[row[0]]) for row in await tx.execute(numbers)] if found else []


async def latest_version(tx: Tx, session_id: int) -> int:
    """Returns the newest version of any detail of that session; 0 where there is none."""
    newest = select(func.max(session_details.c.version)).where(session_details.c.session_id == session_id)
    return (await tx.execute(newest)).scalar_one() or 0


async def calendar_versions(tx: Tx, session_ids: Collection[int]) -> Mapping[int, int]:
    """Returns the newest version of what calendars show of those sessions, by id; without those that have none."""
    wanted = select(session_details.c.session_id, func.max(session_details.c.version)).where(
        session_details.c.session_id.in_(session_ids), session_details.c.field.in_(IN_CALENDARS)
    )
    return {row[0]: row[1] for row in await tx.execute(wanted.group_by(session_details.c.session_id))}


_CHANGED = (
    select(sessions.c.number, session_details.c.field, session_details.c.version, session_details.c.changed_at)
    .join_from(session_details, sessions)
    .where(sessions.c.cycle == bindparam("cycle_key"), session_details.c.changed_at >= bindparam("moment"))
)


async def changed_since(tx: Tx, cycle: str, moment: datetime) -> list[tuple[int, str, int, datetime]]:
    """Returns (session number, field, version, moment) of what was set or removed after that moment."""
    found = await tx.execute(_CHANGED, {"cycle_key": cycle, "moment": moment})
    return [(row[0], row[1], row[2], row[3]) for row in found]


async def set_detail(
    tx: Tx, session_id: int, field: str, value: object | None, *, expected: int, now: datetime
) -> int | None:
    """Sets a detail, or removes it (None); returns its new version, or None where `expected` is not the newest."""
    # Two organizers at once: the second sees what the first has done (SQLite has one writer anyway).
    await tx.execute(select(sessions.c.id).where(sessions.c.id == session_id).with_for_update())
    if await latest_version(tx, session_id) != expected:
        return None
    _read.forget(tx)
    values = {"value": value, "version": expected + 1, "changed_at": now}
    row = insert_into(tx, session_details).values({"session_id": session_id, "field": field, **values})
    await tx.execute(row.on_conflict_do_update(index_elements=["session_id", "field"], set_=values))
    return expected + 1


async def forget(tx: Tx, cycle: str) -> None:
    """Deletes the details of that cycle: they may name people."""
    _read.forget(tx)
    matching = select(sessions.c.id).where(sessions.c.cycle == cycle)
    await tx.execute(delete(session_details).where(session_details.c.session_id.in_(matching)))


async def request_detail(tx: Tx, participant_id: int, session_id: int, field: str, *, now: datetime) -> None:
    """Remembers that they want to be told once it is known; repeated, it counts from now."""
    key = {"participant_id": participant_id, "session_id": session_id, "field": field}
    row = insert_into(tx, detail_asks).values({**key, "asked_at": now})
    await tx.execute(row.on_conflict_do_update(index_elements=[*key], set_={"asked_at": now}))


async def withdraw_request(tx: Tx, participant_id: int, session_id: int, field: str) -> None:
    """Deletes that request."""
    matching = and_(detail_asks.c.participant_id == participant_id, detail_asks.c.session_id == session_id)
    await tx.execute(delete(detail_asks).where(matching, detail_asks.c.field == field))
