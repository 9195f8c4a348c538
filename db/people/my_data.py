"""Exports everything that is kept about one person, table by table."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, select

from db.engine.database import Tx
from db.tables import metadata, participants, sessions

# Columns that only record how a message is delivered.
_NOT_EXPORTED = frozenset({"owner", "lease_until", "attempts"})


def tables_with_people() -> list[Table]:
    """Returns every table with rows of people, found by its column, so that a new table is not forgotten."""
    return [each for each in metadata.sorted_tables if "participant_id" in each.c]


async def export_person(tx: Tx, participant_id: int) -> dict[str, Any]:
    """Returns their rows, ready for JSON; moments in ISO 8601 and UTC, sessions by cycle and number."""
    exported = await _rows(tx, participants, participant_id)
    for table in tables_with_people():
        exported |= await _rows(tx, table, participant_id)
    await _name_sessions(tx, exported)
    return exported


async def _rows(tx: Tx, table: Table, participant_id: int) -> dict[str, list[dict[str, Any]]]:
    person_column = table.c.id if table is participants else table.c.participant_id
    columns = [column for column in table.c if column.name not in _NOT_EXPORTED]
    found = await tx.execute(select(*columns).where(person_column == participant_id))
    hidden = {"id", "participant_id"}
    return {
        table.name: [
            {name: _plain(value) for name, value in row._mapping.items() if name not in hidden}  # noqa: SLF001 - SQLAlchemy's public name
            for row in found
        ]
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return value.isoformat() if isinstance(value, datetime) else value


async def _name_sessions(tx: Tx, exported: dict[str, list[dict[str, Any]]]) -> None:
    known = {row.id: f"{row.cycle}/{row.number}" for row in await tx.execute(select(sessions))}
    for rows in exported.values():
        for row in rows:
            if "session_id" in row:
                row["session"] = known.get(row.pop("session_id"))
