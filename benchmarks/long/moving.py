"""A large database from SQLite to PostgreSQL, backed up and restored: `python -m benchmarks.long.moving [PEOPLE]`."""

import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from bot.maintenance.backup import backup, move, restore
from bot.maintenance.export import export
from db.admin import schema
from db.engine.database import Database
from tests.support.world.databases import PostgresServer, postgres_address
from tests.support.world.filled import contents, fill

T = TypeVar("T")


async def _fill(url: str, people: int) -> None:
    database = Database(url)
    await schema.upgrade(database)
    await fill(database, people)
    await database.close()


def _timed(what: str, work: Callable[[], Awaitable[T]]) -> T:
    async def inside() -> T:
        return await work()

    started = time.perf_counter()
    done = asyncio.run(inside())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<34}{time.perf_counter() - started:>8.1f} s   peak memory so far {peak:>5.0f} MB", flush=True)
    return done


def moving(people: int) -> None:
    """Measures the seconds of each way, with every table's rows and checksums compared."""
    with tempfile.TemporaryDirectory() as name, postgres_address() as address:
        folder, server = Path(name), PostgresServer(address)
        source, other = f"sqlite:///{folder}/old.db", f"sqlite:///{folder}/new.db"
        _timed("filled (SQLite)", lambda: _fill(source, people))
        with server.fresh() as target, server.fresh() as again:
            moved = _timed("SQLite -> PostgreSQL", lambda: move(source, target))
            rows = sum(each.rows for each in moved.values())
            print(f"{people} participants, {rows} rows, {(folder / 'old.db').stat().st_size / 1e6:.0f} MB in SQLite")
            _timed("backup of PostgreSQL", lambda: backup(target, folder / "pg.backup"))
            _timed("backup of SQLite", lambda: backup(source, folder / "sqlite.backup"))
            _timed("restored into PostgreSQL", lambda: restore(again, folder / "pg.backup"))
            _timed("restored into SQLite", lambda: restore(other, folder / "sqlite.backup"))
            _timed("export as JSON Lines", lambda: export(target, folder / "all.jsonl"))
            _timed("export as CSV in a zip", lambda: export(target, folder / "all.zip"))
            found = [asyncio.run(contents(url)) for url in (source, target, again, other)]
        print("all equal" if all(each == moved for each in found) else "NOT EQUAL")
        server.close()


if __name__ == "__main__":
    moving(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
