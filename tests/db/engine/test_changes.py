"""Whoever waits for something in the outbox is told after the commit, once, and never for a rollback."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from sqlalchemy import text

from db.admin import schema
from db.delivery import outbox
from db.engine.database import Database, TransactionBatcher, Tx
from db.people import participants
from db.programme import live_programme
from tests.support.world.people import START


class _RefusedError(Exception):
    pass


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    await schema.ready(opened)
    yield opened
    await opened.close()


@pytest.fixture
def told(database: Database) -> list[int]:
    """How many notes were committed when delivery was woken, for each time that it was."""
    woken: list[int] = []
    database.changes.listen("outbox", lambda: woken.append(1))
    return woken


async def _note(tx: Tx, number: int) -> int:
    person = await participants.meet(tx, abs(number), language="es", now=START)
    await outbox.put_note(tx, f"n/{number}", [person.id], {"what": "refused", "reason": ""}, now=START)
    if number < 0:
        raise _RefusedError
    return number


async def test_delivery_is_woken_by_a_commit_and_not_before(database: Database, told: list[int]) -> None:
    async with database.transaction() as tx:
        await _note(tx, 1)
        await _note(tx, 2)
        assert not told
    assert len(told) == 1


async def test_nobody_is_woken_by_a_rollback_nor_by_what_follows_it(database: Database, told: list[int]) -> None:
    with pytest.raises(_RefusedError):
        async with database.transaction() as tx:
            await _note(tx, -1)
    for number in range(20):  # whichever connection it was
        async with database.transaction() as tx:
            await participants.meet(tx, number + 100, language="es", now=START)
    assert not told


async def test_those_who_share_a_transaction_wake_it_and_who_fails_does_not(
    database: Database, told: list[int]
) -> None:
    async def nothing(_tx: Tx, _about: Sequence[int]) -> None:
        pass

    batcher: TransactionBatcher[int, int] = TransactionBatcher(database, nothing, nothing)
    await asyncio.gather(*(batcher.run(each, lambda tx, each=each: _note(tx, each)) for each in (1, 2, 3)))  # type: ignore[misc] # gather
    assert told
    told.clear()
    with pytest.raises(_RefusedError):
        await batcher.run(-4, lambda tx: _note(tx, -4))
    assert not told


async def test_a_moved_session_tells_the_scheduler(database: Database) -> None:
    moved: list[str] = []
    database.changes.listen("programme", lambda: moved.append("programme"))
    async with database.transaction() as tx:
        await live_programme.update_from_content(tx, "c", [(1, START, START)], now=START)
    moved.clear()
    async with database.transaction() as tx:
        session = (await live_programme.programme(tx, "c"))[1]
        await live_programme.move(tx, session.id, START, START, now=START)
    assert moved == ["programme"]


async def test_what_is_read_without_a_transaction_leaves_the_next_one_whole(database: Database) -> None:
    for number in range(13):  # every connection of the pool, and one again
        async with database.reading() as tx:
            assert (await tx.execute(text("SELECT 1"))).scalar_one() == 1
        with pytest.raises(_RefusedError):
            async with database.transaction() as tx:
                await _note(tx, -number - 1)
    async with database.transaction() as tx:
        assert (await tx.execute(text("SELECT count(*) FROM participants"))).scalar_one() == 0
