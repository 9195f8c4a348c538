"""Prints what of requirements.lock the bot needs to run, without the tools of those who build it: for the image."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_OURS = "ciclo (pyproject.toml)"
_ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==", re.MULTILINE)


def needed(lock: str) -> str:
    """Returns the entries, hashes and all, that the bot or something that it needs asked for."""
    starts = [match.start() for match in _ENTRY.finditer(lock)]
    entries = {
        _ENTRY.match(text)["name"]: text  # type: ignore[index] # each begins with its name
        for text in (lock[a:b] for a, b in zip(starts, [*starts[1:], len(lock)], strict=True))
    }
    kept: set[str] = set()
    while more := {name for name, text in entries.items() if name not in kept and _wanted_by(text) & {_OURS, *kept}}:
        kept |= more
    return "".join(text for name, text in entries.items() if name in kept)


def _wanted_by(entry: str) -> set[str]:
    """Returns who asked for it, as uv notes it: `# via a`, or one a line."""
    noted = entry.partition("# via")[2]
    return {line.strip(" #") for line in noted.splitlines()} - {""}


if __name__ == "__main__":
    sys.stdout.write(needed((ROOT / "requirements.lock").read_text("utf-8")))
