"""The language Ciclo speaks with someone."""

from dataclasses import replace

from db.people import participants
from handlers.participant.keyboards import home_row
from handlers.turn import Turn
from knowledge.wishes.wish_words import read_wish_words
from locales.localized import LANGUAGES, Language
from locales.reply import Button, Reply, reply, rows, text

# Each in its own words: who looks for their language reads that one.
LANGUAGE_NAMES: dict[Language, str] = {"es": "Español", "pt": "Português", "en": "English", "fr": "Français"}


async def ask_language(_turn: Turn) -> Reply:
    """Asks which of the four languages, in all four (/language)."""
    buttons = rows(*(Button(LANGUAGE_NAMES[each], f"lang:{each}") for each in LANGUAGES), of=2)
    return reply(text("language.ask"), keyboard=(*buttons, home_row()))


async def language_by_words(turn: Turn, words: str) -> Reply:
    """Speaks the language that follows the command: "/langue français", "/language pt"; else asks which."""
    wish, code = read_wish_words(words, turn.language), words.strip().lower()
    return await choose_language(turn, wish.value if wish is not None and wish.kind == "switch" else code)


async def choose_language(turn: Turn, code: str) -> Reply:
    """Speaks that language from now on."""
    chosen = next((each for each in LANGUAGES if each == code), None)
    if chosen is None:  # the route lets countries through, too
        return await ask_language(turn)
    await participants.set_language(turn.tx, turn.person.id, chosen)
    buttons = ((Button(text("menu.sessions"), "sessions"),), home_row())
    return replace(reply(text("language.done", language=LANGUAGE_NAMES[chosen]), keyboard=buttons), language=chosen)
