"""Finds out what a start would say of its database, and changes nothing there."""

import asyncio
import sqlite3
import tempfile
from pathlib import Path

from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from db.admin import schema
from db.admin.schema import DatabaseUnavailableError
from db.engine.database import Database
from db.engine.database_url import read_url


async def check(url: str) -> None:
    """Raises DatabaseUnavailableError, DatabaseFromTheFutureError or DatabaseOutdatedError where a start would."""
    address = read_url(url)
    if address.get_backend_name() == "sqlite":
        if address.database and address.database != ":memory:":
            await asyncio.to_thread(_check_file, Path(address.database))
        return
    database = Database(url)
    try:
        await schema.must_be_usable(database)
    finally:
        await database.close()


def _check_file(file: Path) -> None:
    """Checks the folder where there is no file yet: the first start makes the file."""
    if not file.parent.is_dir():
        raise DatabaseUnavailableError(f"database.url: the folder {file.parent} does not exist: make it")
    try:
        # SQLite keeps two more files beside its own. This one never gets a name.
        with tempfile.TemporaryFile(dir=file.parent):
            pass
    except OSError as error:
        raise _unwritable(file.parent, error) from error
    if file.exists():
        _check_content(file)


def _check_content(file: Path) -> None:
    try:
        with file.open("r+b"):
            pass
    except OSError as error:
        raise _unwritable(file, error) from error
    where = f"{file.resolve().as_uri()}?mode=rw"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(where, uri=True), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            schema.usable(connection)
    except DBAPIError as error:
        hint = f": {schema.RESTORE}" if schema.is_damaged(error.orig) else ""
        raise DatabaseUnavailableError(
            f"database.url: {file} cannot be read as a database ({error.orig}){hint}"
        ) from error


def _unwritable(path: Path, error: OSError) -> DatabaseUnavailableError:
    return DatabaseUnavailableError(
        f"database.url: {path} cannot be written ({error.strerror}): let the bot's user write there"
    )
