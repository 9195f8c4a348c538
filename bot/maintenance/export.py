"""Exports everything as JSON Lines or as a zip of CSV files. Personal data: for the owner only."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Table, select

from db.admin.snapshot import create_private, discard, snapshot
from db.admin.transfer import SILENT, Progress, TransferError, batches, rows_in
from db.delivery.outbox import ANSWER, PANEL, PANEL_ANSWER
from db.engine.database import Tx
from db.feedback import feedback
from db.tables import meeting_answers, metadata, panel_questions, panel_votes, secrets

FORMAT = "ciclo-export/1"
# A spreadsheet takes a cell that begins so for a formula. Source: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Signs that are not seen, which some programs drop before they look: spaces, marks of direction and of width.
_UNSEEN = " \u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
# The key of the marks of deletion would tell whose they are; and nobody of the team is to know who voted for what,
# or who would like to meet whom.
TABLES = tuple(table for table in metadata.sorted_tables if table not in {secrets, panel_votes, meeting_answers})


# What says to a single person what became of a question to a panel: to who asked it and who voted for it.
_ABOUT_PANEL = (PANEL, PANEL_ANSWER)


@dataclass(frozen=True, slots=True)
class _Nobody:
    """Which questions were asked by somebody who did not want to be named: no row of an export leads to them."""

    panel: frozenset[int]
    inbox: frozenset[int]  # the same, once they were passed on to the team

    @classmethod
    async def read(cls, tx: Tx) -> "_Nobody":
        """Reads them from that database."""
        unnamed = select(panel_questions.c.id, panel_questions.c.question_id).where(panel_questions.c.shown != "name")
        rows = (await tx.execute(unnamed)).all()
        return cls(frozenset(row.id for row in rows), frozenset(row.question_id for row in rows if row.question_id))

    def without_traces(self, table: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """Returns the row without what leads from such a question, an answer or a vote to a person."""
        if table == "panel_questions" and row["id"] in self.panel:
            return {**row, "participant_id": None, "asked_at": _day(row["asked_at"]), "changed_at": None}
        if table == "questions" and row["id"] in self.inbox:
            return {**row, "participant_id": None, "asked_at": _day(row["asked_at"])}
        if table == "outbox" and self._is_about_one(row):
            return {**row, "participant_id": None, "message_id": None}
        if table == "dialogs" and row["name"] in _UNSENT:
            return {**row, "answers": {}}
        return {**row, "payload": None} if table == "inbox" else row

    def _is_about_one(self, row: Mapping[str, Any]) -> bool:
        """Returns whether that message goes to who asked such a question, or voted; not those to the team."""
        passed_on = row["kind"] == ANSWER and row["payload"].get("question") in self.inbox
        return row["kind"] in _ABOUT_PANEL or passed_on


def _day(moment: datetime) -> str:
    """Returns the day alone: a minute would tell who was writing then."""
    return moment.date().isoformat()


# Conversations in which words are typed that will be nobody's: a question to a panel, a sentence after a session.
_UNSENT = frozenset({"panel", feedback.DIALOG})


async def export(url: str, file: Path, progress: Progress = SILENT) -> int:
    """Writes a new file, .jsonl or .zip by its name; how many rows. Raises TransferError."""
    write = {".jsonl": _lines, ".zip": _zip}.get(file.suffix)
    if write is None:
        raise TransferError(f"{file}: name it .jsonl for JSON Lines or .zip for CSV files")
    create_private(file)
    try:
        async with snapshot(url, progress) as tx:
            progress.begin("Writing rows", await rows_in(tx, TABLES))
            return await write(tx, file, progress)
    except BaseException:
        discard(file)
        raise


async def _lines(tx: Tx, file: Path, progress: Progress) -> int:
    """Writes first what this is, then a line a row: {"table": …, "row": {…}}."""
    count = 0
    with file.open("w", encoding="utf-8") as out:
        out.write(json.dumps({"format": FORMAT, "tables": [table.name for table in TABLES]}) + "\n")
        nobody = await _Nobody.read(tx)
        for table in TABLES:
            async for some in batches(tx, table):
                count += len(some)
                for row in some:
                    values = {name: _plain(value) for name, value in _shown(nobody, table, row).items()}
                    out.write(json.dumps({"table": table.name, "row": values}, ensure_ascii=False) + "\n")
                progress.advance(len(some))
    return count


async def _zip(tx: Tx, file: Path, progress: Progress) -> int:
    """Writes a CSV file a table, with its columns' names; signed as UTF-8, so that spreadsheets show accents."""
    count, nobody = 0, await _Nobody.read(tx)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TABLES:
            with archive.open(f"{table.name}.csv", "w", force_zip64=True) as raw:
                out = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
                count += await _csv(tx, table, nobody, out, progress)
                out.detach()
    return count


async def _csv(tx: Tx, table: Table, nobody: _Nobody, out: TextIO, progress: Progress) -> int:
    count = 0
    writer = csv.writer(out)
    writer.writerow(table.c.keys())
    async for some in batches(tx, table):
        writer.writerows(_cells([*_shown(nobody, table, row).values()]) for row in some)
        count += len(some)
        progress.advance(len(some))
    out.flush()
    return count


def _shown(nobody: _Nobody, table: Table, row: Sequence[Any]) -> Mapping[str, Any]:
    return nobody.without_traces(table.name, dict(zip(table.c.keys(), row, strict=True)))


def _cells(row: Sequence[Any]) -> list[Any]:
    return [cell(_plain(value)) for value in row]


def cell(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Returns a value as a CSV cell that no spreadsheet computes: what looks like a formula is marked as text."""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value.lstrip(_UNSEEN).startswith(_FORMULA) else value


def _plain(value: Any) -> Any:  # noqa: ANN401 - the same
    return value.isoformat() if isinstance(value, datetime) else value
