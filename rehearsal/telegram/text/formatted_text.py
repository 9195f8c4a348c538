"""A text with its formatting, counted and cleaned as Telegram does."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Entity = dict[str, Any]

# Shown as a space, whatever it was; a line feed stays. Source: td/telegram/misc.cpp, clean_input_string
_SPACED = {number: " " for number in range(32) if chr(number) not in "\n\r"}
# Left out: carriage returns, signs that turn the writing direction, lines through or around letters.
_REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060-\u2064\ufeff\u2800\u3164]*")


class ParseError(ValueError):
    """The text cannot be formatted so; the message is the one that Telegram gives."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The plain text, and where it is formatted, in UTF-16 units."""

    text: str
    entities: tuple[Entity, ...]


def utf16_length(text: str) -> int:
    """Returns the length as Telegram counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Returns the part of the text that an entity covers."""
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def cleaned(text: str, entities: Iterable[Entity]) -> Parsed:
    """Removes the signs that Telegram takes out; entities move with what is left."""
    text = text.translate(_SPACED)
    kept = tuple(each for each in entities if each["length"] > 0)
    if _REMOVED.search(text) is None:
        return Parsed(text, kept)
    gone = [utf16_length(text[: match.start()]) for match in _REMOVED.finditer(text)]

    def moved(place: int) -> int:
        return place - bisect_left(gone, place)

    shifted = [(each, moved(each["offset"]), moved(each["offset"] + each["length"])) for each in kept]
    fitted = tuple(each | {"offset": start, "length": end - start} for each, start, end in shifted if end > start)
    return Parsed(_REMOVED.sub("", text), fitted)


def trimmed(parsed: Parsed) -> Parsed:
    """Removes spaces and line feeds at its ends; formatted ones at the beginning stay, as in Telegram."""
    text = parsed.text.rstrip(" \n")
    end = utf16_length(text)
    entities = [
        each | {"length": min(each["length"], end - each["offset"])} for each in parsed.entities if each["offset"] < end
    ]
    first = min((each["offset"] for each in entities), default=len(text))
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    return Parsed(text[lead:], tuple(each | {"offset": each["offset"] - lead} for each in entities))


def is_blank(text: str) -> bool:
    """Returns whether a phone would show nothing."""
    return _INVISIBLE.fullmatch(text) is not None
