"""One start tag of Telegram's HTML: its name and attributes, with Telegram's words for what is wrong."""

import re
from dataclasses import dataclass

from rehearsal.telegram.text.formatted_text import ParseError

_SPACE = " \t\r\n\v\0"
_NAME = re.compile(rf"[^{_SPACE}>]*")
_SPACES = re.compile(rf"[{_SPACE}]*")
_ATTRIBUTE = re.compile(rf"[^{_SPACE}=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<number>[0-9]+)|(?P<name>[A-Za-z]+));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LONGEST_NUMBER, _LAST_SIGN = 9, 0x10FFFF
_TAGS = {
    "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji", "tg-time", "span",
    "pre", "code", "blockquote",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StartTag:
    """A tag that was opened, and where the text after it begins."""

    name: str
    attributes: dict[str, str | None]
    end: int


def read_reference(source: str, place: int) -> tuple[str, int]:
    """Reads the sign that "&…" at that place stands for, and where it ends.

    "&" itself where it stands for nothing.
    """
    match = _REFERENCE.match(source, place)
    sign = _meant(match) if match else None
    return ("&", place + 1) if match is None or sign is None else (sign, match.end())


def _meant(match: re.Match[str]) -> str | None:
    if match["name"]:
        return _NAMED.get(match["name"])
    number = int(match["hex"], 16) if match["hex"] else int(match["number"])
    long = len(match[0].removesuffix(";")) > _LONGEST_NUMBER
    return None if number == 0 or number >= _LAST_SIGN or long else chr(number)


def read_end_tag(source: str, place: int) -> tuple[str, int]:
    """Reads the name in "</name>" at that place, and where it ends. Raises ParseError."""
    name = _matched(_NAME, source, place + 2)
    end = _after(_SPACES, source, place + 2 + len(name))
    if source[end : end + 1] != ">":
        raise ParseError(f"Unclosed end tag at byte offset {byte_offset(source, place)}")
    return name.lower(), end + 1


def read_start_tag(source: str, begin: int) -> StartTag:
    """Reads the tag at that place. Raises ParseError."""
    name = _matched(_NAME, source, begin + 1).lower()
    place = begin + 1 + len(name)
    offset = byte_offset(source, begin)
    if place >= len(source):
        raise ParseError(f"Unclosed start tag at byte offset {offset}")
    if name not in _TAGS:
        raise ParseError(f'Unsupported start tag "{name}" at byte offset {offset}')
    attributes: dict[str, str | None] = {}
    while (place := _after(_SPACES, source, place)) < len(source) and source[place] != ">":
        key, value, place = _attribute(source, place, name, offset)
        attributes[key] = value
    if place >= len(source):
        raise ParseError(f'Unclosed start tag "{name}" at byte offset {offset}')
    return StartTag(name, attributes, place + 1)


def _attribute(source: str, place: int, tag: str, offset: int) -> tuple[str, str | None, int]:
    key = _matched(_ATTRIBUTE, source, place)
    if not key:
        raise ParseError(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
    place = _after(_SPACES, source, place + len(key))
    if source[place : place + 1] != "=":
        if place >= len(source):
            raise ParseError(f'Unclosed start tag "{tag}" at byte offset {offset}')
        return key, None, place
    place = _after(_SPACES, source, place + 1)
    if place >= len(source):
        raise ParseError(f'Unclosed start tag "{tag}" at byte offset {offset}')
    value, place = _quoted(source, place) if source[place] in "\"'" else _token(source, place)
    if place >= len(source):
        raise ParseError(f"Unclosed start tag at byte offset {offset}")
    return key, value, place


def _token(source: str, place: int) -> tuple[str, int]:
    value = _matched(_TOKEN, source, place)
    end = place + len(value)
    if end < len(source) and source[end] not in f"{_SPACE}>":
        raise ParseError(f"Unexpected end of name token at byte offset {byte_offset(source, place)}")
    return value.lower(), end


def _quoted(source: str, place: int) -> tuple[str, int]:
    quote, place, signs = source[place], place + 1, []
    while place < len(source) and source[place] != quote:
        if source[place] == "&":
            sign, place = read_reference(source, place)
        else:
            sign, place = source[place], place + 1
        signs.append(sign)
    return "".join(signs), min(place + 1, len(source))


def byte_offset(source: str, place: int) -> int:
    """Returns the place in bytes of UTF-8, in which Telegram counts the places of errors."""
    return len(source[:place].encode())


def _matched(pattern: re.Pattern[str], source: str, place: int) -> str:
    match = pattern.match(source, place)
    return match[0] if match else ""


def _after(pattern: re.Pattern[str], source: str, place: int) -> int:
    return place + len(_matched(pattern, source, place))
