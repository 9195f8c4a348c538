"""SQLite through aiosqlite, with one hop to its thread for each statement instead of four.

SQLAlchemy's own dialect asks aiosqlite's thread for a cursor, for the execution, for the rows and for the closing. This
one asks once, with aiosqlite's `execute_fetchall`. Everything that must happen in the thread itself (BEGIN before the
first statement, ROLLBACK before closing) is in the sqlite3 connection that aiosqlite opens, by sqlite3's own `factory`.
"""

import sqlite3
from collections import deque
from collections.abc import Sequence
from typing import Any, Self, cast

from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite, SQLiteExecutionContext_aiosqlite
from sqlalchemy.engine import AdaptedConnection

Row = tuple[Any, ...]


class Rows(list[Row]):
    """All rows of a statement, with what its cursor says about them."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        """Reads the rest of the cursor."""
        super().__init__(sqlite3.Cursor.fetchall(cursor))
        self.description = cursor.description
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid


class ThreadCursor(sqlite3.Cursor):
    """A cursor in aiosqlite's thread: begins a transaction where none is open.

    BEGIN IMMEDIATE takes the write lock at once, so that a transaction never fails halfway because it read first. Where
    another program holds the lock, the thread waits (`timeout` of the connection), and the event loop does not.
    """

    def execute(self, sql: str, parameters: Any = (), /) -> Self:  # noqa: ANN401 - sqlite3's signature
        """Executes one statement. Raises sqlite3.OperationalError where the lock was not to be had in time."""
        self._begin(sql)
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> Self:  # noqa: ANN401 - sqlite3's signature
        """Executes it with each of the parameters."""
        self._begin(sql)
        return super().executemany(sql, parameters)

    def fetchall(self) -> Rows:
        """Returns the rows, with the cursor's description and counts."""
        return Rows(self)

    def _begin(self, sql: str) -> None:
        # A PRAGMA prepares a connection, and some of them are refused within a transaction.
        if not self.connection.in_transaction and not sql.startswith("PRAGMA"):
            super().execute("BEGIN IMMEDIATE")


class ThreadConnection(sqlite3.Connection):
    """The connection in aiosqlite's thread."""

    def cursor(self, factory: Any = ThreadCursor) -> Any:  # noqa: ANN401 - sqlite3's signature
        """Returns a new cursor that begins transactions."""
        return super().cursor(factory)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401 - sqlite3's signature
        """Executes one statement with such a cursor: sqlite3's own shortcut would take a plain one."""
        cursor: sqlite3.Cursor = self.cursor().execute(sql, parameters)
        return cursor

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:  # noqa: ANN401 - sqlite3's signature
        """Executes it with each of the parameters, with such a cursor."""
        cursor: sqlite3.Cursor = self.cursor().executemany(sql, parameters)
        return cursor

    def close(self) -> None:
        """Rolls back first: a statement that was cut off, and is still referred to, would keep the write lock."""
        try:
            self.rollback()
        finally:
            super().close()


class OneHopCursor:
    """The cursor that SQLAlchemy sees: exists without a hop, and has all rows after one."""

    arraysize = 1

    def __init__(self, connection: AdaptedConnection) -> None:
        """Prepares nothing: aiosqlite is asked when there is something to execute."""
        self._connection = connection
        self._rows: deque[Row] = deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    def execute(self, statement: str, parameters: Any = ()) -> None:  # noqa: ANN401 - a driver's parameters
        """Executes and reads everything."""
        rows: Rows = self._connection.run_async(lambda driver: driver.execute_fetchall(statement, parameters))
        self._rows = deque(rows)
        self.description, self.rowcount, self.lastrowid = rows.description, rows.rowcount, rows.lastrowid

    def executemany(self, statement: str, parameters: Sequence[Any]) -> None:
        """Executes it with each of the parameters; there are no rows to read."""
        done = self._connection.run_async(lambda driver: driver.executemany(statement, parameters))
        self.rowcount = done.rowcount

    def fetchone(self) -> Row | None:
        """Returns the next row; None at the end."""
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Row]:
        """Returns so many of the next rows."""
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Row]:
        """Returns the rows that are left."""
        rows, self._rows = list(self._rows), deque()
        return rows

    def close(self) -> None:
        """Drops the rows; in the thread nothing is open."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Does nothing: SQLAlchemy awaits this of each asynchronous cursor whose rows are still to be read."""


class OneHopContext(SQLiteExecutionContext_aiosqlite):
    """Executes with OneHopCursor; what is streamed goes through SQLAlchemy's own cursor, some rows a hop."""

    def create_default_cursor(self) -> Any:  # noqa: ANN401 - a driver's cursor
        """Returns a cursor that has not asked the thread for anything."""
        return OneHopCursor(cast("AdaptedConnection", self.root_connection.connection.dbapi_connection))


class OneHopDialect(SQLiteDialect_aiosqlite):
    """SQLAlchemy's dialect for aiosqlite, but for the number of hops."""

    supports_statement_cache = True
    execution_ctx_cls = OneHopContext

    def do_rollback(self, dbapi_connection: Any) -> None:  # noqa: ANN401 - a driver's connection
        """Rolls back where a transaction is open: after each commit the pool asks for a rollback, too."""
        if dbapi_connection.driver_connection.in_transaction:
            dbapi_connection.rollback()
