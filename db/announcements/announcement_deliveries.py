"""Releases, holds, cancels and counts an announcement's rows in the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, or_, select, update

from db.announcements import corrections
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
from db.engine.database import Tx, note_change
from db.tables import outbox, participants, registrations
from locales.localized import Language


def subject(number: int) -> str:
    """Returns the outbox subject of an announcement's rows; there is one row for each person."""
    return f"announcement/{number}"


def subject_of_change(announcement: Announcement, kind: str) -> str:
    """Returns the outbox subject of corrections (one for each correction) or of deletions (one in all)."""
    return f"{subject(announcement.id)}/{announcement.amendment}" if kind == AMENDMENT else subject(announcement.id)


def _rows_of(number: int) -> ColumnElement[bool]:
    return and_(outbox.c.kind == ANNOUNCEMENT, outbox.c.subject == subject(number))


async def card_location(tx: Tx, announcement: Announcement) -> tuple[int, int] | None:
    """Returns in whose chat (participant) the progress card is, and its message id; None before it was sent."""
    is_card = and_(outbox.c.kind == CARD, outbox.c.subject == f"{subject(announcement.id)}/{announcement.run}")
    wanted = select(outbox.c.participant_id, outbox.c.message_id).where(is_card, outbox.c.state == SENT)
    row = (await tx.execute(wanted)).first()
    return (row[0], row[1]) if row is not None and row[1] is not None else None


async def delete_held(tx: Tx, number: int) -> None:
    """Deletes its held rows: none of them was released yet."""
    await tx.execute(delete(outbox).where(_rows_of(number), outbox.c.state == HELD))


async def release(tx: Tx, number: int, target: int | None) -> int:
    """Releases held rows until `target` are released in all (None: every row); returns how many are newly released."""
    held = select(outbox.c.id).where(_rows_of(number), outbox.c.state == HELD)
    if target is not None:
        released_before = select(func.count()).where(_rows_of(number), outbox.c.state != HELD)
        more = target - int((await tx.execute(released_before)).scalar_one())
        if more <= 0:
            return 0
        # Scattered over everybody, and always the same ones: repeated after a crash it releases no others.
        scattered = (outbox.c.id * 7919) % 10007
        held = held.order_by(outbox.c.deadline, scattered, outbox.c.id).limit(more)
    done = update(outbox).where(outbox.c.id.in_(held), outbox.c.state == HELD).values(state=WAITING)
    released = (await tx.execute(done)).rowcount
    if released:
        note_change(tx, "outbox")
    return released


async def hold(tx: Tx, number: int) -> int:
    """Holds its waiting rows; returns how many."""
    waiting = update(outbox).where(_rows_of(number), outbox.c.state == WAITING)
    return (await tx.execute(waiting.values(state=HELD))).rowcount


async def cancel_unsent(tx: Tx, number: int, *, now: datetime) -> int:
    """Cancels its unsent rows; returns how many."""
    unsent = update(outbox).where(_rows_of(number), outbox.c.state.in_((WAITING, HELD)))
    return (await tx.execute(unsent.values(state=CANCELLED, settled_at=now, reason="stopped"))).rowcount


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """How many rows are in each state, and how many of them may leave now."""

    counts: Mapping[str, int]
    team: int
    ready: int  # waiting, and not for a night or an hour to come

    @property
    def rows(self) -> int:
        """Returns the number of all rows."""
        return sum(self.counts.values())

    @property
    def in_the_air(self) -> int:
        """Returns how many a sender has claimed, with no outcome yet."""
        return self.counts.get(CLAIMED, 0)

    @property
    def released(self) -> int:
        """Returns how many rows are not held."""
        return self.rows - self.counts.get(HELD, 0)

    @property
    def settled(self) -> int:
        """Returns how many rows have their final outcome."""
        return self.released - self.counts.get(WAITING, 0) - self.in_the_air

    @property
    def failed(self) -> int:
        """Returns how many should have arrived, and have not, or perhaps not."""
        return sum(self.counts.get(each, 0) for each in (REFUSED, UNREACHABLE, UNKNOWN))


async def delivery_counts(tx: Tx, number: int, *, now: datetime) -> DeliveryCounts:
    """Counts its rows by state, in one statement."""
    may = and_(outbox.c.state == WAITING, or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now))
    team = outbox.c.deadline == outbox.c.due_at
    counted = select(
        outbox.c.state, func.count(), func.sum(case((may, 1), else_=0)), func.sum(case((team, 1), else_=0))
    )
    rows = (await tx.execute(counted.where(_rows_of(number)).group_by(outbox.c.state))).all()
    return DeliveryCounts({row[0]: row[1] for row in rows}, sum(row[3] for row in rows), sum(row[2] for row in rows))


async def next_not_before(tx: Tx, number: int, *, now: datetime) -> datetime | None:
    """Returns when the next of its rows that are kept back may be sent (UTC); None where there is none."""
    kept = select(func.min(outbox.c.not_before)).where(_rows_of(number), outbox.c.state == WAITING)
    found: datetime | None = (await tx.execute(kept.where(outbox.c.not_before > now))).scalar_one_or_none()
    return found


async def not_reached(tx: Tx, announcement: Announcement) -> list[Any]:
    """Returns (name, e-mail, state, moment) of everybody whom it did not reach, or perhaps not.

    The name and the e-mail are those of the registration; None for who has none.
    """
    theirs = (registrations.c.participant_id == outbox.c.participant_id, registrations.c.cycle == announcement.cycle)
    wanted = select(registrations.c.name, registrations.c.email, outbox.c.state, outbox.c.settled_at)
    wanted = wanted.select_from(outbox.outerjoin(registrations, and_(*theirs)))
    over = outbox.c.state.not_in((SENT, WAITING, HELD, CLAIMED))
    rows = await tx.execute(wanted.where(_rows_of(announcement.id), over).order_by(outbox.c.participant_id))
    return sorted(rows.all(), key=lambda row: (row.state, row.name is None, (row.name or "").casefold()))


async def change_counts(tx: Tx, announcement: Announcement, kind: str) -> Mapping[str, int]:
    """Counts the corrections (of the last one, in its language only) or deletions in each state."""
    is_change = and_(outbox.c.kind == kind, outbox.c.subject == subject_of_change(announcement, kind))
    corrected = kind == AMENDMENT and announcement.amendment > 0
    language = await corrections.language_of_last(tx, announcement.id) if corrected else None
    is_change = is_change if language is None else and_(is_change, _reads(announcement, language))
    rows = await tx.execute(select(outbox.c.state, func.count()).where(is_change).group_by(outbox.c.state))
    return {row[0]: row[1] for row in rows}


def _reads(announcement: Announcement, language: Language) -> ColumnElement[bool]:
    """Returns the condition that a row's participant reads that body: their own language's, or the first there is."""
    own = participants.c.language == language
    if next(iter(announcement.bodies), None) == language:
        own = or_(own, participants.c.language.not_in(announcement.bodies))
    return exists().where(participants.c.id == outbox.c.participant_id, own)


async def arrived_in(tx: Tx, announcement: Announcement, language: Language) -> int:
    """Counts its messages that have arrived with the body in that language."""
    arrived = and_(_rows_of(announcement.id), outbox.c.state == SENT, _reads(announcement, language))
    return int((await tx.execute(select(func.count()).where(arrived))).scalar_one())
