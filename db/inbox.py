"""Each update is taken in once, and kept until it is handled."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update

from db.database import Tx, insert_into
from db.tables import inbox


async def take_in(tx: Tx, payloads: Mapping[int, str], *, now: datetime) -> frozenset[int]:
    """Keeps what is new (update_id to its JSON) and gives the ids that were."""
    rows = [{"update_id": number, "received_at": now, "payload": text} for number, text in payloads.items()]
    if not rows:
        return frozenset()
    statement = insert_into(tx, inbox).values(rows).on_conflict_do_nothing().returning(inbox.c.update_id)
    return frozenset((await tx.execute(statement)).scalars())


async def mark_handled(tx: Tx, update_id: int, *, now: datetime) -> bool:
    """Ticks it off and forgets its words; False where somebody already did."""
    mine = update(inbox).where(inbox.c.update_id == update_id, inbox.c.handled_at.is_(None))
    result = await tx.execute(mine.values(handled_at=now, payload=None))
    return result.rowcount == 1


async def received_at(tx: Tx, update_id: int) -> datetime | None:
    """When that update was taken in; None for one that never was."""
    found = await tx.execute(select(inbox.c.received_at).where(inbox.c.update_id == update_id))
    return found.scalar_one_or_none()


async def unhandled(tx: Tx) -> list[str]:
    """What a stop or a crash left unanswered, oldest first, as JSON."""
    rows = await tx.execute(
        select(inbox.c.payload)
        .where(inbox.c.handled_at.is_(None), inbox.c.payload.is_not(None))
        .order_by(inbox.c.update_id)
    )
    return [payload for payload in rows.scalars() if payload is not None]


async def forget(tx: Tx, *, before: datetime) -> None:
    """Drops ticked-off numbers older than that; Telegram repeats an update for 24 hours at most.

    Source: https://core.telegram.org/bots/api#getting-updates
    """
    await tx.execute(delete(inbox).where(inbox.c.handled_at.is_not(None), inbox.c.received_at < before))
