"""SQLite without a thread in between: short statements run at once, long ones still hold up nobody."""

import asyncio
import sqlite3
from collections.abc import Callable, Generator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy.dialects.sqlite.base import SQLiteExecutionContext
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util import await_only

# Another program, such as `bot forget`, may be writing to the file.
_PATIENCE_SECONDS, _LOOK_AGAIN_SECONDS = 10.0, 0.01
_PRIMARY_CODE = 0xFF  # of SQLite's extended result codes
# Rows of one executemany that take longer than a hop to a thread and back, many times over.
_MANY = 300


class _Nothing:
    """What is awaited where nothing is to be waited for: SQLAlchemy takes a driver that never waits for a wrong one."""

    def __await__(self) -> Generator[None, None, None]:
        yield from ()


_NOTHING = _Nothing()


class Cursor(sqlite3.Cursor):
    """With what SQLAlchemy asks of an asynchronous driver's cursors."""

    async def _async_soft_close(self) -> None:
        """Nothing: the rows that are left can be read without waiting."""


class Connection(sqlite3.Connection):
    """Its cursors are ours."""

    def cursor(self, factory: Any = Cursor) -> Any:  # noqa: ANN401 - a driver's cursor
        """A new one."""
        return super().cursor(factory)


class _Context(SQLiteExecutionContext):
    def create_server_side_cursor(self) -> Any:  # noqa: ANN401 - a driver's cursor
        """Any cursor of SQLite's reads row by row."""
        return self._dbapi_connection.cursor()


class SqliteHere(SQLiteDialect_pysqlite):
    """Python's own sqlite3 for an AsyncEngine: run on the loop, but for what goes through whole tables.

    aiosqlite hands each call to a thread and waits for it, some 0.1 ms three times a statement; SQLite itself needs
    0.01. There is one connection in any case, so whoever else needs the database waits for the same statement.
    """

    driver = "here"
    is_async = True
    has_terminate = True
    supports_statement_cache = True
    supports_server_side_cursors = True
    execution_ctx_cls = _Context

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:  # noqa: ARG003 - SQLAlchemy's signature
        """Waits for the connection without holding up the loop."""
        return AsyncAdaptedQueuePool

    def do_begin(self, dbapi_connection: Any) -> None:  # noqa: ANN401 - a driver's connection
        """Takes the write lock at once: a transaction never fails halfway because it read first."""
        until = asyncio.get_running_loop().time() + _PATIENCE_SECONDS
        while True:
            try:
                dbapi_connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & _PRIMARY_CODE == sqlite3.SQLITE_BUSY
                if not busy or asyncio.get_running_loop().time() > until:
                    raise
                await_only(asyncio.sleep(_LOOK_AGAIN_SECONDS))
            else:
                return

    def do_terminate(self, dbapi_connection: Any) -> None:  # noqa: ANN401 - a driver's connection
        """Lets go of the lock, too: a statement that was cut off would keep a closed connection's."""
        try:
            dbapi_connection.rollback()
        finally:
            dbapi_connection.close()

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: object = None) -> None:  # noqa: ANN401, ARG002 - SQLAlchemy's signature
        """At once, or in a thread where it may go through a whole table."""
        if _goes_through_tables(statement):
            await_only(_in_a_thread(cursor.execute, statement, parameters))
        else:
            cursor.execute(statement, parameters)
            await_only(_NOTHING)

    def do_executemany(self, cursor: Any, statement: str, parameters: Sequence[Any], context: object = None) -> None:  # noqa: ANN401, ARG002 - SQLAlchemy's signature
        """At once, or in a thread where they are many."""
        if len(parameters) > _MANY:
            await_only(_in_a_thread(cursor.executemany, statement, parameters))
        else:
            cursor.executemany(statement, parameters)
            await_only(_NOTHING)


@lru_cache(maxsize=2048)
def _goes_through_tables(statement: str) -> bool:
    """Planning a wave, letting an announcement go, forgetting: everything else looks up a few rows by an index."""
    return statement.startswith("DELETE") or (statement.startswith(("INSERT", "UPDATE")) and "SELECT" in statement)


async def _in_a_thread(work: Callable[[Any, Any], object], statement: str, parameters: object) -> None:
    """Whoever is cancelled meanwhile still waits: nobody else may touch the connection before."""
    running = asyncio.get_running_loop().run_in_executor(None, work, statement, parameters)
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise
