"""What follows when a session moves or is called off: who is told, what is corrected, who is affected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, literal, or_, select, update
from sqlalchemy.sql import Subquery

from db.delivery.outbox import CANCELLED, CORRECTION, MOVED, REMINDER, SENT, WAITING, insert_selected
from db.delivery.reminder_batches import COLUMNS, Slice
from db.engine.database import Tx
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from db.tables import attendances, outbox, participants, subscriptions

_AT_ONCE = timedelta(minutes=1)
_WORTH_KNOWING_FOR = timedelta(days=1)


def subject(cycle: str, live: LiveSession) -> str:
    """What rows about that version of the session are about."""
    return f"{cycle}/{live.number}/v{live.version}"


async def follow(tx: Tx, cycle: str, live: LiveSession, *, now: datetime, among: Slice | None = None) -> int:
    """Everything that follows from the session's present version, however often it is asked; how many new messages.

    What waits about an earlier version is taken back, everybody who may know the old time is told the new one, and
    what was delivered with the old time is corrected where it stands.
    """
    if live.changed_at is None or now >= _moot(live):
        return 0
    await _take_back(tx, cycle, live, now=now)
    told = await _put(tx, _told(cycle, live, now, among))
    return told + await _put(tx, _corrections(cycle, live, now, among))


def _moot(live: LiveSession) -> datetime:
    """From when on nobody needs to know any more."""
    return max(live.ends_at, (live.changed_at or live.ends_at) + _WORTH_KNOWING_FOR)


async def _put(tx: Tx, rows: Select[Any]) -> int:
    columns = [*COLUMNS, "message_id"]
    return await insert_selected(tx, columns, rows)


async def _take_back(tx: Tx, cycle: str, live: LiveSession, *, now: datetime) -> None:
    of_others = outbox.c.subject.not_like(f"{subject(cycle, live)}%")
    stale = update(outbox).where(
        outbox.c.session_id == live.id,
        outbox.c.state == WAITING,
        outbox.c.kind.in_((REMINDER, MOVED, CORRECTION)),
        of_others,
    )
    await tx.execute(stale.values(state=CANCELLED, settled_at=now, reason="the session was moved or called off"))


def _row(kind: str, about: Any, live: LiveSession, now: datetime, message_id: Any) -> list[Any]:  # noqa: ANN401 - SQL expressions
    return [
        literal(kind).label("kind"),
        about,
        participants.c.id,
        literal(live.id),
        literal({"version": live.version}, outbox.c.payload.type),
        literal(now, outbox.c.due_at.type),
        literal(now + _AT_ONCE, outbox.c.deadline.type),
        literal(_moot(live), outbox.c.good_until.type),
        literal(WAITING),
        literal(0),
        message_id,
    ]


def _told(cycle: str, live: LiveSession, now: datetime, among: Slice | None) -> Select[Any]:
    rows = _row(MOVED, literal(subject(cycle, live)), live, now, cast(literal(None), outbox.c.message_id.type))
    return select(*rows).where(*_may_know_the_old_time(live, among))


def _may_know_the_old_time(live: LiveSession, among: Slice | None) -> list[ColumnElement[bool]]:
    """Whoever has talked to us before the change and did not silence the session; of groups, those with reminders."""
    of_session = and_(subscriptions.c.participant_id == participants.c.id, subscriptions.c.session_id == live.id)
    comes = exists().where(attendances.c.participant_id == participants.c.id, attendances.c.session_id == live.id)
    silent = exists().where(of_session, subscriptions.c.muted)
    found: list[ColumnElement[bool]] = [
        participants.c.unreachable_since.is_(None),
        participants.c.first_seen_at <= live.changed_at,
        or_(~silent, comes),
        or_(participants.c.telegram_id > 0, exists().where(of_session)),
    ]
    return found if among is None else [*found, participants.c.id.between(among[0], among[1] - 1)]


def _corrections(cycle: str, live: LiveSession, now: datetime, among: Slice | None) -> Select[Any]:
    said = outbox.alias("said")
    about = literal(f"{subject(cycle, live)}/").concat(cast(said.c.id, String))
    rows = select(*_row(CORRECTION, about, live, now, said.c.message_id)).join_from(
        said, participants, participants.c.id == said.c.participant_id
    )
    rows = rows.where(
        said.c.session_id == live.id,
        said.c.kind.in_((REMINDER, MOVED)),
        said.c.state == SENT,
        said.c.message_id.is_not(None),
        said.c.subject.not_like(f"{subject(cycle, live)}%"),
        participants.c.unreachable_since.is_(None),
    )
    return rows if among is None else rows.where(participants.c.id.between(among[0], among[1] - 1))


async def told_before(tx: Tx, participant_id: int, live: LiveSession) -> LiveSession | None:
    """The version of that session that this person was told last; None where it is the present one."""
    earlier = {each.version: each for each in await live_programme.earlier(tx, live.id)}
    said = select(outbox.c.payload).where(
        outbox.c.participant_id == participant_id,
        outbox.c.session_id == live.id,
        outbox.c.kind == MOVED,
        outbox.c.state == SENT,
    )
    told = [row.payload["version"] for row in await tx.execute(said)]
    if told:
        return earlier.get(max(told))
    seen = select(participants.c.first_seen_at).where(participants.c.id == participant_id)
    since = (await tx.execute(seen)).scalar_one()
    return next((each for each in earlier.values() if each.changed_at is not None and since <= each.changed_at), None)


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom a change of that session would concern, before it is made."""

    told: int  # people who would get a message
    registered: int
    reminded: int  # with reminders of it
    delivered: int  # messages with the old time that would be corrected
    zones: Sequence[tuple[str | None, int]]  # how many of those who come or are reminded are where (None: not told)


async def affected(tx: Tx, live: LiveSession, *, now: datetime) -> Affected:
    """Counts them; changes nothing."""
    changed = LiveSession(live.id, live.number, live.starts_at, live.ends_at, live.version + 1, changed_at=now)
    told = select(func.count()).select_from(participants).where(*_may_know_the_old_time(changed, None))
    said = _corrections("", changed, now, None).subquery()
    zones = select(participants.c.zone, func.count()).where(_concerned(live)).group_by(participants.c.zone)
    return Affected(
        await _count(tx, told),
        await _count(tx, select(func.count()).where(attendances.c.session_id == live.id)),
        await _count(tx, _reminded(live)),
        await _count(tx, _rows_of(said)),
        [(row[0], row[1]) for row in await tx.execute(zones.order_by(func.count().desc()))],
    )


def _rows_of(found: Subquery) -> Select[Any]:
    return select(func.count()).select_from(found)


async def _count(tx: Tx, counted: Select[Any]) -> int:
    return int((await tx.execute(counted)).scalar_one())


def _reminded(live: LiveSession) -> Select[Any]:
    people = func.count(subscriptions.c.participant_id.distinct())
    return select(people).where(subscriptions.c.session_id == live.id)


def _concerned(live: LiveSession) -> ColumnElement[bool]:
    reminded = exists().where(
        subscriptions.c.participant_id == participants.c.id, subscriptions.c.session_id == live.id
    )
    comes = exists().where(attendances.c.participant_id == participants.c.id, attendances.c.session_id == live.id)
    return or_(reminded, comes)
