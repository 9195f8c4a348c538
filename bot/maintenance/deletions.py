"""Repeats deletions that a restored backup does not know of, from the log, which holds no personal data."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from db.admin import schema
from db.engine.database import Database
from db.people import participants

_MARK_LENGTH = 64


def marks_in(log: Path) -> Iterator[tuple[str, datetime]]:
    """Yields each mark of a deletion in that log, with its moment; other lines are passed over."""
    with log.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                event = json.loads(line[line.index("{") :])
                mark, moment = str(event["mark"]), datetime.fromisoformat(event["deleted_at"])
            except (ValueError, KeyError, TypeError):
                continue
            if len(mark) == _MARK_LENGTH and moment.tzinfo is not None:
                yield mark, moment


async def delete_again(url: str, log: Path) -> int:
    """Deletes whom the log says were deleted; how many the backup had brought back."""
    database = Database(url)
    try:
        await schema.upgrade(database)
        async with database.transaction() as tx:
            await participants.record_deletions(tx, marks_in(log))
            return await participants.delete_restored(tx)
    finally:
        await database.close()
