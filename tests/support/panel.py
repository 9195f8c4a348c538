"""What stories of the panel share: who asks, who moderates, and the link of the screen."""

import re
from datetime import datetime

from tests.support.world.people import Person, World

# Session 1 of the shipped content; the tests' clock begins on the day before it, at noon in Argentina.
BEFORE, DURING = "2024-10-22 18:00", "2024-10-23 17:30"
ENDED = "2024-10-23 18:31"
_SENDING = {
    "es": ("Pregunta para el panel de la sesión 1", "Enviar al panel"),
    "pt-BR": ("Pergunta para o painel da sessão 1", "Enviar ao painel"),
}


async def in_time(world: World, moment: str = BEFORE) -> None:
    """Turns the clock to where the panel of session 1 takes questions."""
    target = datetime.fromisoformat(f"{moment}+00:00")
    if world.rehearsal.clock.now() < target:
        await world.turn_to(moment)


async def asks_panel(world: World, name: str, words: str, language: str = "es") -> Person:
    """Somebody whose question waits for a moderator, without a name."""
    person = world.person(name, language=language)
    await sends_to_panel(person, words, language)
    return person


async def sends_to_panel(person: Person, words: str, language: str = "es") -> None:
    """Types the question in one message, and sends it as it is shown."""
    address, send = _SENDING[language]
    await person.says(f"{address}: {words}")
    await person.presses(send)


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
