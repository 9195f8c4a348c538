"""Keeps the vectors of the content's example lines beside the pack: made when content is built, never at start."""

import hashlib
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from knowledge.programme.cycle import Cycle
from knowledge.search.documents import build_documents
from locales.localized import LANGUAGES

FILE = "meaning.npz"
Floats: TypeAlias = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]  # lines to vectors of length 1
Line = tuple[str, str]  # an example's id, and its words

_KINDS = frozenset({"faq", "area", "session"})
_EXAMPLES = Path(__file__).parent / "examples.toml"
_LEAST_WEIGHT, _LONGEST = 1.0, 200  # names and ways to ask; a summary is no example
_AT_ONCE = 64  # lines
_MOST = 127.0  # an int8


@dataclass(frozen=True)
class Vectors:
    """The example lines: each one's id, and its vector as int8, of length 127."""

    ids: Sequence[str]
    matrix: npt.NDArray[np.int8]

    def similarities(self, vector: Floats) -> Floats:
        """Returns the cosine of each line with that vector."""
        # Not `@`: OpenBLAS would take all cores for it, and its threads spin for 20 ms more than the product takes.
        found: Floats = np.einsum("ij,j->i", self.matrix, vector, dtype=np.float32, casting="unsafe") / _MOST
        return found


def example_lines(cycle: Cycle) -> list[Line]:
    """Returns the lines that are compared.

    They are those of the FAQ, names and aliases of the content, and the examples beside this file.
    """
    lines = [
        (document.address, line)
        for document in build_documents(cycle)
        if document.kind in _KINDS
        for language in LANGUAGES
        for weight, line in document.lines[language]
        if weight >= _LEAST_WEIGHT and len(line) < _LONGEST
    ]
    for address, by_language in tomllib.loads(_EXAMPLES.read_text("utf-8")).items():
        lines += [(address, line) for language in LANGUAGES for line in by_language[language]]
    return list(dict.fromkeys(lines))


def fingerprint(lines: Sequence[Line]) -> str:
    """Tells whether kept vectors are of these lines."""
    return hashlib.sha256("\n".join(f"{address}\t{words}" for address, words in lines).encode()).hexdigest()


def quantize(vectors: Floats) -> npt.NDArray[np.int8]:
    """Returns vectors of length 1 as int8."""
    return np.round(vectors * _MOST).astype(np.int8)


def make_vectors(lines: Sequence[Line], encode: Encode, file: Path) -> None:
    """Embeds the lines and writes them to that file: about 25 ms a line."""
    words = [each for _, each in lines]
    parts = [quantize(encode(words[start : start + _AT_ONCE])) for start in range(0, len(words), _AT_ONCE)]
    made = file.with_suffix(".making.npz")
    ids = np.array([address for address, _ in lines])
    np.savez_compressed(made, ids=ids, matrix=np.concatenate(parts), made_of=np.array(fingerprint(lines)))
    made.replace(file)


def read_vectors(lines: Sequence[Line], file: Path) -> Vectors | None:
    """Reads the kept vectors; None where there are none, or where they are of other lines."""
    if not file.exists():
        return None
    with np.load(file) as kept:
        if str(kept["made_of"]) != fingerprint(lines):
            return None
        return Vectors([str(each) for each in kept["ids"]], kept["matrix"])
