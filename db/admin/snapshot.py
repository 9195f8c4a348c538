"""One consistent look at a database that others go on using, and SQLite files copied while they are in use."""

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from sqlalchemy.engine import URL

from db.admin import schema
from db.admin.transfer import SILENT, Progress, TransferError, unhurried
from db.engine.database import Database, Tx
from db.engine.database_url import read_url

# Copied at a time: 4 MB, some milliseconds.
_PAGES = 1_000


@asynccontextmanager
async def snapshot(url: str, progress: Progress = SILENT) -> AsyncIterator[Tx]:
    """Opens a transaction that sees the database as it is now, with today's tables.

    Nothing there is changed or held up.

    Raises TransferError, and what schema raises for a database that cannot be opened.
    """
    address = read_url(url)
    if address.get_backend_name() != "sqlite":
        async with _of_a_server(url) as tx:
            yield tx
        return
    with tempfile.TemporaryDirectory(prefix="ciclo-") as folder:
        copied = Path(folder) / "snapshot.db"
        await asyncio.to_thread(copy_file, _file_of(address), copied, progress)
        async with _of_a_copy(copied) as tx:
            yield tx


@asynccontextmanager
async def _of_a_server(url: str) -> AsyncIterator[Tx]:
    database = Database(url)
    try:
        await schema.must_be_current(database)
        async with database.engine.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            async with connection.begin():
                await unhurried(connection)
                yield connection
    finally:
        await database.close()


@asynccontextmanager
async def _of_a_copy(file: Path) -> AsyncIterator[Tx]:
    """Brings the copy up to date: a backup may be older than this program."""
    database = Database(sqlite_url(file))
    try:
        await schema.upgrade(database)
        async with database.transaction() as tx:
            yield tx
    finally:
        await database.close()


def _file_of(address: URL) -> Path:
    if not address.database or address.database == ":memory:":
        raise TransferError("a database in memory cannot be read by another program")
    return Path(address.database)


def sqlite_url(file: Path) -> str:
    """Returns that file as an address; signs that mean something in addresses are written out."""
    return URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)


def copy_file(source: Path, target: Path, progress: Progress = SILENT) -> None:
    """Copies an SQLite file whole, also while a bot writes to it, into a new file of its owner's only.

    Raises TransferError where the source is not there, is no database, or is damaged.
    """
    if not source.is_file():
        raise TransferError(f"{source} does not exist")
    create_private(target)
    try:
        with closing(_open(source, "ro")) as old, closing(_open(target, "rw")) as new:
            _copy_pages(old, new, progress)
            _must_be_ours(source, new)
        in_one_file(target)
    except sqlite3.Error as error:
        discard(target)
        raise TransferError(f"{source} cannot be read as a database ({error})") from error
    except TransferError:
        discard(target)
        raise


def _copy_pages(old: sqlite3.Connection, new: sqlite3.Connection, progress: Progress) -> None:
    """Copies the file as it is at this moment, whatever is written to it meanwhile."""
    old.execute("BEGIN")  # without it SQLite begins anew whenever another program has written
    progress.begin("Copying pages", old.execute("PRAGMA page_count").fetchone()[0])
    done = 0

    def report(_status: int, remaining: int, total: int) -> None:
        nonlocal done
        progress.advance(total - remaining - done)
        done = total - remaining

    old.backup(new, pages=_PAGES, progress=report)


def in_one_file(file: Path) -> None:
    """Makes the database one file, so that it can be carried away, and be read where nothing can be written."""
    with closing(_open(file, "rw")) as database:
        database.execute("PRAGMA journal_mode=DELETE")


def create_private(file: Path) -> None:
    """Creates an empty file that only its owner may read. Raises TransferError where one is there."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise TransferError(f"{file} exists already: name a new file") from None
    except OSError as error:
        raise TransferError(f"{file} cannot be written: {error.strerror}") from error


def discard(file: Path) -> None:
    """Removes a file that is no good, and what SQLite may have put beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _open(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode={mode}", uri=True)


def _must_be_ours(source: Path, copied: sqlite3.Connection) -> None:
    (found,) = copied.execute("PRAGMA quick_check").fetchone()
    if found != "ok":
        raise TransferError(f"{source} is damaged ({found.splitlines()[0]})")
    if copied.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
        raise TransferError(f"{source} is no database of Ciclo's")
