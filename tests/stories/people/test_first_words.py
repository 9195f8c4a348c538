"""The first words on a small phone: two lines, the next session with its hour, six buttons; a closing after the end."""

import pytest

from tests.support.world.people import World
from tests.support.world.registration import ana_of, registers

_TWO_LINES = 74  # letters in a bubble on a screen of 390 points


@pytest.mark.parametrize(
    ("language", "greeting", "hour"),
    [("es", "hola", "14:00"), ("pt", "olá", "14:00"), ("en", "hello", "14:00"), ("fr", "bonjour", "14")],
)
async def test_start_and_a_greeting_fit_a_small_phone(
    shared_world: World, language: str, greeting: str, hour: str
) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says("/start")
    first = ana.last
    assert len(first.split("\n")[0]) <= _TWO_LINES
    assert hour in first
    assert len(ana.buttons) <= 6
    for words in (greeting, f"{greeting.capitalize()}!"):
        await ana.says(words)
        assert ana.last == first
        assert len(ana.buttons) <= 6


async def test_more_leads_to_everything_else(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/start")
    assert ana.buttons == ["Sesiones", "Inscribirme", "Recordatorios", "Zona horaria", "Objetivos", "Más"]
    await ana.presses("Más")
    assert ana.buttons[:-1] == ["Principios", "Buenas prácticas", "Calendario", "Idioma", "Mis datos", "Ayuda"]
    await ana.presses("Menú")
    assert "Inscribirme" in ana.buttons


async def test_who_has_told_where_they_are_finds_the_calendar_in_its_place(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/start")
    await ana.forges("z:America/Lima")
    await ana.says("/start")
    assert ana.heard("12:00", "Lima")
    assert ana.buttons == ["Sesiones", "Inscribirme", "Recordatorios", "Calendario", "Objetivos", "Más"]
    await ana.presses("Más")
    assert "Zona horaria" in ana.buttons


async def test_after_the_end_there_is_a_closing_and_nothing_to_register_for(world: World) -> None:
    ana = world.person("Ana")
    await world.turn_to("2024-11-13 12:00")
    for words in ("/start", "hola", "/ayuda", "/nada", "/cancelar"):
        await ana.says(words)
        assert not {"Inscribirme", "Recordatorios", "Calendario"} & set(ana.buttons), words
    await ana.says("/start")
    assert ana.heard("El ciclo ha terminado", "martes 12 de noviembre de 2024", "Gracias")
    assert len(ana.buttons) <= 6


async def test_a_greeting_with_a_question_is_answered(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("hola, ¿cuándo es la sesión 2?")
    assert ana.heard("29 de octubre")


async def test_who_is_registered_is_not_asked_to_register_again(shared_world: World) -> None:
    ana = ana_of(shared_world)
    await registers(ana)
    await ana.says("hola")
    assert "Mi inscripción" in ana.buttons
    assert "Inscribirme" not in ana.buttons
    assert len(ana.buttons) <= 6
