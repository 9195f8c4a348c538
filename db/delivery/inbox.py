"""Each update is taken in once, and kept until it is handled and answered; one chat's in order, whoever does it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, or_, select, update

from db.engine.database import Tx, insert_into
from db.engine.timestamps import db_now
from db.tables import inbox

_LET_GO = {"owner": None, "lease_until": None}
_DONE = {"payload": None, "lane": None, **_LET_GO}
# Built once: one of these runs with every update.
_OPEN = update(inbox).where(
    inbox.c.update_id == bindparam("which"),
    inbox.c.handled_at.is_(None),
    or_(inbox.c.owner.is_(None), inbox.c.owner == bindparam("ours")),
)
_HANDLED = _OPEN.values(handled_at=bindparam("at"), **_DONE)
_HANDLED_UNSAID = _OPEN.values(handled_at=bindparam("at"), payload=bindparam("unsaid"))


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """An update as it came; those of one lane are handled one after the other."""

    update_id: int
    lane: int
    payload: str


@dataclass(frozen=True, slots=True)
class ClaimedUpdate:
    """What somebody has in hand: an update to handle, or, once handled, what is still to be said."""

    update_id: int
    payload: str
    handled: bool
    attempts: int


async def insert_new(tx: Tx, arrivals: Collection[NewUpdate], *, now: datetime) -> None:
    """Keeps those that are new."""
    # In order: two replicas that take in the same ones must not wait for each other in a circle.
    rows = [
        {"update_id": each.update_id, "received_at": now, "payload": each.payload, "lane": each.lane}
        for each in sorted(arrivals, key=lambda each: each.update_id)
    ]
    if rows:
        await tx.execute(insert_into(tx, inbox).on_conflict_do_nothing(), rows)


async def claim(tx: Tx, *, owner: str, seconds: float, limit: int) -> list[ClaimedUpdate]:
    """The oldest of each lane that nobody has in hand, ours for so long; also what a dead replica had in hand."""
    clock = db_now(tx)
    mine, other = inbox.alias("mine"), inbox.alias("other")
    ahead = or_(other.c.update_id < mine.c.update_id, other.c.lease_until >= clock)
    blocked = exists().where(other.c.lane == mine.c.lane, other.c.update_id != mine.c.update_id, ahead)
    free = or_(mine.c.lease_until.is_(None), mine.c.lease_until < clock)
    # As a CTE: SKIP LOCKED inside IN (...) may take more than its LIMIT on PostgreSQL.
    chosen = (
        select(mine.c.update_id)
        .where(mine.c.lane.is_not(None), free, ~blocked)
        .order_by(mine.c.update_id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=mine)
        .cte("chosen")
    )
    ours = update(inbox).where(inbox.c.update_id.in_(select(chosen.c.update_id)))
    taken = ours.values(owner=owner, lease_until=clock + seconds, attempts=inbox.c.attempts + 1)
    rows = await tx.execute(taken.returning(inbox.c.update_id, inbox.c.payload, inbox.c.handled_at, inbox.c.attempts))
    found = [
        ClaimedUpdate(number, payload or "", handled is not None, tried) for number, payload, handled, tried in rows
    ]
    return sorted(found, key=lambda each: each.update_id)


async def renew_leases(tx: Tx, update_ids: Collection[int], *, owner: str, seconds: float) -> None:
    """Still in hand, for so long again; not those that somebody else has taken over."""
    ours = update(inbox).where(_of(owner, update_ids))
    await tx.execute(ours.values(lease_until=db_now(tx) + seconds))


async def release(tx: Tx, *, owner: str | None) -> None:
    """Lets go of everything that is that owner's, or anybody's (None), so that others take it at once."""
    ours = update(inbox).where(inbox.c.lane.is_not(None), inbox.c.owner.is_not(None))
    if owner is not None:
        ours = ours.where(inbox.c.owner == owner)
    await tx.execute(ours.values(**_LET_GO, attempts=inbox.c.attempts - 1))


async def mark_handled(tx: Tx, handled: Mapping[int, str | None], *, owner: str, now: datetime) -> bool:
    """Ticks them off; their words give way to what is still unsaid. False where somebody else has done or taken one."""
    done = [{"which": each, "ours": owner, "at": now} for each, left in handled.items() if left is None]
    kept = [
        {"which": each, "ours": owner, "at": now, "unsaid": left} for each, left in handled.items() if left is not None
    ]
    for statement, rows in ((_HANDLED, done), (_HANDLED_UNSAID, kept)):
        # One by itself is no executemany, whose count asyncpg does not tell.
        if rows and (await tx.execute(statement, rows if len(rows) > 1 else rows[0])).rowcount != len(rows):
            return False
    return True


async def mark_done(tx: Tx, update_ids: Collection[int], *, owner: str, now: datetime) -> None:
    """Nothing is left to do: handled, and said."""
    handled = func.coalesce(inbox.c.handled_at, now, type_=inbox.c.handled_at.type)
    await tx.execute(update(inbox).where(_of(owner, update_ids)).values(handled_at=handled, **_DONE))


async def received_at(tx: Tx, update_id: int) -> datetime | None:
    """When that update was taken in; None for one that never was."""
    found = await tx.execute(select(inbox.c.received_at).where(inbox.c.update_id == update_id))
    return found.scalar_one_or_none()


async def has_more(tx: Tx, lane: int, *, after: int) -> bool:
    """Whether a later update of that lane waits to be handled."""
    later = exists().where(inbox.c.lane == lane, inbox.c.update_id > after, inbox.c.handled_at.is_(None))
    return bool((await tx.execute(select(later))).scalar_one())


async def count_waiting(tx: Tx, *, most: int) -> int:
    """How many are not done; counted no further than `most`."""
    some = select(inbox.c.update_id).where(inbox.c.lane.is_not(None)).limit(most).subquery()
    return (await tx.execute(select(func.count()).select_from(some))).scalar_one()


async def forget(tx: Tx, *, before: datetime) -> None:
    """Drops ticked-off numbers older than that; Telegram repeats an update for 24 hours at most.

    Source: https://core.telegram.org/bots/api#getting-updates
    """
    done = and_(inbox.c.handled_at.is_not(None), inbox.c.lane.is_(None))
    await tx.execute(delete(inbox).where(done, inbox.c.received_at < before))


def _of(owner: str, update_ids: Collection[int]) -> ColumnElement[bool]:
    return and_(inbox.c.update_id.in_(list(update_ids)), inbox.c.owner == owner)
