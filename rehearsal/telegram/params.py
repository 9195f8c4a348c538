"""A call's parameters, whichever way they came: typed values, or text as HTTP brings them."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rehearsal.telegram.records import ApiError, Json, Upload, refused
from rehearsal.telegram.text.formatting import (
    Parsed,
    ParseError,
    as_sent,
    parse_html,
    plain,
    utf16_length,
    with_entities,
)

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024
_LONGEST_SOURCE_BYTES = 1 << 15
_NUMBER = re.compile(r"\s*(-?[0-9]{1,18})")
_SECRETS = frozenset({"secret_token", "certificate"})


class Params:
    """Reads one call. Every method raises ApiError 400 for what cannot be read; what no method reads is ignored."""

    def __init__(self, values: Mapping[str, object], files: Mapping[str, Upload]) -> None:
        self.values = {key: value for key, value in values.items() if value is not None}
        self.files = files

    def replaced(self, values: Mapping[str, object]) -> "Params":
        """Returns the same call with other values in some places."""
        return Params({**self.values, **values}, self.files)

    def text(self, name: str) -> str:
        """Reads a text; empty where there is none."""
        value = self.values.get(name, "")
        text = value if isinstance(value, str) else json.dumps(value)
        return _utf8(text)

    def integer(self, name: str, usual: int = 0) -> int:
        """Reads a whole number as far as there are digits; 0 for anything else, as Telegram does."""
        text = self.text(name)
        match = _NUMBER.match(text)
        return usual if not text else int(match[1]) if match else 0

    def chat_id(self, name: str = "chat_id") -> int:
        """Returns the chat that is meant. The rehearsal has none with a public @name."""
        text = self.text(name)
        if not text:
            raise refused(f"{name} is empty" if name == "chat_id" else f'parameter "{name}" is required')
        return self.integer(name)

    def flag(self, name: str) -> bool:
        """Reads a yes or no."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def structure(self, name: str, *, called: str | None = None) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Reads an object or a list, given as such or as JSON; None where there is none."""
        value = self.values.get(name)
        try:
            read = None if value in (None, "") else json.loads(value) if isinstance(value, str) else value
            _utf8(json.dumps(read, ensure_ascii=False))
        except (ValueError, TypeError, RecursionError):
            raise refused(f"can't parse {called or name} JSON object") from None
        return read

    def array(self, name: str, of: str) -> list[Any]:
        """Reads a list; an empty one where there is none."""
        value = self.structure(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise refused(f"expected an Array of {of}")
        return value

    def words(self) -> Parsed:
        """Returns the text of a message, its length counted after the markup is read. Raises ApiError 400."""
        if not self.text("text"):
            raise refused("message text is empty")
        parsed = self.formatted("text", "entities")
        if not parsed.text:
            raise refused("text must be non-empty")
        if utf16_length(parsed.text) > LONGEST_TEXT:
            raise refused("message is too long")
        return parsed

    def caption(self) -> Parsed:
        """Returns the text under a picture or file, which may be empty. Raises ApiError 400."""
        parsed = self.formatted("caption", "caption_entities")
        if utf16_length(parsed.text) > LONGEST_CAPTION:
            raise refused("message caption is too long")
        return parsed

    def formatted(self, name: str, entities: str) -> Parsed:
        """Returns a text of any length, with its formatting from parse_mode, or else from a list of entities."""
        source, mode = self.text(name), self.text("parse_mode").lower()
        if len(source.encode()) > _LONGEST_SOURCE_BYTES:
            raise refused("text is too long")
        if not source or mode in {"", "none"}:
            return self._with_entities(source, entities)
        if mode in {"markdown", "markdownv2"}:
            raise refused("this rehearsal reads no Markdown: use parse_mode HTML")
        if mode != "html":
            raise refused("unsupported parse_mode")
        try:
            return _read_html(source)
        except ParseError as error:
            raise refused(f"can't parse entities: {error}") from error

    def _with_entities(self, source: str, entities: str) -> Parsed:
        try:
            given = self.structure(entities)
        except ApiError:
            given = None  # as Telegram: an unreadable list is no list
        try:
            return with_entities(source, given) if given else plain(source)
        except ParseError as error:
            words = str(error)
            raise refused(words[0].lower() + words[1:]) from error

    def upload(self, name: str, value: str | None = None) -> Upload | str:
        """Returns a file sent along (directly, or by attach://), else the id or address of one. Raises ApiError 400."""
        value = self.text(name) if value is None else value
        file = self.files.get(value.removeprefix("attach://") if value.startswith("attach://") else name)
        if file is not None and (not value or value.startswith("attach://")):
            return file
        if not value or value.startswith("attach://"):
            raise refused(f"there is no {name} in the request")
        return value

    def logged(self) -> Json:
        """Returns the parameters as the rehearsal's page shows them, without secrets."""
        shown: Json = {}
        for name, value in self.values.items():
            shown[name] = "…" if name in _SECRETS else _opened(value)
        return shown | {name: f"{each.name} ({len(each.content)} bytes)" for name, each in self.files.items()}


def _opened(value: object) -> object:
    """Returns what JSON a text holds, if it looks like some."""
    if not isinstance(value, str) or value[:1] not in {"{", "["}:
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _read_html(source: str) -> Parsed:
    """Returns the same as as_sent(parse_html(source)), with entities of its own. Raises ParseError."""
    parsed = _read_once(source)
    return Parsed(parsed.text, tuple(dict(each) for each in parsed.entities))


@lru_cache(1024)  # a bot tells many people the same
def _read_once(source: str) -> Parsed:
    return as_sent(parse_html(source))


def _utf8(text: str) -> str:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise refused("strings must be encoded in UTF-8") from None
    return text
