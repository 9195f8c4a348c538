"""Brings the tables up to date, and says so when it cannot."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from asyncpg import PostgresError
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from db.database import Database, Tx
from db.tables import metadata

_MIGRATIONS = Path(__file__).parent / "migrations"
# Replicas that start together take turns; any fixed number will do.
_ADVISORY_LOCK = 73_195


class DatabaseUnavailableError(Exception):
    """The database cannot be opened."""


class DatabaseFromTheFutureError(Exception):
    """A newer Ciclo has used this database; start that version, or restore a backup made before it."""


class DatabaseOutdatedError(Exception):
    """The tables are older than this Ciclo; run `python -m bot migrate` first."""


async def upgrade(database: Database) -> None:
    """Applies every migration that is missing. Raises DatabaseUnavailableError or DatabaseFromTheFutureError."""
    await _with(database, _upgrade)


async def ready(database: Database) -> None:
    """Makes sure that the tables are the ones this code knows.

    An SQLite file and an empty PostgreSQL are brought up to date at once. A PostgreSQL in use is not changed
    behind its operator's back: DatabaseOutdatedError.
    """
    await _with(database, _upgrade if database.is_sqlite else _upgrade_if_empty)


async def must_be_current(database: Database) -> None:
    """Changes nothing. Raises DatabaseOutdatedError where tables are missing or older than this code's."""
    await _with(database, _check)


async def _with(database: Database, step: Callable[[Connection], None]) -> None:
    unhurried = database if database.is_sqlite else Database(database.url, patient=True)
    try:
        await unhurried.try_to_open()
        async with unhurried.transaction() as tx:
            await one_at_a_time(tx)
            await tx.run_sync(step)
    except (DBAPIError, PostgresError, sqlite3.Error, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        reason = f"{type(cause).__name__}: {cause}".split("\n", maxsplit=1)[0]
        hint = "see that database.url is right and that the database is there and running"
        raise DatabaseUnavailableError(f"the database cannot be opened ({reason}): {hint}") from error
    finally:
        if unhurried is not database:
            await unhurried.close()


async def one_at_a_time(tx: Tx) -> None:
    """Until this transaction ends, no other replica does what a start does."""
    if tx.dialect.name == "postgresql":
        await tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _present(connection: Connection) -> str | None:
    """The revision of the tables; None for an empty database."""
    present = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()}
    if present is not None and present not in known:
        raise DatabaseFromTheFutureError(DatabaseFromTheFutureError.__doc__)
    return present


def _upgrade(connection: Connection) -> None:
    _present(connection)
    command.upgrade(_config(connection), "head")


def _upgrade_if_empty(connection: Connection) -> None:
    present = _present(connection)
    if present is None:
        command.upgrade(_config(connection), "head")
    elif present != ScriptDirectory(str(_MIGRATIONS)).get_current_head():
        raise DatabaseOutdatedError(DatabaseOutdatedError.__doc__)


def _check(connection: Connection) -> None:
    if _present(connection) != ScriptDirectory(str(_MIGRATIONS)).get_current_head():
        raise DatabaseOutdatedError(DatabaseOutdatedError.__doc__)


def write_revision(connection: Connection, message: str) -> None:
    """A new migration from what tables.py says and the database does not have yet (`make migration`)."""
    command.revision(_config(connection), message=message, autogenerate=True, rev_id=_next_id())


def _next_id() -> str:
    return f"{len(list(ScriptDirectory(str(_MIGRATIONS)).walk_revisions())) + 1:04d}"


def differences(connection: Connection) -> list[object]:
    """What tables.py and the database disagree about; nothing, when the migrations are complete."""
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))
