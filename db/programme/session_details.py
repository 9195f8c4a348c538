"""What organizers have told about each session, and who asked for what was not known."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, select, union

from db.engine.database import Tx, insert_into
from db.engine.transaction_cache import TransactionCache
from db.people.attendances import GOING
from db.tables import attendances, detail_asks, session_details, sessions, subscriptions

# What a calendar shows of it.
IN_CALENDARS = ("link", "platform")

StoredDetails = Mapping[str, Any]  # a field to its value as JSON has it; see knowledge/programme/session_details.py


# Built once: it runs with most updates.
_OF_CYCLE = (
    select(sessions.c.number, session_details.c.field, session_details.c.value)
    .join_from(session_details, sessions)
    .where(sessions.c.cycle == bindparam("which"), session_details.c.value.is_not(None))
)
_read: TransactionCache[Mapping[int, StoredDetails]] = TransactionCache()


async def details_by_number(tx: Tx, cycle: str) -> Mapping[int, StoredDetails]:
    """What is known of the sessions of that cycle, by number; those of which nothing was told are left out."""

    async def read() -> Mapping[int, StoredDetails]:
        return _grouped(await tx.execute(_OF_CYCLE, {"which": cycle}))

    return await _read.get(tx, cycle, read)


async def details_by_session_id(tx: Tx, session_ids: Collection[int]) -> Mapping[int, StoredDetails]:
    """The same for those rows of sessions, by their id."""
    wanted = select(session_details.c.session_id, session_details.c.field, session_details.c.value)
    mine = wanted.where(session_details.c.session_id.in_(session_ids), session_details.c.value.is_not(None))
    return _grouped(await tx.execute(mine))


def _grouped(rows: Any) -> dict[int, dict[str, Any]]:  # noqa: ANN401 - SQLAlchemy's result
    found: dict[int, dict[str, Any]] = {}
    for whose, field, value in rows:
        if value is not None:
            found.setdefault(whose, {})[field] = value
    return found


async def latest_version(tx: Tx, session_id: int) -> int:
    """The newest version of anything told about that session; 0 for nothing yet."""
    newest = select(func.max(session_details.c.version)).where(session_details.c.session_id == session_id)
    return (await tx.execute(newest)).scalar_one() or 0


async def calendar_versions(tx: Tx, session_ids: Collection[int]) -> Mapping[int, int]:
    """The newest version of what calendars show of those sessions, by id; without those that have none."""
    wanted = select(session_details.c.session_id, func.max(session_details.c.version)).where(
        session_details.c.session_id.in_(session_ids), session_details.c.field.in_(IN_CALENDARS)
    )
    return {row[0]: row[1] for row in await tx.execute(wanted.group_by(session_details.c.session_id))}


async def changed_since(tx: Tx, cycle: str, moment: datetime) -> list[tuple[int, str, int, datetime]]:
    """What was set or taken away after that moment: session's number, field, version, when."""
    told = session_details.c
    wanted = select(sessions.c.number, told.field, told.version, told.changed_at).join_from(session_details, sessions)
    late = wanted.where(sessions.c.cycle == cycle, told.changed_at >= moment)
    return [(row[0], row[1], row[2], row[3]) for row in await tx.execute(late)]


async def set_detail(
    tx: Tx, session_id: int, field: str, value: object | None, *, expected: int, now: datetime
) -> int | None:
    """Sets it, or takes it away (None), if nobody has told anything since version `expected`; its new version."""
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
    """Deletes all of it for that cycle, which is long over: it may name people."""
    _read.forget(tx)
    mine = select(sessions.c.id).where(sessions.c.cycle == cycle)
    await tx.execute(delete(session_details).where(session_details.c.session_id.in_(mine)))


async def request_detail(tx: Tx, participant_id: int, session_id: int, field: str, *, now: datetime) -> None:
    """They want to be told once it is known; asked again, it counts from now."""
    key = {"participant_id": participant_id, "session_id": session_id, "field": field}
    row = insert_into(tx, detail_asks).values({**key, "asked_at": now})
    await tx.execute(row.on_conflict_do_update(index_elements=[*key], set_={"asked_at": now}))


async def withdraw_request(tx: Tx, participant_id: int, session_id: int, field: str) -> None:
    """They do not want to be told any more."""
    mine = and_(detail_asks.c.participant_id == participant_id, detail_asks.c.session_id == session_id)
    await tx.execute(delete(detail_asks).where(mine, detail_asks.c.field == field))


async def sessions_of_interest(tx: Tx, participant_id: int, cycle: str) -> frozenset[int]:
    """The numbers of the sessions in which they have a place, or of which they get reminders."""
    going = select(attendances.c.session_id).where(
        attendances.c.participant_id == participant_id, attendances.c.state == GOING
    )
    reminded = select(subscriptions.c.session_id).where(subscriptions.c.participant_id == participant_id)
    theirs = union(going, reminded).subquery()
    wanted = select(sessions.c.number).where(sessions.c.cycle == cycle, sessions.c.id.in_(select(theirs)))
    return frozenset((await tx.execute(wanted)).scalars())


def has_place_or_reminders(participant_id: "ColumnElement[int]", session_id: int) -> ColumnElement[bool]:
    """The same in SQL, of one session."""
    going = exists().where(
        attendances.c.participant_id == participant_id,
        attendances.c.session_id == session_id,
        attendances.c.state == GOING,
    )
    reminded = exists().where(
        subscriptions.c.participant_id == participant_id, subscriptions.c.session_id == session_id
    )
    return going | reminded
