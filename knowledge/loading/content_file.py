"""Reads one TOML file of a content pack; its errors name the line of the key."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, TypeVar

import tomli
from pydantic import BaseModel, ValidationError

Path = tuple[str | int, ...]  # ("session", 1, "title"): the title of the second [[session]]


def find_lines(text: str) -> dict[Path, int]:
    """Finds the line (from 1) of every table and key in a text that TOML takes."""
    lines: dict[Path, int] = {}
    last: dict[Path, int] = {}  # the number of the last element of each list of tables
    table: Path = ()
    for line, header, keys in _statements(text):
        path = _place(() if header else table, keys, last)
        table = path if header else table
        for end in range(1, len(path) + 1):
            lines.setdefault(path[:end], line)
    return lines


def _statements(text: str) -> Iterator[tuple[int, bool, Any]]:
    """Yields the line each header and assignment begins on, whether it is a header, and what it says by itself.

    A value in brackets may go over several lines.
    """
    began, statement = 1, ""
    for line, written in enumerate(io.StringIO(text), start=1):
        statement += written
        try:
            said = tomli.loads(statement)
        except tomli.TOMLDecodeError:
            continue
        if said:
            yield began, statement.lstrip().startswith("["), said
        began, statement = line + 1, ""


def _place(table: Path, said: Any, last: dict[Path, int]) -> Path:  # noqa: ANN401 - TOML
    """Returns the path of what a statement in that table says; a new element of a list of tables is counted."""
    path = table
    while isinstance(said, dict) and len(said) == 1:
        ((key, said),) = said.items()
        path = (*path, key)
        if said == [{}]:
            last[path] = last.get(path, -1) + 1
        path = (*path, last[path]) if path in last else path
    return path


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
    def _lines(self) -> dict[Path, int]:
        return find_lines(self.text)

    def _line_of(self, path: Path) -> int:
        """Returns the line of that key, or of the nearest table around it; the first of all when there is neither."""
        return next((self._lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self._lines), 1)

    def error(self, path: Path, what: str) -> ContentError:
        """Returns an error about the key at that path; places in lists are counted from 1, as people do."""
        key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path if part != "[key]")
        where = f"{self.label}, line {self._line_of(path)}, {key.removeprefix('.')}"
        return ContentError(" ".join(f"{where}: {what}".split()))

    def validate_as(self, model: type[_Model]) -> _Model:
        """Returns the file's content as that model. Raises ContentError for the first thing that is wrong."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            first = min(error.errors(), key=lambda each: self._line_of(each["loc"]))
            words = _IN_WORDS.get(first["type"])
            what = first["msg"] if words is None else words.format(**first.get("ctx", {}))
            raise self.error(first["loc"], what) from None


def read_file(file: FilePath, *, optional: bool = False) -> ContentFile:
    """Reads the file's TOML. Raises ContentError for what is not text in UTF-8, not TOML, or not there and must be."""
    label = "/".join(file.absolute().parts[-3:])
    if optional and not file.exists():
        return ContentFile(label, "", {})
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
