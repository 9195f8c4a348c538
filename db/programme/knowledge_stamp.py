"""Reads which answers the team has published and which practices it has accepted: a stamp that changes with either."""

from sqlalchemy import bindparam, literal, select, union_all

from db.engine.database import TransactionCache, Tx
from db.tables import practice_offers, published

# The states in which everybody is answered with them.
PUBLISHED, ACCEPTED = "published", "accepted"
Stamp = tuple[tuple[str, int, int], ...]  # what there is, its number, and its version

# Built once, and one statement: it runs with most updates.
_STAMP = union_all(
    select(literal(PUBLISHED), published.c.id, published.c.version).where(
        published.c.cycle == bindparam("cycle_key"), published.c.state == PUBLISHED
    ),
    select(literal(ACCEPTED), practice_offers.c.id, practice_offers.c.version).where(
        practice_offers.c.cycle == bindparam("cycle_key"), practice_offers.c.state == ACCEPTED
    ),
)
_read: TransactionCache[Stamp] = TransactionCache()


async def stamp(tx: Tx, cycle: str) -> Stamp:
    """Returns numbers and versions of all of them: cheap to read, different after any change."""

    async def read() -> Stamp:
        return tuple(sorted((row[0], row[1], row[2]) for row in await tx.execute(_STAMP, {"cycle_key": cycle})))

    return await _read.get(tx, cycle, read)


def forget(tx: Tx) -> None:
    """Lets the stamp be read again in this transaction, which has changed something."""
    _read.forget(tx)
