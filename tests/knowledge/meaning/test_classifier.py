"""The classifier learns classes from vectors, is kept beside the pack, and is of its own examples only."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.loading.cycle_loader import load_cycle
from knowledge.meaning.classifier import read_classifier, train_classifier, write_classifier
from knowledge.meaning.embedding import FILE
from knowledge.meaning.examples import example_lines, fingerprint
from knowledge.programme.cycle import Cycle
from knowledge.understanding.meaning import CLASSES
from tests.support.knowledge.grading import CONTENT


@pytest.fixture(scope="module")
def cycle() -> Cycle:
    return load_cycle(CONTENT)


def _vectors() -> tuple["np.typing.NDArray[np.float32]", list[str]]:
    """Two groups of directions, one with four times as many lines."""
    chance = np.random.default_rng(7)
    centres = np.eye(2, 8, dtype=np.float32)
    own = [0] * 40 + [1] * 10
    rows = centres[own] + chance.normal(0, 0.1, (50, 8)).astype(np.float32)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32), [f"class:{each}" for each in own]


def test_it_learns_both_classes_and_is_the_same_at_every_run() -> None:
    vectors, labels = _vectors()
    first, second = train_classifier(vectors, labels), train_classifier(vectors, labels)
    read = [first.classes[int(first.probabilities(each).argmax())] for each in vectors]
    assert read == labels
    assert np.array_equal(first.weights, second.weights)


def test_the_probabilities_add_up_to_one() -> None:
    vectors, labels = _vectors()
    assert sum(train_classifier(vectors, labels).probabilities(vectors[0])) == pytest.approx(1, abs=1e-5)


def test_it_is_kept_and_is_of_its_own_examples_only(tmp_path: Path) -> None:
    vectors, labels = _vectors()
    made = train_classifier(vectors, labels)
    write_classifier(made, "these", tmp_path / FILE)
    kept = read_classifier("these", tmp_path / FILE)
    assert kept is not None
    assert np.array_equal(kept.probabilities(vectors[3]), made.probabilities(vectors[3]))
    assert read_classifier("others", tmp_path / FILE) is None
    assert read_classifier("these", tmp_path / "none.npz") is None


def test_the_one_that_is_kept_is_of_the_content_as_it_stands(cycle: Cycle) -> None:
    """After a change of the FAQ or of the examples: `python scripts/embed_content.py`."""
    assert read_classifier(fingerprint(cycle, CONTENT), CONTENT / FILE) is not None


def test_every_class_has_examples_in_the_four_languages_and_what_is_done_with_it(cycle: Cycle) -> None:
    classes = {address for address, _ in example_lines(cycle, CONTENT)}
    assert set(CLASSES) <= classes
    known = {f"faq:{each.key}" for each in cycle.faq}
    assert {each for each in classes if each.startswith("faq:")} == known
    others = {each for each in classes if each.startswith(("ask:", "wish:", "property:"))} - {"ask:definition"}
    assert others <= set(CLASSES)
