"""Collects the example lines that the classifier is trained on: of the content, of its pack, and of every cycle."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import tomli

from knowledge.programme.cycle import Cycle
from knowledge.search.index import build_documents
from locales.localized import LANGUAGES

Line = tuple[str, str]  # an example's id, and its words

_KINDS = frozenset({"faq", "area", "session", "objective", "principle", "term", "practice"})
_OF_PACK = "examples.toml"
_OF_EVERY_CYCLE = Path(__file__).parent / "examples.toml"
_LEAST_WEIGHT, _A_NAME, _LONGEST = 0.9, 1.0, 200  # names and ways to ask; a summary is no example


def example_lines(cycle: Cycle, folder: Path) -> list[Line]:
    """Returns the lines that show what is asked, each with its class; `folder` is the content pack's.

    They are those of the FAQ, names and aliases of the content, the examples of its pack, and those beside this file.
    """
    lines = list(_content_lines(cycle))
    for file in _example_files(folder):
        for address, by_language in tomli.loads(file.read_text("utf-8")).items():
            lines += [(address, line) for language in LANGUAGES for line in by_language[language]]
    return list(dict.fromkeys(lines))


def fingerprint(cycle: Cycle, folder: Path) -> str:
    """Tells whether a kept classifier is of those lines; the files of examples are not parsed for it."""
    made_of = hashlib.sha256()
    for address, words in _content_lines(cycle):
        made_of.update(f"{address}\t{words}\n".encode())
    for file in _example_files(folder):
        made_of.update(file.read_bytes())
    return made_of.hexdigest()


def _content_lines(cycle: Cycle) -> Iterator[Line]:
    for document in build_documents(cycle):
        if document.kind in _KINDS:
            for language in LANGUAGES:
                for weight, line in document.lines[language]:
                    # Of a practice also its country and who runs it count so much, and are no names of it.
                    if weight >= (_A_NAME if document.kind == "practice" else _LEAST_WEIGHT) and len(line) < _LONGEST:
                        yield document.address, line


def _example_files(folder: Path) -> list[Path]:
    """Returns the files of examples: a pack may have none of its own."""
    return [file for file in (folder / _OF_PACK, _OF_EVERY_CYCLE) if file.exists()]
