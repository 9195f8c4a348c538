"""Reads the participants' report of a video platform (Zoom, Teams, Meet): names and e-mails, nothing guessed. Pure."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.text.words import fold

LARGEST_FILE = 1_000_000  # bytes
MOST_ROWS = 5_000
_MOST_PREAMBLE = 200  # rows before the heading, in which platforms tell of the meeting
_SIGNS_OF_OTHER_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX, XLS
_NAMES = frozenset({"name", "nombre", "nome", "nom", "full name", "nombre completo", "nome completo", "nom complet"})
_NAME_BEGINNINGS = (
    "name original", "nombre nombre original", "nome nome original", "nom nom d origine", "nom nom original",
    "user name", "nombre de usuario", "nome de usuario", "nom d utilisateur", "display name", "participant name",
    "nombre del participante", "nome do participante", "nom du participant",
)  # fmt: skip
_FIRST = frozenset({"first name", "given name", "prenom", "primer nombre", "primeiro nome"})
_LAST = frozenset({"last name", "surname", "family name", "apellido", "apellidos", "sobrenome", "nom de famille"})
_MAIL_PARTS = ("email", "e mail", "correo", "correio", "courriel")
_MAIL = frozenset({"mail", "upn", "participant id upn"})


class ReportError(Exception):
    """The file is no report that can be read; `reason` says why: large, excel, no_text, no_heading, many, empty."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Attendee:
    """One row of a report; `email` is in small letters, "" where there is none."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns hold what, and how well a heading fits."""

    names: tuple[int, ...]
    mails: tuple[int, ...]

    @property
    def score(self) -> int:
        return bool(self.names) + bool(self.mails)


def read_report(content: bytes) -> list[Attendee]:
    """Returns who was there, each once, in the file's order. Raises ReportError."""
    if len(content) > LARGEST_FILE:
        raise ReportError("large")
    if content.startswith(_SIGNS_OF_OTHER_FILES):
        raise ReportError("excel")
    text = _decoded(content)
    tables = [_table(text, sign) for sign in "\t;,"]
    best = max(tables, key=_fit)
    place, columns = _heading(best)
    if not columns.score:
        raise ReportError("no_heading")
    found = list(dict.fromkeys(_attendees(best[place + 1 :], columns)))
    if len(found) > MOST_ROWS:
        raise ReportError("many")
    if not found:
        raise ReportError("empty")
    return _each_once(found)


def _decoded(content: bytes) -> str:
    """Returns the text, whichever way it was saved. Raises ReportError for what is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content[:64].count(0) > len(content[:64]) // 4:
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text or sum(not (sign.isprintable() or sign in "\t\r\n") for sign in text[:2_000]) > len(text) // 50:
            break
        return text
    raise ReportError("no_text")


def _table(text: str, sign: str) -> list[list[str]]:
    """Returns the rows; those after the most allowed are only counted, and a field without an end gives none."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            rows.append([" ".join(cell.split()) for cell in row])
            if len(rows) > MOST_ROWS + _MOST_PREAMBLE:
                break
    except csv.Error:
        return []
    return rows


def _heading(table: Sequence[Sequence[str]]) -> tuple[int, _Columns]:
    """Returns the first row that names most of what is looked for; Zoom puts a table of the meeting before it."""
    found = [(place, _columns(row)) for place, row in enumerate(table[:_MOST_PREAMBLE])]
    return max(found, key=lambda each: (each[1].score, -each[0]), default=(0, _Columns((), ())))


def _fit(table: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Returns how well the file is read with that sign between its cells."""
    place, columns = _heading(table)
    return columns.score, len(table[place]) if table else 0


def _columns(row: Sequence[str]) -> _Columns:
    names = [fold(cell) for cell in row]
    first = [place for place, name in enumerate(names) if name in _FIRST]
    whole = [place for place, name in enumerate(names) if name in _NAMES or name.startswith(_NAME_BEGINNINGS)]
    last = [place for place, name in enumerate(names) if name in _LAST]
    named = {*first, *whole, *last}
    mails = [place for place, name in enumerate(names) if name in _MAIL or any(part in name for part in _MAIL_PARTS)]
    return _Columns((*first[:1], *whole[:1], *last[:1]), tuple(place for place in mails if place not in named))


def _attendees(rows: Sequence[Sequence[str]], columns: _Columns) -> Iterator[Attendee]:
    """Yields the rows of the table up to its end: an empty row, or the heading of the next one."""
    for row in rows:
        if not any(row) or _columns(row).score > 1:
            return
        name = " ".join(row[place] for place in columns.names if place < len(row)).strip()
        mail = next((row[place] for place in columns.mails if place < len(row) and "@" in row[place]), "")
        if name or mail:
            yield Attendee(name[:200], mail.casefold()[:254])


def _each_once(found: Sequence[Attendee]) -> list[Attendee]:
    """Returns everybody once: who left and came back has several rows."""
    once: dict[str, Attendee] = {}
    for each in found:
        once.setdefault(each.email or f"name {fold(each.name)}", each)
    return list(once.values())
