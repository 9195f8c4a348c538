"""One TOML file of a content pack: what it says, and errors that name its line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from knowledge.loading.toml_lines import Path, TomlLines, toml_lines

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
        return toml_lines(self.text)

    def error(self, path: Path, what: str) -> ContentError:
        """An error about the key at that path; places in lists are counted from 1, as people do."""
        where = f"{self.label}, line {self._lines.of(path)}, {_spoken(path)}"
        return ContentError(" ".join(f"{where}: {what}".split()))

    def as_(self, model: type[_Model]) -> _Model:
        """The file's content as that model. Raises ContentError for the first thing that is wrong."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            first = min(error.errors(), key=self._line)
            raise self.error(first["loc"], _in_words(first)) from None

    def _line(self, error: ErrorDetails) -> int:
        return self._lines.of(error["loc"])


def nothing(file: FilePath) -> ContentFile:
    """A file that need not be there, and is not."""
    return ContentFile("/".join(file.absolute().parts[-3:]), "", {})


def read(file: FilePath) -> ContentFile:
    """The file's TOML. Raises ContentError for what is not there, not text in UTF-8, or not TOML."""
    label = "/".join(file.absolute().parts[-3:])
    try:
        raw = file.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ContentError(f"{label}: cannot be read ({reason}); check [cycle] content and the folder.") from None
    try:
        text = raw.decode("utf-8-sig")
        return ContentFile(label, text, tomllib.loads(text))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ContentError(f"{label}, line {line}: is not text in UTF-8; save the file as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise ContentError(_not_toml(label, text, str(error))) from None


def _not_toml(label: str, text: str, error: str) -> str:
    """In tomllib's words, which end with "(at line 3, column 5)" or "(at end of document)"."""
    found = re.search(r" \(at line (\d+), column \d+\)$", error)
    line = found[1] if found else str(len(text.splitlines()))
    what = re.sub(r" \(at [^()]*\)$", "", error)
    return f"{label}, line {line}: is not TOML ({what}); correct what stands there or just before."


def _spoken(path: Path) -> str:
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


def _in_words(error: ErrorDetails) -> str:
    words = _IN_WORDS.get(error["type"])
    return error["msg"] if words is None else words.format(**error.get("ctx", {}))
