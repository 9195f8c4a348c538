"""PostgreSQL hangs without an error: a stop takes three seconds all the same, and what was claimed is sent later."""

import asyncio
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rehearsal.telegram.telegram import Limits, Telegram
from reminders.clock import RunningClock
from tests.support.telegram.local_telegram import BotProcess, begun_again, served, until
from tests.support.telegram.reminder_wave import DUE, reminded, subscribed
from tests.support.world.databases import PostgresServer, backends, frozen
from tests.support.world.people import TOKEN

PEOPLE = 60


@pytest.fixture
def address(postgres: PostgresServer) -> Iterator[str]:
    """A PostgreSQL database whose server's processes are this machine's."""
    if "TEST_DATABASE_URL" in os.environ:
        pytest.skip("the processes of a PostgreSQL elsewhere cannot be frozen from here")
    with postgres.fresh() as url:
        yield url


def configured(folder: Path, telegram: str, database: str, start: datetime, rate: int) -> Path:
    file = folder / "config.toml"
    file.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{telegram}"\n[database]\nurl = "{database}"\n'
        f'[delivery]\nrate = {rate}\nper_chat = 30\n[cycle]\nreminders = ["1h"]\n'
        f"[clock]\nstart = {start.isoformat()}\nspeed = 1\n"
    )
    return file


async def test_a_stop_in_the_middle_of_a_wave_takes_three_seconds_and_loses_nobody(
    tmp_path: Path, address: str
) -> None:
    """An ordinary one, which logs no error; then one while the database is frozen."""
    telegram = Telegram(token=TOKEN, now=RunningClock(DUE, 1).now, limits=Limits(enforced=False))
    log, quiet = tmp_path / "log", tmp_path / "quiet"
    people = await subscribed(address, telegram, PEOPLE)
    async with served(telegram) as there:
        telegram.latency = 0.1
        bot = await BotProcess.fork(configured(tmp_path, there, address, DUE, 20), quiet)
        await until(lambda: len(reminded(telegram, people)) > PEOPLE // 6)
        assert await bot.stop() == 0
        telegram.latency = 0.2
        bot = await BotProcess.fork(configured(tmp_path, there, address, DUE + timedelta(seconds=10), 40), log)
        await until(lambda: len(reminded(telegram, people)) > PEOPLE // 3)
        with frozen(await backends(address)):
            telegram.says(people[0], "/sesiones")
            await asyncio.sleep(0.5)
            assert await bot.stop() == 0
        assert len(reminded(telegram, people)) < PEOPLE, "the wave was over too soon to be interrupted"
        async with begun_again(configured(tmp_path, there, address, DUE + timedelta(seconds=20), 1000), telegram):
            await until(lambda: len(reminded(telegram, people)) == PEOPLE)
            await until(lambda: "Las sesiones" in telegram.chat(people[0])[-1].text)
    assert '"level": "error"' not in quiet.read_text(), quiet.read_text()
