"""Writes the next migration from db/tables.py: `python scripts/new_migration.py "what changed"`."""

import asyncio
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from db import schema
from db.database import Database


async def main(message: str) -> None:
    """Upgrades an empty database with the migrations there are, then writes down what is missing."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.db")
        await schema.upgrade(database)
        async with database.transaction() as tx:
            await tx.run_sync(schema.write_revision, message)
        await database.close()


if __name__ == "__main__":
    asyncio.run(main(" ".join(sys.argv[1:]) or "What changed"))
