"""Writes the map of the house into docs/map.md, from each file's first line: `make map`."""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
MAP = ROOT / "docs" / "map.md"
FLOORS = ("rehearsal", "bot", "handlers", "reminders", "changes", "telegram_io", "knowledge", "db", "locales")
BEGIN, END = "<!-- map: made by `make map` -->\n", "<!-- /map -->"
_COLUMN = 34


def drawn() -> str:
    """Returns the map between its two marks."""
    lines = [line for floor in FLOORS for line in _room(ROOT / floor, "")]
    return f"{BEGIN}```text\n" + "\n".join(lines) + f"\n```\n{END}"


def _room(folder: Path, indent: str) -> Iterator[str]:
    yield _line(f"{indent}{folder.name}/", _caption(folder / "__init__.py"))
    for path in sorted(folder.glob("*.py")):
        if path.name != "__init__.py":
            yield _line(f"{indent}  {path.name}", _caption(path))
    for inner in sorted(folder.iterdir()):
        if inner.is_dir() and (inner / "__init__.py").exists():
            yield from _room(inner, f"{indent}  ")


def _line(name: str, caption: str) -> str:
    return f"{name:<{_COLUMN}}{caption}".rstrip()


def _caption(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.readline().strip().removeprefix('"""').removesuffix('"""')


def main() -> None:
    """Replaces the map between its two marks; says so where the file has no place for it."""
    text = MAP.read_text("utf-8")
    if BEGIN not in text:
        sys.exit(f"{MAP} has no place for the map: put {BEGIN.strip()} and {END} into it")
    before, rest = text.split(BEGIN, maxsplit=1)
    MAP.write_text(before + drawn() + rest.split(END, maxsplit=1)[1], "utf-8")


if __name__ == "__main__":
    main()
