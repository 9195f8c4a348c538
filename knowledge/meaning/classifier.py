"""Tells what a text asks by its embedding: one linear layer, trained on the examples when content is built."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]

# Chosen on examples that were kept aside: how far apart the vectors are drawn, how hard large weights are held back.
_SCALE, _DECAY = 12.0, 1e-4
_STEPS, _RATE = 400, 0.03
_FIRST, _SECOND, _LEAST = 0.9, 0.99, 1e-8  # of Adam


@dataclass(frozen=True)
class Classifier:
    """The classes, and for each the weight of every part of a vector; the last row of weights is the bias."""

    classes: Sequence[str]
    centre: Floats
    weights: npt.NDArray[np.float16]

    def probabilities(self, vector: Floats) -> Floats:
        """Returns how probable each class is, 0 to 1; they add up to 1."""
        # Not `@`: OpenBLAS would take all cores for it, and its threads spin for 20 ms more than the product takes.
        row = _spread(vector[np.newaxis], self.centre)[0]
        scores: Floats = np.einsum("i,ij->j", row, self.weights, dtype=np.float32, casting="unsafe")
        likely: Floats = _softmax(scores[np.newaxis])[0]
        return likely


def train_classifier(vectors: Floats, labels: Sequence[str]) -> Classifier:
    """Trains a classifier on those vectors (a row each, of length 1) and their classes: a minute for 12,000 rows.

    A class with many examples is kept from outweighing the others. The result is the same at every run.
    """
    classes = sorted(set(labels))
    place = {name: at for at, name in enumerate(classes)}
    own = np.array([place[each] for each in labels])
    centre: Floats = vectors.mean(axis=0)
    counted = np.bincount(own, minlength=len(classes))
    weight = 1 / np.sqrt(counted[own])
    wanted = np.eye(len(classes), dtype=np.float32)[own]
    weights = _descend(_spread(vectors, centre), wanted, (weight / weight.mean()).astype(np.float32))
    return Classifier(classes, centre, weights.astype(np.float16))


def _descend(rows: Floats, wanted: Floats, weight: Floats) -> Floats:
    """Returns the weights that Adam finds for a softmax regression with weight decay."""
    weights: Floats = np.zeros((rows.shape[1], wanted.shape[1]), np.float32)
    first: Floats = np.zeros_like(weights)
    second: Floats = np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        slope = rows.T @ ((_softmax(rows @ weights) - wanted) * weight[:, np.newaxis]) / len(rows) + _DECAY * weights
        first += (1 - _FIRST) * (slope - first)
        second += (1 - _SECOND) * (slope**2 - second)
        weights -= _RATE * (first / (1 - _FIRST**step)) / (np.sqrt(second / (1 - _SECOND**step)) + _LEAST)
    return weights


def _spread(vectors: Floats, centre: Floats) -> Floats:
    """Returns the vectors seen from the centre of all, as long as each other, with a 1 for the bias."""
    seen = vectors - centre
    seen = _SCALE * seen / np.linalg.norm(seen, axis=1, keepdims=True)
    return np.hstack([seen, np.ones((len(seen), 1), np.float32)]).astype(np.float32)


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Floats = powers / powers.sum(axis=1, keepdims=True)
    return found


def write_classifier(classifier: Classifier, made_of: str, file: Path) -> None:
    """Writes it to that file, with what tells of which examples it is."""
    made = file.with_suffix(".making.npz")
    np.savez_compressed(
        made, classes=np.array(classifier.classes), centre=classifier.centre, weights=classifier.weights,
        made_of=np.array(made_of),
    )  # fmt: skip
    made.replace(file)


def read_classifier(made_of: str, file: Path) -> Classifier | None:
    """Reads the kept classifier; None where there is none, or where it is of other examples."""
    if not file.exists():
        return None
    with np.load(file) as kept:
        if str(kept["made_of"]) != made_of:
            return None
        return Classifier([str(each) for each in kept["classes"]], kept["centre"], kept["weights"])
