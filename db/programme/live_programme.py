"""Remembers the programme as it stands: sessions' times and details, and a stamp of what the team has published."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import and_, bindparam, delete, func, insert, literal, select, union_all, update

from db.engine.database import Tx, insert_into, note_change
from db.tables import detail_asks, practice_offers, published, session_details, session_times, sessions

T = TypeVar("T")


class TransactionCache(Generic[T]):
    """Caches one kind of query result by cycle, for one transaction. Whoever changes the rows calls forget().

    Many updates that are answered in one transaction read it once. What it gains (`benchmarks echo`, 512 people, 0 ms):
    1.7 ms of processor an update instead of 2.8.
    """

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Tx, dict[str, T]] = WeakKeyDictionary()

    async def get(self, tx: Tx, cycle: str, read: Callable[[], Awaitable[T]]) -> T:
        """Returns what was read first in this transaction, or what `read` returns now."""
        known = self._known.setdefault(tx, {})
        if cycle not in known:
            known[cycle] = await read()
        return known[cycle]

    def forget(self, tx: Tx) -> None:
        """Drops what was read, so that it is read again."""
        self._known.pop(tx, None)


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session's present time, in UTC; `version` grows with every change of it."""

    id: int
    number: int
    starts_at: datetime
    ends_at: datetime
    version: int
    cancelled: bool = False
    changed_at: datetime | None = None  # when this version began; None: it is as it was first announced
    by_organizer: bool = False  # its time is an organizer's and wins over the content's

    def is_ahead(self, now: datetime) -> bool:
        """Returns whether it is still to begin."""
        return now < self.starts_at and not self.cancelled

    def is_open(self, now: datetime) -> bool:
        """Returns whether one can still come: it is ahead, or going on."""
        return now < self.ends_at and not self.cancelled

    def is_over(self, now: datetime) -> bool:
        """Returns whether it was held: it has ended, and was not called off."""
        return self.ends_at <= now and not self.cancelled


_COLUMNS = (
    sessions.c.id,
    sessions.c.number,
    sessions.c.starts_at,
    sessions.c.ends_at,
    sessions.c.version,
    sessions.c.cancelled,
    sessions.c.changed_at,
    sessions.c.changed_by_organizer,
)
# Built once: it runs with most updates.
_PROGRAMME = select(*_COLUMNS).where(sessions.c.cycle == bindparam("cycle_key")).order_by(sessions.c.number)
_BY_ID = select(*_COLUMNS).where(sessions.c.id == bindparam("row_id"))
_read: TransactionCache[Mapping[int, LiveSession]] = TransactionCache()


async def programme(tx: Tx, cycle: str) -> Mapping[int, LiveSession]:
    """Returns every session of that cycle by its number, in order; also cancelled ones."""

    async def read() -> Mapping[int, LiveSession]:
        return {row.number: LiveSession(*row) for row in await tx.execute(_PROGRAMME, {"cycle_key": cycle})}

    return await _read.get(tx, cycle, read)


async def by_id(tx: Tx, session_id: int) -> LiveSession | None:
    """Returns the session in that row; None where there is none."""
    row = (await tx.execute(_BY_ID, {"row_id": session_id})).one_or_none()
    return LiveSession(*row) if row else None


async def sessions_by_id(tx: Tx, session_ids: Sequence[int]) -> Mapping[int, LiveSession]:
    """Returns those sessions by the id of their row."""
    rows = await tx.execute(select(*_COLUMNS).where(sessions.c.id.in_(session_ids)))
    return {row.id: LiveSession(*row) for row in rows}


async def update_from_content(
    tx: Tx, cycle: str, times: Iterable[tuple[int, datetime, datetime]], *, now: datetime
) -> None:
    """Writes the content pack's times; what an organizer changed is left as it is."""
    known = await programme(tx, cycle)
    _read.forget(tx)
    new = []
    for number, starts_at, ends_at in times:
        if number not in known:
            new.append({"cycle": cycle, "number": number, "starts_at": starts_at, "ends_at": ends_at})
        elif (known[number].starts_at, known[number].ends_at) != (starts_at, ends_at):
            await _change(tx, known[number].id, starts_at, ends_at, now=now, by_organizer=False)
    if new:
        await tx.execute(insert(sessions), new)


async def move(
    tx: Tx, session_id: int, starts_at: datetime, ends_at: datetime, *, now: datetime, expected: int | None = None
) -> bool:
    """Sets an organizer's time, which wins over the content pack; restores a cancelled session.

    Returns False where `expected` is not its version any more: somebody else was faster.
    """
    return await _change(tx, session_id, starts_at, ends_at, now=now, by_organizer=True, expected=expected)


async def cancel(tx: Tx, session_id: int, *, now: datetime, expected: int | None = None) -> bool:
    """Cancels a session; keeps its time, for when it is restored. Returns False as move() does."""
    live = await by_id(tx, session_id)
    if live is None or live.cancelled:
        return False
    times = (live.starts_at, live.ends_at)
    return await _change(tx, session_id, *times, now=now, by_organizer=True, cancelled=True, expected=expected)


async def reset(
    tx: Tx, session_id: int, starts_at: datetime, ends_at: datetime, *, now: datetime, expected: int | None = None
) -> bool:
    """Sets the content pack's time, which the content pack may change again. Returns False as move() does."""
    if not await _change(tx, session_id, starts_at, ends_at, now=now, by_organizer=True, expected=expected):
        return False
    await tx.execute(update(sessions).where(sessions.c.id == session_id).values(changed_by_organizer=False))
    _read.forget(tx)
    return True


async def _change(
    tx: Tx,
    session_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    now: datetime,
    by_organizer: bool,
    cancelled: bool = False,
    expected: int | None = None,
) -> bool:
    """Writes a new version of the session's time; keeps the one before, so that people can be told both."""
    change = update(sessions).where(sessions.c.id == session_id)
    if not by_organizer:
        change = change.where(sessions.c.changed_by_organizer.is_(False))
    if expected is not None:
        change = change.where(sessions.c.version == expected)
    before = await by_id(tx, session_id)
    fresh = {"starts_at": starts_at, "ends_at": ends_at, "cancelled": cancelled}
    done = await tx.execute(
        change.values(**fresh, version=sessions.c.version + 1, changed_by_organizer=by_organizer, changed_at=now)
    )
    _read.forget(tx)
    if done.rowcount and before is not None:
        kept = insert(session_times).values(session_id=session_id, version=before.version, cancelled=before.cancelled)
        await tx.execute(kept.values(starts_at=before.starts_at, ends_at=before.ends_at, until=now))
    if done.rowcount:
        note_change(tx, "programme")
    return done.rowcount > 0


async def earlier_versions(tx: Tx, session_id: int) -> list[LiveSession]:
    """Returns the versions before the present one, the oldest first; `changed_at` is when each one ended."""
    rows = await tx.execute(
        select(session_times).where(session_times.c.session_id == session_id).order_by(session_times.c.version)
    )
    return [
        LiveSession(session_id, 0, row.starts_at, row.ends_at, row.version, row.cancelled, row.until) for row in rows
    ]


# What a calendar shows of it.
IN_CALENDARS = ("link", "platform")

StoredDetails = Mapping[str, Any]  # a field to its value as JSON has it; see knowledge/programme/session_details.py


# Built once: it runs with most updates.
_DETAILS_OF_CYCLE = (
    select(sessions.c.number, session_details.c.field, session_details.c.value)
    .join_from(session_details, sessions)
    .where(sessions.c.cycle == bindparam("cycle_key"), session_details.c.value.is_not(None))
)
_read_details: TransactionCache[Mapping[int, StoredDetails]] = TransactionCache()


async def details_by_number(tx: Tx, cycle: str) -> Mapping[int, StoredDetails]:
    """Returns the details of that cycle's sessions, by number; sessions without any are left out."""

    async def read() -> Mapping[int, StoredDetails]:
        return _grouped(await tx.execute(_DETAILS_OF_CYCLE, {"cycle_key": cycle}))

    return await _read_details.get(tx, cycle, read)


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


async def latest_detail_version(tx: Tx, session_id: int) -> int:
    """Returns the newest version of any detail of that session; 0 where there is none."""
    newest = select(func.max(session_details.c.version)).where(session_details.c.session_id == session_id)
    return (await tx.execute(newest)).scalar_one() or 0


async def calendar_versions(tx: Tx, session_ids: Collection[int]) -> Mapping[int, int]:
    """Returns the newest version of what calendars show of those sessions, by id; without those that have none."""
    wanted = select(session_details.c.session_id, func.max(session_details.c.version)).where(
        session_details.c.session_id.in_(session_ids), session_details.c.field.in_(IN_CALENDARS)
    )
    return {row[0]: row[1] for row in await tx.execute(wanted.group_by(session_details.c.session_id))}


_DETAILS_CHANGED = (
    select(sessions.c.number, session_details.c.field, session_details.c.version, session_details.c.changed_at)
    .join_from(session_details, sessions)
    .where(sessions.c.cycle == bindparam("cycle_key"), session_details.c.changed_at >= bindparam("moment"))
)


async def details_changed_since(tx: Tx, cycle: str, moment: datetime) -> list[tuple[int, str, int, datetime]]:
    """Returns (session number, field, version, moment) of what was set or removed after that moment."""
    found = await tx.execute(_DETAILS_CHANGED, {"cycle_key": cycle, "moment": moment})
    return [(row[0], row[1], row[2], row[3]) for row in found]


async def set_detail(
    tx: Tx, session_id: int, field: str, value: object | None, *, expected: int, now: datetime
) -> int | None:
    """Sets a detail, or removes it (None); returns its new version, or None where `expected` is not the newest."""
    # Two organizers at once: the second sees what the first has done (SQLite has one writer anyway).
    await tx.execute(select(sessions.c.id).where(sessions.c.id == session_id).with_for_update())
    if await latest_detail_version(tx, session_id) != expected:
        return None
    _read_details.forget(tx)
    values = {"value": value, "version": expected + 1, "changed_at": now}
    row = insert_into(tx, session_details).values({"session_id": session_id, "field": field, **values})
    await tx.execute(row.on_conflict_do_update(index_elements=["session_id", "field"], set_=values))
    return expected + 1


async def forget_details(tx: Tx, cycle: str) -> None:
    """Deletes the details of that cycle: they may name people."""
    _read_details.forget(tx)
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


# The states of published answers and of offered practices in which everybody is answered with them.
PUBLISHED, ACCEPTED = "published", "accepted"
KnowledgeStamp = tuple[tuple[str, int, int], ...]  # what there is, its number, and its version

# Built once, and one statement: it runs with most updates.
_STAMP = union_all(
    select(literal(PUBLISHED), published.c.id, published.c.version).where(
        published.c.cycle == bindparam("cycle_key"), published.c.state == PUBLISHED
    ),
    select(literal(ACCEPTED), practice_offers.c.id, practice_offers.c.version).where(
        practice_offers.c.cycle == bindparam("cycle_key"), practice_offers.c.state == ACCEPTED
    ),
)
_read_stamp: TransactionCache[KnowledgeStamp] = TransactionCache()


async def knowledge_stamp(tx: Tx, cycle: str) -> KnowledgeStamp:
    """Returns numbers and versions of what the team has published and accepted: cheap, different after any change."""

    async def read() -> KnowledgeStamp:
        return tuple(sorted((row[0], row[1], row[2]) for row in await tx.execute(_STAMP, {"cycle_key": cycle})))

    return await _read_stamp.get(tx, cycle, read)


def forget_knowledge_stamp(tx: Tx) -> None:
    """Lets the stamp be read again in this transaction, which has changed something."""
    _read_stamp.forget(tx)
