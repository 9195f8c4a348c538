"""Each reminder has its purpose, and none turns false when it is read late."""

import re

import pytest

from tests.support.world.people import Person, World
from tests.support.world.reminders import subscribes

ROOM = "https://zoom.example.org/j/73195"
# language, "all sessions" on the button, a day, an hour and ten minutes before, after the start
WORDS = [
    ("es", "Activar en todas", ["Inicio: en 1 día", "Inicio: en 1 hora", "Inicio: en 10 minutos"]),
    ("pt", "Ativar em todas", ["Início: em 1 dia", "Início: em 1 hora", "Início: em 10 minutos"]),
    ("en", "Turn on for all", ["Start: in 1 day", "Start: in 1 hour", "Start: in 10 minutes"]),
    (
        "fr",
        "Activer pour toutes",
        [f"Début\u00a0: dans {left}" for left in ("1 jour", "1 heure", "10 minutes")],
    ),
]
PREPARE = {"es": "Para prepararse", "pt": "Para se preparar", "en": "To prepare", "fr": "Pour vous préparer"}
BEFORE_SESSION_1 = ["2024-10-22 17:00", "2024-10-23 16:00", "2024-10-23 16:50"]
# Verbs of the present that a phone would put before "an hour ago".
PRESENT = re.compile(r"comienza|empieza|começa|starts|begins|commence |under way|en curso|acontecendo", re.IGNORECASE)


async def in_order(world: World, person: Person, label: str) -> list[str]:
    """Asks for all reminders, and returns the three of session 1."""
    await person.says("/reminders")
    await person.presses(label)
    came = []
    for moment in BEFORE_SESSION_1:
        await world.turn_to(moment)
        came.append(person.last)
    return came


@pytest.mark.parametrize(("language", "label", "starts"), WORDS)
async def test_what_the_phone_renders_later_is_no_nonsense_and_the_three_differ_by_purpose(
    world: World, language: str, label: str, starts: list[str]
) -> None:
    """ "Inicio: hace 1 hora" is true; "Comienza hace 1 hora" was said."""
    ana = world.person("Ana", language=language)
    came = await in_order(world, ana, label)
    assert [each.split("\n")[1] for each in came] == starts
    assert not any(PRESENT.search(each) for each in came)
    day, hour, door = came
    assert [PREPARE[language] in each for each in (day, hour, door)] == [True, False, False], starts
    assert ["2, 5" in each for each in (day, hour, door)] == [True, False, False], "what it covers"
    assert ["2024" in each for each in (day, hour, door)] == [True, True, False], "at the door the hour is enough"
    assert "14:00" in door
    assert len(ana.buttons) == 1


async def test_each_purpose_has_its_buttons(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    await world.turn_to("2024-10-22 17:00")
    assert ana.buttons == ["Ver detalles", "Ponerla en mi calendario", "No recordarme la sesión 1"]
    await ana.presses("Ponerla en mi calendario")
    assert ana.heard("para su calendario")
    await world.turn_to("2024-10-23 16:00")
    assert ana.buttons == ["Ver detalles", "No recordarme la sesión 1"]
    await world.turn_to("2024-10-23 16:50")
    assert ana.buttons == ["Ver detalles"]
