"""Pieces of work that come batcher share a transaction, and fall out with nobody when one of them fails."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from sqlalchemy import text

from db.engine.database import Database, TransactionBatcher, Tx
from db.people import participants
from tests.support.world.people import START

People = TransactionBatcher[int, int]


class _RefusedError(Exception):
    pass


class Counted:
    """Notes which pieces were done in one transaction."""

    def __init__(self) -> None:
        self.begun: list[list[int]] = []
        self.ended: list[list[int]] = []

    async def prepare(self, _tx: Tx, about: Sequence[int]) -> None:
        self.begun.append(list(about))

    async def finish(self, _tx: Tx, given: Sequence[int]) -> None:
        self.ended.append(list(given))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


async def _met(tx: Tx, number: int) -> int:
    if number < 0:
        raise _RefusedError
    await participants.meet(tx, number, language="es", now=START)
    return number


async def _people(database: Database) -> set[int]:
    async with database.transaction() as tx:
        return set((await tx.execute(text("SELECT telegram_id FROM participants"))).scalars())


async def _all(batcher: People, numbers: Sequence[int]) -> list[int | BaseException]:
    return await asyncio.gather(
        *(batcher.run(each, lambda tx, each=each: _met(tx, each)) for each in numbers),  # type: ignore[misc] # gather
        return_exceptions=True,
    )


async def test_what_comes_batcher_is_done_batcher_on_sqlite_and_apart_on_postgresql(database: Database) -> None:
    seen = Counted()
    assert await _all(TransactionBatcher(database, seen.prepare, seen.finish), range(1, 41)) == [*range(1, 41)]
    assert await _people(database) == {*range(1, 41)}
    assert sorted(each for some in seen.ended for each in some) == [*range(1, 41)]
    assert len(seen.ended) == (2 if database.is_sqlite else 40)
    assert sorted(seen.begun) == sorted(seen.ended)


async def test_one_that_fails_takes_no_other_with_it(database: Database) -> None:
    seen = Counted()
    given = await _all(TransactionBatcher(database, seen.prepare, seen.finish), (1, 2, -3, 4))
    assert given[:2] == [1, 2]
    assert given[3] == 4
    assert isinstance(given[2], _RefusedError)
    assert await _people(database) == {1, 2, 4}


async def test_who_is_cancelled_leaves_the_others_to_somebody_else(database: Database) -> None:
    """Whoever came first does it for all; where they go away in the middle, another goes on."""
    seen = Counted()
    batcher: People = TransactionBatcher(database, seen.prepare, seen.finish)
    for gone in range(3):
        numbers = range(gone * 10 + 1, gone * 10 + 6)
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(batcher.run(each, lambda tx, each=each: _met(tx, each)))  # type: ignore[misc] # a lambda's default
                for each in numbers
            ]
            await asyncio.sleep(0)
            tasks[gone].cancel()
        assert {each.result() for each in tasks if not each.cancelled()} == {
            each for place, each in enumerate(numbers) if place != gone or not tasks[gone].cancelled()
        }
        stayed = {each for place, each in enumerate(numbers) if place != gone}
        assert stayed <= await _people(database)
    assert await asyncio.wait_for(batcher.run(99, lambda tx: _met(tx, 99)), 5) == 99


async def test_a_crowd_that_is_answered_keeps_nobody_else_from_the_database(database: Database) -> None:
    """Who sends reminders, holds the leader's lease or shows the panel's screen waits behind no crowd of updates."""
    if database.is_sqlite:
        return  # one writer: there they share one transaction
    seen, gate = Counted(), asyncio.Event()
    batcher: People = TransactionBatcher(database, seen.prepare, seen.finish)

    async def slow(tx: Tx, number: int) -> int:
        await gate.wait()
        return await _met(tx, number)

    async with asyncio.TaskGroup() as group:
        crowd = [group.create_task(batcher.run(each, lambda tx, each=each: slow(tx, each))) for each in range(1, 41)]  # type: ignore[misc] # a lambda's default
        try:
            await asyncio.sleep(0.1)
            async with asyncio.timeout(5):
                assert await _people(database) == set()
        finally:
            gate.set()
    assert {each.result() for each in crowd} == {*range(1, 41)}
