"""The SQLite file is deleted, replaced or damaged under the running process: it ends at once and says what to do."""

import asyncio
import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.clock import RunningClock
from rehearsal.telegram.telegram import Limits, Telegram
from tests.support.telegram.local_telegram import BotProcess, served, until
from tests.support.world.people import START, TOKEN


def _delete(file: Path) -> None:
    file.unlink()


def _replace(file: Path) -> None:
    shutil.copy(file, file.with_name("other.db"))
    file.with_name("other.db").replace(file)


def _overwrite(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.write(b"x" * 4096)


def _cut(file: Path) -> None:
    os.truncate(file, 8192)


def configured(folder: Path, address: str) -> Path:
    file = folder / "config.toml"
    file.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{address}"\n[database]\nurl = "sqlite:///{folder}/ciclo.db"\n'
    )
    return file


def checkpoint(file: Path) -> None:
    """Leaves nothing in the -wal file, from which SQLite would mend what it holds."""
    with contextlib.closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


@pytest.mark.parametrize("harm", [_delete, _replace, _overwrite, _cut])
async def test_a_file_that_is_harmed_while_the_bot_runs_ends_it_with_what_to_do(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    telegram = Telegram(token=TOKEN, now=RunningClock(START, 1).now, limits=Limits(enforced=False))
    log = tmp_path / "log"
    async with served(telegram) as address:
        bot = await BotProcess.start(configured(tmp_path, address), log)
        await until(lambda: '"event": "ready"' in log.read_text())
        checkpoint(tmp_path / "ciclo.db")
        harm(tmp_path / "ciclo.db")
        async with asyncio.timeout(60):
            assert await bot.process.wait() == 2
    last = log.read_text().splitlines()[-1]
    assert last.startswith(f"database.url: {tmp_path}/ciclo.db ")
    assert "ciclo restore" in last


async def test_a_file_that_is_damaged_already_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """One that is no database at all is in tests/bot/test_process.py."""
    telegram = Telegram(token=TOKEN, now=RunningClock(START, 1).now, limits=Limits(enforced=False))
    log = tmp_path / "log"
    async with served(telegram) as address:
        config = configured(tmp_path, address)
        bot = await BotProcess.start(config, log)
        await until(lambda: '"event": "ready"' in log.read_text())
        assert await bot.stop() == 0
        checkpoint(tmp_path / "ciclo.db")
        _cut(tmp_path / "ciclo.db")
        again = await BotProcess.start(config, log)
        async with asyncio.timeout(60):
            assert await again.process.wait() == 2
    assert "ciclo restore" in log.read_text().splitlines()[-1]
