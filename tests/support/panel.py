"""What stories of the panel share: who asks, who moderates, and the link of the screen."""

import re
from datetime import datetime

from tests.support.world.people import Person, World

# Session 1 of the shipped content; the tests' clock begins on the day before it, at noon in Argentina.
BEFORE, DURING = "2024-10-22 18:00", "2024-10-23 17:30"
ENDED = "2024-10-23 18:31"


async def in_time(world: World, moment: str = BEFORE) -> None:
    """Turns the clock to where the panel of session 1 takes questions."""
    target = datetime.fromisoformat(f"{moment}+00:00")
    if world.rehearsal.clock.now() < target:
        await world.turn_to(moment)


async def asks_panel(world: World, name: str, words: str, language: str = "es") -> Person:
    """Somebody whose question waits for a moderator, without a name."""
    person = world.person(name, language=language)
    await person.says("/start")
    await sends_to_panel(person, words)
    return person


async def sends_to_panel(person: Person, words: str) -> None:
    """Types the question and sends it as it is shown."""
    await person.forges("pq:a:1")
    await person.says(words)
    await person.presses({"es": "Enviar al panel", "pt": "Enviar ao painel"}[_language(person)])


def _language(person: Person) -> str:
    return "pt" if any("Enviar ao painel" in each for each in person.buttons) else "es"


async def moderator(world: World, olga: Person, name: str = "Mara", number: int = 1) -> Person:
    """Somebody whom Olga has invited to moderate that session only."""
    await olga.forges(f"pm:inv:{number}")
    found = re.search(r"https://t\.me/ciclo_bot\?start=(mod_[\w-]+)", olga.chat[-1].text)
    assert found is not None, olga.chat[-1].text
    mara = world.person(name)
    await mara.says(f"/start {found[1]}")
    return mara


async def approves(moderating: Person, place: int = 1) -> None:
    """Opens the card of session 1 and approves the question at that place."""
    await moderating.forges("pm:1:0")
    await moderating.presses(f"Aprobar {place}")
