"""Which sessions are in somebody's own calendar, and what it was told of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from db.engine.database import Tx, insert_into
from db.programme import session_details
from db.programme.live_programme import LiveSession
from db.tables import calendar_entries


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What a calendar was told last: the version of the session's time, under which SEQUENCE, or that it is off.

    `details` is the version of the link and platform that it was told with.
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
    """A person's entries by session id, also those that are off."""
    rows = await tx.execute(select(*_COLUMNS).where(calendar_entries.c.participant_id == participant_id))
    return {row.session_id: CalendarEntry(*row) for row in rows}


async def record_sessions(tx: Tx, participant_id: int, sessions: Iterable[LiveSession]) -> Mapping[int, int]:
    """Notes that these are given out as they are now; each one's SEQUENCE, by session id.

    It follows the version of the session's time, and rises with a new link; a session that comes back after it was
    taken off counts on.
    """
    given = list(sessions)
    known, newest = (
        await calendar_entries_of_person(tx, participant_id),
        await session_details.calendar_versions(tx, [each.id for each in given]),
    )
    told = [_as_it_is(each, known.get(each.id), newest.get(each.id, 0)) for each in given]
    await _keep(tx, participant_id, told)
    return {each.session_id: each.sequence for each in told}


def _as_it_is(live: LiveSession, before: CalendarEntry | None, newest: int) -> CalendarEntry:
    sequence = live.version - 1
    if before is not None:
        same = (before.version, before.details, before.cancelled) == (live.version, newest, False)
        sequence = before.sequence if same else max(before.sequence + 1, sequence)
    return CalendarEntry(live.id, live.version, sequence, cancelled=False, details=newest)


async def cancel_sessions(tx: Tx, participant_id: int, session_ids: Iterable[int]) -> Mapping[int, int]:
    """Notes that these are cancelled in that calendar; each one's SEQUENCE. What is not in it stays out."""
    known = await calendar_entries_of_person(tx, participant_id)
    active = [known[each] for each in session_ids if each in known and not known[each].cancelled]
    told = [replace(each, sequence=each.sequence + 1, cancelled=True) for each in active]
    await _keep(tx, participant_id, told)
    return {each.session_id: each.sequence for each in told}


async def _keep(tx: Tx, participant_id: int, entries: Iterable[CalendarEntry]) -> None:
    for each in entries:
        told: dict[str, Any] = {"version": each.version, "sequence": each.sequence, "cancelled": each.cancelled}
        told["details"] = each.details
        row = {"participant_id": participant_id, "session_id": each.session_id, **told}
        statement = insert_into(tx, calendar_entries).values(row)
        again = statement.on_conflict_do_update(index_elements=["participant_id", "session_id"], set_=told)
        await tx.execute(again)
