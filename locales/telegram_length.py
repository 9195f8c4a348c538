"""Measures words as Telegram does: without markup, in units of UTF-16. What a message and a caption may hold."""

import html
import re

# Source: https://core.telegram.org/bots/api#sendmessage, #senddocument.
LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024
_TAG = re.compile(r"<[^>]+>")


def without_tags(rendered: str) -> str:
    """Returns that HTML without its tags; signs such as "&lt;" stay written out."""
    return _TAG.sub("", rendered)


def without_markup(rendered: str) -> str:
    """Returns the text that Telegram shows for that HTML."""
    return html.unescape(without_tags(rendered))


def telegram_length(words: str) -> int:
    """Returns the length of plain text. Source: https://core.telegram.org/api/entities#entity-length."""
    return len(words.encode("utf-16-le")) // 2
