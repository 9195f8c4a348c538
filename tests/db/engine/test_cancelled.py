"""Whoever is cut off in the middle of a transaction leaves no lock behind."""

import asyncio
import random

from sqlalchemy import text

from db.engine.database import Database


async def test_after_a_statement_is_cancelled_the_next_transaction_begins_at_once(database_url: str) -> None:
    database, chance, errors = Database(database_url), random.Random(1), []  # noqa: S311 - a test's dice
    async with database.transaction() as tx:
        await tx.execute(text("CREATE TABLE counted (a INTEGER)"))
        await tx.execute(text("INSERT INTO counted VALUES (1), (2), (3), (4), (5), (6), (7), (8)"))

    async def count() -> None:
        try:
            async with database.transaction() as tx:
                for _ in range(5):
                    await tx.execute(text("UPDATE counted SET a = a + 1 RETURNING a"))
        except asyncio.CancelledError as error:
            errors.append(error)  # a log, a traceback, a debugger: somebody may keep it
            raise

    for _ in range(60):
        async with asyncio.TaskGroup() as group:
            task = group.create_task(count())
            await asyncio.sleep(chance.random() * 0.006)
            task.cancel()
        async with asyncio.timeout(5), database.transaction() as tx:
            await tx.execute(text("INSERT INTO counted VALUES (9)"))
    assert errors
    await database.close()
