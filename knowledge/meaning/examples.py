"""Collects the example lines that the classifier is trained on: of the content, of its pack, and of every cycle."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import tomli

from knowledge.programme.cycle import Cycle
from knowledge.search.index import build_documents
from locales.localized import LANGUAGES

Line = tuple[str, str]  # an example's id, and its words

_KINDS = frozenset({"faq", "area", "session", "objective", "principle", "term"})
_OF_PACK = "examples.toml"
_OF_EVERY_CYCLE = Path(__file__).parent / "examples.toml"
_LEAST_WEIGHT, _LONGEST = 0.9, 200  # names and ways to ask; a summary is no example


def example_lines(cycle: Cycle, folder: Path) -> list[Line]:
    """Returns the lines that show what is asked, each with its class; `folder` is the content pack's.

    They are those of the FAQ, names and aliases of the content, the examples of its pack, and those beside this file.
    """
    lines = [
        (document.address, line)
        for document in build_documents(cycle)
        if document.kind in _KINDS
        for language in LANGUAGES
        for weight, line in document.lines[language]
        if weight >= _LEAST_WEIGHT and len(line) < _LONGEST
    ]
    for file in (folder / _OF_PACK, _OF_EVERY_CYCLE):
        lines += _read_examples(file)
    return list(dict.fromkeys(lines))


def fingerprint(lines: Sequence[Line]) -> str:
    """Tells whether a kept classifier is of these lines."""
    return hashlib.sha256("\n".join(f"{address}\t{words}" for address, words in lines).encode()).hexdigest()


def _read_examples(file: Path) -> Iterator[Line]:
    if not file.exists():
        return  # a pack may have none of its own
    for address, by_language in tomli.loads(file.read_text("utf-8")).items():
        yield from ((address, line) for language in LANGUAGES for line in by_language[language])
