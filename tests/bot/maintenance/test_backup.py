"""Data that is moved, backed up and restored is the same data, or nothing is changed."""

import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import update
from typer.testing import CliRunner

from bot.command_line import cli
from bot.maintenance.backup import backup, move, restore
from db import tables
from db.admin import migrating
from db.admin.transfer import Sum, TransferError
from db.engine.database import Database
from db.people import participants
from rehearsal.world import running
from tests.support.command_line import GOOD, bot
from tests.support.thorough import THOROUGH
from tests.support.world.databases import PostgresServer, SqliteFiles
from tests.support.world.filled import contents, fill
from tests.support.world.people import START, World
from tests.support.world.registration import with_everything

PEOPLE = 150  # more rows than are moved at a time
FEW = PEOPLE if THOROUGH else 30
Fresh = Callable[[str], str]


@pytest.fixture
def fresh(sqlite: SqliteFiles, postgres: PostgresServer) -> Iterator[Fresh]:
    """Empty databases of one kind or the other."""
    with ExitStack() as stack:
        yield lambda kind: stack.enter_context((sqlite if kind == "sqlite" else postgres).fresh())


async def filled(url: str, people: int = PEOPLE) -> dict[str, Sum]:
    database = Database(url)
    await fill(database, people)
    await database.close()
    return await contents(url)


def names_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


@pytest.mark.parametrize(
    ("kind", "other", "people"),
    [
        ("sqlite", "postgres", PEOPLE),
        ("postgres", "sqlite", PEOPLE),
        ("postgres", "postgres", FEW),
        ("sqlite", "sqlite", FEW),
    ],
)
async def test_everything_arrives_and_ids_go_on(fresh: Fresh, kind: str, other: str, people: int) -> None:
    """Many rows in every table, with odd texts; people who come later get numbers of their own."""
    source, target = fresh(kind), fresh(other)
    before = await filled(source, people)
    assert sum(each.rows for each in before.values()) > people * 13
    assert await move(source, target) == before
    assert await contents(source) == await contents(target) == before
    database = Database(target)
    async with database.transaction() as tx:
        person = await participants.meet(tx, 7, language="es", now=START)
    await database.close()
    assert person.id == people + 1


async def test_a_target_that_is_not_empty_is_left_alone(fresh: Fresh) -> None:
    source, target = fresh("sqlite"), fresh("postgres")
    await filled(source, 3)
    before = await filled(target, 5)
    with pytest.raises(TransferError, match="is not empty"):
        await move(source, target)
    assert await contents(target) == before


async def test_a_row_that_the_target_refuses_leaves_it_empty(fresh: Fresh) -> None:
    """PostgreSQL takes no zero byte; nothing of all that came before it stays."""
    source, target = fresh("sqlite"), fresh("postgres")
    empty = await contents(target)
    await filled(source, 5)
    database = Database(source)
    async with database.transaction() as tx:
        await tx.execute(update(tables.questions).values(words="a\0secret"))
    await database.close()
    with pytest.raises(TransferError, match="refused a row") as error:
        await move(source, target)
    assert "secret" not in str(error.value)
    assert await contents(target) == empty


def test_a_sum_sees_every_change_but_not_the_order() -> None:
    rows = [(1, "a", None), (2, "b", {"x": 1})]
    assert Sum().plus(rows) == Sum().plus(rows[::-1]) == Sum().plus(rows[:1]).plus(rows[1:])
    for other in ([(1, "a", None)], [(1, "a", ""), rows[1]], [(1, "b", None), (2, "a", {"x": 1})], [*rows, rows[0]]):
        assert Sum().plus(other) != Sum().plus(rows)


async def test_a_backup_made_while_the_bot_answers_is_restored_whole(
    stage: World, fresh: Fresh, tmp_path: Path
) -> None:
    url, file = stage.settings.database.url, tmp_path / "ciclo.backup"
    async with running(stage.rehearsal):
        await stage.settle()
        ana = await with_everything(stage)
        at_backup = await contents(url)
        assert await backup(url, file) == sum(each.rows for each in at_backup.values())
        await ana.says("/misdatos")
        assert ana.heard("Ana Quiñones"), "the bot answers as before"
        assert without_leases(await contents(url)) != without_leases(at_backup)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert names_in(tmp_path) == {file.name}
    for kind in ("sqlite", "postgres"):
        target = fresh(kind)
        await restore(target, file)
        assert without_leases(await contents(target)) == without_leases(at_backup)


def without_leases(summed: dict[str, Sum]) -> dict[str, Sum]:
    """Leaves out who may send: a bot that runs renews its lease at any moment, also between a sum and the backup."""
    return {table: each for table, each in summed.items() if table != tables.leases.name}


async def test_whoever_was_deleted_after_the_backup_is_deleted_again(
    stage: World, fresh: Fresh, tmp_path: Path
) -> None:
    """The log of the lost database names nobody; with the key that the backup holds it is enough."""
    file, other = tmp_path / "ciclo.backup", fresh("sqlite")
    async with running(stage.rehearsal):
        await stage.settle()
        ana = await with_everything(stage)
        await stage.person("Beto").says("/start")
        await backup(stage.settings.database.url, file)
        await stage.turn_to("2024-10-22 16:00")
        await ana.says("/misdatos")
        await ana.presses("Borrar todo lo mío")
        await ana.presses("Sí, borrar todo")
    lost = Database(stage.settings.database.url)
    async with lost.transaction() as tx:
        ((mark, moment),) = await tx.execute(tables.tombstones.select())
    await lost.close()
    log, config = tmp_path / "log", tmp_path / "config.toml"
    log.write_text(f'{{"event": "deleted", "mark": "{mark}", "deleted_at": "{moment.isoformat()}"}}\n')
    config.write_text(f'{GOOD}[database]\nurl = "{other}"\n')
    assert bot("restore", str(file), "--config", str(config)).returncode == 0
    assert (await contents(other))["participants"].rows == 2
    assert bot("forget", str(log), "--config", str(config)).stdout.strip() == "People deleted again: 1."
    after = await contents(other)
    assert (after["participants"].rows, after["registrations"].rows, after["tombstones"].rows) == (1, 0, 1)


async def test_a_backup_of_an_older_ciclo_is_brought_up_to_date(fresh: Fresh, tmp_path: Path) -> None:
    """The file itself stays as it was."""
    file = tmp_path / "old.db"
    await _old(file)
    with closing(sqlite3.connect(file)) as old:
        old.execute(
            "INSERT INTO participants (telegram_id, language, first_seen_at) VALUES (7, 'pt', '2024-10-01 00:00:00')"
        )
        old.commit()
    before = file.read_bytes()
    target = fresh("postgres")
    await restore(target, file)
    assert file.read_bytes() == before
    database = Database(target)
    async with database.transaction() as tx:
        person = await participants.find(tx, 7)
    await database.close()
    assert person is not None
    assert (person.language, person.quiet) == ("pt", "22:00-07:00")


async def _old(file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    async with database.transaction() as tx:
        await tx.run_sync(lambda connection: command.upgrade(migrating.config(connection), "0001"))
    await database.close()
    with closing(sqlite3.connect(file)) as old:
        old.execute("PRAGMA journal_mode=DELETE")


def test_what_cannot_be_done_is_one_line_and_code_2(tmp_path: Path) -> None:
    config, there = tmp_path / "config.toml", tmp_path / "there.jsonl"
    config.write_text(f'{GOOD}[database]\nurl = "sqlite:///{tmp_path}/ciclo.db"\n')
    assert bot("migrate", "--config", str(config)).returncode == 0
    there.write_text("kept")
    (tmp_path / "half").write_bytes(b"SQLite format 3\0" + b"x" * 5_000)
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE x (y)")
    for arguments, says in (
        (("backup", str(there)), "exists already"),
        (("backup", str(tmp_path / "no" / "folder")), "cannot be written"),
        (("export", str(there)), "exists already"),
        (("export", str(tmp_path / "all.xlsx")), "name it .jsonl"),
        (("restore", str(tmp_path / "none")), "does not exist"),
        (("restore", str(there)), "cannot be read as a database"),
        (("restore", str(tmp_path / "half")), "cannot be read as a database"),
        (("restore", str(tmp_path / "other.db")), "no database of Ciclo's"),
        (("restore", str(tmp_path / "ciclo.db")), "the same database"),
        (("migrate", "--from", "mysql://u:secret@h/x"), "not supported"),
        (("migrate", "--from", f"sqlite:///{tmp_path}/none.db"), "does not exist"),
    ):
        done = CliRunner().invoke(cli, [*arguments, "--config", str(config)])
        assert (done.exit_code, len(done.stderr.strip().splitlines())) == (2, 1), (arguments, done.stderr)
        assert says in done.stderr
        assert "secret" not in done.stderr
    assert there.read_text() == "kept"
    assert names_in(tmp_path) == {"config.toml", "there.jsonl", "half", "other.db", "ciclo.db"}
