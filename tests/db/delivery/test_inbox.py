"""The inbox: each update once, one chat's in order, a dead replica's again."""

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from db import tables
from db.delivery import inbox
from db.delivery.inbox import ClaimedUpdate, NewUpdate
from db.engine.database import Database
from tests.support.world.databases import PostgresServer

NOW = datetime(2024, 10, 23, 16, tzinfo=UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


async def comes(database: Database, *updates: tuple[int, int]) -> None:
    """Updates with their chats."""
    async with database.transaction() as tx:
        await inbox.insert_new(tx, [NewUpdate(number, chat, "{}") for number, chat in updates], now=NOW)


async def claims(database: Database, owner: str, *, seconds: float = 60, limit: int = 10) -> list[int]:
    return [each.update_id for each in await takes(database, owner, seconds=seconds, limit=limit)]


async def takes(database: Database, owner: str, *, seconds: float = 60, limit: int = 10) -> list[ClaimedUpdate]:
    async with database.transaction() as tx:
        return await inbox.claim(tx, owner=owner, seconds=seconds, limit=limit)


async def closes(database: Database, owner: str, *numbers: int) -> None:
    async with database.transaction() as tx:
        await inbox.mark_done(tx, numbers, owner=owner, now=NOW)


async def handles(database: Database, owner: str, number: int, unsaid: str | None = None) -> bool:
    async with database.transaction() as tx:
        return await inbox.mark_handled(tx, {number: unsaid}, owner=owner, now=NOW)


async def test_an_update_is_taken_in_once(database: Database) -> None:
    await comes(database, (2, 7), (1, 8))
    assert await claims(database, "a") == [1, 2]
    await closes(database, "a", 1)
    await comes(database, (1, 8), (2, 7), (3, 9))
    assert await claims(database, "a") == [3]


async def test_the_oldest_of_each_chat_and_the_next_when_it_is_done(database: Database) -> None:
    await comes(database, (1, 7), (2, 7), (3, 8), (4, 7))
    assert await claims(database, "a") == [1, 3]
    assert await claims(database, "b") == []
    await closes(database, "b", 1)
    assert await claims(database, "b") == [], "only whoever has it in hand ticks it off"
    await closes(database, "a", 1)
    assert await claims(database, "b") == [2]


async def test_an_older_one_that_comes_late_waits_for_the_newer_one_in_hand(database: Database) -> None:
    await comes(database, (5, 7))
    assert await claims(database, "a") == [5]
    await comes(database, (4, 7))
    assert await claims(database, "b") == []
    await closes(database, "a", 5)
    assert await claims(database, "b") == [4]


async def test_a_dead_replicas_update_is_taken_over_and_it_cannot_come_back(database: Database) -> None:
    await comes(database, (1, 7), (2, 7))
    assert await claims(database, "dead", seconds=-1) == [1]
    assert await takes(database, "b") == [ClaimedUpdate(1, "{}", handled=False, attempts=2)]
    async with database.transaction() as tx:
        await inbox.renew_leases(tx, [1], owner="dead", seconds=60)
    assert not await handles(database, "dead", 1)
    assert await handles(database, "b", 1)
    assert not await handles(database, "b", 1)


async def test_a_lease_is_renewed(database: Database) -> None:
    await comes(database, (1, 7))
    await claims(database, "a", seconds=-1)
    async with database.transaction() as tx:
        await inbox.renew_leases(tx, [1], owner="a", seconds=60)
    assert await claims(database, "b") == []


async def test_an_answer_that_was_not_said_is_kept_and_taken_over_before_the_next_of_its_chat(
    database: Database,
) -> None:
    await comes(database, (1, 7), (2, 7))
    await claims(database, "dead", seconds=-1)
    assert await handles(database, "dead", 1, unsaid="an answer")
    assert await takes(database, "b") == [ClaimedUpdate(1, "an answer", handled=True, attempts=2)]
    await closes(database, "b", 1)
    assert await claims(database, "b") == [2]


async def test_letting_go_lets_others_take_at_once_and_costs_no_attempt(database: Database) -> None:
    await comes(database, (1, 7), (2, 8))
    assert await claims(database, "a") == [1, 2]
    async with database.transaction() as tx:
        await inbox.release(tx, owner="a")
    assert [each.attempts for each in await takes(database, "b")] == [1, 1]


async def test_what_is_done_keeps_a_number_and_nothing_else(database: Database) -> None:
    await comes(database, (1, 7), (2, 8))
    await claims(database, "a")
    await handles(database, "a", 1)
    await handles(database, "a", 2, unsaid="an answer")
    await closes(database, "a", 2)
    async with database.transaction() as tx:
        rows = (await tx.execute(tables.inbox.select())).mappings().all()
        assert {(row["payload"], row["lane"], row["owner"], row["lease_until"]) for row in rows} == {(None,) * 4}
        assert await inbox.count_waiting(tx, most=10) == 0
        await inbox.forget(tx, before=NOW + timedelta(days=1))
        assert (await tx.execute(tables.inbox.select())).all() == []


async def test_what_waits_is_counted_no_further_than_asked_and_never_forgotten(database: Database) -> None:
    await comes(database, *((number, number) for number in range(1, 21)))
    async with database.transaction() as tx:
        assert await inbox.count_waiting(tx, most=5) == 5
        await inbox.forget(tx, before=NOW + timedelta(days=9))
        assert await inbox.count_waiting(tx, most=100) == 20


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    with postgres.fresh() as url:
        yield url


async def test_four_replicas_at_once_handle_2000_updates_once_each_and_every_chat_in_order(postgres_url: str) -> None:
    """Updates come while others are claimed; one in fifty is forgotten until its lease runs out."""
    order: defaultdict[int, list[int]] = defaultdict(list)
    at_work: Counter[int] = Counter()
    chats, total = 40, 2_000
    chance = random.Random(7)  # noqa: S311 - a test's dice
    databases = [Database(postgres_url) for _ in range(4)]
    chat_of = {number: chance.randrange(chats) for number in range(1, total + 1)}

    async def bring() -> None:
        numbers = sorted(chat_of)
        for start in range(0, total, 50):
            batch = numbers[start : start + 50]
            await comes(databases[start % 4], *((number, chat_of[number]) for number in batch))

    async def work(name: str, database: Database) -> None:
        while sum(map(len, order.values())) < total:
            for taken in await takes(database, name, limit=16, seconds=600):
                chat = chat_of[taken.update_id]
                if chance.random() < 0.02 and taken.attempts == 1:
                    # As if it had died, and its lease had run out. One that ran out by itself, on a busy machine, in
                    # the hands of a replica that only was slow, made this test fail.
                    async with database.transaction() as tx:
                        await inbox.renew_leases(tx, [taken.update_id], owner=name, seconds=-1)
                    continue
                at_work[chat] += 1
                assert at_work[chat] == 1
                if await handles(database, name, taken.update_id):
                    order[chat].append(taken.update_id)
                at_work[chat] -= 1

    async with asyncio.TaskGroup() as group:
        group.create_task(bring())
        for number, database in enumerate(databases):
            group.create_task(work(f"replica {number}", database))
    assert all(numbers == sorted(set(numbers)) for numbers in order.values())
    assert sum(map(len, order.values())) == total
    for database in databases:
        await database.close()
