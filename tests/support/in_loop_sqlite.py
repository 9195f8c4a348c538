"""An SQLite connection after aiosqlite's that executes in the event loop's own thread.

aiosqlite hands each cursor, statement, fetch and close over to its thread and back, which costs more than most
statements of a story. Here a statement gives way to other tasks once, before it is executed, so that what may mix up in
the bot still does. All else is as in the bot: SQLAlchemy, its dialect and cursors, SQLite. The tests of the database,
of sending, of the process and of faults run on aiosqlite itself (tests/conftest.py, ON_AIOSQLITE).
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")

# Another connection of this thread has to go on before it lets the write lock go: SQLite itself may not wait.
_LOOK_AGAIN_SECONDS = 0.002


async def connect(database: str, *, timeout: float = 5.0, **how: Any) -> "InLoopConnection":  # noqa: ANN401, ASYNC109 - sqlite3's
    """Opens a connection that waits for locks `timeout` seconds at the most."""
    return InLoopConnection(sqlite3.connect(database, timeout=0, **how), timeout)


class InLoopConnection:
    """What SQLAlchemy's adapter asks of an aiosqlite connection."""

    def __init__(self, connection: sqlite3.Connection, lock_seconds: float) -> None:
        """Takes over that connection."""
        self._connection: sqlite3.Connection | None = connection  # SQLAlchemy's adapter looks whether it is open
        self._lock_seconds = lock_seconds

    async def _does(self, act: Callable[..., T], *arguments: object) -> T:
        """Lets other tasks go on, then does it; tries again while another connection has the lock."""
        await asyncio.sleep(0)
        patience = monotonic() + self._lock_seconds
        while True:
            try:
                return act(*arguments)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > patience:
                    raise
                await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    @property
    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ValueError("no active connection")  # as aiosqlite says it
        return self._connection

    def cursor(self) -> "InLoopCursor":
        """Returns a cursor."""
        return InLoopCursor(self, self._open.cursor())

    async def create_function(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - sqlite3's
        """Gives SQL a function of Python's."""
        self._open.create_function(*arguments, **options)

    async def commit(self) -> None:
        """Commits."""
        await self._does(self._open.commit)

    async def rollback(self) -> None:
        """Rolls back."""
        self._open.rollback()

    async def close(self) -> None:
        """Closes; a second time it does nothing."""
        self.stop()

    def stop(self) -> None:
        """Closes at once."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


class InLoopCursor:
    """What SQLAlchemy's adapter asks of an aiosqlite cursor."""

    def __init__(self, connection: InLoopConnection, cursor: sqlite3.Cursor) -> None:
        """Takes over that cursor."""
        self._connection, self._cursor = connection, cursor
        self.arraysize = cursor.arraysize

    async def __aenter__(self) -> "InLoopCursor":
        """Returns itself."""
        return self

    @property
    def description(self) -> Any:  # noqa: ANN401 - after PEP 249
        """What the columns are."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The number of the row that it inserted."""
        return self._cursor.lastrowid

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> None:
        """Executes it."""
        await self._connection._does(self._cursor.execute, sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Executes it for each of those."""
        await self._connection._does(self._cursor.executemany, sql, parameters)

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """Returns the next so many rows."""
        await asyncio.sleep(0)
        return self._cursor.fetchmany(size or self.arraysize)

    async def fetchone(self) -> Any:  # noqa: ANN401 - a row
        """Returns the next row, or None."""
        return self._cursor.fetchone()

    async def fetchall(self) -> list[Any]:
        """Returns the rows that are left."""
        return self._cursor.fetchall()

    async def close(self) -> None:
        """Lets it go."""
        self._cursor.close()
