"""The bot as a process of its own: it answers, stops cleanly, and survives kill -9."""

import asyncio
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearsal.telegram.telegram import Limits, Telegram
from reminders.clock import RunningClock
from tests.support.telegram.local_telegram import BotProcess, begun_again, served, until
from tests.support.telegram.reminder_wave import DUE, PEOPLE, reminded, subscribed
from tests.support.thorough import one_in

TOKEN = "73195:test-token-of-nobody"  # noqa: S105 - it opens only the Telegram in this process
# Twenty minutes before the reminder of one hour; two minutes pass in each real second.
START, SPEED = datetime(2024, 10, 23, 15, 40, tzinfo=UTC), 120
IN_THE_AIR = 16  # what reminders/delivery/delivery.py claims at a time


def write_config(folder: Path, address: str, start: datetime, *, rate: int = 1000, speed: int = SPEED) -> Path:
    file = folder / "config.toml"
    file.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{address}"\n'
        f'[database]\nurl = "sqlite:///{folder}/ciclo.db"\n'
        f"[delivery]\nrate = {rate}\nper_chat = 30\n"
        f'[cycle]\nreminders = ["1h"]\n'
        f"[clock]\nstart = {start.isoformat()}\nspeed = {speed}\n"
    )
    return file


async def test_kill_9_in_the_middle_of_a_wave_and_then_sigterm_in_a_crowd_lose_nobody(tmp_path: Path) -> None:
    """After kill -9 at most what was in the air is repeated; after SIGTERM what was said meanwhile is answered once."""
    telegram = Telegram(token=TOKEN, now=RunningClock(DUE, 1).now, limits=Limits(enforced=False))
    people = await subscribed(f"sqlite:///{tmp_path}/ciclo.db", telegram)
    async with served(telegram) as address:
        bot = await BotProcess.start(write_config(tmp_path, address, DUE, rate=40, speed=1), tmp_path / "log")
        await until(lambda: len(reminded(telegram, people)) > PEOPLE // 3)
        await bot.kill()
        assert len(reminded(telegram, people)) < PEOPLE, "the wave was over too soon to be interrupted"
        config = write_config(tmp_path, address, DUE, speed=1)
        again = await BotProcess.fork(config, tmp_path / "log")
        await until(lambda: len(reminded(telegram, people)) == PEOPLE)
        await asyncio.sleep(0.5)
        telegram.latency = 0.5
        for person in people:
            telegram.says(person, "/sesiones")
        await asyncio.sleep(0.25)
        assert await again.stop() == 0
        telegram.latency = 0.0
        async with begun_again(config, telegram):
            await until(lambda: all("Las sesiones" in telegram.chat(person)[-1].text for person in people))
            await asyncio.sleep(0.3)
    after = reminded(telegram, people)
    assert set(after) == set(people)
    repeated = sum(number - 1 for number in after.values())
    assert repeated <= IN_THE_AIR
    assert max(after.values()) <= 2
    answers = Counter(p for p in people for each in telegram.chat(p) if each.from_bot and "Las sesiones" in each.text)
    assert set(answers.values()) == {1}


async def test_sigterm_while_telegram_does_not_answer(tmp_path: Path) -> None:
    config = write_config(tmp_path, "http://127.0.0.1:9", START)
    bot = await BotProcess.fork(config, tmp_path / "log")
    await until(lambda: b"does not answer" in (tmp_path / "log").read_bytes())
    assert await bot.stop() == 0


async def test_a_token_that_telegram_does_not_know_ends_with_code_2(tmp_path: Path) -> None:
    telegram = Telegram(token="2:another-token", now=RunningClock(START, 1).now)  # noqa: S106 - nobody's
    async with served(telegram) as address:
        bot = await BotProcess.fork(write_config(tmp_path, address, START), tmp_path / "log")
        async with asyncio.timeout(60):
            assert await bot.process.wait() == 2
    assert "telegram.token: Telegram does not know this token" in (tmp_path / "log").read_text().splitlines()[-1]


BEFORE = [
    ("/registrarme", "nombre completo"),
    ("Ana Quiñones", "organización"),
    ("Casa del Migrante", "sector"),
    ("sociedad civil", "país"),
]
AFTERWARDS = [
    ("Bolivia", "correo"),
    ("ana@casa.org", "sesiones"),
    ("2 y 3", "interpretación"),
    ("Subtítulos", "todo bien"),
    ("acepto", "Listo: su inscripción está hecha"),
]


async def test_a_second_process_is_refused_and_after_kill_9_of_the_first_everything_goes_on(tmp_path: Path) -> None:
    """Both would send: the second is told the name of the first. Then kill -9, in the midst of two conversations.

    Ana is registering: her next question is the right one, and at the end everything is there. (A new start between
    every two answers, without a process each, is in test_registration_interrupted.py.) What Luis said was handled and
    its answer not said: it comes, once.
    """
    telegram = Telegram(token=TOKEN, now=RunningClock(START, 1).now, limits=Limits(enforced=False))
    ana, luis = (telegram.joins(name, language_code="es").id for name in ("Ana", "Luis"))
    async with served(telegram) as address:
        config = write_config(tmp_path, address, START, speed=1)
        first = await BotProcess.fork(config, tmp_path / "log")
        await hold(telegram, ana, BEFORE)
        await is_refused(config, tmp_path, f"process {first.process.pid}, since 20")
        telegram.fails("sendMessage", status=429, retry_after=60)
        telegram.says(luis, "/sesiones")
        await until(lambda: any(each.status == 429 for each in telegram.calls))
        await first.kill()
        async with begun_again(config, telegram):
            await until(lambda: "Las sesiones" in telegram.chat(luis)[-1].text)
            await hold(telegram, ana, AFTERWARDS)
    assert len([each for each in telegram.chat(luis) if each.from_bot]) == 1
    assert "sesiones 2 y 3" in telegram.chat(ana)[-1].text


async def hold(telegram: Telegram, person: int, conversation: list[tuple[str, str]]) -> None:
    """Says each line once the one before is answered."""
    for words, expected in conversation:
        telegram.says(person, words)
        await until(lambda expected=expected: expected in telegram.chat(person)[-1].text)  # type: ignore[misc]


async def is_refused(config: Path, folder: Path, by: str) -> None:
    """Another process with that configuration ends with the name of the one that runs."""
    second = await BotProcess.fork(config, folder / "second")
    async with asyncio.timeout(60):
        assert await second.process.wait() == 2
    last = (folder / "second").read_text().splitlines()[-1]
    assert last.startswith(f"database.url: {folder}/ciclo.db is in use by another Ciclo")
    assert by in last


# What `migrate` says of a missing folder is in test_commands.py, without a process.
@pytest.mark.parametrize("database", one_in(2, ["config.toml", "nowhere/ciclo.db"]))
async def test_a_database_that_cannot_be_opened_is_one_line(tmp_path: Path, database: str) -> None:
    """Neither a folder that is missing nor a file that is no database lets a thread's traceback follow."""
    config = write_config(tmp_path, "http://127.0.0.1:9", START)
    config.write_text(config.read_text().replace("ciclo.db", database))
    run = (sys.executable, "-m", "bot", "run", "--config", str(config))
    bot = await asyncio.create_subprocess_exec(*run, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
    said, _ = await bot.communicate()
    assert bot.returncode == 2
    assert len(said.decode().splitlines()) == 1, said.decode()
