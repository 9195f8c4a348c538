"""What follows for calendars when a session's time, link or platform changes: whose file is sent again, until when."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement

from changes.conditions import is_reachable
from changes.link_access import LinkAudience, may_see_link
from db.delivery import outbox_writes
from db.delivery.outbox import CALENDAR
from db.delivery.outbox_writes import NewRows
from db.engine.database import Tx
from db.programme.live_programme import LiveSession
from db.tables import calendar_entries, participants

_AT_ONCE = timedelta(minutes=1)


async def put_times(tx: Tx, live: LiveSession, subject: str, *, now: datetime) -> int:
    """Writes to everybody whose calendar has an older time of that session; returns how many messages are new."""
    return await _put(tx, live, subject, {"version": live.version}, calendar_entries.c.version < live.version, now=now)


async def put_details(
    tx: Tx, live: LiveSession, cycle: str, newest: int, *, now: datetime, audience: LinkAudience
) -> int:
    """Writes to those of that audience whose calendar has an older link or platform; returns how many are new."""
    subject, about = f"{cycle}/{live.number}/v{live.version}/d{newest}", {"version": live.version, "details": newest}
    older = calendar_entries.c.details < newest
    return await _put(tx, live, subject, about, older, may_see_link(live.id, audience), now=now)


async def _put(
    tx: Tx, live: LiveSession, subject: str, payload: Mapping[str, int], *who: ColumnElement[bool], now: datetime
) -> int:
    rows = NewRows(CALENDAR, subject, payload, now, now + _AT_ONCE, live.ends_at, session_id=live.id)
    in_it = (calendar_entries.c.session_id == live.id, calendar_entries.c.cancelled.is_(False), is_reachable())
    chosen = outbox_writes.rows_for_people(rows, *in_it, *who).join_from(participants, calendar_entries)
    return await outbox_writes.insert_rows(tx, chosen)
