"""Remembers what the team has turned on for a cycle; everything is off until somebody turns it on."""

from datetime import datetime

from sqlalchemy import select

from db.engine.database import Tx, insert_into
from db.programme.live_programme import TransactionCache
from db.tables import cycle_switches

CERTIFICATES = "certificates"
_read: TransactionCache[frozenset[str]] = TransactionCache()


async def is_on(tx: Tx, cycle: str, name: str) -> bool:
    """Returns whether that is turned on."""

    async def read() -> frozenset[str]:
        on = select(cycle_switches.c.name).where(cycle_switches.c.cycle == cycle, cycle_switches.c.enabled)
        return frozenset((await tx.execute(on)).scalars())

    return name in await _read.get(tx, cycle, read)


async def turn(tx: Tx, cycle: str, name: str, *, on: bool, now: datetime) -> None:
    """Turns it on or off."""
    what = {"enabled": on, "changed_at": now}
    put = insert_into(tx, cycle_switches).values(cycle=cycle, name=name, **what)
    await tx.execute(put.on_conflict_do_update(index_elements=["cycle", "name"], set_=what))
    _read.forget(tx)
