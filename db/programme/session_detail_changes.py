"""What follows when a detail of a session is set or taken away: who is told, and what is changed where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, literal, not_, or_, select, update

from db.delivery.outbox import CANCELLED, CLAIMED, DETAIL, REMINDER, REVISION, SENT, WAITING, insert_selected
from db.delivery.reminder_batches import COLUMNS
from db.engine.database import Tx
from db.people.attendances import GOING
from db.programme import calendars, session_details
from db.programme.live_programme import LiveSession
from db.programme.session_details import IN_CALENDARS
from db.tables import attendances, detail_asks, outbox, participants, subscriptions

LINK, RECORDING, MATERIALS = "link", "recording", "materials"
_AT_ONCE = timedelta(minutes=1)
# What is of use after the session is told within so many days.
_NEWS_FOR = timedelta(days=7)
_AFTERWARDS = frozenset({RECORDING, MATERIALS})
# Words that were written before a change may leave that much later; it is looked at again for that long.
_IN_THE_AIR, _CAUGHT_UP_WITHIN = timedelta(seconds=10), timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Change:
    """That field of that session has been set (or taken away) under that version."""

    cycle: str
    live: LiveSession
    field: str
    version: int
    is_set: bool = True
    open: bool = False  # a link for everybody, not only for those who come or are reminded

    @property
    def about(self) -> str:
        """Before the version in the subjects of its rows."""
        return f"{self.cycle}/{self.live.number}/{self.field}/"

    def good_until(self, now: datetime) -> datetime:
        """When nobody needs to be told any more."""
        return now + _NEWS_FOR if self.field in _AFTERWARDS else self.live.ends_at


async def follow(tx: Tx, change: Change, *, now: datetime, tell: bool = False) -> int:
    """Everything that follows, however often it is asked; how many new messages, those that are changed among them.

    Who asked gets it; with `tell` also who registered for the session.
    """
    await _take_back(tx, change, now=now)
    if now >= change.good_until(now):
        return 0
    of_use = change.field in _AFTERWARDS or not change.live.cancelled
    rows = await _put(tx, _told(change, now, tell=tell)) if change.is_set and of_use else 0
    if change.field in IN_CALENDARS and of_use:
        rows += await calendars.put_details(tx, change.live, change.cycle, change.version, now=now, all_=change.open)
    return rows + await _amend(tx, change, now=now)


async def catch_up(tx: Tx, cycle: str, live: Mapping[int, LiveSession], *, now: datetime) -> int:
    """Changes, too, what was in the air with the old word while somebody set the new one."""
    rows = 0
    for number, field, version, changed_at in await session_details.changed_since(tx, cycle, now - _CAUGHT_UP_WITHIN):
        change = Change(cycle, live[number], field, version)
        if now < change.good_until(now):
            rows += await _amend(tx, change, now=now, until=changed_at + _IN_THE_AIR)
    return rows


async def _amend(tx: Tx, change: Change, *, now: datetime, until: datetime | None = None) -> int:
    """What was delivered (before `until`) with the old word of it is changed where it stands."""
    rows = await _put(tx, _revisions(change, now, DETAIL, until))
    return rows + (await _put(tx, _revisions(change, now, REMINDER, until)) if change.field == LINK else 0)


async def _put(tx: Tx, rows: Select[Any]) -> int:
    columns = [*COLUMNS, "message_id"]
    return await insert_selected(tx, columns, rows)


async def _take_back(tx: Tx, change: Change, *, now: datetime) -> None:
    stale = update(outbox).where(
        outbox.c.session_id == change.live.id,
        outbox.c.state == WAITING,
        outbox.c.kind.in_((DETAIL, REVISION)),
        outbox.c.subject.startswith(change.about, autoescape=True),
        outbox.c.subject.not_like(f"{change.about}d{change.version}%"),
    )
    await tx.execute(stale.values(state=CANCELLED, settled_at=now, reason="it was told anew"))


def _row(kind: str, about: Any, change: Change, said: str, now: datetime, message_id: Any) -> list[Any]:  # noqa: ANN401, PLR0917 - SQL expressions
    told = {"field": change.field, "details": change.version, "version": change.live.version, "said": said}
    return [
        literal(kind).label("kind"),
        about,
        participants.c.id,
        literal(change.live.id),
        literal(told, outbox.c.payload.type),
        literal(now, outbox.c.due_at.type),
        literal(now + _AT_ONCE, outbox.c.deadline.type),
        literal(change.good_until(now), outbox.c.good_until.type),
        literal(WAITING),
        literal(0),
        message_id,
    ]


def _told(change: Change, now: datetime, *, tell: bool) -> Select[Any]:
    about = literal(f"{change.about}d{change.version}")
    rows = _row(DETAIL, about, change, DETAIL, now, cast(literal(None), outbox.c.message_id.type))
    wanted = or_(_asked(change), _registered(change)) if tell else _asked(change)
    return select(*rows).where(wanted, *_may_be_told(change))


def _may_be_told(change: Change) -> list[ColumnElement[bool]]:
    silent = exists().where(
        subscriptions.c.participant_id == participants.c.id,
        subscriptions.c.session_id == change.live.id,
        subscriptions.c.muted,
    )
    return [participants.c.unreachable_since.is_(None), participants.c.telegram_id > 0, not_(silent)]


def _asked(change: Change) -> ColumnElement[bool]:
    """Who has asked and not been told since, nor is about to be."""
    told = exists().where(
        outbox.c.kind == DETAIL,
        outbox.c.participant_id == participants.c.id,
        outbox.c.session_id == change.live.id,
        outbox.c.subject.startswith(change.about, autoescape=True),
        or_(
            outbox.c.state.in_((WAITING, CLAIMED)),
            and_(outbox.c.state == SENT, outbox.c.settled_at >= detail_asks.c.asked_at),
        ),
    )
    mine = and_(detail_asks.c.session_id == change.live.id, detail_asks.c.field == change.field)
    return exists().where(detail_asks.c.participant_id == participants.c.id, mine, not_(told))


def _registered(change: Change) -> ColumnElement[bool]:
    """A link is for who has a place; what comes afterwards also for who waited for one."""
    comes = and_(attendances.c.participant_id == participants.c.id, attendances.c.session_id == change.live.id)
    return exists().where(comes) if change.field in _AFTERWARDS else exists().where(comes, attendances.c.state == GOING)


def _revisions(change: Change, now: datetime, kind: str, until: datetime | None = None) -> Select[Any]:
    said = outbox.alias("said")
    about = literal(f"{change.about}d{change.version}/").concat(cast(said.c.id, String))
    rows = select(*_row(REVISION, about, change, kind, now, said.c.message_id)).join_from(
        said, participants, participants.c.id == said.c.participant_id
    )
    # Reminders of an earlier time of the session have been corrected by another hand.
    mine = f"{change.cycle}/{change.live.number}/v{change.live.version}/" if kind == REMINDER else change.about
    rows = rows if until is None else rows.where(said.c.settled_at <= until)
    return rows.where(
        said.c.session_id == change.live.id,
        said.c.kind == kind,
        said.c.state == SENT,
        said.c.message_id.is_not(None),
        said.c.subject.startswith(mine, autoescape=True),
        said.c.subject != f"{change.about}d{change.version}",
        participants.c.unreachable_since.is_(None),
    )


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom a change of that field would concern, before it is made."""

    asked: int  # who would get it, for they asked
    registered: int  # who would get it where they are told
    delivered: int  # messages that would be changed where they stand


async def affected(tx: Tx, change: Change, *, now: datetime) -> Affected:
    """Counts them; changes nothing."""
    people = select(func.count()).select_from(participants)
    said = _revisions(change, now, DETAIL)
    if change.field == LINK:
        said = said.union_all(_revisions(change, now, REMINDER))  # type: ignore[assignment] # counted all the same
    return Affected(
        await _count(tx, people.where(_asked(change), *_may_be_told(change))),
        await _count(tx, people.where(_registered(change), *_may_be_told(change))),
        await _count(tx, select(func.count()).select_from(said.subquery())),
    )


async def _count(tx: Tx, counted: Select[Any]) -> int:
    return int((await tx.execute(counted)).scalar_one())
