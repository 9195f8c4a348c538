"""A session with a word: opened by Olga, said aloud, typed by who is there."""

import re

from tests.support.world.people import Person, World

DURING = "2024-10-23 18:20"  # session 1 goes from 17:00 to 18:30, in UTC


async def opens(olga: Person, *, word: str = "", number: int = 1, minutes: int = 15) -> str:
    """Opens the word of that session, typed or as suggested; returns it."""
    await olga.forges(f"at:o:{number}")
    if word:
        await olga.says(word)
    word = word or word_of(olga)
    await olga.presses(f"{minutes} minutos")
    assert olga.heard("Diga en voz alta", f"«{word}»"), olga.last
    return word


def word_of(olga: Person) -> str:
    """The word that her card shows."""
    found = re.search(r"«(.+?)»", olga.last)
    assert found is not None, olga.last
    return found[1]


async def at_the_session(world: World, olga: Person, *, word: str = "", minutes: int = 15) -> str:
    """Ten minutes before the end of session 1 its word is open."""
    await world.turn_to(DURING)
    return await opens(olga, word=word, minutes=minutes)
