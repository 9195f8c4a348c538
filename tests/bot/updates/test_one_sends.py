"""Several replicas, one rate: whichever sends, no more leaves than is permitted; if it dies, another one goes on."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config.settings import Settings
from rehearsal.clock import TurnableClock
from rehearsal.telegram.telegram import Limits, Telegram
from tests.support.telegram.local_telegram import BotProcess, served, until
from tests.support.telegram.reminder_wave import DUE, PEOPLE, reminded, subscribed, write_config
from tests.support.telegram.webhook_bots import replicas
from tests.support.world.databases import PostgresServer
from tests.support.world.people import TOKEN


@pytest.fixture
def address(postgres: PostgresServer) -> Iterator[str]:
    with postgres.fresh() as url:
        yield url


async def test_three_replicas_send_at_the_rate_of_one_and_telegram_hardly_refuses_any(address: str) -> None:
    clock = TurnableClock(DUE - timedelta(minutes=30), speed=0)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=Limits(overall_burst=10))
    people = await subscribed(address, telegram)
    settings = Settings(telegram={"token": TOKEN}, database={"url": address}, cycle={"reminders": ["1h"]})  # type: ignore[arg-type] # pydantic reads them
    async with replicas(settings, telegram, clock, 3) as apps:
        await until(lambda: any(each.work.delivery.leader_election.is_leader for each in apps))
        clock.jump(DUE)
        await until(lambda: len(reminded(telegram, people)) == PEOPLE)
        assert sum(each.work.delivery.leader_election.is_leader for each in apps) == 1
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
            bots[name] = await BotProcess.fork(config, tmp_path / name)
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
