"""Which sessions are in somebody's own calendar, and what it was told of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, literal, select

from db.database import Tx, insert_into
from db.outbox import CALENDAR, WAITING
from db.programme import LiveSession
from db.tables import calendar_entries, outbox, participants
from db.waves import COLUMNS

_AT_ONCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar was told last: the version of the session's time, under which SEQUENCE, or that it is off."""

    session_id: int
    version: int
    sequence: int
    cancelled: bool


_COLUMNS = (
    calendar_entries.c.session_id,
    calendar_entries.c.version,
    calendar_entries.c.sequence,
    calendar_entries.c.cancelled,
)


async def of(tx: Tx, participant_id: int) -> Mapping[int, Entry]:
    """A person's entries by session id, also those that are off."""
    rows = await tx.execute(select(*_COLUMNS).where(calendar_entries.c.participant_id == participant_id))
    return {row.session_id: Entry(*row) for row in rows}


async def hand_out(tx: Tx, participant_id: int, sessions: Iterable[LiveSession]) -> Mapping[int, int]:
    """Notes that these are given out as they are now; each one's SEQUENCE, by session id.

    It follows the version of the session's time; a session that comes back after it was taken off counts on.
    """
    known = await of(tx, participant_id)
    told = [_as_it_is(each, known.get(each.id)) for each in sessions]
    await _keep(tx, participant_id, told)
    return {each.session_id: each.sequence for each in told}


def _as_it_is(live: LiveSession, before: Entry | None) -> Entry:
    sequence = live.version - 1
    if before is not None:
        same = before.version == live.version and not before.cancelled
        sequence = before.sequence if same else max(before.sequence + 1, sequence)
    return Entry(live.id, live.version, sequence, cancelled=False)


async def take_off(tx: Tx, participant_id: int, session_ids: Iterable[int]) -> Mapping[int, int]:
    """Notes that these are cancelled in that calendar; each one's SEQUENCE. What is not in it stays out."""
    known = await of(tx, participant_id)
    active = [known[each] for each in session_ids if each in known and not known[each].cancelled]
    told = [Entry(each.session_id, each.version, each.sequence + 1, cancelled=True) for each in active]
    await _keep(tx, participant_id, told)
    return {each.session_id: each.sequence for each in told}


async def _keep(tx: Tx, participant_id: int, entries: Iterable[Entry]) -> None:
    for each in entries:
        told = {"version": each.version, "sequence": each.sequence, "cancelled": each.cancelled}
        row = {"participant_id": participant_id, "session_id": each.session_id, **told}
        statement = insert_into(tx, calendar_entries).values(row)
        again = statement.on_conflict_do_update(index_elements=["participant_id", "session_id"], set_=told)
        await tx.execute(again)


async def put_renewals(tx: Tx, live: LiveSession, subject: str, *, now: datetime) -> int:
    """A message to everybody whose calendar still has an older time of that session; how many were new."""
    put = insert_into(tx, outbox).from_select(COLUMNS, _outdated(live, subject, now)).on_conflict_do_nothing()
    return (await tx.execute(put)).rowcount


def _outdated(live: LiveSession, subject: str, now: datetime) -> Select[Any]:
    return (
        select(
            literal(CALENDAR),
            literal(subject),
            participants.c.id,
            literal(live.id),
            literal({"version": live.version}, outbox.c.payload.type),
            literal(now, outbox.c.due_at.type),
            literal(now + _AT_ONCE, outbox.c.deadline.type),
            literal(live.ends_at, outbox.c.good_until.type),
            literal(WAITING),
            literal(0),
        )
        .join_from(calendar_entries, participants)
        .where(
            calendar_entries.c.session_id == live.id,
            calendar_entries.c.version < live.version,
            calendar_entries.c.cancelled.is_(False),
            participants.c.unreachable_since.is_(None),
        )
    )
