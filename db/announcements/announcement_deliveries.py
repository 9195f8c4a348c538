"""The rows of an announcement in the outbox: put there held, let go by stages, held again, stopped, counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, literal, null, or_, select, update

from db.announcements.announcements import Announcement
from db.announcements.audiences import Audience, recipients
from db.delivery.outbox import (
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
    insert_rows,
    insert_selected,
)
from db.delivery.reminder_batches import COLUMNS
from db.engine.changes import note_change
from db.engine.database import Tx
from db.tables import outbox, participants

# After that it is no news any more: nights and pauses of people, and of the announcement, end before.
GOOD_FOR = timedelta(days=2)
# Reminders are promised for a moment, an announcement is not: it leaves when nothing is more urgent.
_YIELDS = timedelta(hours=1)


def subject(number: int) -> str:
    """Under which an announcement's rows are kept: one a person, whatever happens."""
    return f"announcement/{number}"


def _mine(number: int) -> ColumnElement[bool]:
    return and_(outbox.c.kind == ANNOUNCEMENT, outbox.c.subject == subject(number))


@dataclass(frozen=True, slots=True)
class Due:
    """When people get it: everybody, or those in some zones at an hour of theirs."""

    at: datetime
    zones: Sequence[str] | None = None
    zone_of_the_rest: str = ""


async def put(tx: Tx, told: Announcement, team: Sequence[int], due: Sequence[Due]) -> int:
    """A held row for each of the team, first, and for each of its audience; how many."""
    everybody = recipients(told.cycle, Audience.of(told.audience))
    first = min(due, key=lambda each: each.at)
    # Whoever runs the cycle sees it before anybody else: their rows have no grace, and so come first.
    members = select(participants.c.id).where(participants.c.id.in_(team), participants.c.unreachable_since.is_(None))
    rows = await _put(tx, told, members, Due(first.at), timedelta(0))
    for each in due:
        there = func.coalesce(participants.c.zone, each.zone_of_the_rest).in_(each.zones or ())
        chosen = everybody if each.zones is None else everybody.where(there)
        rows += await _put(tx, told, chosen, each, _YIELDS)
    return rows


async def _put(tx: Tx, told: Announcement, chosen: Select[int], due: Due, grace: timedelta) -> int:
    moment, hour = outbox.c.due_at.type, due.zones is not None
    payload = {"announcement": told.id} | ({} if grace else {"team": True})
    values = select(
        literal(ANNOUNCEMENT),
        literal(subject(told.id)),
        participants.c.id,
        null(),
        literal(payload, outbox.c.payload.type),
        literal(due.at, moment),
        literal(due.at + grace, moment),
        literal(due.at + GOOD_FOR, moment),
        literal(HELD),
        literal(0),
        literal(due.at if hour else None, moment),
    ).where(participants.c.id.in_(chosen))
    return await insert_selected(tx, [*COLUMNS, "not_before"], values)


async def put_card(tx: Tx, told: Announcement, participant_id: int, *, now: datetime) -> None:
    """The one card that shows how it goes, in the chat of who sends it."""
    row = {"kind": CARD, "subject": f"{subject(told.id)}/{told.run}", "participant_id": participant_id}
    row |= {"payload": {"announcement": told.id}, "due_at": now, "deadline": now, "good_until": now + GOOD_FOR}
    await insert_rows(tx, [{**row, "state": WAITING, "attempts": 0}])


async def card(tx: Tx, told: Announcement) -> tuple[int, int] | None:
    """Whose chat that card is in, and its number there; None while it is on its way."""
    mine = and_(outbox.c.kind == CARD, outbox.c.subject == f"{subject(told.id)}/{told.run}")
    wanted = select(outbox.c.participant_id, outbox.c.message_id).where(mine, outbox.c.state == SENT)
    row = (await tx.execute(wanted)).first()
    return (row[0], row[1]) if row is not None and row[1] is not None else None


async def undo(tx: Tx, number: int) -> None:
    """None of its rows was let go yet: they are as if they had never been."""
    await tx.execute(delete(outbox).where(_mine(number), outbox.c.state == HELD))


async def let_go(tx: Tx, number: int, target: int | None) -> int:
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


async def stop(tx: Tx, number: int, *, now: datetime) -> int:
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


async def standing(tx: Tx, number: int, *, now: datetime) -> DeliveryCounts:
    """How it stands now, in one look."""
    may = and_(outbox.c.state == WAITING, or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now))
    team = outbox.c.deadline == outbox.c.due_at
    counted = select(
        outbox.c.state, func.count(), func.sum(case((may, 1), else_=0)), func.sum(case((team, 1), else_=0))
    )
    rows = (await tx.execute(counted.where(_mine(number)).group_by(outbox.c.state))).all()
    return DeliveryCounts({row[0]: row[1] for row in rows}, sum(row[3] for row in rows), sum(row[2] for row in rows))


async def later(tx: Tx, number: int, *, now: datetime) -> datetime | None:
    """When the next of its rows that are kept back may leave."""
    kept = select(func.min(outbox.c.not_before)).where(_mine(number), outbox.c.state == WAITING)
    found: datetime | None = (await tx.execute(kept.where(outbox.c.not_before > now))).scalar_one_or_none()
    return found


async def not_reached(tx: Tx, number: int) -> list[Any]:
    """Everybody whom it did not reach, or perhaps not: their number with us, the state, the reason, the moment."""
    wanted = select(outbox.c.participant_id, outbox.c.state, outbox.c.reason, outbox.c.settled_at)
    rows = await tx.execute(wanted.where(_mine(number), outbox.c.state.not_in((SENT, WAITING, HELD, CLAIMED))))
    return sorted(rows.all(), key=lambda each: (each.state, each.participant_id))
