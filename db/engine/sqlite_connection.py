"""An SQLite connection for SQLAlchemy where a statement and its rows are one trip to the driver's thread, not four.

SQLAlchemy's own cursor goes there to open it, to execute, for the rows, and to close it; each trip costs more than what
SQLite does for most statements of a bot. Streamed results still go through SQLAlchemy's own cursor.
"""

import sqlite3
from collections import deque
from collections.abc import Awaitable, Iterable, Sequence
from typing import Any, TypeVar, cast

import aiosqlite
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_cursor
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.util import await_

T = TypeVar("T")
_Outcome = tuple[Any, int, int | None]  # a cursor's description, rowcount and lastrowid


class _Rows(list[Any]):
    """All rows of a statement, with what else its cursor knew."""

    outcome: _Outcome = (None, -1, None)


class _WholeCursor(sqlite3.Cursor):
    """Closes itself when its rows are read; they carry what else it knew."""

    def fetchall(self) -> list[Any]:
        """Returns all of them."""
        rows = _Rows(super().fetchall())
        rows.outcome = (self.description, self.rowcount, self.lastrowid)
        self.close()
        return rows


class RollingBackConnection(sqlite3.Connection):
    """Rolls back before it closes: a statement that was cut off and is still referred to would keep the write lock."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401 - sqlite3's
        """Executes it by a cursor whose rows carry what else it knew."""
        return self.cursor(_WholeCursor).execute(sql, parameters)

    def close(self) -> None:
        """Lets the lock go, then closes."""
        try:
            self.rollback()
        finally:
            super().close()


class WholeResultCursor:
    """A cursor after PEP 249 that has all rows once it has executed; closing it costs nothing."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._rows: deque[Any] = deque()
        self._keep((None, -1, None))
        self.arraysize = 1

    def _keep(self, outcome: _Outcome) -> None:
        self.description, self.rowcount, self.lastrowid = outcome

    def execute(self, operation: str, parameters: Sequence[Any] = ()) -> None:
        """Executes it and reads its rows. Raises sqlite3.Error."""
        rows = _wait_for(self._connection.execute_fetchall(operation, parameters or ()))
        self._keep(cast("_Rows", rows).outcome)
        self._rows = deque(rows)

    def executemany(self, operation: str, seq_of_parameters: Iterable[Sequence[Any]]) -> None:
        """Executes it for each of those. Raises sqlite3.Error."""
        cursor = _wait_for(self._connection.executemany(operation, seq_of_parameters))
        self._keep((None, cursor.rowcount, cursor.lastrowid))
        _wait_for(cursor.close())

    def fetchone(self) -> Any:  # noqa: ANN401 - a row
        """Returns the next row, or None."""
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Returns so many of the next rows."""
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        """Returns the rows that are left."""
        rows = list(self._rows)
        self._rows.clear()
        return rows

    def close(self) -> None:
        """Forgets the rows."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Does nothing, where SQLAlchemy lets the driver's cursor go before the rows are read: there is none."""


def _wait_for(awaitable: Awaitable[T]) -> T:
    """Waits in SQLAlchemy's greenlet. A connection that is closed is an error of SQLite's, as SQLAlchemy has it."""
    try:
        return await_(awaitable)
    except ValueError as error:
        raise sqlite3.OperationalError(str(error)) from error


class WholeResultConnection(AsyncAdapt_aiosqlite_connection):
    """SQLAlchemy's connection to aiosqlite; only what is not streamed goes through the cursor above."""

    __slots__ = ()

    def cursor(self, server_side: bool = False) -> AsyncAdapt_dbapi_cursor:
        """Returns a cursor."""
        if server_side:
            return super().cursor(server_side=True)
        return cast("AsyncAdapt_dbapi_cursor", WholeResultCursor(cast("aiosqlite.Connection", self.driver_connection)))


def connect(dialect: Dialect, _record: object, arguments: list[Any], options: dict[str, Any]) -> WholeResultConnection:
    """Opens a connection of that dialect. A listener of SQLAlchemy's event `do_connect`."""
    opened: Any = dialect.connect(*arguments, **options)
    return WholeResultConnection(opened.dbapi, opened.driver_connection)
