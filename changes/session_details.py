"""What follows when a detail of a session is set or taken away: who is told, and which messages are changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_

from changes import calendar_updates
from changes.conditions import has_muted, has_place, has_place_or_waits, is_person, is_reachable
from changes.link_access import LinkAudience
from db.delivery import outbox_writes
from db.delivery.outbox import AFTER, CLAIMED, DETAIL, REMINDER, REVISION, SENT, WAITING
from db.delivery.outbox_writes import NewRows, sent
from db.engine.database import Tx
from db.programme import live_programme
from db.programme.live_programme import IN_CALENDARS, LiveSession
from db.tables import detail_asks, outbox, participants
from knowledge.programme.session_details import PLACES

LINK, RECORDING, MATERIALS = "link", "recording", "materials"
_AT_ONCE = timedelta(minutes=1)
# What is of use after the session is told within so many days.
NEWS_FOR = timedelta(days=7)
OF_USE_AFTERWARDS = frozenset({RECORDING, MATERIALS})
# Messages of these kinds show those fields, so that they are changed with them.
SHOWN_IN = {REMINDER: frozenset({LINK}), AFTER: OF_USE_AFTERWARDS}
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
    audience: LinkAudience = "concerned"  # of the link

    @property
    def about(self) -> str:
        """The beginning of the subjects of all rows about this field, before the version."""
        return f"{self.cycle}/{self.live.number}/{self.field}/"

    @property
    def subject(self) -> str:
        """The subject of the rows about this version."""
        return f"{self.about}d{self.version}"

    @property
    def is_of_use(self) -> bool:
        """Whether anybody needs it: not where the session is called off, except for what comes afterwards."""
        return self.field in OF_USE_AFTERWARDS or not self.live.cancelled

    def good_until(self, now: datetime) -> datetime:
        """Returns the moment (UTC) from which on nobody needs to be told any more."""
        return now + NEWS_FOR if self.field in OF_USE_AFTERWARDS else self.live.ends_at


async def follow_up(tx: Tx, change: Change, *, now: datetime, to_registered: bool = False) -> int:
    """Does everything that follows and returns how many messages are new, those that are changed among them.

    Who asked gets it; with `to_registered` also who registered for the session. Repeated, it does nothing more.
    """
    earlier = (
        outbox.c.session_id == change.live.id,
        outbox.c.kind.in_((DETAIL, REVISION)),
        outbox.c.subject.startswith(change.about, autoescape=True),
        outbox.c.subject.not_like(f"{change.subject}%"),
    )
    await outbox_writes.cancel_rows(tx, *earlier, reason="it was told anew", now=now)
    if now >= change.good_until(now):
        return 0
    inserted = await _insert_news(tx, change, now=now, to_registered=to_registered) if change.is_of_use else 0
    return inserted + await _revise(tx, change, now=now)


async def _insert_news(tx: Tx, change: Change, *, now: datetime, to_registered: bool) -> int:
    inserted = 0
    if change.is_set:
        wanted = or_(_has_asked(change), _is_registered(change)) if to_registered else _has_asked(change)
        rows = outbox_writes.rows_for_people(_rows(DETAIL, change, DETAIL, now), wanted, *_may_be_told(change))
        inserted = await outbox_writes.insert_rows(tx, rows)
    if change.field in IN_CALENDARS:
        inserted += await calendar_updates.put_details(
            tx, change.live, change.cycle, change.version, now=now, audience=change.audience
        )
    return inserted


async def catch_up(tx: Tx, cycle: str, live: Mapping[int, LiveSession], *, now: datetime) -> int:
    """Changes messages that were being sent with the old value while the new one was set; returns how many."""
    rows = 0
    for number, field, version, changed_at in await live_programme.details_changed_since(
        tx, cycle, now - _CAUGHT_UP_WITHIN
    ):
        # Where places are set anew, it is the link that others may see.
        change = Change(cycle, live[number], LINK if field == PLACES else field, version)
        if now < change.good_until(now):
            rows += await _revise(tx, change, now=now, until=changed_at + _IN_THE_AIR)
    return rows


async def show_link_anew(tx: Tx, change: Change, *, now: datetime) -> int:
    """Changes delivered messages with the session's link to what each reader may see now; returns how many."""
    return await _revise(tx, change, now=now) if now < change.good_until(now) else 0


async def _revise(tx: Tx, change: Change, *, now: datetime, until: datetime | None = None) -> int:
    """Changes what was delivered (before `until`) with the old value where it stands."""
    return sum([await outbox_writes.insert_rows(tx, each) for each in _revisions(change, now, until)])


def _revisions(change: Change, now: datetime, until: datetime | None = None) -> list[Select[Any]]:
    kinds = (DETAIL, *(kind for kind, fields in SHOWN_IN.items() if change.field in fields))
    in_time = [] if until is None else [sent.c.settled_at <= until]
    return [
        outbox_writes.rows_for_sent(
            _rows(REVISION, change, kind, now), *_has_the_old_value(change, kind), *in_time, per_message=True
        )
        for kind in kinds
    ]


def _has_the_old_value(change: Change, kind: str) -> list[ColumnElement[bool]]:
    # Reminders of an earlier time of the session are corrected by changes/session_time.py.
    about = f"{change.cycle}/{change.live.number}/v{change.live.version}/" if kind != DETAIL else change.about
    return [
        sent.c.session_id == change.live.id,
        sent.c.kind == kind,
        sent.c.subject.startswith(about, autoescape=True),
        sent.c.subject != change.subject,
        is_reachable(),
    ]


def _rows(kind: str, change: Change, sent_kind: str, now: datetime) -> NewRows:
    return NewRows(
        kind=kind,
        subject=change.subject,
        payload={"field": change.field, "details": change.version, "version": change.live.version, "said": sent_kind},
        due_at=now,
        deadline=now + _AT_ONCE,
        good_until=change.good_until(now),
        session_id=change.live.id,
    )


def _may_be_told(change: Change) -> list[ColumnElement[bool]]:
    return [is_reachable(), is_person(), not_(has_muted(change.live.id))]


def _has_asked(change: Change) -> ColumnElement[bool]:
    """Returns the condition that a participant has asked and was not told since, nor is about to be."""
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
    is_request = and_(detail_asks.c.session_id == change.live.id, detail_asks.c.field == change.field)
    return exists().where(detail_asks.c.participant_id == participants.c.id, is_request, not_(told))


def _is_registered(change: Change) -> ColumnElement[bool]:
    """Returns the condition of having a place; where it is of use afterwards, also of having waited for one."""
    if change.field in OF_USE_AFTERWARDS:
        return has_place_or_waits(change.live.id)
    return has_place(change.live.id)


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom a change of that field would concern, before it is made."""

    asked: int  # who would get it, for they asked
    registered: int  # who would get it where they are told
    delivered: int  # messages that would be changed where they stand


async def count_affected(tx: Tx, change: Change, *, now: datetime) -> Affected:
    """Returns whom the change would concern; changes nothing."""
    return Affected(
        await outbox_writes.count_people(tx, _has_asked(change), *_may_be_told(change)),
        await outbox_writes.count_people(tx, _is_registered(change), *_may_be_told(change)),
        await outbox_writes.count_rows(tx, *_revisions(change, now)),
    )
