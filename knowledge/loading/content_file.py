"""Reads one TOML file of a content pack; its errors name the line of the key."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, TypeVar

import tomli
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Path = tuple[str | int, ...]  # ("session", 1, "title"): the title of the second [[session]]

# Strings and comments as a whole, so that brackets and newlines within them are not taken for structure.
_PIECE = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|\n|[\[\]{}]|[^"\'#\n\[\]{}]+|.',
    re.DOTALL,
)
_KEY_PART = re.compile(r'"([^"]*)"|\'([^\']*)\'|([A-Za-z0-9_-]+)')


@dataclass(frozen=True)
class TomlLines:
    """The lines (from 1) of every table and key."""

    lines: dict[Path, int]

    def line_of(self, path: Path) -> int:
        """Returns the line of that key, or of the nearest table around it; the first of all when there is neither."""
        return next((self.lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.lines), 1)


def find_lines(text: str) -> TomlLines:
    """Finds the lines in a text that TOML takes."""
    scan = _LineScan()
    for line, statement in _statements(text):
        scan.take(line, statement)
    return TomlLines(scan.lines)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yields headers and whole assignments with the line they begin on.

    A value in brackets may go over several lines.
    """
    line, began, depth, statement = 1, 1, 0, ""
    for piece in _PIECE.findall(text + "\n"):
        depth += (piece in "[{") - (piece in "]}")
        if piece == "\n" and depth <= 0:
            if statement.strip():
                yield began, statement.strip()
            began, statement = line + 1, ""
        elif not piece.startswith("#"):
            statement += piece
        line += piece.count("\n")


class _LineScan:
    """Where the reading has got to: the present table, and how many elements each list of tables has."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.last: dict[Path, int] = {}
        self.table: Path = ()

    def take(self, line: int, statement: str) -> None:
        if statement.startswith("[["):
            path = self._within((), _key_parts(statement), open_last=False)
            self.last[path] = self.last.get(path, -1) + 1
            self.table = (*path, self.last[path])
        elif statement.startswith("["):
            self.table = self._within((), _key_parts(statement), open_last=True)
        else:
            self._note(line, self._within(self.table, _key_parts(statement), open_last=False))
            return
        self._note(line, self.table)

    def _note(self, line: int, path: Path) -> None:
        for end in range(1, len(path) + 1):
            self.lines.setdefault(path[:end], line)

    def _within(self, table: Path, parts: list[str], *, open_last: bool) -> Path:
        path = table
        for place, part in enumerate(parts):
            path = (*path, part)
            if path in self.last and (open_last or place < len(parts) - 1):
                path = (*path, self.last[path])
        return path


def _key_parts(statement: str) -> list[str]:
    parts = []
    for quoted, literal, bare in _KEY_PART.findall(_before_equals(statement)):
        parts.append(quoted or literal or bare)
    return parts


def _before_equals(statement: str) -> str:
    quote = ""
    for place, sign in enumerate(statement):
        if sign in "\"'":
            quote = "" if sign == quote else quote or sign
        elif sign == "=" and not quote:
            return statement[:place]
    return statement


_Model = TypeVar("_Model", bound=BaseModel)


class ContentError(Exception):
    """A content pack cannot be used; the message is one line that names file, line and key, and what to do."""


@dataclass(frozen=True)
class ContentFile:
    """A file as read: `label` is how errors call it, such as "content/pmm-2024/cycle.toml"."""

    label: str
    text: str
    data: Mapping[str, Any]

    @cached_property
    def _lines(self) -> TomlLines:
        return find_lines(self.text)

    def error(self, path: Path, what: str) -> ContentError:
        """Returns an error about the key at that path; places in lists are counted from 1, as people do."""
        where = f"{self.label}, line {self._lines.line_of(path)}, {_path_text(path)}"
        return ContentError(" ".join(f"{where}: {what}".split()))

    def validate_as(self, model: type[_Model]) -> _Model:
        """Returns the file's content as that model. Raises ContentError for the first thing that is wrong."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            first = min(error.errors(), key=self._line)
            raise self.error(first["loc"], _error_text(first)) from None

    def _line(self, error: ErrorDetails) -> int:
        return self._lines.line_of(error["loc"])


def missing_file(file: FilePath) -> ContentFile:
    """Returns a file that need not be there, and is not."""
    return ContentFile("/".join(file.absolute().parts[-3:]), "", {})


def read_file(file: FilePath) -> ContentFile:
    """Reads the file's TOML. Raises ContentError for what is not there, not text in UTF-8, or not TOML."""
    label = "/".join(file.absolute().parts[-3:])
    try:
        raw = file.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ContentError(f"{label}: cannot be read ({reason}); check [cycle] content and the folder.") from None
    try:
        text = raw.decode("utf-8-sig")
        return ContentFile(label, text, tomli.loads(text))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ContentError(f"{label}, line {line}: is not text in UTF-8; save the file as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise ContentError(_not_toml(label, text, str(error))) from None


def _not_toml(label: str, text: str, error: str) -> str:
    """Returns the error in the words of tomli, which end with "(at line 3, column 5)" or "(at end of document)"."""
    found = re.search(r" \(at line (\d+), column \d+\)$", error)
    line = found[1] if found else str(len(text.splitlines()))
    problem = re.sub(r" \(at [^()]*\)$", "", error)
    return f"{label}, line {line}: is not TOML ({problem}); correct what stands there or just before."


def _path_text(path: Path) -> str:
    name = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path if part != "[key]")
    return name.removeprefix(".")


_IN_WORDS = {
    "missing": "is missing; add it.",
    "extra_forbidden": "is not a known key; correct its spelling or take it out.",
    "string_type": "must be a text in quotation marks.",
    "string_too_short": "is empty; write a text.",
    "string_too_long": "is longer than {max_length} characters; shorten it.",
    "string_pattern_mismatch": "may only have small letters without accents, figures and hyphens; rewrite it.",
    "literal_error": "must be {expected}.",
    "int_type": "must be a whole number.",
    "greater_than_equal": "must be {ge} or more.",
    "bool_type": "must be true or false.",
    "datetime_type": "must be a date and hour with its offset, such as 2024-10-23T14:00:00-03:00.",
    "timezone_aware": "has no offset from UTC; add the zone's, as in 2024-10-23T14:00:00-03:00.",
    "dict_type": "must be a table with keys and values.",
    "mapping_type": "must be a table with keys and values.",
    "model_type": "must be a table with keys and values.",
    "tuple_type": "must be a list in [square brackets].",
    "too_short": "is empty; add at least one.",
    "value_error": "{error}.",
}


def _error_text(error: ErrorDetails) -> str:
    words = _IN_WORDS.get(error["type"])
    return error["msg"] if words is None else words.format(**error.get("ctx", {}))
