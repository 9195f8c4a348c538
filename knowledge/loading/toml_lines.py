"""On which line of a TOML text each key stands; tomllib itself does not say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

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

    def of(self, path: Path) -> int:
        """The line of that key, or of the nearest table around it; the first of all when there is neither."""
        return next((self.lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.lines), 1)


def toml_lines(text: str) -> TomlLines:
    """Finds the lines in a text that tomllib accepts."""
    scan = _Scan()
    for line, statement in _statements(text):
        scan.take(line, statement)
    return TomlLines(scan.lines)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Headers and whole assignments with the line they begin on; a value in brackets may go over several lines."""
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


class _Scan:
    """Where the reading has got to: the present table, and how many elements each list of tables has."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.last: dict[Path, int] = {}
        self.table: Path = ()

    def take(self, line: int, statement: str) -> None:
        if statement.startswith("[["):
            path = self._within((), _parts(statement), open_last=False)
            self.last[path] = self.last.get(path, -1) + 1
            self.table = (*path, self.last[path])
        elif statement.startswith("["):
            self.table = self._within((), _parts(statement), open_last=True)
        else:
            self._note(line, self._within(self.table, _parts(statement), open_last=False))
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


def _parts(statement: str) -> list[str]:
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
