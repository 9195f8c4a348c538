"""What follows when a session moves or is called off: who is told, what is corrected, who is affected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select

from changes.conditions import has_muted, has_place_or_waits, has_reminders, is_person, is_reachable
from db.delivery import outbox_writes
from db.delivery.outbox import AFTER, CORRECTION, MOVED, NUDGE, REMINDER, SENT
from db.delivery.outbox_writes import NewRows, sent
from db.delivery.reminder_batches import IdRange
from db.engine.database import Tx
from db.people.attendances import GOING, WAITING
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from db.tables import attendances, outbox, participants, subscriptions

_AT_ONCE = timedelta(minutes=1)
# A change is told for so long after it was made, also where the session is over by then.
WORTH_KNOWING_FOR = timedelta(days=1)
# What waits about an earlier time of the session is taken back; what was sent with it is corrected.
TAKEN_BACK = (REMINDER, MOVED, CORRECTION, AFTER, NUDGE)
CORRECTED = (REMINDER, MOVED)


def subject(cycle: str, live: LiveSession) -> str:
    """Returns what rows about that version of the session are about."""
    return f"{cycle}/{live.number}/v{live.version}"


def good_until(live: LiveSession) -> datetime:
    """Returns the moment (UTC) from which on nobody needs to know of the change any more."""
    return max(live.ends_at, (live.changed_at or live.ends_at) + WORTH_KNOWING_FOR)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a change has led to: people (or groups) who get a message, and delivered messages that are corrected."""

    told: int = 0
    corrected: int = 0


async def follow_up(tx: Tx, cycle: str, live: LiveSession, *, now: datetime, among: IdRange | None = None) -> FollowUp:
    """Does everything that follows from the session's present version and returns what is new of it.

    What waits about an earlier version is taken back, everybody who may know the old time is told the new one, and
    what was delivered with the old time is corrected where it stands. Repeated, it does nothing more.
    """
    if live.changed_at is None or now >= good_until(live):
        return FollowUp()
    about = subject(cycle, live)
    earlier = (outbox.c.session_id == live.id, outbox.c.kind.in_(TAKEN_BACK), outbox.c.subject.not_like(f"{about}%"))
    await outbox_writes.cancel_rows(tx, *earlier, reason="the session was moved or called off", now=now)
    news = outbox_writes.rows_for_people(
        _rows(MOVED, about, live, now), is_reachable(), *may_know_the_old_time(live), *_in_slice(among)
    )
    told, corrected = await outbox_writes.insert_rows(tx, news), 0
    for kind in CORRECTED:
        rows = _rows(CORRECTION, about, live, now, corrects=kind)
        conditions = (sent.c.kind == kind, *_has_the_old_time(about, live, among))
        corrections = outbox_writes.rows_for_sent(rows, *conditions, per_message=True)
        corrected += await outbox_writes.insert_rows(tx, corrections)
    return FollowUp(told, corrected)


def _rows(kind: str, about: str, live: LiveSession, now: datetime, corrects: str | None = None) -> NewRows:
    return NewRows(
        kind=kind,
        subject=about,
        payload={"version": live.version} | ({"corrects": corrects} if corrects else {}),
        due_at=now,
        deadline=now + _AT_ONCE,
        good_until=good_until(live),
        session_id=live.id,
    )


def may_know_the_old_time(live: LiveSession) -> list[ColumnElement[bool]]:
    """Returns conditions: wrote to the bot before the change, has not muted the session; groups only with reminders."""
    return [
        participants.c.first_seen_at <= live.changed_at,
        or_(~has_muted(live.id), has_place_or_waits(live.id)),
        or_(is_person(), has_reminders(live.id)),
    ]


def _in_slice(among: IdRange | None) -> list[ColumnElement[bool]]:
    return [] if among is None else [participants.c.id.between(among[0], among[1] - 1)]


def _has_the_old_time(about: str, live: LiveSession, among: IdRange | None) -> list[ColumnElement[bool]]:
    return [
        sent.c.session_id == live.id,
        sent.c.kind.in_(CORRECTED),
        sent.c.subject.not_like(f"{about}%"),
        is_reachable(),
        *_in_slice(among),
    ]


async def last_version_told(tx: Tx, participant_id: int, live: LiveSession) -> LiveSession | None:
    """Returns the version of that session that this person was told last; None where it is the present one."""
    earlier = {each.version: each for each in await live_programme.earlier_versions(tx, live.id)}
    moves = select(outbox.c.payload).where(
        outbox.c.participant_id == participant_id,
        outbox.c.session_id == live.id,
        outbox.c.kind == MOVED,
        outbox.c.state == SENT,
    )
    told = [row.payload["version"] for row in await tx.execute(moves)]
    if told:
        return earlier.get(max(told))
    seen = select(participants.c.first_seen_at).where(participants.c.id == participant_id)
    since = (await tx.execute(seen)).scalar_one()
    return next((each for each in earlier.values() if each.changed_at is not None and since <= each.changed_at), None)


def is_as_told(before: LiveSession | None, live: LiveSession) -> bool:
    """Returns whether who was told that earlier version (None: the present one) needs no new message."""
    return before is None or (before.starts_at, before.cancelled) == (live.starts_at, live.cancelled)


def soonest_start(before: LiveSession, live: LiveSession) -> datetime:
    """Returns the moment (UTC) before which who knows the earlier version has to be told."""
    return min(live.starts_at, before.starts_at)


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom a change of that session would concern, before it is made."""

    going: int  # with a place
    waiting: int
    reminded: int  # with reminders of it
    delivered: int  # messages with the old time that would be corrected
    zones: Sequence[tuple[str | None, int]]  # how many of those who come or are reminded are where (None: not told)


def _attending(session_id: int, state: str) -> Select[int]:
    return select(func.count()).where(attendances.c.session_id == session_id, attendances.c.state == state)


async def count_affected(tx: Tx, live: LiveSession, *, now: datetime) -> Affected:
    """Returns whom the change would concern; changes nothing."""
    changed = replace(live, version=live.version + 1, changed_at=now)
    corrections = outbox_writes.rows_for_sent(
        _rows(CORRECTION, "", changed, now), *_has_the_old_time(subject("", changed), changed, None)
    )
    concerned = or_(has_reminders(live.id), has_place_or_waits(live.id))
    zones = select(participants.c.zone, func.count()).where(concerned).group_by(participants.c.zone)
    reminded = select(func.count(subscriptions.c.participant_id.distinct()))
    return Affected(
        await outbox_writes.count(tx, _attending(live.id, GOING)),
        await outbox_writes.count(tx, _attending(live.id, WAITING)),
        await outbox_writes.count(tx, reminded.where(subscriptions.c.session_id == live.id)),
        await outbox_writes.count_rows(tx, corrections),
        [(row[0], row[1]) for row in await tx.execute(zones.order_by(func.count().desc()))],
    )
