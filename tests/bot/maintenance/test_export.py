"""Everything, for other programs: nothing missing, nothing that a spreadsheet computes, for its owner only."""

import csv
import io
import json
import stat
import zipfile
from pathlib import Path

import pytest

from bot.maintenance.export import TABLES, cell, export
from db.engine.database import Database
from tests.support.world.filled import contents, fill

HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    '=HYPERLINK("http://x.org")',
    "＝1",
    "\u202e=1",
    "\u200b=1",
)


@pytest.fixture
async def filled(database_url: str) -> str:
    database = Database(database_url)
    await fill(database, 40)
    await database.close()
    return database_url


async def test_json_lines_hold_every_row_but_no_key(filled: str, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    count = await export(filled, file)
    head, *lines = [json.loads(line) for line in text_of(file).splitlines()]
    assert head["format"] == "ciclo-export/1"
    left_out = {"secrets", "panel_votes", "meeting_answers"}  # keys, who voted for what, who would meet whom
    kept = {name: each.rows for name, each in (await contents(filled)).items() if name not in left_out}
    assert {name: sum(line["table"] == name for line in lines) for name in head["tables"]} == kept
    assert count == len(lines) == sum(kept.values())
    assert any("=1+1" in str(line["row"].get("name")) for line in lines), "JSON needs no mark"


async def test_a_zip_holds_a_csv_a_table_and_no_formula(filled: str, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    await export(filled, file)
    kept = await contents(filled)
    with zipfile.ZipFile(io.BytesIO(bytes_of(file))) as archive:
        assert archive.namelist() == [f"{table.name}.csv" for table in TABLES]
        for table in TABLES:
            text = archive.read(f"{table.name}.csv").decode("utf-8-sig")
            head, *rows = list(csv.reader(io.StringIO(text, newline="")))
            assert head == table.c.keys()
            assert len(rows) == kept[table.name].rows
            assert not [each for row in rows for each in row if each.lstrip(" ").startswith(tuple("=+-@\t\r"))]


@pytest.mark.parametrize("ending", ["jsonl", "zip"])
async def test_only_its_owner_may_read_it(database_url: str, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"all.{ending}"
    await export(database_url, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("value", HOSTILE)
def test_what_a_spreadsheet_would_compute_is_marked_as_text(value: str) -> None:
    assert cell(value) == f"'{value}"


def test_numbers_and_plain_words_stay_as_they_are() -> None:
    """A group's number is negative, and no formula."""
    for value in (-1001234, 1.5, None, True, "Ñandú", "a=b", ""):
        assert cell(value) == value
    assert cell({"a": "=1"}) == '{"a": "=1"}'


def text_of(file: Path) -> str:
    return file.read_text("utf-8")


def bytes_of(file: Path) -> bytes:
    return file.read_bytes()
