"""Files of registrations with hostile names: opened again, each cell is the text that was typed, and no formula."""

import csv
import io

import pytest
from openpyxl import load_workbook

from tests.support.world.crowd import registered, someone
from tests.support.world.documents import file_of, sheets
from tests.support.world.people import Person, World
from tests.support.world.team import owner

NAMES = (
    '=HYPERLINK("http://example.org";"x")',
    " =1+1",
    "\u200b=1+1",
    "\u202e=1+1 drawkcab",
    "+54 11 5555",
    "-2+3",
    "@SUM(A1:A9)",
    "＝1+1",
    "Ana\nPaz; Beto, \"Carla\"\t'Dora'",
    "محمد الأمين",
    "A" * 120,
    "'; DROP TABLE participants; --",
    "👩‍👩‍👧 Ñandú",
)
STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# What a spreadsheet or a reader does not show before the sign.
UNSEEN = " \u200b\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068\ufeff\u00a0"


pytestmark = pytest.mark.one_owner


async def asked(world: World, kind: str) -> tuple[Person, bytes]:
    olga = owner(world)
    await olga.says("/start")
    await registered(world, [someone(number, name=name, organization=name) for number, name in enumerate(NAMES)])
    await olga.says("/participants")
    await olga.presses("Descargar")
    await olga.presses(kind)
    return olga, file_of(world, olga)[1]


async def test_a_workbook_holds_each_name_as_text(world: World) -> None:
    _, content = await asked(world, "Excel")
    assert {row[0] for row in sheets(content)["Inscripciones"][1:]} == set(NAMES)
    cells = [cell for page in load_workbook(io.BytesIO(content)).worksheets for row in page for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink is not None]


async def test_a_csv_holds_each_name_and_none_that_is_calculated(world: World) -> None:
    _, content = await asked(world, "CSV")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len({len(row) for row in rows}) == 1, "a line break or a quote in a name does not move columns"
    found = [row[0] for row in rows[1:]]
    assert {each.removeprefix("'") for each in found} == {each.removeprefix("'") for each in NAMES}
    assert not [cell for row in rows for cell in row if cell.lstrip(UNSEEN).startswith(STARTS)]
