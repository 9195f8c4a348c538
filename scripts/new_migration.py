"""Writes the next migration from db/tables.py: `python scripts/new_migration.py "what changed"`; without words, only
db/empty.sql anew, with which new SQLite files begin.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from db.admin import schema
from db.engine.database import Database, Tx


async def main(message: str) -> None:
    """Upgrades an empty database with the migrations there are, then writes down what is missing."""
    if message:
        async with _migrated() as tx:
            await tx.run_sync(schema.write_revision, message)
    async with _migrated() as tx:
        await tx.run_sync(schema.write_empty)


@asynccontextmanager
async def _migrated() -> AsyncIterator[Tx]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.db")
        await schema.upgrade(database)
        async with database.transaction() as tx:
            yield tx
        await database.close()


if __name__ == "__main__":
    asyncio.run(main(" ".join(sys.argv[1:])))
