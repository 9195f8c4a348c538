"""A database with rows in every table, whatever tables there are: what a move or a backup must bring over."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Integer, String, Table, insert

from db.admin.transfer import Sum, sums
from db.engine.database import Database, Instant, Tx
from db.tables import metadata, sessions

SESSIONS = 4
_ODD = ("Ñandú", "=1+1", "<b>&", "日本語", "👩‍👩‍👧", "'; DROP TABLE participants; --", "a\nb\tc", "")
_MOMENT = datetime(2024, 10, 22, 12, tzinfo=UTC)


async def fill(database: Database, people: int) -> None:
    """That many people with everything: a row in each table, one a session where sessions are in its key."""
    async with database.transaction() as tx:
        for table in metadata.sorted_tables:
            await _fill_table(tx, table, people)


async def _fill_table(tx: Tx, table: Table, people: int) -> None:
    rows = _rows(table, people)
    while some := list(islice(rows, 2_000)):
        await tx.execute(insert(table), some)


def _rows(table: Table, people: int) -> Iterator[dict[str, Any]]:
    key = [column.name for column in table.primary_key.columns]
    if key == ["session_id"]:  # a row a session, whoever there is
        yield from (
            {column.name: _value(column, number, number) for column in table.c} for number in range(1, SESSIONS + 1)
        )
        return
    per_session = "session_id" in key
    for number in range(1, (SESSIONS if table is sessions else people) + 1):
        for session in range(1, (SESSIONS if per_session else 1) + 1):
            yield {column.name: _value(column, number, session) for column in table.c}


def _value(column: "Column[Any]", number: int, session: int) -> Any:  # noqa: ANN401 - whatever the column holds
    for key in column.foreign_keys:
        return session if key.column.table is sessions else number
    kinds: list[tuple[type, Any]] = [
        (Boolean, number % 2 == 0),
        (Instant, _MOMENT + timedelta(seconds=number, microseconds=number % 1_000_000)),
        (JSON, {"z": [number, None, 1.5], "a": _ODD[number % len(_ODD)]}),
        # No id counts from 1 without a gap in a database that has lived.
        (BigInteger, 5_000_000_000 + number if column.name != "id" else number),
        (Float, number + 0.5),
        (Integer, number),
        (String, f"{number}{_ODD[number % len(_ODD)]}"[: getattr(column.type, "length", None)]),
    ]
    value = next(value for kind, value in kinds if isinstance(column.type, kind))
    return None if column.nullable and number % 3 == 0 else value


async def contents(url: str) -> dict[str, Sum]:
    """The sum of each table there."""
    database = Database(url)
    async with database.transaction() as tx:
        found = await sums(tx)
    await database.close()
    return found
