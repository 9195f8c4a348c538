"""What follows when places come free: who waits longest gets them, and is told."""

from datetime import datetime

from db.delivery import outbox
from db.engine.database import Tx
from db.people import attendances
from db.programme.live_programme import LiveSession


async def move_up(tx: Tx, live: LiveSession, capacity: int | None, *, now: datetime) -> int:
    """Gives the free places of a session that has not begun to who waits longest, and tells them; returns how many.

    `capacity` None means that there are places for all. The message is of use until the session begins.
    """
    if now >= live.starts_at:
        return 0
    moved = await attendances.give_free_places(tx, live.id, capacity, now=now)
    for participant_id, turn in moved:
        await outbox.put_place(tx, participant_id, live.id, turn, now=now, good_until=live.starts_at)
    return len(moved)
