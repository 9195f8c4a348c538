"""PostgreSQL hangs without an error: a stop takes three seconds all the same, and what was claimed is sent later."""

import asyncio
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import RunningClock
from rehearsal.telegram.telegram import Limits, Telegram
from tests.support.telegram.local_telegram import BotProcess, served, until
from tests.support.world.databases import PostgresServer, backends, frozen
from tests.support.world.people import TOKEN

# Half an hour before the reminder of one hour.
START = datetime(2024, 10, 23, 15, 30, tzinfo=UTC)
DUE = START + timedelta(minutes=30)
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


def ready(log: Path) -> int:
    return log.read_text().count('"event": "ready"')


def reminded(telegram: Telegram, people: list[int]) -> list[int]:
    """Who has their reminder."""
    return [each for each in people if any(said.text.startswith("Recordatorio") for said in telegram.chat(each))]


async def subscribed(telegram: Telegram, config: Path, log: Path) -> list[int]:
    """People whose reminders are due in half an hour; the bot has stopped again."""
    people = [telegram.joins(f"P{number}").id for number in range(PEOPLE)]
    bot = await BotProcess.start(config, log)
    for person in people:
        telegram.says(person, "/recordatorios")
    await until(lambda: all(len(telegram.chat(person)) >= 2 for person in people))
    for person in people:
        telegram.presses(person, telegram.chat(person)[-1].id, 0, 0)
    await until(lambda: sum(each.method == "answerCallbackQuery" for each in telegram.calls) == PEOPLE)
    bot.process.terminate()
    assert await bot.process.wait() == 0
    return people


async def test_an_ordinary_stop_in_the_middle_of_a_wave_logs_no_error(tmp_path: Path, address: str) -> None:
    telegram, log = (
        Telegram(token=TOKEN, now=RunningClock(START, 1).now, limits=Limits(enforced=False)),
        tmp_path / "log",
    )
    async with served(telegram) as there:
        people = await subscribed(telegram, configured(tmp_path, there, address, START, 1000), log)
        telegram.latency = 0.1
        for times in range(1, 3):
            bot = await BotProcess.start(configured(tmp_path, there, address, DUE, 20), log)
            await until(lambda times=times: len(reminded(telegram, people)) > times * 10)  # type: ignore[misc]
            assert await bot.stop() == 0
    assert '"level": "error"' not in log.read_text(), log.read_text()


async def test_stopping_with_a_frozen_database_takes_three_seconds_and_loses_nobody(
    tmp_path: Path, address: str
) -> None:
    telegram, log = (
        Telegram(token=TOKEN, now=RunningClock(START, 1).now, limits=Limits(enforced=False)),
        tmp_path / "log",
    )
    async with served(telegram) as there:
        people = await subscribed(telegram, configured(tmp_path, there, address, START, 1000), log)
        telegram.latency = 0.2
        bot = await BotProcess.start(configured(tmp_path, there, address, DUE, 40), log)
        await until(lambda: len(reminded(telegram, people)) > PEOPLE // 4)
        with frozen(await backends(address)):
            telegram.says(people[0], "/sesiones")
            await asyncio.sleep(0.5)
            assert await bot.stop() == 0
        assert len(reminded(telegram, people)) < PEOPLE, "the wave was over too soon to be interrupted"
        again = await BotProcess.start(configured(tmp_path, there, address, DUE + timedelta(seconds=20), 1000), log)
        await until(lambda: len(reminded(telegram, people)) == PEOPLE)
        await until(lambda: "Las sesiones" in telegram.chat(people[0])[-1].text)
        assert await again.stop() == 0
