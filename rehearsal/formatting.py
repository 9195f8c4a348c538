"""Telegram's HTML: what it accepts, the entities it makes of it, and how a phone shows them."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Entity = dict[str, Any]

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "tg-spoiler": "spoiler", "tg-emoji": "custom_emoji", "tg-time": "date_time",
    "a": "text_link", "span": "spoiler",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[^<>]*)?)>")
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_REFERENCE = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|[a-zA-Z]+);")
# What Telegram finds by itself in plain text.
_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?")),
    ("url", re.compile(r"https?://[^\s<>«»]+[^\s<>«».,;:!?)\]]")),
    ("email", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z]\w{4,31}")),
)


class ParseError(ValueError):
    """The text is not Telegram's HTML; the message is the one that Telegram gives."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The plain text, and where it is formatted, in UTF-16 units."""

    text: str
    entities: tuple[Entity, ...]


def utf16_length(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


class _Reader:
    """Reads once from left to right, as td/telegram/MessageEntity.cpp does."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.text: list[str] = []
        self.length = 0
        self.open: list[tuple[str, int, Entity, int]] = []
        self.entities: list[Entity] = []

    def read(self) -> Parsed:
        while self.place < len(self.source):
            sign = self.source[self.place]
            if sign == "<":
                self._tag()
            elif sign == "&":
                self._reference()
            else:
                self._put(sign)
                self.place += 1
        if self.open:
            raise ParseError(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        return _trimmed("".join(self.text), self.entities)

    def _put(self, text: str) -> None:
        self.text.append(text)
        self.length += utf16_length(text)

    def _offset(self) -> int:
        return len(self.source[: self.place].encode())

    def _reference(self) -> None:
        match = _REFERENCE.match(self.source, self.place)
        meant = _meant(match[1]) if match else None
        self._put(meant or "&")
        self.place = match.end() if match and meant else self.place + 1

    def _tag(self) -> None:
        match = _TAG.match(self.source, self.place)
        if match is None:
            raise ParseError(f"Unclosed start tag at byte offset {self._offset()}")
        name = match[2].lower()
        if match[1]:
            self._end(name)
        else:
            self._start(name, match[3])
        self.place = match.end()

    def _start(self, name: str, rest: str) -> None:
        if name not in _TAGS:
            raise ParseError(f'Unsupported start tag "{name}" at byte offset {self._offset()}')
        attributes = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(rest)}
        entity = {"type": _TAGS[name], **self._details(name, attributes)}
        self.open.append((name, self.length, entity, self._offset()))

    def _details(self, name: str, attributes: dict[str, str]) -> Entity:
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise ParseError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._offset()}')
        if name == "a":
            return {"url": html.unescape(attributes.get("href", ""))}
        if name == "tg-emoji":
            return {"custom_emoji_id": attributes.get("emoji-id", "")}
        if name == "tg-time":
            return self._time(attributes)
        return {"type": "expandable_blockquote"} if name == "blockquote" and "expandable" in attributes else {}

    def _time(self, attributes: dict[str, str]) -> Entity:
        unix, shape = attributes.get("unix", ""), attributes.get("format", "")
        if not unix.lstrip("-").isdecimal() or not _TIME_FORMAT.fullmatch(shape):
            raise ParseError(f'Invalid tag "tg-time" at byte offset {self._offset()}')
        return {"unix_time": int(unix), **({"date_time_format": shape} if shape else {})}

    def _end(self, name: str) -> None:
        if not self.open:
            raise ParseError(f"Unexpected end tag at byte offset {self._offset()}")
        started, offset, entity, _ = self.open.pop()
        if started != name:
            place = self._offset()
            raise ParseError(f'Unmatched end tag at byte offset {place}, expected "</{started}>", found "</{name}>"')
        entity |= {"offset": offset, "length": self.length - offset}
        if entity["length"] and (entity["type"] != "text_link" or entity["url"]):
            self.entities.append(entity)


def _meant(name: str) -> str | None:
    if name in _NAMED:
        return _NAMED[name]
    if not name.startswith("#"):
        return None
    number = int(f"0{name[1:]}", base=0) if name[1] in "xX" else int(name[1:])
    surrogate = 0xD800 <= number <= 0xDFFF  # noqa: PLR2004 - Unicode's surrogates
    return chr(number) if 0 < number <= 0x10FFFF and not surrogate else None  # noqa: PLR2004 - Unicode's last sign


def _trimmed(text: str, entities: Sequence[Entity]) -> Parsed:
    """Without white space at both ends, as Telegram shows it."""
    lead = utf16_length(text) - utf16_length(text.lstrip())
    kept = text.strip()
    length = utf16_length(kept)
    moved = []
    for each in entities:
        start, end = max(each["offset"] - lead, 0), min(each["offset"] - lead + each["length"], length)
        if end > start:
            moved.append(each | {"offset": start, "length": end - start})
    return Parsed(kept, tuple(sorted(moved, key=lambda each: (each["offset"], -each["length"]))))


def parse_html(source: str) -> Parsed:
    """Reads `parse_mode=HTML`. Raises ParseError. Source: https://core.telegram.org/bots/api#html-style"""
    return with_found(_Reader(source).read())


def plain(text: str) -> Parsed:
    """Reads a text without parse_mode, as people's own messages are."""
    return with_found(_trimmed(text, ()))


def with_found(parsed: Parsed) -> Parsed:
    """Adds what Telegram finds by itself: commands, addresses, mentions."""
    taken = [
        (each["offset"], each["offset"] + each["length"])
        for each in parsed.entities
        if each["type"] in {"code", "pre", "text_link"}
    ]
    found = list(parsed.entities)
    for kind, pattern in _FOUND:
        for match in pattern.finditer(parsed.text):
            start, length = utf16_length(parsed.text[: match.start()]), utf16_length(match[0])
            if all(start + length <= a or start >= b for a, b in taken):
                found.append({"type": kind, "offset": start, "length": length})
                taken.append((start, start + length))
    return Parsed(parsed.text, tuple(sorted(found, key=lambda each: (each["offset"], -each["length"]))))
