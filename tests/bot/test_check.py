"""`check` finds what `run` would refuse, all of it at once, and changes nothing."""

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.command_line import cli
from db.admin import checking, schema
from db.engine.database import Database
from tests.support.world.databases import PostgresServer

TOKEN = f"123456789:{'a' * 35}"
GOOD = f'[telegram]\ntoken = "{TOKEN}"\n'
NOBODY = 65534


def checked(folder: Path, config: str) -> list[str]:
    """The lines that check says of that configuration; none where all is well."""
    file = folder / "config.toml"
    file.write_text(config)
    done = CliRunner().invoke(cli, ["check", "--config", str(file)])
    lines = done.stderr.splitlines()
    assert done.exit_code == (2 if lines else 0), done.stderr
    return lines


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    """What the file's form allows to be read, and what has to be tried."""
    lines = checked(tmp_path, '[telegram]\nbase_url = "x"\n[delivery]\nrate = 0\n[weather]\nsun = 1\n')
    assert [next(key for key in ("base_url", "rate", "weather") if key in line) for line in lines] == [
        "base_url",
        "rate",
        "weather",
    ]
    tried = '[cycle]\ncontent = "pmm-1999"\n[database]\nurl = "sqlite:////no/folder/x.db"\n'
    served = '[telegram.webhook]\nurl = "https://bot.example.org/t"\nlisten = "192.0.2.1"\n'
    lines = checked(tmp_path, f'[telegram]\ntoken = "abc"\n{served}{tried}')
    for line, says in zip(lines, ("telegram.token", "pmm-1999", "/no/folder", "192.0.2.1"), strict=True):
        assert says in line


@pytest.mark.parametrize("token", ["abc", "123456789", f"me:{'a' * 35}", f"123456789:{'a' * 20}", f"{TOKEN} "])
def test_what_telegram_cannot_have_given_is_no_token(tmp_path: Path, token: str) -> None:
    (line,) = checked(tmp_path, GOOD.replace(TOKEN, token))
    assert "telegram.token" in line
    assert "aaa" not in line


def test_another_server_may_give_shorter_tokens(tmp_path: Path) -> None:
    assert checked(tmp_path, '[telegram]\ntoken = "1:abc"\nbase_url = "http://127.0.0.1:9"\n') == []


def test_a_database_that_is_not_there_yet_is_not_made(tmp_path: Path) -> None:
    assert checked(tmp_path, f'{GOOD}[database]\nurl = "sqlite:///{tmp_path}/new.db"\n') == []
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"]


async def test_a_database_in_use_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "ciclo.db"
    database = Database(f"sqlite:///{file}")
    await schema.upgrade(database)
    await database.close()
    before = file.read_bytes()
    await checking.check(f"sqlite:///{file}")
    assert file.read_bytes() == before
    with closing(sqlite3.connect(file)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    with pytest.raises(schema.DatabaseFromTheFutureError):
        await checking.check(f"sqlite:///{file}")


def test_what_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("a letter, and a long one at that" * 100)
    (tmp_path / "folder.db").mkdir()
    for name, says in {"x.db": "cannot be read as a database", "folder.db": "cannot be written"}.items():
        (line,) = checked(tmp_path, f'{GOOD}[database]\nurl = "sqlite:///{tmp_path}/{name}"\n')
        assert says in line


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anywhere; whoever is not root stays who they are."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o666), (0o777, 0o444)])
def test_what_may_not_be_written_is_said(tmp_path: Path, folder_mode: int, file_mode: int) -> None:
    file = tmp_path / "ciclo.db"
    file.touch()
    for each in tmp_path.parents:  # others may pass through all of them, however many workers' folders there are
        if not each.stat().st_mode & 0o001:
            each.chmod(0o755)
    file.chmod(file_mode)
    tmp_path.chmod(folder_mode)
    try:
        with (
            as_nobody(),
            pytest.raises(schema.DatabaseUnavailableError, match=r"cannot be written \(Permission denied"),
        ):
            asyncio.run(checking.check(f"sqlite:///{file}"))
    finally:
        tmp_path.chmod(0o755)


async def test_a_server_of_another_day_or_that_only_answers_is_said(postgres: PostgresServer) -> None:
    """An empty database will get its tables at the first start; one with older tables must be migrated first."""
    with postgres.fresh() as url:
        await checking.check(url)
        database = Database(url)
        async with database.transaction() as tx:
            await tx.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        with pytest.raises(schema.DatabaseOutdatedError):
            await checking.check(url)
        async with database.transaction() as tx:
            await tx.execute(
                text(
                    "ALTER DATABASE CURRENT_DB SET default_transaction_read_only = on".replace(
                        "CURRENT_DB", f'"{database.url.database}"'
                    )
                )
            )
        await database.close()
        with pytest.raises(schema.DatabaseUnavailableError, match="read-only"):
            await checking.check(url)


def test_a_server_that_is_down_is_said(tmp_path: Path) -> None:
    (line,) = checked(tmp_path, f'{GOOD}[database]\nurl = "postgresql://u:secret@127.0.0.1:9/x"\n')
    assert "the database cannot be opened" in line
    assert "secret" not in line
