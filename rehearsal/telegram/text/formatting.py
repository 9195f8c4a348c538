"""Formatted texts, whichever way they come: HTML, entities, or plain."""

from typing import Any

from rehearsal.telegram.text.entity_finder import found_entities
from rehearsal.telegram.text.entity_order import ordered
from rehearsal.telegram.text.formatted_text import (
    Entity,
    Parsed,
    ParseError,
    cleaned,
    is_blank,
    trimmed,
    utf16_length,
    utf16_slice,
)
from rehearsal.telegram.text.html_style import LAST_SECOND, TIME_SHAPE, HtmlReader
from rehearsal.telegram.text.links import checked_link

_FARTHEST = 1_000_000
_PLAIN_KINDS = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote", "expandable_blockquote",
}  # fmt: skip
# Telegram finds these by itself and passes over them where a bot names them.
_FOUND_KINDS = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number",
}  # fmt: skip
_NEEDED = {
    "text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id", "date_time": "unix_time",
}  # fmt: skip
# What an entity carries besides its place, and of which kind, in Python and in Telegram's words.
_FIELDS: dict[str, tuple[type, str]] = {
    "url": (str, "String"), "user": (dict, "Object"), "custom_emoji_id": (str, "String"),
    "unix_time": (int, "Number"), "date_time_format": (str, "String"), "language": (str, "String"),
}  # fmt: skip
_OPTIONAL = {"pre": "language", "date_time": "date_time_format"}


def parse_html(source: str) -> Parsed:
    """Reads `parse_mode=HTML`, as it was written. Raises ParseError.

    Source: https://core.telegram.org/bots/api#html-style
    """
    text, entities = HtmlReader(source).read()
    return Parsed(text, ordered(entities))


def plain(text: str) -> Parsed:
    """Reads a text without parse_mode, as people's own messages are."""
    return as_sent(Parsed(text, ()))


def with_entities(text: str, given: Any) -> Parsed:  # noqa: ANN401 - what a bot sent
    """Reads a text whose entities come as a list. Raises ParseError, which begins in Telegram's words.

    Source: https://core.telegram.org/bots/api#messageentity
    """
    entities = [each for each in map(_read, given if isinstance(given, list) else []) if each is not None]
    units = text.encode("utf-16-le")
    for each in entities:
        start, end = each["offset"], each["offset"] + each["length"]
        if end > len(units) // 2:
            where = f"Entity beginning at UTF-16 offset {start}"
            raise ParseError(f"{where} ends after the end of the text at UTF-16 offset {end}")
        if _within_a_sign(units, start) or _within_a_sign(units, end):
            raise ParseError(f"Entity begins or ends in a middle of a UTF-16 symbol at UTF-16 offset {start}")
    return as_sent(Parsed(text, tuple(entities)))


def _within_a_sign(units: bytes, place: int) -> bool:
    second_half = units[place * 2 + 1 : place * 2 + 2]
    return b"\xdc" <= second_half <= b"\xdf"


def _read(given: Any) -> Entity | None:  # noqa: ANN401 - what a bot sent
    if not isinstance(given, dict):
        raise ParseError("Can't parse MessageEntity: expected an Object")
    for name in ("offset", "length", "type"):
        if name not in given:
            raise ParseError(f"Can't parse MessageEntity: Can't find field \"{name}\"")
    for name in ("offset", "length"):
        if not isinstance(given[name], int) or not 0 <= given[name] <= _FARTHEST:
            raise ParseError(f"Receive an entity with incorrect {name} {given[name]}")
    kind = str(given["type"])
    if kind in _FOUND_KINDS:
        return None
    if kind not in _PLAIN_KINDS | _NEEDED.keys():
        raise ParseError("Can't parse MessageEntity: Unsupported type specified")
    entity = {"type": kind, "offset": given["offset"], "length": given["length"]} | _carried(kind, given)
    return _linked(entity) if kind == "text_link" else _timed(entity) if kind == "date_time" else entity


def _carried(kind: str, given: Entity) -> Entity:
    """Returns what that kind of entity carries besides its place. Raises ParseError."""
    if kind in _NEEDED and not given.get(_NEEDED[kind]):
        raise ParseError(f"Can't parse MessageEntity: Can't find field \"{_NEEDED[kind]}\"")
    names = [each[kind] for each in (_NEEDED, _OPTIONAL) if kind in each]
    carried = {name: given[name] for name in names if given.get(name)}
    for name, value in carried.items():
        wanted, words = _FIELDS[name]
        if not isinstance(value, wanted):
            raise ParseError(f'Can\'t parse MessageEntity: Field "{name}" must be of type {words}')
    return carried


def _linked(entity: Entity) -> Entity | None:
    url = checked_link(entity["url"])
    return None if url is None else entity | {"url": url}


def _timed(entity: Entity) -> Entity | None:
    if not TIME_SHAPE.fullmatch(entity.get("date_time_format", "")):
        raise ParseError("Can't parse MessageEntity: Invalid date-time format specified")
    return entity if 0 < entity["unix_time"] <= LAST_SECOND else None


def as_sent(parsed: Parsed) -> Parsed:
    """Returns what arrives: without odd signs and outer space, with the commands and addresses that Telegram finds."""
    arrived = trimmed(cleaned(parsed.text, parsed.entities))
    if is_blank(arrived.text):
        return Parsed("", ())
    return Parsed(arrived.text, ordered(arrived.entities, found_entities(arrived.text)))


__all__ = [
    "Entity",
    "ParseError",
    "Parsed",
    "as_sent",
    "parse_html",
    "plain",
    "utf16_length",
    "utf16_slice",
    "with_entities",
]
