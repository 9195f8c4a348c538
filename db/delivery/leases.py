"""Leases for what only one replica may do at a time: held, renewed, lost by itself when its owner dies."""

from dataclasses import dataclass

from sqlalchemy import delete, or_, select

from db.engine.database import Tx, db_now, insert_into
from db.tables import leases


@dataclass(frozen=True, slots=True)
class LeaseState:
    """Whether the caller holds the lease now; and who held it before, where it has just been taken over."""

    is_held: bool
    previous_owner: str | None = None


async def acquire(tx: Tx, name: str, owner: str, *, seconds: float) -> LeaseState:
    """Takes or renews the lease for so many seconds of the database's own clock: machines' clocks differ."""
    clock = db_now(tx)
    before = (await tx.execute(select(leases.c.owner).where(leases.c.name == name))).scalar_one_or_none()
    statement = insert_into(tx, leases).values(name=name, owner=owner, until=clock + seconds)
    # The condition is looked at again under the row's lock: of two who find it free, one gets it.
    free = or_(leases.c.owner == owner, leases.c.until < clock)
    acquired = statement.on_conflict_do_update(
        index_elements=["name"], set_={"owner": owner, "until": clock + seconds}, where=free
    ).returning(leases.c.owner)
    if (await tx.execute(acquired)).first() is None:
        return LeaseState(is_held=False)
    return LeaseState(is_held=True, previous_owner=before if before != owner else None)


async def release(tx: Tx, name: str, owner: str) -> None:
    """Deletes the lease, so that others may take it at once."""
    await tx.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))
