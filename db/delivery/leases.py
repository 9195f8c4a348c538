"""What one replica alone may do at a time: it holds a lease, and renews it; who dies loses it by itself."""

from dataclasses import dataclass

from sqlalchemy import delete, or_, select

from db.engine.database import Tx, insert_into
from db.engine.timestamps import db_now
from db.tables import leases


@dataclass(frozen=True, slots=True)
class LeaseState:
    """Whether it is ours now; and whose it was, where it has just been taken over."""

    ours: bool
    from_whom: str | None = None


async def acquire(tx: Tx, name: str, owner: str, *, seconds: float) -> LeaseState:
    """Takes or renews it for so long, by the database's own clock: those of machines differ."""
    clock = db_now(tx)
    before = (await tx.execute(select(leases.c.owner).where(leases.c.name == name))).scalar_one_or_none()
    put = insert_into(tx, leases).values(name=name, owner=owner, until=clock + seconds)
    # The condition is looked at again under the row's lock: of two who find it free, one gets it.
    free = or_(leases.c.owner == owner, leases.c.until < clock)
    taken = put.on_conflict_do_update(
        index_elements=["name"], set_={"owner": owner, "until": clock + seconds}, where=free
    ).returning(leases.c.owner)
    if (await tx.execute(taken)).first() is None:
        return LeaseState(ours=False)
    return LeaseState(ours=True, from_whom=before if before != owner else None)


async def release(tx: Tx, name: str, owner: str) -> None:
    """Others may take it at once."""
    await tx.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))
