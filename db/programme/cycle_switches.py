"""Remembers what the team has turned on for a cycle; everything is off until somebody turns it on."""

from datetime import datetime

from sqlalchemy import select

from db.engine.database import Tx, insert_into
from db.tables import cycle_switches

CERTIFICATES = "certificates"


async def is_on(tx: Tx, cycle: str, name: str) -> bool:
    """Returns whether that is turned on."""
    found = select(cycle_switches.c.enabled).where(cycle_switches.c.cycle == cycle, cycle_switches.c.name == name)
    return bool((await tx.execute(found)).scalar_one_or_none())


async def turn(tx: Tx, cycle: str, name: str, *, on: bool, now: datetime) -> None:
    """Turns it on or off."""
    what = {"enabled": on, "changed_at": now}
    put = insert_into(tx, cycle_switches).values(cycle=cycle, name=name, **what)
    await tx.execute(put.on_conflict_do_update(index_elements=["cycle", "name"], set_=what))
