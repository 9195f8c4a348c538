"""Remembers which sessions are in somebody's own calendar, and with which times and links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from db.engine.database import Tx, insert_into
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from db.tables import calendar_entries


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What a calendar was sent last: the version of the session's time, its SEQUENCE, or that it is cancelled.

    `details` is the version of the link and platform that it was sent with.
    """

    session_id: int
    version: int
    sequence: int
    cancelled: bool
    details: int = 0


_COLUMNS = (
    calendar_entries.c.session_id,
    calendar_entries.c.version,
    calendar_entries.c.sequence,
    calendar_entries.c.cancelled,
    calendar_entries.c.details,
)


async def calendar_entries_of_person(tx: Tx, participant_id: int) -> Mapping[int, CalendarEntry]:
    """Returns a person's entries by session id, also cancelled ones."""
    rows = await tx.execute(select(*_COLUMNS).where(calendar_entries.c.participant_id == participant_id))
    return {row.session_id: CalendarEntry(*row) for row in rows}


async def record_sessions(tx: Tx, participant_id: int, sessions: Iterable[LiveSession]) -> Mapping[int, int]:
    """Records that these sessions are put into the calendar as they are now; returns each SEQUENCE by session id.

    It follows the version of the session's time, and rises with a new link; a session that comes back after it was
    taken off counts on.
    """
    listed = list(sessions)
    known, newest = (
        await calendar_entries_of_person(tx, participant_id),
        await live_programme.calendar_versions(tx, [each.id for each in listed]),
    )
    entries = [_current_entry(each, known.get(each.id), newest.get(each.id, 0)) for each in listed]
    await _write(tx, participant_id, entries)
    return {each.session_id: each.sequence for each in entries}


def _current_entry(live: LiveSession, before: CalendarEntry | None, newest: int) -> CalendarEntry:
    sequence = live.version - 1
    if before is not None:
        same = (before.version, before.details, before.cancelled) == (live.version, newest, False)
        sequence = before.sequence if same else max(before.sequence + 1, sequence)
    return CalendarEntry(live.id, live.version, sequence, cancelled=False, details=newest)


async def cancel_sessions(tx: Tx, participant_id: int, session_ids: Iterable[int]) -> Mapping[int, int]:
    """Records that these are cancelled in that calendar; returns each SEQUENCE by session id."""
    known = await calendar_entries_of_person(tx, participant_id)
    active = [known[each] for each in session_ids if each in known and not known[each].cancelled]
    entries = [replace(each, sequence=each.sequence + 1, cancelled=True) for each in active]
    await _write(tx, participant_id, entries)
    return {each.session_id: each.sequence for each in entries}


async def _write(tx: Tx, participant_id: int, entries: Iterable[CalendarEntry]) -> None:
    for each in entries:
        values: dict[str, Any] = {"version": each.version, "sequence": each.sequence, "cancelled": each.cancelled}
        values["details"] = each.details
        row = {"participant_id": participant_id, "session_id": each.session_id, **values}
        statement = insert_into(tx, calendar_entries).values(row)
        again = statement.on_conflict_do_update(index_elements=["participant_id", "session_id"], set_=values)
        await tx.execute(again)
