"""The list of registrations: counted, searched, read one by one, and taken away as files that other programs open."""

import csv
import io
from collections import Counter
from datetime import datetime

import pytest
from openpyxl import load_workbook

from handlers.organizer.people.spreadsheet import Sheet, as_csv
from locales.reply import Value
from tests.support.world.crowd import registered, someone
from tests.support.world.documents import file_of, sheets
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.team import audit_of, joined, owner

pytestmark = pytest.mark.one_owner


FORMULA = '=HYPERLINK("http://example.org";"¿Quién?")'


async def with_a_crowd(world: World, number: int = 20) -> Person:
    """Olga, and that many people on the list; two of them are somebody in particular."""
    olga = owner(world)
    await olga.says("/start")
    crowd = [someone(each) for each in range(number - 2)]
    crowd.append(someone(98, name="Ángela Ñandú", organization=FORMULA, country="HT", zone="America/Port-au-Prince"))
    crowd.append(someone(99, name="@SUM(A1)", organization="-2+3", email="casa@red.example", country="CL"))
    await registered(world, crowd)
    return olga


async def test_counts_for_everybody_of_the_team_and_the_list_for_organizers(world: World) -> None:
    olga = await with_a_crowd(world)
    vera = await joined(world, olga, label="Invitar con solo lectura")
    await vera.says("/participantes")
    assert vera.heard(
        "20 personas inscritas", "Sesión 1: 20 con lugar, 0 en espera", "Sesión 2: 15 con lugar, 5 en espera"
    )
    assert vera.buttons == ["Menú"]
    await olga.says("/participants")
    assert olga.buttons == ["Buscar", "Ver la lista", "Descargar", "Menú"]


async def test_a_search_needs_no_accents(world: World) -> None:
    olga = await with_a_crowd(world)
    for words in ("angela ñandu", "haiti ANGELA", "hyperlink"):
        await olga.says("/participants")
        await olga.presses("Buscar")
        await olga.says(words)
        assert olga.heard("Encontré 1 inscripción", "Ángela Ñandú", "Haití"), (words, olga.last)
    await olga.presses("1")
    assert olga.heard(
        "Ángela Ñandú",
        f"Organización: {FORMULA}",
        "Sector: Agencia o programa de la ONU",
        "País: Haití",
        "Correo electrónico: nada",
    )
    assert olga.heard("Su reloj (Puerto Príncipe): 11:00", "Con lugar en: 1 y 2")
    await olga.presses("Lo encontrado")
    assert olga.heard("Encontré 1 inscripción")
    await olga.says("¿cuándo es la sesión 2?")
    assert olga.heard("29 de octubre")


async def test_a_search_by_e_mail_and_one_that_finds_nobody(world: World) -> None:
    olga = await with_a_crowd(world)
    for words, found in (("casa@red", 1), ("persona 0003", 1), ("nadie", 0), ("%", 0), ("chile casa", 1)):
        await olga.says("/participants")
        await olga.presses("Buscar")
        await olga.says(words)
        assert olga.heard(f"Encontré {found} "), words


async def test_the_list_has_pages(world: World) -> None:
    olga = await with_a_crowd(world)
    await olga.says("/participants")
    await olga.presses("Ver la lista")
    assert olga.heard("Página 1 de 3", "1. @SUM(A1)")
    await olga.presses("Siguientes")
    await olga.presses("Siguientes")
    assert olga.heard("Página 3 de 3", "20. Ángela Ñandú")


async def test_who_is_gone_meanwhile_is_gone(world: World) -> None:
    olga = await with_a_crowd(world)
    await olga.says("/start")
    await olga.forges("pt:c:987654")
    assert olga.heard("Esa inscripción ya no está")


async def test_a_workbook_holds_everything_and_no_formula(world: World) -> None:
    olga = await with_a_crowd(world)
    await olga.says("/participants")
    await olga.presses("Descargar")
    assert olga.heard("20 personas inscritas")
    await olga.presses("Excel")
    assert olga.heard(
        "20 inscripciones: todas las sesiones · todos los países · todos los sectores", "datos personales"
    )
    name, content = file_of(world, olga)
    assert name == "ciclo-2024-10-22.xlsx"
    book = sheets(content)
    assert list(book) == ["Inscripciones", "sesión 1", "sesión 2", "sesión 3", "sesión 4", "Cifras"]
    heading, *people = book["Inscripciones"]
    assert heading[:6] == ("Nombre", "Organización", "Sector", "País", "Correo electrónico", "Apoyos")
    assert len(people) == 20
    angela = dict(zip(heading, next(row for row in people if row[0] == "Ángela Ñandú"), strict=True))
    assert angela["Organización"] == FORMULA
    assert angela["Zona horaria"] == "America/Port-au-Prince"
    utc, local = angela["Inscripción (UTC)"], angela["Inscripción (hora local)"]
    assert isinstance(utc, datetime)
    assert (utc - local).total_seconds() == 4 * 3600
    assert [row[0] for row in book["sesión 2"][1:]] == ["con lugar"] * 15 + ["en espera"] * 5
    assert len(book["sesión 3"]) == 1
    formulas = [cell for page in load_workbook(io.BytesIO(content)).worksheets for row in page for cell in row]
    assert {cell.data_type for cell in formulas if cell.value is not None} <= {"s", "n", "d"}
    counted = {(row[0], row[1]): row[2] for row in book["Cifras"][1:]}
    countries = Counter(row["country"] for row in await rows(world, "registrations"))
    assert counted["Inscripciones en total", None] == 20
    assert counted["Por país", "Argentina"] == countries["AR"]
    assert counted["en espera", "sesión 2"] == 5


async def test_a_segment_is_chosen_by_session_country_and_sector(world: World) -> None:
    olga = await with_a_crowd(world)
    await olga.says("/participants")
    await olga.presses("Descargar")
    await olga.presses("Sesión:")
    await olga.presses("sesión 2")
    await olga.presses("País:")
    await olga.presses("Haití")
    await olga.presses("Sector:")
    await olga.presses("Agencia o programa de la ONU")
    here = [each for each in await rows(world, "registrations") if (each["country"], each["sector"]) == ("HT", "un")]
    assert olga.heard(f"{len(here)} persona")
    await olga.presses("Texto (CSV)")
    name, content = file_of(world, olga)
    assert name == "ciclo-2024-10-22-s2-HT-un.csv"
    table = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert {each["Nombre"] for each in table} == {each["name"] for each in here}
    assert {each["País"] for each in table} == {"Haití"}
    assert {each["Lugar"] for each in table} <= {"con lugar", "en espera"}
    assert table[0]["Comienza (UTC)"] == "2024-10-29 17:00"


async def test_a_csv_file_is_no_program(world: World) -> None:
    olga = await with_a_crowd(world)
    await olga.says("/participants")
    await olga.presses("Descargar")
    await olga.presses("Texto (CSV)")
    _, content = file_of(world, olga)
    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert len(table) == 21
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'@SUM(A1)" in [row[0] for row in table]
    assert f"'{FORMULA}" in [row[1] for row in table]


@pytest.mark.parametrize(("language", "sign"), [("es", ";"), ("pt", ";"), ("en", ","), ("fr", ";")])
async def test_excel_opens_a_csv_file_in_columns(world: World, language: str, sign: str) -> None:
    """What stands between cells is what the spreadsheets of that language expect."""
    olga = await with_a_crowd(world)
    await olga.forges(f"lang:{language}")
    await olga.forges("px:0:-:-:csv")
    heading = file_of(world, olga)[1].decode("utf-8-sig").splitlines()[0]
    assert len(next(csv.reader([heading], delimiter=sign))) > 10, heading


def _say(value: Value) -> str:
    return value if isinstance(value, str) else ","


@pytest.mark.parametrize("begins", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1"])
def test_every_dangerous_beginning_gets_an_apostrophe(begins: str) -> None:
    (row,) = list(csv.reader(io.StringIO(as_csv(Sheet("x", (), [(begins,)]), _say).decode("utf-8-sig"), newline="")))[
        1:
    ]
    assert row == [f"'{begins}"]


async def test_what_was_seen_and_taken_is_in_the_log_as_counts(world: World) -> None:
    olga = await with_a_crowd(world)
    await olga.says("/participants")
    await olga.presses("Buscar")
    await olga.says("ángela")
    await olga.presses("1")
    await olga.forges("px:2:HT:-:csv")
    kept = await audit_of(world)
    assert kept[:3] == [("searched", {"n": 1}), ("listed", {"n": 1}), ("card", {"n": 1})]
    assert kept[3][0] == "exported"
    assert kept[3][1].keys() == {"n", "kind", "session", "country"}
    assert "ngela" not in repr(kept)
    assert "ngela" not in repr(await rows(world, "dialogs")), "what was looked for is not kept either"
    await olga.says("/team log")
    assert olga.heard("descargó 3 inscripciones (CSV, sesión 2 y Haití)")


async def test_a_file_is_in_the_readers_language(world: World) -> None:
    olga = await with_a_crowd(world)
    for command, label, first in (
        ("/idioma", "Português", "Inscrições"),
        ("/language", "English", "Registrations"),
        ("/language", "Français", "Inscriptions"),
    ):
        await olga.says(command)
        await olga.presses(label)
        await olga.forges("px:0:-:-:xlsx")
        assert next(iter(sheets(file_of(world, olga)[1]))) == first


async def test_a_segment_that_does_not_exist_is_none(world: World) -> None:
    olga = await with_a_crowd(world)
    before = len(await audit_of(world))
    for data in ("px:9:-:-:csv", "px:0:-:nonsense:csv"):
        await olga.says("/participants")
        await olga.forges(data)
        assert olga.heard("Descargar inscripciones")
    assert len(await audit_of(world)) == before
