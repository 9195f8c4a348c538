"""Releases, holds, cancels and counts an announcement's rows in the outbox."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, and_, case, delete, func, literal, not_, or_, select, update

from db.announcements import corrections
from db.announcements.announcements import Announcement
from db.delivery.outbox import (
    AMENDMENT,
    ANNOUNCEMENT,
    CANCELLED,
    CARD,
    CLAIMED,
    EXPIRED,
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


# The team's rows have no grace, and so come first.
_IS_TEAM = outbox.c.deadline == outbox.c.due_at


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


# What has kept a row from leaving, as the outbox gives the reason: the team, or the person's own wish.
STOPPED, TAKEN_BACK = "stopped", "taken back"
NOT_ALLOWED, NOT_CONCERNED = "announcements are not allowed any more", "neither registered nor reminded any more"
Unsent = Literal["rest", "unknown"]


@cache  # it is counted again and again while an announcement moves
def _unsent(what: Unsent) -> ColumnElement[bool]:
    """Returns the condition of the rest (stopped, or too late after a pause), or of what may have arrived or not.

    What was sent again and was stopped then, or came too late, may still have arrived before. Whom a person's own wish
    kept from getting it is in neither.
    """
    kept = or_(and_(outbox.c.state == CANCELLED, outbox.c.reason == STOPPED), outbox.c.state == EXPIRED)
    again = outbox.c.payload["again"].as_boolean()
    return or_(outbox.c.state == UNKNOWN, and_(kept, again)) if what == "unknown" else and_(kept, again.is_not(True))


async def hold_unsent(
    tx: Tx, number: int, what: Unsent, *, due_at: datetime, deadline: datetime, until: datetime
) -> int:
    """Holds those rows anew, for that moment; returns how many. All others stay as they are: nobody gets it twice.

    What may have arrived is marked, so that it stays unknown where it is stopped before it leaves again.
    """
    moment, payload = outbox.c.due_at.type, outbox.c.payload.type
    about = {"announcement": number} | ({"again": True} if what == "unknown" else {})
    values = {"state": HELD, "attempts": 0, "settled_at": None, "reason": None, "good_until": until, "due_at": due_at}
    values["language"] = None  # it leaves in the one that they read then
    values["deadline"] = case((_IS_TEAM, literal(due_at, moment)), else_=literal(deadline, moment))
    values["payload"] = case((_IS_TEAM, literal({**about, "team": True}, payload)), else_=literal(about, payload))
    return (await tx.execute(update(outbox).where(_rows_of(number), _unsent(what)).values(values))).rowcount


async def cancel_unsent(tx: Tx, number: int, *, now: datetime, reason: str = STOPPED) -> int:
    """Cancels its unsent rows for that reason; returns how many. What may have arrived before is unknown again."""
    unsent = update(outbox).where(_rows_of(number), outbox.c.state.in_((WAITING, HELD)))
    state = case((outbox.c.payload["again"].as_boolean(), UNKNOWN), else_=CANCELLED)
    return (await tx.execute(unsent.values(state=state, settled_at=now, reason=reason))).rowcount


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """How many rows are in each state, and how many of them may leave now."""

    counts: Mapping[str, int]
    team: int
    ready: int  # waiting, and not for a night or an hour to come
    rest: int = 0  # kept from leaving by a stop, or by too long a pause: it could leave later
    unknown: int = 0  # may have arrived or not, whatever their state is

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
    marked = (may, _IS_TEAM, _unsent("rest"), _unsent("unknown"))
    sums = [func.sum(case((each, 1), else_=0)) for each in marked]
    counted = select(outbox.c.state, func.count(), *sums).where(_rows_of(number)).group_by(outbox.c.state)
    rows = (await tx.execute(counted)).all()
    ready, team, rest, unknown = (sum(row[place] for row in rows) for place in (2, 3, 4, 5))
    return DeliveryCounts({row[0]: row[1] for row in rows}, team, ready, rest, unknown)


async def next_not_before(tx: Tx, number: int, *, now: datetime) -> datetime | None:
    """Returns when the next of its rows that are kept back may be sent (UTC); None where there is none."""
    kept = select(func.min(outbox.c.not_before)).where(_rows_of(number), outbox.c.state == WAITING)
    found: datetime | None = (await tx.execute(kept.where(outbox.c.not_before > now))).scalar_one_or_none()
    return found


async def not_reached(tx: Tx, announcement: Announcement) -> list[Any]:
    """Returns (name, e-mail, state, reason, moment) of everybody whom it did not reach, or perhaps not.

    The name and the e-mail are those of the registration; None for who has none.
    """
    theirs = (registrations.c.participant_id == outbox.c.participant_id, registrations.c.cycle == announcement.cycle)
    wanted = select(registrations.c.name, registrations.c.email, outbox.c.state, outbox.c.reason, outbox.c.settled_at)
    wanted = wanted.select_from(outbox.outerjoin(registrations, and_(*theirs)))
    over = outbox.c.state.not_in((SENT, WAITING, HELD, CLAIMED))
    rows = await tx.execute(wanted.where(_rows_of(announcement.id), over).order_by(outbox.c.participant_id))
    return sorted(rows.all(), key=lambda row: (row.state, row.name is None, (row.name or "").casefold()))


async def change_counts(tx: Tx, announcement: Announcement, kind: str) -> Mapping[str, int]:
    """Counts the corrections (of the last one, in its language only) or deletions in each state."""
    is_change = and_(outbox.c.kind == kind, outbox.c.subject == subject_of_change(announcement, kind))
    corrected = kind == AMENDMENT and announcement.amendment > 0
    language = await corrections.language_of_last(tx, announcement.id) if corrected else None
    is_change = is_change if language is None else and_(is_change, reads(announcement, language))
    rows = await tx.execute(select(outbox.c.state, func.count()).where(is_change).group_by(outbox.c.state))
    return {row[0]: row[1] for row in rows}


def reads(announcement: Announcement, language: Language, rows: FromClause = outbox) -> ColumnElement[bool]:
    """Returns the condition that a row arrived with the body in that language, or would arrive with it now.

    Which one arrived is kept when it is sent: a person who chooses another language afterwards has still read it.
    """
    own = participants.c.language == language
    if next(iter(announcement.bodies), None) == language:
        own = or_(own, participants.c.language.not_in(announcement.bodies))
    now = select(participants.c.id).where(participants.c.id == rows.c.participant_id, own).correlate(rows).exists()
    return or_(rows.c.language == language, and_(rows.c.language.is_(None), now))


async def count_reading(
    tx: Tx, announcement: Announcement, language: Language, states: Collection[str], *, team: bool = True
) -> int:
    """Counts its messages in those states with the body in that language; with or without those of the team."""
    whose = [] if team else [not_(_IS_TEAM)]
    counted = select(func.count()).select_from(outbox).where(_rows_of(announcement.id), outbox.c.state.in_(states))
    return int((await tx.execute(counted.where(reads(announcement, language), *whose))).scalar_one())
