"""Keeps each update once, until it is handled and answered; those of one chat are claimed in order, by any replica."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Float, Insert, and_, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from db.engine.database import Instant, Tx, clock_of, db_now, dialect_insert
from db.tables import inbox

_RELEASED = {"owner": None, "lease_until": None}
_DONE = {"payload": None, "lane": None, **_RELEASED}
# Built once: one of these runs with every update.
_OPEN = update(inbox).where(
    inbox.c.update_id == bindparam("number"),
    inbox.c.handled_at.is_(None),
    or_(inbox.c.owner.is_(None), inbox.c.owner == bindparam("owner_id")),
)
_HANDLED = _OPEN.values(handled_at=bindparam("at"), **_DONE)
_HANDLED_WITH_REPLIES = _OPEN.values(handled_at=bindparam("at"), payload=bindparam("replies"))
_OWNED = update(inbox).where(
    inbox.c.update_id.in_(bindparam("numbers", expanding=True)), inbox.c.owner == bindparam("owner_id")
)
_FINISHED = _OWNED.values(handled_at=func.coalesce(inbox.c.handled_at, bindparam("at", type_=Instant)), **_DONE)


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """An update as it came; those of one lane (a chat) are handled one after the other."""

    update_id: int
    lane: int
    payload: str


@dataclass(frozen=True, slots=True)
class ClaimedUpdate:
    """A claimed row: an update to handle or, once handled, the replies still to be sent."""

    update_id: int
    payload: str
    handled: bool
    attempts: int


async def insert_new(tx: Tx, arrivals: Collection[NewUpdate], *, now: datetime) -> None:
    """Inserts those that are new."""
    # In order: two replicas that insert the same ones must not wait for each other in a circle.
    rows = [
        {"update_id": each.update_id, "received_at": now, "payload": each.payload, "lane": each.lane}
        for each in sorted(arrivals, key=lambda each: each.update_id)
    ]
    if rows:
        await tx.execute(_insert_statement(tx.dialect.name), rows)


@cache
def _insert_statement(dialect: str) -> Insert:
    return dialect_insert(dialect, inbox).on_conflict_do_nothing()


async def claim(tx: Tx, *, owner: str, seconds: float, limit: int) -> list[ClaimedUpdate]:
    """Claims the oldest update of each lane that is free, for so many seconds; also those whose lease is over."""
    asked = {"claimant": owner, "seconds": seconds, "most": limit}
    rows = await tx.execute(_claim_statement(tx.dialect.name), asked)
    found = [
        ClaimedUpdate(number, payload or "", handled is not None, tried) for number, payload, handled, tried in rows
    ]
    return sorted(found, key=lambda each: each.update_id)


@cache  # it runs twice with every update, and building it took a fifth of that update's processor time
def _claim_statement(dialect: str) -> ReturningUpdate[int, str | None, datetime | None, int]:
    clock = clock_of(dialect)
    row, other = inbox.alias("row"), inbox.alias("other")
    ahead = or_(other.c.update_id < row.c.update_id, other.c.lease_until >= clock)
    blocked = exists().where(other.c.lane == row.c.lane, other.c.update_id != row.c.update_id, ahead)
    free = or_(row.c.lease_until.is_(None), row.c.lease_until < clock)
    # As a CTE: SKIP LOCKED inside IN (...) may take more than its LIMIT on PostgreSQL.
    chosen = (
        select(row.c.update_id)
        .where(row.c.lane.is_not(None), free, ~blocked)
        .order_by(row.c.update_id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=row)
        .cte("chosen")
    )
    claimed = update(inbox).where(inbox.c.update_id.in_(select(chosen.c.update_id)))
    lease = clock + bindparam("seconds", type_=Float)
    statement = claimed.values(owner=bindparam("claimant"), lease_until=lease, attempts=inbox.c.attempts + 1)
    return statement.returning(inbox.c.update_id, inbox.c.payload, inbox.c.handled_at, inbox.c.attempts)


async def renew_leases(tx: Tx, update_ids: Collection[int], *, owner: str, seconds: float) -> None:
    """Renews leases for so many seconds; not of those that somebody else has taken over."""
    renewed = _OWNED.values(lease_until=db_now(tx) + seconds)
    await tx.execute(renewed, {"numbers": list(update_ids), "owner_id": owner})


_ANYBODYS = (
    update(inbox)
    .where(inbox.c.lane.is_not(None), inbox.c.owner.is_not(None))
    .values(**_RELEASED, attempts=inbox.c.attempts - 1)
)
_ONES = _ANYBODYS.where(inbox.c.owner == bindparam("claimant"))


async def release(tx: Tx, *, owner: str | None) -> None:
    """Releases everything claimed by that owner, or by anybody (None), so that others take it at once."""
    await tx.execute(*((_ANYBODYS,) if owner is None else (_ONES, {"claimant": owner})))


async def mark_handled(tx: Tx, handled: Mapping[int, str | None], *, owner: str, now: datetime) -> bool:
    """Marks updates as handled and stores replies still to be sent. Returns False where another replica took one."""
    done = [{"number": each, "owner_id": owner, "at": now} for each, left in handled.items() if left is None]
    kept = [
        {"number": each, "owner_id": owner, "at": now, "replies": left}
        for each, left in handled.items()
        if left is not None
    ]
    for statement, rows in ((_HANDLED, done), (_HANDLED_WITH_REPLIES, kept)):
        # One by itself is no executemany, whose count asyncpg does not tell.
        if rows and (await tx.execute(statement, rows if len(rows) > 1 else rows[0])).rowcount != len(rows):
            return False
    return True


async def mark_done(tx: Tx, update_ids: Collection[int], *, owner: str, now: datetime) -> None:
    """Marks them as handled and answered: nothing is left to do."""
    await tx.execute(_FINISHED, {"numbers": list(update_ids), "owner_id": owner, "at": now})


async def received_at(tx: Tx, update_id: int) -> datetime | None:
    """Returns when that update was inserted (UTC); None for one that never was."""
    found = await tx.execute(select(inbox.c.received_at).where(inbox.c.update_id == update_id))
    return found.scalar_one_or_none()


async def has_more(tx: Tx, lane: int, *, after: int) -> bool:
    """Returns whether a later update of that lane waits to be handled."""
    later = exists().where(inbox.c.lane == lane, inbox.c.update_id > after, inbox.c.handled_at.is_(None))
    return bool((await tx.execute(select(later))).scalar_one())


_SOME = select(inbox.c.update_id).where(inbox.c.lane.is_not(None)).limit(bindparam("most")).subquery()
_WAITING = select(func.count()).select_from(_SOME)


async def count_waiting(tx: Tx, *, most: int) -> int:
    """Returns how many are not done; counts no further than `most`."""
    return (await tx.execute(_WAITING, {"most": most})).scalar_one()


async def forget(tx: Tx, *, before: datetime) -> None:
    """Deletes handled updates older than that; Telegram repeats an update for 24 hours at most.

    Source: https://core.telegram.org/bots/api#getting-updates
    """
    done = and_(inbox.c.handled_at.is_not(None), inbox.c.lane.is_(None))
    await tx.execute(delete(inbox).where(done, inbox.c.received_at < before))
