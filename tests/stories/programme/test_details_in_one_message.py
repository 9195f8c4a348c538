"""What is known of a session in one message, one panelist more, and a file among the materials."""

import pytest

from knowledge.programme.details_parser import parse_details_message
from knowledge.programme.session_details import FIELDS, DetailField
from locales.localized import LANGUAGES, Language
from locales.reply import text
from locales.translator import Translator, load_catalogues
from tests.support.thorough import one_in
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.team import owner

WHOLE = """Enlace: https://zoom.us/j/5
Plataforma: Zoom
Interpretación: español, inglés
Panelistas:
- Ana Díaz - OIM
- Luis Paz
Materiales: Nota - https://example.org/nota.pdf
Grabación: mañana
esto no es nada"""


pytestmark = pytest.mark.one_owner


async def details(olga: Person, number: int = 1) -> None:
    await olga.says(f"/session {number}")
    await olga.presses("Enlace, panelistas y más")


async def kept(world: World) -> dict[str, object]:
    return {row["field"]: row["value"] for row in await rows(world, "session_details") if row["value"] is not None}


async def sends_file(olga: Person, caption: str) -> None:
    """A PDF with a title under it."""
    await olga.does(lambda telegram, me: telegram.sends_document(me, "nota.pdf", caption=caption))


async def test_everything_in_one_message_is_read_back_field_by_field(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await details(olga)
    await olga.presses("Todo en un mensaje")
    assert olga.heard("Enlace:", "Panelistas:"), olga.last
    await olga.says(WHOLE)
    assert olga.heard(
        "todavía no cambió nada",
        "Enlace: https://zoom.us/j/5",
        "Plataforma: Zoom",
        "Interpretación: español e inglés",
        "Ana Díaz (OIM)",
        "Luis Paz",
        "Nota",
        "grabación: El enlace tiene que empezar con https://",
        "No entendí: «esto no es nada»",
    ), olga.last
    assert await kept(world) == {}
    await olga.presses("Guardar lo entendido")
    assert olga.heard("Hecho."), olga.last
    assert set(await kept(world)) == {"link", "platform", "interpretation", "panelists", "materials"}
    await ana.says("¿quiénes exponen en la sesión 1?")
    assert ana.heard("Ana Díaz", "Luis Paz")
    await details(olga)
    await olga.presses("Todo en un mensaje")
    await olga.says("hola")
    assert olga.heard("No entendí: «hola»")
    assert "Guardar lo entendido" not in olga.buttons


@pytest.mark.parametrize(
    "words",
    one_in(2, ["Link: https://zoom.us/j/5\nSpeakers: Ana - OIM", "Lien : https://zoom.us/j/5\nIntervenants : Ana - OIM",
     "Link: https://zoom.us/j/5\nPainelistas: Ana - OIM", "enlace https://zoom.us/j/5\nPANELISTAS\nAna - OIM"]),
)  # fmt: skip
async def test_the_names_of_fields_are_known_in_four_languages(world: World, words: str) -> None:
    olga = owner(world)
    await details(olga)
    await olga.presses("Todo en un mensaje")
    await olga.says(words)
    await olga.presses("Guardar lo entendido")
    assert await kept(world) == {"link": {"url": "https://zoom.us/j/5", "open": False}, "panelists": [["Ana", "OIM"]]}


async def test_one_line_that_is_no_material_loses_no_other(world: World) -> None:
    olga = owner(world)
    await details(olga)
    await olga.presses("Todo en un mensaje")
    await olga.says("Materiales:\nNota - https://example.org/nota.pdf\nsaludos, Olga\nActa - http://x")
    assert olga.heard("Nota", "No entendí: «saludos, Olga»", "No entendí: «Acta - http://x»"), olga.last
    await olga.presses("Guardar lo entendido")
    assert await kept(world) == {"materials": [["Nota", "https://example.org/nota.pdf"]]}


async def test_one_panelist_more_needs_no_retyping(world: World) -> None:
    olga = owner(world)
    await details(olga)
    await olga.presses(": panelistas")
    await olga.says("Ana Díaz - OIM\nLuis Paz")
    await olga.presses("Guardar")
    await olga.presses(": panelistas")
    await olga.presses("Agregar a la lista")
    await olga.says("Eva Ruiz - ACNUR")
    assert olga.heard("Ana Díaz (OIM)", "Luis Paz", "Eva Ruiz (ACNUR)"), olga.last
    await olga.says("Leo Sol")
    assert olga.heard("Ana Díaz (OIM)", "Eva Ruiz (ACNUR)", "Leo Sol"), olga.last
    await olga.presses("Guardar")
    assert (await kept(world))["panelists"] == [
        ["Ana Díaz", "OIM"], ["Luis Paz", ""], ["Eva Ruiz", "ACNUR"], ["Leo Sol", ""],
    ]  # fmt: skip
    await olga.presses(": panelistas")
    await olga.presses("Agregar a la lista")
    await olga.says("\n".join(f"Persona {each}" for each in range(9)))
    assert olga.heard("Son demasiadas líneas: hasta 12"), olga.last


async def test_a_file_is_a_material(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await details(olga)
    await olga.presses(": materiales")
    await sends_file(olga, "")
    assert olga.heard("con su título"), olga.last
    await sends_file(olga, "Presentación <1>")
    assert olga.heard("Presentación <1> (archivo)"), olga.last
    await olga.presses("Guardar")
    await ana.says("/sesiones 1")
    await ana.presses("Materiales")
    assert ana.heard("Presentación <1> (archivo)")
    await ana.presses("Presentación <1>")
    assert ana.chat[-1].media is not None
    assert ana.chat[-1].media["file_name"] == "nota.pdf"
    await ana.forges("df:1:7")
    assert ana.heard("Materiales")


LABELS = [(language, field) for language in LANGUAGES for field in FIELDS]


@pytest.mark.parametrize(("language", "field"), LABELS)
async def test_each_name_that_a_button_shows_begins_its_field(language: Language, field: DetailField) -> None:
    """The French button says "panélistes", and the message was read without them."""
    label = Translator(load_catalogues, "UTC").reader(language, None).plain(text(f"detail.label.{field}"))
    value = "https://example.org/a" if field in {"link", "recording"} else "Guide - https://example.org/g.pdf"
    for words in (f"{label.title()}: {value}", f"{label.upper()} : {value}", f"{label}:\n{value}"):
        found = parse_details_message(words)
        assert field in {*found.values, *found.problems}, words


async def test_what_a_new_detail_takes_the_place_of_is_said_before_it_is_saved(world: World) -> None:
    olga = owner(world)
    await details(olga)
    await olga.presses("Todo en un mensaje")
    await olga.says("Plataforma: Zoom\nPanelistas:\nAna Díaz - OIM\nLuis Paz")
    assert not olga.heard("En lugar de")
    await olga.presses("Guardar lo entendido")
    await olga.presses("Cambiar: plataforma")
    await olga.says("Teams")
    assert olga.heard("Plataforma: Teams", "En lugar de:", "Plataforma: Zoom")
    await details(olga)
    await olga.presses("Cambiar: panelistas")
    await olga.says("Rosa Gil - ACNUR")
    assert olga.heard("Reemplaza la lista que hay (panelistas: 2)", "«Agregar a la lista»")
    await details(olga)
    await olga.presses("Cambiar: panelistas")
    await olga.presses("Agregar a la lista")
    await olga.says("Rosa Gil - ACNUR")
    assert not olga.heard("Reemplaza")
    await details(olga)
    await olga.presses("Todo en un mensaje")
    await olga.says("Plataforma: Zoom\nPanelistas: Rosa Gil - ACNUR")
    assert olga.heard("Reemplaza la lista que hay (panelistas: 2)")
    assert not olga.heard("En lugar de")
