"""Long commands draw bars on a terminal, and none in a log."""

import asyncio
import os
import pty
import shutil
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path

import pytest

from bot.command_line import cli
from bot.maintenance.backup import backup
from db.admin import schema
from db.admin.snapshot import copy_file
from db.admin.transfer import Progress
from db.engine.database import Database
from tests.support.command_line import GOOD
from tests.support.world.filled import fill

COMMANDS = {
    "backup": ("backup", "new.backup"),
    "JSON Lines": ("export", "new.jsonl"),
    "CSV": ("export", "new.zip"),
    "restore": ("restore", "ciclo.backup"),
    "move": ("migrate", "--from", "sqlite:///full.db"),
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that has people in it, and a backup of it."""
    folder = tmp_path_factory.mktemp("full")
    asyncio.run(_filled(f"sqlite:///{folder}/full.db"))
    asyncio.run(backup(f"sqlite:///{folder}/full.db", folder / "ciclo.backup"))
    return folder


@pytest.fixture
def here(full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with that database, a backup of it, and room for another."""
    monkeypatch.chdir(tmp_path)
    for each in full.iterdir():
        shutil.copy(each, each.name)
    return tmp_path


async def _filled(url: str) -> None:
    database = Database(url)
    await schema.ready(database)
    await fill(database, 30)
    await database.close()


def configured(database: str) -> None:
    Path("config.toml").write_text(f'{GOOD}[database]\nurl = "sqlite:///{database}"\n')


def run(*command: str) -> str:
    """What it says on standard output."""
    output = StringIO()
    with redirect_stdout(output):
        cli(command, standalone_mode=False)
    return output.getvalue()


def all_from(terminal: int) -> str:
    parts = []
    with suppress(OSError), os.fdopen(terminal, "rb", buffering=0) as reading:  # how it says that the other end is shut
        while part := reading.read(4096):
            parts.append(part)
    return b"".join(parts).decode()


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_terminal_shows_how_far_it_is_and_a_log_nothing(here: Path, command: tuple[str, ...]) -> None:
    """What a script reads from standard output is the same."""
    fills = command[0] in {"restore", "migrate"}
    configured("for-the-log.db" if fills else "full.db")
    log = StringIO()
    with redirect_stderr(log):
        logged = run(*command)
    assert log.getvalue() == ""
    for new in here.glob("new.*"):
        new.unlink()
    configured("for-the-terminal.db" if fills else "full.db")
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal, redirect_stderr(terminal):
        assert run(*command) == logged
    shown = all_from(ours)
    for bar in shown.strip().split("\n"):
        assert "100%" in bar, shown
    assert "rows" in shown
    assert "pages" in shown


class Writing(Progress):
    """Writes into the database each time that some of its pages have been copied."""

    def __init__(self, file: Path) -> None:
        self.file, self.times = file, 0

    def advance(self, count: int) -> None:
        """Another row, by another connection."""
        with closing(sqlite3.connect(self.file)) as other:
            other.execute("INSERT INTO pages VALUES (zeroblob(4000))")
            other.commit()
        self.times += count > 0


def test_what_is_written_meanwhile_neither_enters_a_backup_nor_begins_it_anew(tmp_path: Path) -> None:
    source, copied = tmp_path / "source.db", tmp_path / "copied.db"
    with closing(sqlite3.connect(source)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE alembic_version (version_num)")
        database.execute("CREATE TABLE pages (content)")
        database.executemany("INSERT INTO pages VALUES (zeroblob(4000))", [()] * 5_000)
        database.commit()
    progress = Writing(source)
    copy_file(source, copied, progress)
    assert 5 <= progress.times <= 10, "each thousand pages once"
    with closing(sqlite3.connect(copied)) as database:
        assert database.execute("SELECT count(*) FROM pages").fetchone() == (5_000,)
