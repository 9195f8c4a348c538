"""Parses a session's link, panelists, materials… as organizers type them, one or many a message, or says why not."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.programme.session_details import FILE, DetailField
from knowledge.text.interpretation_languages import parse_languages
from knowledge.text.web_address import LONGEST_ADDRESS, WebAddressError, validate_address
from knowledge.text.words import fold, lexicon
from locales.reply import Value, text

# So that each fits one message, with room for what stands around it.
_MOST_LINES, _LONGEST_LINE, _LONGEST_NAME, _LONGEST_PLATFORM = 12, 240, 120, 60
_DASH = re.compile(r"\s+[-–—]\s+")
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})
_BULLET = re.compile(r"^(?:[-–—•·*]|\d{1,2}[.)])\s+")


class DetailParseError(ValueError):
    """It cannot be kept; `problem` says why, in words for who typed it."""

    def __init__(self, problem: Value) -> None:
        super().__init__("what was typed cannot be kept")
        self.problem = problem


def parse_detail(field: DetailField, words: str) -> Any:  # noqa: ANN401 - JSON
    """Returns the value as it is kept (see knowledge/programme/session_details.py). Raises DetailParseError."""
    return _READERS[field](words)


def parse_file(title: str, kind: str, file_id: str) -> list[list[str]]:
    """Reads a material sent as a file, with its title below it. Raises DetailParseError where there is none."""
    line = _clean_line(title, _LONGEST_NAME)
    if not line:
        raise _error("file")
    return [[line, f"{FILE}{kind}:{file_id}"]]


def add_to_list(kept: Sequence[Any], more: Sequence[Any]) -> list[Any]:
    """Returns the list with those at its end, each once. Raises DetailParseError where it grows too long."""
    found = [*kept, *(each for each in more if each not in kept)]
    if len(found) > _MOST_LINES:
        raise _error("lines", most=_MOST_LINES)
    return found


def _some(found: list[str]) -> list[str]:
    """Returns those lines. Raises DetailParseError where there are none, or more than a message holds."""
    if not found:
        raise _error("empty")
    return add_to_list(found, ())


def _error(key: str, **values: Value) -> DetailParseError:
    return DetailParseError(text(f"detail.bad.{key}", **values))


def _parse_address(words: str) -> str:
    try:
        return validate_address(words)
    except WebAddressError as error:
        raise _error(error.reason, most=LONGEST_ADDRESS) from None


def _clean_line(words: str, most: int) -> str:
    """Returns one line, without invisible signs."""
    seen = (sign for sign in " ".join(words.split()) if unicodedata.category(sign) not in _INVISIBLE)
    line = unicodedata.normalize("NFC", "".join(seen)).strip()
    if len(line) > most:
        raise _error("line", most=most)
    return line


def _split_lines(words: str) -> list[str]:
    return _some([line for each in words.splitlines() if (line := _BULLET.sub("", each.strip()))])


def _clean_lines(lines: Iterable[str], most: int) -> list[str]:
    return _some([line for each in lines if (line := _clean_line(each, most))])


def _parse_panelists(words: str) -> list[list[str]]:
    """Reads "name - organization", a line each; the organization may be missing."""
    split = (_DASH.split(line, maxsplit=1) for line in _split_lines(words))
    found = [[_clean_line(each, _LONGEST_NAME) for each in (*parts, "")[:2]] for parts in split]
    if not all(name for name, _ in found):
        raise _error("empty")
    return found


def _parse_materials(words: str) -> list[list[str]]:
    """Reads "title - https://…", a line each."""
    found: list[list[str]] = []
    for line in _split_lines(words):
        dash = max(_DASH.finditer(line), key=re.Match.end, default=None)  # the last: a title may have one of its own
        if dash is None or not (title := _clean_line(line[: dash.start()], _LONGEST_NAME)):
            raise _error("material")
        found.append([title, _parse_address(line[dash.end() :])])
    return found


_READERS: Mapping[DetailField, Callable[[str], Any]] = {
    "link": lambda words: {"url": _parse_address(words), "open": False},
    "platform": lambda words: _clean_lines([words], _LONGEST_PLATFORM)[0],
    "interpretation": lambda words: _clean_lines(parse_languages(words), _LONGEST_PLATFORM),
    "panelists": _parse_panelists,
    "practices": lambda words: _clean_lines(_split_lines(words), _LONGEST_LINE),
    "materials": _parse_materials,
    "recording": _parse_address,
}


_HEADED = re.compile(r"^\W*(?P<name>[^\W\d_]+)\s*(?P<colon>[:：])?\s*(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class ReadDetails:
    """What was understood, what cannot be kept and why, and the lines that belong to nothing."""

    values: Mapping[DetailField, Any]
    problems: Mapping[DetailField, Value]
    unread: tuple[str, ...]


def parse_details_message(words: str) -> ReadDetails:
    """Reads such a message: "name: value" begins a field, the lines below belong to it; one named twice is one."""
    found: dict[DetailField, list[str]] = {}
    unread: list[str] = []
    field: DetailField | None = None
    for line in filter(None, map(str.strip, words.splitlines())):
        begun, rest = _field_and_rest(line)
        field = begun or (field if field in _MANY_LINES else None)
        if field is None:
            unread.append(line)
        else:
            found.setdefault(field, []).extend([rest] if rest else [])
    return _parse_each(found, unread)


# The rest hold one line each: what stands below belongs to nothing.
_MANY_LINES: frozenset[DetailField | None] = frozenset({"panelists", "practices", "materials"})


def _field_and_rest(line: str) -> tuple[DetailField | None, str]:
    """Splits "Enlace: https://…", "enlace https://…", "PANELISTAS"; a name within a sentence begins nothing."""
    match = _HEADED.match(line)
    name, known = fold(match["name"]) if match is not None else "", lexicon("typed/wishes")["details"]
    field: DetailField | None = next((each for each in known if name in known[each]), None)
    if match is None or field is None:
        return None, line
    begins = match["colon"] or not match["rest"] or match["rest"].startswith("https://")
    return (field, match["rest"]) if begins else (None, line)


def _parse_each(found: Mapping[DetailField, list[str]], unread: list[str]) -> ReadDetails:
    values: dict[DetailField, Any] = {}
    problems: dict[DetailField, Value] = {}
    for field, written in found.items():
        lines = written
        if field == "materials":  # one line without an address must not lose the others
            lines = [line for line in written if _is_material(line)]
            unread.extend(line for line in written if lines and line not in lines)
        try:
            values[field] = parse_detail(field, "\n".join(lines or written))
        except DetailParseError as error:
            problems[field] = error.problem
    return ReadDetails(values, problems, tuple(unread))


def _is_material(line: str) -> bool:
    try:
        parse_detail("materials", line)
    except DetailParseError:
        return False
    return True
