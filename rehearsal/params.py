"""A call's parameters, whichever way they came: typed values, or text as HTTP brings them."""

import json
from collections.abc import Mapping
from typing import Any

from rehearsal.formatting import Parsed, ParseError, parse_html, plain, utf16_length
from rehearsal.records import ApiError, Json, Upload

_LONGEST_TEXT, _LONGEST_CAPTION = 4096, 1024


class Params:
    """Reads one call. Every method raises ApiError 400 for what cannot be read."""

    def __init__(self, values: Mapping[str, object], files: Mapping[str, Upload]) -> None:
        self.values = {key: value for key, value in values.items() if value is not None}
        self.files = files

    def text(self, name: str, usual: str = "") -> str:
        """A text."""
        value = self.values.get(name, usual)
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, usual: int | None = None) -> int:
        """A whole number."""
        value = self.values.get(name, usual)
        try:
            return int(str(value))
        except ValueError:
            raise ApiError(
                400, f"Bad Request: {name} is empty" if value in {None, ""} else "Bad Request: invalid number"
            ) from None

    def chat_id(self) -> int:
        """The chat that is meant."""
        if self.values.get("chat_id") in {None, ""}:
            raise ApiError(400, "Bad Request: chat_id is empty")
        try:
            return int(str(self.values["chat_id"]))
        except ValueError:
            raise ApiError(400, "Bad Request: chat not found") from None

    def flag(self, name: str) -> bool:
        """A yes or no."""
        return str(self.values.get(name, "")).lower() in {"true", "1"}

    def structure(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """An object or a list, given as such or as JSON; None where there is none."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise ApiError(400, f"Bad Request: can't parse {name} JSON object") from None

    def words(self, name: str, *, required: bool) -> Parsed:
        """A formatted text within Telegram's length, counted after the markup is read."""
        parsed = self._parsed(self.text(name))
        longest, kind = (_LONGEST_TEXT, "message") if required else (_LONGEST_CAPTION, "message caption")
        if required and not parsed.text:
            raise ApiError(400, "Bad Request: message text is empty")
        if utf16_length(parsed.text) > longest:
            raise ApiError(400, f"Bad Request: {kind} is too long")
        return parsed

    def _parsed(self, source: str) -> Parsed:
        mode = self.text("parse_mode").lower()
        if mode not in {"", "html"}:
            raise ApiError(400, "Bad Request: unsupported parse_mode")
        try:
            return parse_html(source) if mode else plain(source)
        except ParseError as error:
            raise ApiError(400, f"Bad Request: can't parse entities: {error}") from error

    def upload(self, name: str) -> Upload | str:
        """A file sent along (directly, or by attach://), else the id of one that Telegram has."""
        if name in self.files:
            return self.files[name]
        value = self.text(name)
        if value.startswith("attach://"):
            try:
                return self.files[value.removeprefix("attach://")]
            except KeyError:
                raise ApiError(400, "Bad Request: invalid file attach") from None
        if not value:
            raise ApiError(400, f"Bad Request: there is no {name} in the request")
        return value

    def logged(self) -> Json:
        """The parameters as the rehearsal's page shows them."""
        shown: Json = {}
        for name, value in self.values.items():
            try:
                shown[name] = json.loads(value) if isinstance(value, str) and value[:1] in {"{", "["} else value
            except ValueError:
                shown[name] = value
        return shown | {name: f"{each.name} ({len(each.content)} bytes)" for name, each in self.files.items()}
