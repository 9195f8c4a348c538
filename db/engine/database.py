"""Opens the database and runs transactions, alone or several in one, and tells listeners what a commit has changed."""

import asyncio
import contextlib
import os
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, cast
from weakref import WeakSet

import aiosqlite
from sqlalchemy import ColumnElement, Connection, DateTime, Table, event, literal_column
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL, AdaptedConnection, Dialect
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.types import TypeDecorator

from db.engine.database_url import read_url

_CLOCKS = {
    "sqlite": "((julianday('now') - 2440587.5) * 86400.0)",
    "postgresql": "CAST(extract(epoch FROM now()) AS double precision)",
}


class Instant(TypeDecorator[datetime]):
    """Stores an aware datetime and returns it in UTC on every database. Raises ValueError for a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        # SQLite keeps no zone; what was written there was UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def db_now(tx: AsyncConnection) -> ColumnElement[float]:
    """Returns an SQL expression: seconds since 1970 when this transaction began, by the database server's clock.

    Replicas' clocks may differ, and a rehearsal's clock runs ahead, so leases are measured by this one.
    """
    return clock_of(tx.dialect.name)


def clock_of(dialect: str) -> ColumnElement[float]:
    """Returns db_now() for a statement that is built before there is a transaction."""
    return literal_column(_CLOCKS[dialect])


# Something in the outbox may leave; a session's time is another; somebody of the team has changed an announcement; a
# panel's questions or their votes are others.
Change = Literal["outbox", "programme", "announcements", "panel"]
_KEY = "ciclo.changes"


def note_change(tx: AsyncConnection, change: Change) -> None:
    """Notes a change in this transaction; its listeners are called once, after the commit."""
    noted: set[Change] | None = tx.info.get(_KEY)
    if noted is not None:
        noted.add(change)


class ChangeListeners:
    """Calls listeners in the process that made a change; they must return at once."""

    def __init__(self) -> None:
        self._listeners: list[tuple[Change, Callable[[], None]]] = []

    def listen(self, change: Change, callback: Callable[[], None]) -> None:
        """Adds a listener that is called after each commit of a transaction with that change."""
        self._listeners.append((change, callback))

    def begin(self, tx: AsyncConnection) -> set[Change]:
        """Returns the set in which this transaction's changes are noted from here on, for tell()."""
        noted: set[Change] = set()
        tx.info[_KEY] = noted  # of the driver's connection, which the next transaction uses again: always a new one
        return noted

    def tell(self, noted: set[Change]) -> None:
        """Calls whoever listens to any of these."""
        for change, callback in self._listeners:
            if change in noted:
                callback()


if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Tx = AsyncConnection

# Connections of one replica; more of them make nothing faster: the work is Python's.
_CONNECTIONS = 12
_CONNECT_SECONDS, _ANSWER_SECONDS, _RENEWED_SECONDS = 5, 20, 1800
_PREPARED_STATEMENTS = 512
# PostgreSQL gives up a statement, a wait for a lock, and a transaction that nobody goes on with.
_LIMIT_SECONDS = {"statement_timeout": 15, "lock_timeout": 5, "idle_in_transaction_session_timeout": 30}


class Database:
    """Hands out transactions; the one place that knows how each engine wants to be opened."""

    def __init__(self, url: str | URL, *, patient: bool = False, lock_seconds: float = 10.0) -> None:
        """Opens nothing yet. `patient`: for migrations, which may take long and must not be cut off halfway.

        `lock_seconds`: how long SQLite waits for another program, such as `bot forget`, that writes to the file.
        """
        self.url = read_url(url) if isinstance(url, str) else url
        self.changes = ChangeListeners()
        self.engine = _sqlite(self.url, lock_seconds) if self.is_sqlite else _postgres(self.url, patient=patient)
        self._connections: WeakSet[Any] = WeakSet()  # asyncpg's
        if not self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", self._remember)

    def _remember(self, connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
        self._connections.add(connection.driver_connection)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is one file of one process."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database; None in memory, and for PostgreSQL."""
        name = self.url.database if self.is_sqlite else None
        return Path(name) if name and name != ":memory:" else None

    def create_file(self) -> None:
        """Creates the file where there is none, for its owner's eyes only: it will hold personal data.

        SQLite would make it readable for everybody on the machine; its two other files get the mode of this one. Where
        it cannot be made, whoever opens it says why.
        """
        if self.file is not None:
            with contextlib.suppress(OSError):
                os.close(os.open(self.file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """Opens a transaction: committed at the end, rolled back when an error passes through.

        It begins with its first statement, which costs a quarter less than SQLAlchemy's `engine.begin()`.
        """
        async with self.engine.connect() as tx:
            noted = self.changes.begin(tx)
            yield tx
            await tx.commit()
        self.changes.tell(noted)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """Opens a connection for one statement that reads; on PostgreSQL without a transaction around it.

        Each of BEGIN and COMMIT waits for a turn of the event loop: 0.1 s while a crowd is answered.
        """
        if self.is_sqlite:
            async with self.transaction() as tx:
                yield tx
            return
        async with self.engine.connect() as tx:
            yield await tx.execution_options(isolation_level="AUTOCOMMIT")

    async def close(self) -> None:
        """Lets every connection go."""
        await self.engine.dispose()

    def abort(self) -> None:
        """Hangs up on PostgreSQL at once: whoever waits for an answer gets an error. Leaves SQLite alone."""
        for connection in tuple(self._connections):
            connection.terminate()


def _postgres(url: URL, *, patient: bool) -> AsyncEngine:
    """Makes an engine where no statement, lock or silence holds up a replica for long: work is tried again."""
    limits = {} if patient else {name: str(seconds * 1000) for name, seconds in _LIMIT_SECONDS.items()}
    connecting = {
        "timeout": _CONNECT_SECONDS,
        "command_timeout": None if patient else _ANSWER_SECONDS,
        "server_settings": {"application_name": "ciclo", **limits},
    }
    return create_async_engine(
        url,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=_ANSWER_SECONDS,
        pool_recycle=_RENEWED_SECONDS,
        pool_pre_ping=True,  # a connection that a restart of the server has cut costs nobody an answer
        hide_parameters=True,  # an error must not carry what a person wrote into a log
        connect_args=connecting,
    )


class RollingBackConnection(sqlite3.Connection):
    """Rolls back before it closes: a statement that was cut off and is still referred to would keep the write lock."""

    def close(self) -> None:
        """Lets the lock go, then closes."""
        try:
            self.rollback()
        finally:
            super().close()


def _sqlite(url: URL, lock_seconds: float) -> AsyncEngine:
    """Makes an engine with one connection, taken in turn, because SQLite has one writer at a time."""
    how = {
        "factory": RollingBackConnection,
        "isolation_level": None,  # SQLAlchemy's recipe: sqlite3 begins nothing by itself, the event below does
        "timeout": lock_seconds,
        "cached_statements": _PREPARED_STATEMENTS,
    }
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,  # also in memory, where SQLAlchemy would let transactions mix
        pool_size=1,
        max_overflow=0,
        pool_timeout=60,
        pool_reset_on_return=None,  # whoever began a transaction has ended it: no ROLLBACK more after each
        hide_parameters=True,
        connect_args=how,
    )

    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Takes the write lock at once: a transaction never fails halfway because it read first."""
    adapted = cast("AdaptedConnection", connection.connection.dbapi_connection)
    try:
        adapted.run_async(_begin_immediate)
    except sqlite3.Error as error:
        kind = OperationalError if isinstance(error, sqlite3.OperationalError) else DatabaseError
        raise kind(_BEGIN, None, error, hide_parameters=True) from error
    except BaseException:  # given up: the thread may begin it all the same, and the next one would be inside it
        connection.invalidate()
        raise


_BEGIN = "BEGIN IMMEDIATE"


async def _begin_immediate(connection: aiosqlite.Connection) -> None:
    """Begins by the driver's own method: one hop to its thread; SQLAlchemy's cursor, opened and closed, takes three."""
    await connection.execute(_BEGIN)


def insert_into(tx: Tx, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """Returns an INSERT that can say ON CONFLICT, in the dialect of this transaction."""
    return dialect_insert(tx.dialect.name, table)


def dialect_insert(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """Returns the same by the dialect's name, for statements that are built once."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - 20 ms at every start, for whoever has PostgreSQL

    return postgresql.insert(table)


H = TypeVar("H")
T = TypeVar("T")
Work = Callable[[Tx], Awaitable[T]]

# More would keep the first of them waiting for the last.
_LARGEST_BATCH = 32
# So many pieces of work have a connection to PostgreSQL at once. The others are for whoever sends reminders, holds the
# leader's lease, takes updates in or shows the panel's screen: behind a crowd of 256 they waited for eight seconds.
_MOST_ALONE = 8


_LEAD, _ALONE = object(), object()


@dataclass(frozen=True, slots=True)
class _Waiting:
    subject: Any
    work: "Work[Any]"
    outcome: "asyncio.Future[Any]"  # its result; or _LEAD, to run what waits, or _ALONE, to run it by itself

    def settle(self, outcome: object) -> None:
        """Gives whoever waits the outcome, unless they were cancelled."""
        if not self.outcome.done():
            self.outcome.set_result(outcome)


@dataclass
class TransactionBatcher(Generic[H, T]):
    """Batches on SQLite, which has one writer. On PostgreSQL each piece has a transaction of its own.

    Where one piece fails, all are rolled back and each is run again by itself: so a piece may run twice, and may
    change nothing but its transaction.
    """

    database: Database
    prepare: Callable[[Tx, Sequence[H]], Awaitable[None]]  # runs before all of a transaction, with their subjects
    finish: Callable[[Tx, Sequence[T]], Awaitable[None]]  # runs after all of them, with their results
    _waiting: list[_Waiting] = field(default_factory=list)
    _busy: bool = False
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_MOST_ALONE))

    async def run(self, subject: H, work: "Work[T]") -> T:
        """Returns what the work returns, once it is committed. Raises what the work raises."""
        if not self.database.is_sqlite:
            return await self._alone(subject, work)
        own = _Waiting(subject, work, asyncio.get_running_loop().create_future())
        self._waiting.append(own)
        outcome = await self._outcome(own) if self._busy else _LEAD
        if outcome is _LEAD:
            outcome = await self._lead(own)
        if outcome is _ALONE:
            return await self._alone(subject, work)
        return cast("T", outcome)

    async def _alone(self, subject: H, work: "Work[T]") -> T:
        async with self._turns, self.database.transaction() as tx:
            await self.prepare(tx, [subject])
            result = await work(tx)
            await self.finish(tx, [result])
        return result

    async def _outcome(self, own: _Waiting) -> object:
        try:
            return await own.outcome
        except asyncio.CancelledError:
            if not own.outcome.cancelled() and own.outcome.result() is _LEAD:
                self._hand_over()
            raise

    async def _lead(self, own: _Waiting) -> object:
        """Runs what waits, then leaves it to the next."""
        self._busy = True
        try:
            await asyncio.sleep(0)  # for those that begin in the same moment
            batch = [own, *(each for each in self._waiting if each is not own and not each.outcome.done())][
                :_LARGEST_BATCH
            ]
            self._waiting = [each for each in self._waiting if each not in batch]
            return await self._run_batch(own, batch)
        finally:
            self._waiting = [each for each in self._waiting if each is not own]
            self._hand_over()

    async def _run_batch(self, own: _Waiting, batch: list[_Waiting]) -> object:
        results: list[Any] = []
        try:
            async with self.database.transaction() as tx:
                await self.prepare(tx, [each.subject for each in batch])
                for each in batch:
                    results.append(await each.work(tx))  # noqa: PERF401 - one after the other
                await self.finish(tx, results)
        except BaseException as error:
            for each in batch:
                each.settle(_ALONE)
            if not isinstance(error, Exception):
                raise
            return _ALONE
        for each, result in zip(batch, results, strict=True):
            each.settle(result)
        return results[batch.index(own)]

    def _hand_over(self) -> None:
        following = next((each for each in self._waiting if not each.outcome.done()), None)
        self._busy = following is not None
        if following is not None:
            following.settle(_LEAD)
