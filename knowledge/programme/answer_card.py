"""Builds the message for somebody who asked the team: their question, and the answer in their language. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from locales.localized import Language
from locales.reply import Button, Formatted, Keyboard, Reply, Value, reply, text

# Of a long question that much is enough to know it again, and leaves room for the answer.
QUOTED = 300
# Telegram's limit is 4096 signs after entities are parsed: https://core.telegram.org/bots/api#sendmessage
LONGEST_ANSWER = 3_000
_MENU: Keyboard = ((Button(text("button.menu"), "+menu"),),)


def shorten_quote(words: str, most: int = QUOTED) -> str:
    """Shortens a quote to one line, and no longer than that."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def build_letter(html: str) -> Reply:
    """Builds what the team writes to one person, exactly as it arrives: also what a preview shows."""
    ask = (Button(text("ask.team"), "+team"),)
    return reply(text("letter.heading"), "", Formatted(html), keyboard=(ask, *_MENU))


def build_answer_card(question: str, language: Language, bodies: Mapping[Language, str]) -> Reply:
    """Builds exactly what arrives: also what a preview shows. Without an answer: that the team closed it, kindly."""
    asked = text("answered.asked", question=shorten_quote(question))
    if not bodies:
        return replace(reply(asked, "", text("answered.closed"), keyboard=_MENU), own=language)
    written = language if language in bodies else next(iter(bodies))
    other: tuple[Value, ...] = ("", text("answered.other", language=text(f"language.name.{written}")))
    body = (Formatted(bodies[written]), *(other if written != language else ()))
    return replace(reply(text("answered.heading"), asked, "", *body, keyboard=_MENU), own=language)
