"""Moments in the database: the type of a column that holds one, and the server's own clock in SQL."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, DateTime, literal_column
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeDecorator

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
