"""Several replicas, one rate: whichever sends, no more leaves than is permitted; if it dies, another one goes on."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.config.settings import Settings
from db.admin import schema
from db.engine.database import Database
from db.programme import live_programme
from rehearsal.clock import TurnableClock
from rehearsal.telegram.telegram import Limits, Telegram
from tests.support.telegram.local_telegram import BotProcess, served, until
from tests.support.telegram.webhook_bots import PATH, free_port, replicas
from tests.support.world.crowd import wanting
from tests.support.world.databases import PostgresServer
from tests.support.world.people import TOKEN

PEOPLE = 90
DUE = datetime(2024, 10, 23, 16, tzinfo=UTC)
LONG_AGO = DUE - timedelta(days=30)


@pytest.fixture
def address(postgres: PostgresServer) -> Iterator[str]:
    with postgres.fresh() as url:
        yield url


async def subscribed(address: str, telegram: Telegram) -> list[int]:
    """So many who want to be reminded an hour before session 1, and have long said /start."""
    session_at = DUE + timedelta(hours=1)
    database = Database(address)
    await schema.upgrade(database)
    async with database.transaction() as tx:
        times = [(1, session_at, session_at + timedelta(minutes=90))]
        await live_programme.update_from_content(tx, "pmm-2024", times, now=LONG_AGO)
        session = (await live_programme.programme(tx, "pmm-2024"))[1]
        people = await wanting(tx, telegram, session, "1h", PEOPLE)
    await database.close()
    return people


def reminded(telegram: Telegram, people: list[int]) -> Counter[int]:
    return Counter(each for each in people for said in telegram.chat(each) if said.text.startswith("Recordatorio"))


async def test_three_replicas_send_at_the_rate_of_one_and_telegram_hardly_refuses_any(address: str) -> None:
    clock = TurnableClock(DUE - timedelta(minutes=30), speed=0)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=Limits(overall_burst=10))
    people = await subscribed(address, telegram)
    settings = Settings(telegram={"token": TOKEN}, database={"url": address}, cycle={"reminders": ["1h"]})  # type: ignore[arg-type] # pydantic reads them
    async with replicas(settings, telegram, clock, 3) as apps:
        await until(lambda: any(each.delivery.leader_election.is_leader for each in apps))
        clock.jump(DUE)
        await until(lambda: len(reminded(telegram, people)) == PEOPLE)
        assert sum(each.delivery.leader_election.is_leader for each in apps) == 1
    assert reminded(telegram, people) == dict.fromkeys(people, 1)
    # Three at that rate each would be refused dozens of times; one, on a machine that is busy, now and then.
    assert len([each for each in telegram.calls if each.status == 429]) <= 4


async def test_another_replica_goes_on_within_the_lease_of_the_one_that_was_killed(
    address: str, tmp_path: Path
) -> None:
    telegram = Telegram(token=TOKEN, now=lambda: DUE, limits=Limits(enforced=False))
    people = await subscribed(address, telegram)
    async with served(telegram) as api:
        bots = {}
        for name in ("one", "two"):
            config = write_config(tmp_path / f"{name}.toml", api, address)
            bots[name] = await BotProcess.start(config, tmp_path / name)
        await until(lambda: len(reminded(telegram, people)) >= PEOPLE // 4)
        sending = next(name for name in bots if "this replica sends" in (tmp_path / name).read_text())
        await bots.pop(sending).kill()
        assert len(reminded(telegram, people)) < PEOPLE, "the wave was over too soon to be interrupted"
        await until(lambda: len(reminded(telegram, people)) == PEOPLE)
        await asyncio.sleep(0.3)
        for bot in bots.values():
            assert await bot.stop() == 0
    twice = [person for person, times in reminded(telegram, people).items() if times > 1]
    assert len(twice) <= 4  # what was in the air


def write_config(file: Path, api: str, address: str) -> Path:
    port = free_port()
    file.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{api}"\n'
        f'[telegram.webhook]\nurl = "http://127.0.0.1:{port}{PATH}"\nport = {port}\n'
        f'[database]\nurl = "{address.replace("+asyncpg", "")}"\n'
        f'[cycle]\nreminders = ["1h"]\n[delivery]\nrate = 20\n'
        f"[clock]\nstart = {DUE.isoformat()}\n"
    )
    return file
