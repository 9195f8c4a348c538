"""Remembers when the word of a session counts: opened by the team, closed by itself or by the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, insert, select, update

from db.engine.database import Tx
from db.tables import attendance_windows, sessions

# A word that was sent in time may arrive late over a thin connection.
GRACE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class AttendanceWindow:
    """From when until when a session's word counts, in UTC; `word` is folded and never shown to participants."""

    id: int
    number: int
    session_id: int
    word: str
    opened_at: datetime
    closes_at: datetime

    def takes(self, moment: datetime) -> bool:
        """Returns whether a word that was written then counts. Telegram's moments have no fractions of a second."""
        return self.opened_at.replace(microsecond=0) <= moment <= self.closes_at + GRACE

    def is_open(self, now: datetime) -> bool:
        """Returns whether it is open for everybody, without the grace."""
        return self.opened_at <= now < self.closes_at


_COLUMNS = (
    attendance_windows.c.id,
    sessions.c.number,
    attendance_windows.c.session_id,
    attendance_windows.c.word,
    attendance_windows.c.opened_at,
    attendance_windows.c.closes_at,
)


# Built once: it runs with each planning.
_NEWEST = (
    select(*_COLUMNS)
    .join_from(attendance_windows, sessions)
    .where(
        sessions.c.cycle == bindparam("cycle_key"),
        attendance_windows.c.id.in_(
            select(func.max(attendance_windows.c.id)).group_by(attendance_windows.c.session_id)
        ),
    )
    .order_by(sessions.c.number)
)


async def newest_windows(tx: Tx, cycle: str) -> Sequence[AttendanceWindow]:
    """Returns the newest window of each session that had one, by session number."""
    return [AttendanceWindow(*row) for row in await tx.execute(_NEWEST, {"cycle_key": cycle})]


async def window_of_session(tx: Tx, cycle: str, number: int) -> AttendanceWindow | None:
    """Returns the newest window of that session; None where there never was one."""
    return next((each for each in await newest_windows(tx, cycle) if each.number == number), None)


async def words_used(tx: Tx) -> set[str]:
    """Returns every word that was the word of a session before."""
    return {row.word for row in await tx.execute(select(attendance_windows.c.word).distinct())}


async def open_window(
    tx: Tx, session_id: int, word: str, *, opened_by: int, now: datetime, closes_at: datetime
) -> None:
    """Opens a window; an earlier one of that session counts no more."""
    await close_window(tx, session_id, now=now)
    row = {"session_id": session_id, "word": word, "opened_at": now, "closes_at": closes_at, "opened_by": opened_by}
    await tx.execute(insert(attendance_windows).values(row))


async def close_window(tx: Tx, session_id: int, *, now: datetime) -> bool:
    """Closes the window of that session that is open; returns whether there was one."""
    here = (attendance_windows.c.session_id == session_id, attendance_windows.c.closes_at > now)
    return (await tx.execute(update(attendance_windows).where(*here).values(closes_at=now))).rowcount > 0
