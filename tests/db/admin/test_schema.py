"""The tables: migrations complete, a database of the future refused, moments always in UTC."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from db.admin import schema
from db.admin.schema import DatabaseFromTheFutureError
from db.engine.database import Database
from db.engine.database_url import DatabaseUrlError, read_url
from db.people import participants


@pytest.fixture
def database(database_url: str) -> Database:
    return Database(database_url)


async def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    """Nothing in tables.py is missing from the migrations, nor the other way round."""
    async with database.transaction() as tx:
        assert await tx.run_sync(schema.differences) == []
    await database.close()


async def test_new_sqlite_files_begin_with_what_the_migrations_make(tmp_path: Path) -> None:
    """`python scripts/new_migration.py` writes db/empty.sql anew."""
    migrated, begun = (Database(f"sqlite:///{tmp_path / name}.db") for name in ("migrated", "begun"))
    await schema.upgrade(migrated)
    await schema.ready(begun)
    assert await _statements(migrated) == await _statements(begun)


async def _statements(database: Database) -> list[list[str]]:
    """Each one's lines, in no order: Alembic copies constraints in another one each time."""
    async with database.transaction() as tx:
        found = await tx.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"))
        statements = [sorted(line.strip(" ,\t") for line in str(each).splitlines()) for each in found.scalars()]
    await database.close()
    return statements


async def test_a_database_from_the_future_is_refused(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseFromTheFutureError, match="start that version"):
        await schema.ready(database)
    await database.close()


async def test_a_stored_moment_comes_back_in_utc_and_needs_a_zone(database: Database) -> None:
    havana = datetime(2024, 11, 5, 12, tzinfo=timezone(timedelta(hours=-5)))
    async with database.transaction() as tx:
        await participants.meet(tx, 7, language="es", now=havana)
        await participants.set_reachable(tx, 7, now=havana)
        person = await participants.find(tx, 7)
    assert person is not None
    assert person.unreachable_since == datetime(2024, 11, 5, 17, tzinfo=UTC)
    assert person.unreachable_since.tzinfo is UTC
    with pytest.raises(StatementError, match="time zone"):
        async with database.transaction() as tx:
            await participants.set_reachable(tx, 7, now=havana.replace(tzinfo=None))
    await database.close()


async def test_a_file_that_cannot_be_opened_is_named_as_such() -> None:
    database = Database("sqlite:////no/such/folder/ciclo.db")
    with pytest.raises(schema.DatabaseUnavailableError, match=r"unable to open.*see that database.url is right"):
        await schema.ready(database)
    await database.close()


@pytest.mark.parametrize("url", ["", "ciclo.db", "mysql://u:secret@h/x", "sqlite//x"])
def test_an_address_that_is_none_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(DatabaseUrlError) as caught:
        read_url(url)
    assert "secret" not in str(caught.value)
