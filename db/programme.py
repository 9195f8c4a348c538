"""The live programme: when each session really is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from db.database import Tx
from db.tables import sessions


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session's present time, in UTC; `version` grows with every change of it."""

    id: int
    number: int
    starts_at: datetime
    ends_at: datetime
    version: int


_COLUMNS = (sessions.c.id, sessions.c.number, sessions.c.starts_at, sessions.c.ends_at, sessions.c.version)


async def programme(tx: Tx, cycle: str) -> Mapping[int, LiveSession]:
    """Every session of that cycle by its number, in order."""
    rows = await tx.execute(select(*_COLUMNS).where(sessions.c.cycle == cycle).order_by(sessions.c.number))
    return {row.number: LiveSession(*row) for row in rows}


async def by_id(tx: Tx, session_id: int) -> LiveSession | None:
    """The session in that row."""
    row = (await tx.execute(select(*_COLUMNS).where(sessions.c.id == session_id))).one_or_none()
    return LiveSession(*row) if row else None


async def take_from_content(tx: Tx, cycle: str, times: Iterable[tuple[int, datetime, datetime]]) -> None:
    """Brings the content pack's times in; what an organizer changed stays as it is."""
    known = await programme(tx, cycle)
    for number, starts_at, ends_at in times:
        if number not in known:
            values = {"cycle": cycle, "number": number, "starts_at": starts_at, "ends_at": ends_at}
            await tx.execute(insert(sessions).values(values))
        elif (known[number].starts_at, known[number].ends_at) != (starts_at, ends_at):
            await _set_times(tx, known[number].id, starts_at, ends_at, by_organizer=False)


async def move(tx: Tx, session_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """An organizer's new time; it wins over the content pack."""
    await _set_times(tx, session_id, starts_at, ends_at, by_organizer=True)


async def _set_times(tx: Tx, session_id: int, starts_at: datetime, ends_at: datetime, *, by_organizer: bool) -> None:
    change = update(sessions).where(sessions.c.id == session_id)
    if not by_organizer:
        change = change.where(sessions.c.changed_by_organizer.is_(False))
    await tx.execute(
        change.values(
            starts_at=starts_at,
            ends_at=ends_at,
            version=sessions.c.version + 1,
            changed_by_organizer=by_organizer,
        )
    )
