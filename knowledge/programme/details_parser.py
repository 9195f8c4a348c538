"""What organizers type as a session's link, panelists, materials…: read into what is kept, or kindly refused. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from knowledge.programme.session_details import Field
from knowledge.text.interpretation_languages import read_tongues
from knowledge.text.web_address import LONGEST, WebAddressError, checked
from locales.reply import Value, text

# So that each fits one message, with room for what stands around it.
_MOST_LINES, _LONGEST_LINE, _LONGEST_NAME, _LONGEST_PLATFORM = 12, 240, 120, 60
_DASH = re.compile(r"\s+[-–—]\s+")
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})
_BULLET = re.compile(r"^(?:[-–—•·*]|\d{1,2}[.)])\s+")


class NotUnderstoodError(ValueError):
    """It cannot be kept; `problem` says why, in words for who typed it."""

    def __init__(self, problem: Value) -> None:
        super().__init__("what was typed cannot be kept")
        self.problem = problem


def read(field: Field, words: str) -> Any:  # noqa: ANN401 - JSON
    """The value as it is kept (see knowledge/programme/session_details.py). Raises NotUnderstoodError."""
    return _READERS[field](words)


def _refuse(key: str, **values: Value) -> NotUnderstoodError:
    return NotUnderstoodError(text(f"detail.bad.{key}", **values))


def _address(words: str) -> str:
    try:
        return checked(words)
    except WebAddressError as error:
        if error.reason == "long":
            raise _refuse("long", most=LONGEST) from None
        raise _refuse(error.reason) from None


def _clean(words: str, most: int) -> str:
    """One line, without signs that nobody sees."""
    seen = (sign for sign in " ".join(words.split()) if unicodedata.category(sign) not in _INVISIBLE)
    line = unicodedata.normalize("NFC", "".join(seen)).strip()
    if len(line) > most:
        raise _refuse("line", most=most)
    return line


def _lines(words: str) -> list[str]:
    found = [line for each in words.splitlines() if (line := _BULLET.sub("", each.strip()))]
    if not found:
        raise _refuse("empty")
    if len(found) > _MOST_LINES:
        raise _refuse("lines", most=_MOST_LINES)
    return found


def _platform(words: str) -> str:
    if not (line := _clean(words, _LONGEST_PLATFORM)):
        raise _refuse("empty")
    return line


def _tongues(words: str) -> list[str]:
    found = [line for each in read_tongues(words) if (line := _clean(each, _LONGEST_PLATFORM))]
    if not found:
        raise _refuse("empty")
    if len(found) > _MOST_LINES:
        raise _refuse("lines", most=_MOST_LINES)
    return found


def _panelists(words: str) -> list[list[str]]:
    """Name - organization, a line each; the organization may be missing."""
    split = [_DASH.split(line, maxsplit=1) for line in _lines(words)]
    found = [[_clean(name, _LONGEST_NAME), _clean(rest[0], _LONGEST_NAME) if rest else ""] for name, *rest in split]
    if not all(name for name, _ in found):
        raise _refuse("empty")
    return found


def _practices(words: str) -> list[str]:
    found = [line for each in _lines(words) if (line := _clean(each, _LONGEST_LINE))]
    if not found:
        raise _refuse("empty")
    return found


def _materials(words: str) -> list[list[str]]:
    """Title - https://…, a line each."""
    found: list[list[str]] = []
    for line in _lines(words):
        title, dash, address = (*_split_last(line),)
        if not dash or not _clean(title, _LONGEST_NAME):
            raise _refuse("material")
        found.append([_clean(title, _LONGEST_NAME), _address(address)])
    return found


def _split_last(line: str) -> tuple[str, str, str]:
    """A title may have a dash of its own: the last one counts."""
    places = list(_DASH.finditer(line))
    return (line[: places[-1].start()], places[-1][0], line[places[-1].end() :]) if places else (line, "", "")


_READERS: Mapping[Field, Callable[[str], Any]] = {
    "link": lambda words: {"url": _address(words), "open": False},
    "platform": _platform,
    "interpretation": _tongues,
    "panelists": _panelists,
    "practices": _practices,
    "materials": _materials,
    "recording": _address,
}
