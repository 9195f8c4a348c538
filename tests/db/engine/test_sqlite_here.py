"""SQLite without a thread in between: it waits for other programs without holding up the loop, and streams."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from db.admin import schema
from db.engine import sqlite_here
from db.engine.database import Database
from db.people import participants
from db.tables import participants as people
from tests.support.world.people import START


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'ciclo.db'}")
    await schema.ready(opened)
    yield opened
    await opened.close()


async def test_another_program_that_writes_is_waited_for_and_nobody_else_waits(database: Database) -> None:
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.001)

    with closing(sqlite3.connect(database.url.database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.TaskGroup() as group:
            rest = group.create_task(others())
            asyncio.get_running_loop().call_later(0.2, other.rollback)
            async with database.transaction() as tx:
                await participants.meet(tx, 1, language="es", now=START)
            rest.cancel()
    assert turns > 20


async def test_who_waits_too_long_is_told(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_here, "_PATIENCE_SECONDS", 0.05)
    with closing(sqlite3.connect(database.url.database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            async with database.transaction():
                pass
    async with database.transaction() as tx:
        assert (await tx.execute(text("SELECT 1"))).scalar_one() == 1


async def test_what_goes_through_tables_is_done_in_a_thread_and_comes_back_whole(database: Database) -> None:
    rows = [{"telegram_id": each, "language": "es", "first_seen_at": START} for each in range(1, 1001)]
    async with database.transaction() as tx:
        await tx.execute(people.insert(), rows)
    async with database.transaction() as tx:
        async with tx.stream(people.select().order_by(people.c.telegram_id)) as found:
            assert [row.telegram_id async for row in found] == [*range(1, 1001)]
        assert (await tx.execute(people.delete().where(people.c.telegram_id > 10))).rowcount == 990


async def test_a_long_statement_that_is_cancelled_ends_before_anybody_else_begins(database: Database) -> None:
    rows = [{"telegram_id": each, "language": "es", "first_seen_at": START} for each in range(1, 20_001)]

    async def many() -> None:
        async with database.transaction() as tx:
            await tx.execute(people.insert(), rows)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(many())
        await asyncio.sleep(0.01)
        task.cancel()
    async with database.transaction() as tx:
        assert (await tx.execute(text("SELECT count(*) FROM participants"))).scalar_one() == 0
