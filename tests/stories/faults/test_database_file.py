"""The SQLite file is deleted, replaced or damaged under the running process: it ends at once and says what to do."""

import asyncio
import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from db.admin.schema import DatabaseUnavailableError
from rehearsal.telegram.telegram import Limits, Telegram
from reminders.clock import RunningClock
from tests.support.telegram.local_telegram import BotProcess, served, until
from tests.support.world.people import START, TOKEN, World


def _delete(file: Path) -> None:
    file.unlink()


def _replace(file: Path) -> None:
    shutil.copy(file, file.with_name(f"{file.name}.other"))
    file.with_name(f"{file.name}.other").replace(file)


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


@pytest.mark.parametrize("harm", [_delete, _replace, _overwrite])
async def test_a_file_that_is_harmed_while_the_bot_runs_ends_it_with_what_to_do(
    stage: World, harm: Callable[[Path], None]
) -> None:
    """How a process ends by it is in the next test: each one costs two seconds."""
    file = stage.rehearsal.app.database.file
    assert file is not None

    async def harmed() -> None:
        await stage.settle()
        checkpoint(file)
        harm(file)

    async with asyncio.timeout(60):
        ended, _ = await asyncio.gather(stage.rehearsal.app.run(asyncio.Event()), harmed(), return_exceptions=True)
    assert isinstance(ended, DatabaseUnavailableError), ended
    assert str(ended).startswith(f"database.url: {file} ")
    assert "ciclo restore" in str(ended)


async def test_a_file_that_is_cut_ends_the_process_and_then_its_start_with_what_to_do(tmp_path: Path) -> None:
    """One that is no database at all is in tests/bot/test_process.py."""
    telegram = Telegram(token=TOKEN, now=RunningClock(START, 1).now, limits=Limits(enforced=False))
    log, again = tmp_path / "log", tmp_path / "again"
    async with served(telegram) as address:
        config = configured(tmp_path, address)
        bot = await BotProcess.fork(config, log)
        await until(lambda: '"event": "ready"' in log.read_text())
        checkpoint(tmp_path / "ciclo.db")
        _cut(tmp_path / "ciclo.db")
        async with asyncio.timeout(60):
            assert await bot.process.wait() == 2
        refused = await BotProcess.fork(config, again)
        async with asyncio.timeout(60):
            assert await refused.process.wait() == 2
    last = log.read_text().splitlines()[-1]
    assert last.startswith(f"database.url: {tmp_path}/ciclo.db ")
    assert "ciclo restore" in last
    assert "ciclo restore" in again.read_text().splitlines()[-1]
    assert '"event": "ready"' not in again.read_text()
