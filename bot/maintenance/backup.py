"""Backs up and restores: one SQLite file with everything, made while the bot runs; deletions since are repeated."""

import asyncio
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from db.admin import schema, transfer
from db.admin.snapshot import copy_file, create_private, discard, in_one_file, snapshot, sqlite_url
from db.admin.transfer import SILENT, Progress, Sum, TransferError
from db.engine.database import Database, Tx
from db.engine.database_url import read_url
from db.people import participants


async def backup(url: str, file: Path, progress: Progress = SILENT) -> int:
    """Writes a new file with all there is at this moment; how many rows. Raises TransferError.

    The file appears under its name only when it is whole: a backup that was interrupted is none.
    """
    part = _beside(file)
    try:
        total = await _write(url, part, progress)
        part.rename(file)
    except BaseException:
        discard(part)
        raise
    return total


def _beside(file: Path) -> Path:
    if file.exists():
        raise TransferError(f"{file} exists already: name a new file")
    part = file.with_name(f"{file.name}.part")
    discard(part)  # of a backup that was killed
    return part


async def _write(url: str, part: Path, progress: Progress) -> int:
    address = read_url(url)
    if address.get_backend_name() == "sqlite":
        await asyncio.to_thread(copy_file, Path(address.database or ""), part, progress)
        async with snapshot(sqlite_url(part)) as tx:  # read as a restore would read it
            return _rows(await transfer.sums(tx, progress))
    create_private(part)
    async with snapshot(url) as source:
        total = _rows(await _fill(sqlite_url(part), source, progress))
    await asyncio.to_thread(in_one_file, part)
    return total


async def restore(url: str, file: Path, progress: Progress = SILENT) -> int:
    """Fills the empty database with that backup; how many rows. Raises TransferError."""
    return _rows(await move(sqlite_url(file), url, progress))


async def move(source_url: str, url: str, progress: Progress = SILENT) -> dict[str, Sum]:
    """Moves all data of one database into an empty one, verified; returns the sum of each table.

    Raises TransferError.
    """
    if read_url(source_url) == read_url(url):
        raise TransferError("source and target are the same database")
    async with snapshot(source_url, progress) as source:
        return await _fill(url, source, progress)


async def _fill(url: str, source: Tx, progress: Progress) -> dict[str, Sum]:
    database = Database(url)
    try:
        await schema.upgrade(database)
        async with database.transaction() as target:
            return await transfer.copy(source, target, progress)
    finally:
        await database.close()


def _rows(sums: dict[str, Sum]) -> int:
    return sum(each.rows for each in sums.values())


_MARK_LENGTH = 64


def marks_in(log: Path) -> list[tuple[str, datetime]]:
    """Returns each mark of a deletion in that log, with its moment; other lines are passed over.

    Raises TransferError for a file that is no log of the bot's: taken for one without deletions, whoever asked to be
    deleted would stay.
    """
    is_log, found = False, []
    with log.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            event = _event(line)
            is_log = is_log or bool(event)
            if (mark := _mark(event)) is not None:
                found.append(mark)
    if not is_log:
        raise TransferError(f"{log} has no line of the bot's log: name the one that it wrote since the backup")
    return found


def _event(line: str) -> dict[str, Any]:
    """Returns what a line of the log says, also behind what a journal writes before it; empty for another line."""
    try:
        event = json.loads(line[line.index("{") :])
    except ValueError:
        return {}
    return event if isinstance(event, dict) and ("event" in event or "mark" in event) else {}


def _mark(event: dict[str, Any]) -> tuple[str, datetime] | None:
    try:
        mark, moment = str(event["mark"]), datetime.fromisoformat(event["deleted_at"])
    except (ValueError, KeyError, TypeError):
        return None
    return (mark, moment) if len(mark) == _MARK_LENGTH and moment.tzinfo is not None else None


async def delete_again(url: str, log: Path) -> tuple[int, int]:
    """Deletes whom the log says were deleted; how many it names, and how many of them the backup had brought back.

    Raises TransferError.
    """
    marks = marks_in(log)
    database = Database(url)
    try:
        await schema.upgrade(database)
        async with database.transaction() as tx:
            await participants.record_deletions(tx, marks)
            return len(marks), await participants.delete_restored(tx)
    finally:
        await database.close()
