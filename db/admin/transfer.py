"""Copies every table from one database into another of either kind, in order of foreign keys, and verifies each row."""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Row, Table, func, insert, null, select, text
from sqlalchemy.exc import DBAPIError

from db.engine.database import Tx
from db.tables import metadata

# What is held in memory at a time, however long a table is.
BATCH = 1_000
_DIGEST_BYTES = 16


class Progress:
    """Is told how far a long copy has come, and shows nothing; bot/maintenance/progress.py draws bars."""

    def begin(self, step: str, total: int) -> None:
        """Notes that a step begins, and how many rows or pages it has."""

    def advance(self, count: int) -> None:
        """Notes that so many more rows or pages of that step are done."""


SILENT = Progress()


class TransferError(Exception):
    """The data was not moved; the target is as it was."""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows a table has, and a number that changes with any value of any of them, but not with their order."""

    rows: int = 0
    check: int = 0

    def plus(self, rows: Sequence[Sequence[Any]]) -> "Sum":
        """Adds those rows. Databases sort differently, so the rows' digests are added up."""
        check = self.check + sum(_digest(row) for row in rows)
        return Sum(self.rows + len(rows), check % 256**_DIGEST_BYTES)


def _digest(row: Sequence[Any]) -> int:
    plain = json.dumps([*row], default=_plain, sort_keys=True, separators=(",", ":"))
    return int.from_bytes(hashlib.blake2b(plain.encode(), digest_size=_DIGEST_BYTES).digest())


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else repr(value)


async def batches(tx: Tx, table: Table) -> AsyncIterator[Sequence[Row[Any]]]:
    """Yields all rows of that table, some at a time."""
    async with tx.stream(select(table)) as rows:
        async for some in rows.partitions(BATCH):
            yield some


async def rows_in(tx: Tx, tables: Sequence[Table]) -> int:
    """Counts the rows that those tables have together."""
    return sum([(await tx.execute(select(func.count()).select_from(each))).scalar_one() for each in tables])


async def sums(tx: Tx, progress: Progress = SILENT) -> dict[str, Sum]:
    """Returns the sum of each table."""
    progress.begin("Comparing rows", await rows_in(tx, metadata.sorted_tables))
    found = {}
    for table in metadata.sorted_tables:
        found[table.name] = Sum()
        async for some in batches(tx, table):
            found[table.name] = found[table.name].plus(some)
            progress.advance(len(some))
    return found


async def copy(source: Tx, target: Tx, progress: Progress = SILENT) -> dict[str, Sum]:
    """Writes every row of the source into the empty target and reads it back; the sum of each table.

    Raises TransferError, whereupon the target's transaction must not be committed.
    """
    try:
        await _take_for_ourselves(target)
        await _refuse_what_is_not_empty(target)
        progress.begin("Copying rows", await rows_in(source, metadata.sorted_tables))
        read = {table.name: await _copy_table(source, target, table, progress) for table in metadata.sorted_tables}
        await _go_on_counting(target)
        _compare(read, await sums(target, progress))
    except DBAPIError as error:
        # Not the whole message: it may quote a row.
        raise TransferError(f"the database refused a row ({type(error.orig).__name__}): nothing was moved") from error
    return read


async def _copy_table(source: Tx, target: Tx, table: Table, progress: Progress) -> Sum:
    total = Sum()
    async for some in batches(source, table):
        total = total.plus(some)
        await target.execute(insert(table), [_values(table, row) for row in some])
        progress.advance(len(some))
    return total


def _values(table: Table, row: Row[Any]) -> dict[str, Any]:
    """Returns the row as an INSERT takes it.

    Without help SQLAlchemy would write a missing JSON value as a JSON null.
    """
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name
    return {
        column.name: null()
        if values[column.name] is None and column.nullable and isinstance(column.type, JSON)
        else values[column.name]
        for column in table.c
    }


async def unhurried(tx: Tx) -> None:
    """Lifts the time limits: whole tables take longer than the statements of every day may."""
    if tx.dialect.name == "postgresql":
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            await tx.execute(text(f"SET LOCAL {limit} = 0"))


async def _take_for_ourselves(target: Tx) -> None:
    """Locks the tables, so that nobody else writes until all is there: a bot that was started too early waits."""
    await unhurried(target)
    if target.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        await target.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))


async def _refuse_what_is_not_empty(target: Tx) -> None:
    for table in metadata.sorted_tables:
        if (await target.execute(select(table).limit(1))).first() is not None:
            raise TransferError(
                f"the target is not empty (table {table.name} has rows): name a database that no bot has used yet"
            )


async def _go_on_counting(target: Tx) -> None:
    """Sets the sequences: PostgreSQL counts row ids in them, which know nothing of rows that brought theirs along."""
    if target.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        counted = table.autoincrement_column
        if counted is not None:
            last = (await target.execute(select(func.max(counted)))).scalar_one()
            sequence = func.pg_get_serial_sequence(table.name, counted.name)
            await target.execute(select(func.setval(sequence, last or 1, last is not None)))


def _compare(read: Mapping[str, Sum], written: Mapping[str, Sum]) -> None:
    wrong = [name for name in read if read[name] != written[name]]
    if wrong:
        raise TransferError(f"what was written is not what was read (table {wrong[0]}): nothing was moved")
