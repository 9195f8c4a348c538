"""The rows of an announcement in the outbox: let go by stages, held again, stopped, counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update

from db.announcements.announcements import Announcement
from db.delivery.outbox import (
    AMENDMENT,
    ANNOUNCEMENT,
    CANCELLED,
    CARD,
    CLAIMED,
    HELD,
    REFUSED,
    SENT,
    UNKNOWN,
    UNREACHABLE,
    WAITING,
)
from db.engine.changes import note_change
from db.engine.database import Tx
from db.tables import outbox


def subject(number: int) -> str:
    """Under which an announcement's rows are kept: one a person, whatever happens."""
    return f"announcement/{number}"


def subject_of_change(told: Announcement, kind: str) -> str:
    """Under which corrections and recalls are kept: each correction once a message, a recall once."""
    return f"{subject(told.id)}/{told.amendment}" if kind == AMENDMENT else subject(told.id)


def _mine(number: int) -> ColumnElement[bool]:
    return and_(outbox.c.kind == ANNOUNCEMENT, outbox.c.subject == subject(number))


async def card_location(tx: Tx, told: Announcement) -> tuple[int, int] | None:
    """Whose chat that card is in, and its number there; None while it is on its way."""
    mine = and_(outbox.c.kind == CARD, outbox.c.subject == f"{subject(told.id)}/{told.run}")
    wanted = select(outbox.c.participant_id, outbox.c.message_id).where(mine, outbox.c.state == SENT)
    row = (await tx.execute(wanted)).first()
    return (row[0], row[1]) if row is not None and row[1] is not None else None


async def delete_held(tx: Tx, number: int) -> None:
    """None of its rows was let go yet: they are as if they had never been."""
    await tx.execute(delete(outbox).where(_mine(number), outbox.c.state == HELD))


async def release(tx: Tx, number: int, target: int | None) -> int:
    """So many rows are let go in all, whichever were before (None: every row); how many are new."""
    held = select(outbox.c.id).where(_mine(number), outbox.c.state == HELD)
    if target is not None:
        gone = select(func.count()).where(_mine(number), outbox.c.state != HELD)
        more = target - int((await tx.execute(gone)).scalar_one())
        if more <= 0:
            return 0
        # Scattered over everybody, and always the same ones: asked again after a crash it lets no others go.
        scattered = (outbox.c.id * 7919) % 10007
        held = held.order_by(outbox.c.deadline, scattered, outbox.c.id).limit(more)
    done = update(outbox).where(outbox.c.id.in_(held), outbox.c.state == HELD).values(state=WAITING)
    released = (await tx.execute(done)).rowcount
    if released:
        note_change(tx, "outbox")
    return released


async def hold(tx: Tx, number: int) -> int:
    """What has not left stays where it is."""
    waiting = update(outbox).where(_mine(number), outbox.c.state == WAITING)
    return (await tx.execute(waiting.values(state=HELD))).rowcount


async def cancel_unsent(tx: Tx, number: int, *, now: datetime) -> int:
    """What has not left never leaves."""
    left = update(outbox).where(_mine(number), outbox.c.state.in_((WAITING, HELD)))
    return (await tx.execute(left.values(state=CANCELLED, settled_at=now, reason="stopped"))).rowcount


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """How many rows are in each state, and how many of them may leave now."""

    counts: Mapping[str, int]
    team: int
    ready: int  # waiting, and not for a night or an hour to come

    @property
    def rows(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def in_the_air(self) -> int:
        """Taken by a sender, outcome not known yet."""
        return self.counts.get(CLAIMED, 0)

    @property
    def let_go(self) -> int:
        """Every row that is not held."""
        return self.rows - self.counts.get(HELD, 0)

    @property
    def settled(self) -> int:
        """Those that nothing more will become of."""
        return self.let_go - self.counts.get(WAITING, 0) - self.in_the_air

    @property
    def failed(self) -> int:
        """Those that should have arrived, and have not, or perhaps not."""
        return sum(self.counts.get(each, 0) for each in (REFUSED, UNREACHABLE, UNKNOWN))


async def delivery_counts(tx: Tx, number: int, *, now: datetime) -> DeliveryCounts:
    """How it stands now, in one look."""
    may = and_(outbox.c.state == WAITING, or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now))
    team = outbox.c.deadline == outbox.c.due_at
    counted = select(
        outbox.c.state, func.count(), func.sum(case((may, 1), else_=0)), func.sum(case((team, 1), else_=0))
    )
    rows = (await tx.execute(counted.where(_mine(number)).group_by(outbox.c.state))).all()
    return DeliveryCounts({row[0]: row[1] for row in rows}, sum(row[3] for row in rows), sum(row[2] for row in rows))


async def next_not_before(tx: Tx, number: int, *, now: datetime) -> datetime | None:
    """When the next of its rows that are kept back may leave."""
    kept = select(func.min(outbox.c.not_before)).where(_mine(number), outbox.c.state == WAITING)
    found: datetime | None = (await tx.execute(kept.where(outbox.c.not_before > now))).scalar_one_or_none()
    return found


async def not_reached(tx: Tx, number: int) -> list[Any]:
    """Everybody whom it did not reach, or perhaps not: their number with us, the state, the reason, the moment."""
    wanted = select(outbox.c.participant_id, outbox.c.state, outbox.c.reason, outbox.c.settled_at)
    rows = await tx.execute(wanted.where(_mine(number), outbox.c.state.not_in((SENT, WAITING, HELD, CLAIMED))))
    return sorted(rows.all(), key=lambda each: (each.state, each.participant_id))


async def change_counts(tx: Tx, told: Announcement, kind: str) -> Mapping[str, int]:
    """How many corrections (the last one's) or deletions are in each state."""
    mine = and_(outbox.c.kind == kind, outbox.c.subject == subject_of_change(told, kind))
    rows = await tx.execute(select(outbox.c.state, func.count()).where(mine).group_by(outbox.c.state))
    return {row[0]: row[1] for row in rows}
