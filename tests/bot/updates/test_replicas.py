"""Several replicas on one PostgreSQL: every update once, every chat in order, whoever dies."""

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.config.settings import Settings
from db import tables
from db.engine.database import Database
from rehearsal.clock import TurnableClock
from rehearsal.telegram.telegram import Limits, Telegram
from tests.support.telegram.local_telegram import BotProcess, begun_again, served, until
from tests.support.telegram.webhook_bots import PATH, carried, free_port, replicas
from tests.support.thorough import THOROUGH
from tests.support.world.databases import PostgresServer
from tests.support.world.people import START, TOKEN

UPDATES = 300  # `python -m benchmarks.long.replicas` tries 100,000


@pytest.fixture
def address(postgres: PostgresServer) -> Iterator[str]:
    with postgres.fresh() as url:
        yield url


@pytest.fixture
def telegram() -> Telegram:
    clock = TurnableClock(START, speed=0)
    return Telegram(token=TOKEN, now=clock.now, limits=Limits(enforced=False))


def everybody_says(telegram: Telegram, people: list[int], number: int, *, seed: int = 11) -> dict[int, list[int]]:
    """So many words in all, by chance; what each person said, in order. `/start s<n>` is answered by "Sesión <n>"."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    said: defaultdict[int, list[int]] = defaultdict(list)
    for _ in range(number):
        person, session = chance.choice(people), chance.randint(1, 4)
        said[person].append(session)
        telegram.says(person, f"/start s{session}")
    return said


def heard(telegram: Telegram, person: int) -> list[int]:
    """The sessions that the bot told about, in order."""
    told = (each.text for each in telegram.chat(person) if each.from_bot)
    return [int(text.split()[1].rstrip(":·,.")) for text in told if text.startswith("Sesión ")]


async def left(address: str) -> int:
    """How many updates are not done with."""
    database = Database(address)
    async with database.transaction() as tx:
        open_ones = select(func.count()).select_from(tables.inbox).where(tables.inbox.c.lane.is_not(None))
        found: int = (await tx.execute(open_ones)).scalar_one()
    await database.close()
    return found


async def test_four_replicas_answer_every_update_once_each_and_in_order(address: str, telegram: Telegram) -> None:
    settings = Settings(telegram={"token": TOKEN}, database={"url": address}, limits={"messages": 1_000_000})  # type: ignore[arg-type] # pydantic reads them
    people = [telegram.joins(f"P{each}", language_code="es").id for each in range(50)]
    async with replicas(settings, telegram, TurnableClock(START, speed=0), 4) as apps:
        said = everybody_says(telegram, people, UPDATES)
        await until(lambda: telegram.updates_settled() and all(app.idle() for app in apps), seconds=120)
        shares = [app.health.metrics.answering._sum.get() for app in apps]
    assert {person: heard(telegram, person) for person in people} == {person: said[person] for person in people}
    assert all(shares), "every replica had its share"
    assert await left(address) == 0


def write_config(folder: Path, api: str, address: str, port: int) -> Path:
    file = folder / f"config-{port}.toml"
    file.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{api}"\n'
        f'[telegram.webhook]\nurl = "http://127.0.0.1:{port}{PATH}"\nport = {port}\n'
        f'[limits]\nmessages = 1000000\n[database]\nurl = "{address}"\n[clock]\nstart = {START.isoformat()}\n'
    )
    return file


# `make test-thorough` has more.
PROCESSES, SAID_EACH_TIME = (3, 400) if THOROUGH else (2, 130)


async def test_replicas_that_are_killed_and_stopped_at_any_moment_lose_nothing(
    address: str, telegram: Telegram, tmp_path: Path
) -> None:
    """Some processes; kill -9, SIGTERM and new starts while people talk. Only what was in the air may come twice."""
    chance = random.Random(5)  # noqa: S311 - a test's dice
    people = [telegram.joins(f"P{each}", language_code="es").id for each in range(40)]
    ports = [free_port() for _ in range(PROCESSES)]
    async with served(telegram) as api, AsyncExitStack() as here:
        configs = [write_config(tmp_path, api, address.replace("+asyncpg", ""), port) for port in ports]
        bots = {place: await BotProcess.fork(each, tmp_path / "log") for place, each in enumerate(configs)}
        await until(lambda: (tmp_path / "log").read_text().count("brings updates") == PROCESSES)
        telegram.latency = 0.1
        said: defaultdict[int, list[int]] = defaultdict(list)
        async with carried(telegram, ports):
            for turn in range(2):
                for person, words in everybody_says(telegram, people, SAID_EACH_TIME, seed=turn).items():
                    said[person] += words
                await asyncio.sleep(chance.uniform(0.1, 0.3))
                assert not telegram.updates_settled(), "it was over too soon to be interrupted"
                config = configs[turn % PROCESSES]
                if turn == 1:
                    assert await bots.pop(turn % PROCESSES).stop() == 0
                    await here.enter_async_context(begun_again(config, telegram))
                else:
                    await bots[turn % PROCESSES].kill()
                    bots[turn % PROCESSES] = await BotProcess.start(config, tmp_path / "log")
            await until(lambda: all(len(heard(telegram, each)) >= len(said[each]) for each in people), seconds=90)
            async with asyncio.timeout(30):
                while await left(address):  # noqa: ASYNC110 - the database has no event to wait for
                    await asyncio.sleep(0.2)
        for bot in bots.values():
            assert await bot.stop() == 0
    for person in people:
        missing = Counter(said[person]) - Counter(heard(telegram, person))
        assert not missing, person
    extra = sum(len(heard(telegram, each)) - len(said[each]) for each in people)
    assert extra <= 3 * len(people), "at most one a chat and kill"
