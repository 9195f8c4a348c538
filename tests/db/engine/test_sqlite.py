"""SQLite through aiosqlite: waits for other programs, holds up nobody's event loop, streams, and lets its lock go."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from db.admin import schema
from db.engine.database import Database
from db.people import participants
from db.tables import participants as people
from tests.support.world.people import START

# Counts to three million: some tenths of a second, or many on a busy machine.
_LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT count(*) FROM n"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'ciclo.db'}")
    await schema.ready(opened)
    yield opened
    await opened.close()


@asynccontextmanager
async def others() -> AsyncIterator[list[float]]:
    """Somebody else's work on the event loop meanwhile; a mark for each of its turns."""
    turns: list[float] = []

    async def work() -> None:
        while True:
            turns.append(asyncio.get_running_loop().time())
            await asyncio.sleep(0.001)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(work())
        yield turns
        task.cancel()


def other_program(database: Database) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(database.url.database or "", isolation_level=None))


async def test_another_program_that_writes_is_waited_for_and_nobody_else_waits(database: Database) -> None:
    with other_program(database) as other:
        other.execute("BEGIN IMMEDIATE")
        async with others() as turns:
            asyncio.get_running_loop().call_later(0.2, other.rollback)
            async with database.transaction() as tx:
                await participants.meet(tx, 1, language="es", now=START)
        assert len(turns) > 20


async def test_who_waits_too_long_is_told_and_the_next_one_goes_on(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'ciclo.db'}", lock_seconds=0.05)
    await schema.ready(database)
    with other_program(database) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            async with database.transaction() as tx:
                await tx.execute(text("SELECT 1"))
    async with database.transaction() as tx:
        assert (await tx.execute(text("SELECT 1"))).scalar_one() == 1
    await database.close()


async def test_who_only_reads_has_the_lock_so_that_writing_later_cannot_fail(database: Database) -> None:
    with other_program(database) as other:
        other.execute("PRAGMA busy_timeout=0")
        async with database.transaction() as tx:
            await tx.execute(text("SELECT 1"))
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")


async def test_a_long_statement_holds_up_nobody_elses_work(database: Database) -> None:
    async with others() as turns, database.transaction() as tx:
        started = len(turns)
        assert (await tx.execute(text(_LONG))).scalar_one() == 3_000_000
        assert len(turns) - started > 20


async def test_many_rows_come_back_whole_at_once_or_streamed(database: Database) -> None:
    rows = [{"telegram_id": each, "language": "es", "first_seen_at": START} for each in range(1, 1001)]
    async with database.transaction() as tx:
        await tx.execute(people.insert(), rows)
    async with database.transaction() as tx:
        found = (await tx.execute(people.select().order_by(people.c.telegram_id))).all()
        async with tx.stream(people.select().order_by(people.c.telegram_id)) as streamed:
            assert [row async for row in streamed] == found
        assert [row.telegram_id for row in found] == [*range(1, 1001)]
        assert (await tx.execute(people.select().where(people.c.telegram_id > 5000))).all() == []
        assert (await tx.execute(people.delete().where(people.c.telegram_id > 10))).rowcount == 990


async def test_what_fails_takes_all_of_its_transaction_back(database: Database) -> None:
    person = {"telegram_id": 1, "language": "es", "first_seen_at": START}

    async def both() -> None:
        async with database.transaction() as tx:
            await tx.execute(people.insert(), person)
            await tx.execute(people.insert(), person)

    with pytest.raises(IntegrityError):
        await both()
    async with database.transaction() as tx:
        assert (await tx.execute(text("SELECT count(*) FROM participants"))).scalar_one() == 0


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
async def test_transactions_take_turns_in_memory_too(address: str) -> None:
    database = Database(address)
    await schema.ready(database)

    async def meet(number: int) -> None:
        async with database.transaction() as tx:
            await participants.meet(tx, number, language="es", now=START)
            if number % 2:
                raise LookupError

    await asyncio.gather(*(meet(each) for each in range(20)), return_exceptions=True)
    async with database.transaction() as tx:
        assert (await tx.execute(text("SELECT count(*) FROM participants"))).scalar_one() == 10
    await database.close()


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


async def test_who_is_cancelled_while_they_wait_for_the_file_begins_nothing(database: Database) -> None:
    with other_program(database) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.TaskGroup() as group:
            task = group.create_task(_count_people(database))
            await asyncio.sleep(0.05)
            task.cancel()
        other.rollback()
        async with asyncio.timeout(5):
            assert await _count_people(database) == 0
        other.execute("PRAGMA busy_timeout=1000")
        other.execute("BEGIN IMMEDIATE")  # nobody else has it


async def _count_people(database: Database) -> int:
    async with database.transaction() as tx:
        return (await tx.execute(select(func.count()).select_from(people))).scalar_one()
