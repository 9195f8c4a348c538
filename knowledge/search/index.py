"""Finds what the cycle says that fits a text: documents, BM25 over stems, line by line, with misspellings corrected."""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import Stemmer
import tomli
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.places.gazetteer import country_name
from knowledge.programme.cycle import Cycle, Faq, Practice
from knowledge.text.words import drop_homonym_verbs, fold, forgiven_slips, lexicon, normalize
from locales.localized import LANGUAGES, Language, Localized

Kind = Literal["session", "area", "objective", "principle", "practice", "term", "faq"]
Lines = tuple[tuple[float, str], ...]  # how much a line counts, and its words
Words = Mapping[Language, Sequence[str]]

_TITLE, _NAME, _ALIAS, _ASKED, _KEYWORD, _SUMMARY = 1.0, 1.0, 1.0, 1.0, 0.9, 0.5


@dataclass(frozen=True)
class Document:
    """One thing of the cycle; `key` is its number or name within its kind."""

    kind: Kind
    key: str
    lines: "dict[Language, Lines]"

    @property
    def address(self) -> str:
        """Its name among all documents, as aliases write it: "objective:9"."""
        return f"{self.kind}:{self.key}"


def build_documents(cycle: Cycle) -> list[Document]:
    """Builds every document of that cycle, with the names people use for it."""
    aliases = {alias.of: alias for alias in cycle.aliases}

    def with_aliases(document: Document) -> Document:
        if (alias := aliases.get(document.address)) is None:
            return document
        more = {language: alias.in_(language) for language in LANGUAGES}
        return replace(document, lines=_add_lines(document.lines, more, _ALIAS))

    return [with_aliases(document) for document in _without_aliases(cycle)]


def _without_aliases(cycle: Cycle) -> Iterator[Document]:
    for session in cycle.sessions:
        yield Document("session", str(session.number), _in_every_language((_TITLE, session.title)))
        for area in session.areas:
            yield Document("area", area.key, _in_every_language((_NAME, area.name)))
    for objective in cycle.objectives:
        texts = (_NAME, objective.short), (_TITLE, objective.title), (_SUMMARY, objective.summary)
        yield Document("objective", str(objective.number), _add_lines(_in_every_language(*texts), objective.keywords))
    for principle in cycle.principles:
        lines = _in_every_language((_NAME, principle.name), (_SUMMARY, principle.summary))
        yield Document("principle", str(principle.number), _add_lines(lines, principle.keywords))
    yield from map(practice_document, cycle.practices)
    for term in cycle.terms:
        lines = _in_every_language((_NAME, term.name), (_SUMMARY, term.definition))
        yield Document("term", term.key, _add_lines(lines, dict.fromkeys(LANGUAGES, term.aliases)))
    yield from map(faq_document, cycle.faq)


def faq_document(faq: Faq) -> Document:
    """Returns a question that people ask, with the ways they put it."""
    return Document("faq", faq.key, _add_lines(_in_every_language((_TITLE, faq.question)), faq.asked, _ASKED))


def practice_document(practice: Practice) -> Document:
    """Returns a practice, with its title, who implements it, and where."""
    names = [each for each in (practice.place, practice.implementer) if each is not None]
    lines = _in_every_language((_SUMMARY, practice.summary), *((_KEYWORD, each) for each in names))
    everywhere = dict.fromkeys(LANGUAGES, (practice.title,))
    countries = {language: tuple(country_name(code, language) for code in practice.countries) for language in LANGUAGES}
    return Document("practice", practice.id, _add_lines(_add_lines(lines, everywhere, _TITLE), countries))


def _in_every_language(*texts: tuple[float, Localized]) -> "dict[Language, Lines]":
    return {language: tuple((weight, text.in_(language)) for weight, text in texts) for language in LANGUAGES}


def _add_lines(lines: "dict[Language, Lines]", more: Words, weight: float = _KEYWORD) -> "dict[Language, Lines]":
    return {each: (*lines[each], *((weight, line) for line in more[each])) for each in LANGUAGES}


_STEMMERS: Mapping[Language, str] = {"es": "spanish", "pt": "portuguese", "en": "english", "fr": "french"}
_K1, _B = 1.2, 0.35
_WHOLE_LINE, _OTHER_LINES = 1.0, 0.25  # the best line decides; the rest of the document helps
_SHORTEST_RIGHT = 4  # the least length of a word of which those may be a misspelling
_LONG = 7  # letters of a word whose first letter may be the wrong one
_EVERYDAY, _LEFT_OVER = 0.25, 0.6  # what an everyday word counts for a subject, and as a word that is left over
_SLIPPED = 0.7  # what a corrected word still counts
_A_NAME, _FEW_HOLDERS = 0.9, 2
_SPACES_IN_NAME = {"practice": 1}  # at most, where no word of a name is an everyday word; of other things none
_STRANGE = 0.8  # of the rarest word's weight: what a word that no document has takes from the score

# Calibrated on the project's own questions (`make eval`).
_HALF_SURE = 4.0  # the score that proves half
_ALL = 0.95
_NAMED_WHOLE = 1.4  # a name or a way to ask is there word by word


@dataclass(frozen=True, slots=True)
class Hit:
    """A document; `score` is how well its best line fits, `share` how much of the question it covers (0 to 1).

    `words` is how many words of the question it has; `whole` says that a name of it, or a way to ask for it, is in
    the question word by word.
    """

    document: Document
    score: float
    share: float
    words: int = 0
    whole: bool = False

    @property
    def sure(self) -> float:
        """How surely it is meant, 0 to 1: both how well it fits and how much of the question it explains."""
        fits = self.share * self.score**2 / (self.score**2 + _HALF_SURE**2)
        fits = fits if self.words > 1 else fits * self.share  # one word alone proves little where more is said
        all_asked = self.document.kind == "faq" and self.words > 1 and self.share >= _ALL
        return min(1.0, fits * _NAMED_WHOLE) if self.whole or all_asked else fits


@cache
def _everyday_words() -> Mapping[str, Sequence[str]]:
    return tomli.loads((Path(__file__).parent / "everyday.toml").read_text("utf-8"))


class Stems:
    """The words of one language, reduced to their stems; words without meaning left out."""

    def __init__(self, language: Language) -> None:
        self._stemmer = Stemmer.Stemmer(_STEMMERS[language], 0)  # remembers nothing: `stem` does, and forgets again
        self._stop = frozenset(lexicon("stop")[language])
        self._asking = frozenset(lexicon("stop")["asking"][language])
        self.everyday = frozenset(fold(self._stemmer.stemWord(word)) for word in _everyday_words()[language])
        self.stem = lru_cache(maxsize=5_000)(self._stem)

    def _stem(self, word: str) -> str:
        return "" if word in self._stop else fold(self._stemmer.stemWord(word))

    def stem_all(self, text: str, *, asking: bool = False) -> list[tuple[str, str]]:
        """Returns the words of a text with their stems, in order; with `asking` also those that ask, marked as such."""
        stem, marked = self.stem, self._asking if asking else ()
        return [
            (word, stemmed)
            for word in drop_homonym_verbs(normalize(text)).split()
            if (stemmed := f"?{word}" if word in marked else stem(word))
        ]


class Index:
    """The documents in one language, ready to be searched."""

    def __init__(self, documents: Sequence[Document], language: Language) -> None:
        self.stems = Stems(language)
        self._language = language
        self.documents: list[Document] = []
        # A line is its place in these; plain numbers, for there are ten thousand, and objects are ten times as large.
        self._document, self._length, self._weight = array("I"), array("I"), array("d")
        self._where: dict[str, array[int]] = {}  # stem to the lines that have it, as often as they have it
        self._idf: dict[str, float] = {}  # of the stems that somebody asked for
        self._names: set[str] = set()  # the stems of names of a word, of a practice's of two
        self._words: list[str] = []  # those that a misspelled word may stand for
        self.add_documents(documents)

    def with_documents(self, documents: Sequence[Document]) -> "Index":
        """Returns the index with those documents too, in a tenth of the time; this one stays as it is."""
        more = copy(self)
        more.add_documents(documents)
        return more

    def add_documents(self, documents: Sequence[Document]) -> None:
        """Adds those documents. What a copy shares with others is copied first."""
        first, self._names = len(self.documents), set(self._names)
        self.documents, words = [*self.documents, *documents], dict.fromkeys(self._words)
        self._document, self._length, self._weight = self._document[:], self._length[:], self._weight[:]
        more: dict[str, array[int]] = {}
        for number, document in enumerate(documents, start=first):
            for weight, text in document.lines[self._language]:
                self._add(number, weight, text, more, words)
        self._words = list(words)
        none = array("I")
        self._where = self._where | {stem: self._where.get(stem, none) + lines for stem, lines in more.items()}
        self._mean = sum(self._length) / max(len(self._length), 1)
        self._idf = {}
        self._everyday = self.stems.everyday - self._names
        self._rarest, self._rare = self._rarity(1), self._rarity(_FEW_HOLDERS)
        self.stems.stem.cache_clear()  # what people ask has few of the words of all documents

    def _add(
        self, number: int, weight: float, text: str, where: "dict[str, array[int]]", words: dict[str, None]
    ) -> None:
        """Adds a line to `where`, and to `words` those of its words that are long enough to be misspelled."""
        kind = self.documents[number].kind
        found = self.stems.stem_all(text, asking=kind == "faq")
        if weight >= _A_NAME and kind != "faq" and text.count(" ") <= _SPACES_IN_NAME.get(kind, 0):
            self._names.update(stem for _, stem in found)
        line = len(self._length)
        self._document.append(number)
        self._length.append(len(found))
        self._weight.append(weight)
        for word, stem in found:
            if (lines := where.get(stem)) is None:
                lines = where[stem] = array("I")
            lines.append(line)
            if len(word) >= _SHORTEST_RIGHT and stem[0] != "?":
                words[word] = None

    def _worth(self, stem: str) -> float:
        """Returns how much a stem counts: the rarer, the more; one that no document has, nearly as much."""
        if stem not in self._where:
            return self._rarest * _STRANGE
        if stem not in self._idf:
            self._idf[stem] = self._rarity(len({self._document[line] for line in self._where[stem]}))
        return self._idf[stem]

    def _rarity(self, holders: int) -> float:
        return math.log(1 + (len(self.documents) - holders + 0.5) / (holders + 0.5))

    def weigh(self, text: str, *, asking: bool = False) -> dict[str, float]:
        """Returns the stems of a question and what each counts; a misspelled word stands for the nearest one."""
        weights: dict[str, float] = {}
        for word, stem in self.stems.stem_all(text, asking=asking):
            near = None if stem in self._where else self._nearest(word)
            key, factor = (stem, 1.0) if near is None else (near, _SLIPPED)
            weights[key] = max(factor, weights.get(key, 0.0))
        return weights

    def knows(self, word: str) -> bool:
        """Returns whether a document has that word, or every day's speech; a word without meaning is known."""
        stem = self.stems.stem(fold(word))
        return not stem or stem in self._where or stem in self.stems.everyday

    def _nearest(self, word: str) -> str | None:
        allowed = forgiven_slips(word)
        if not allowed or not word.isalpha():
            return None
        found = process.extractOne(word, self._words, scorer=OSA.distance, score_cutoff=allowed)
        if found is None or (found[0][0] != word[0] and (found[1] > 1 or len(word) < _LONG)):
            return None
        return self.stems.stem(found[0])

    def search(self, text: str, kinds: Collection[Kind], limit: int = 5) -> list[Hit]:
        """Returns the documents of those kinds that fit best, best first; [] where no word of the text is known."""
        of_faq = tuple(kinds) == ("faq",)
        typed, everyday = self.weigh(text, asking=of_faq), frozenset[str]() if of_faq else self._everyday
        weights = {stem: weight * (_EVERYDAY if stem in everyday else 1.0) for stem, weight in typed.items()}
        asked = sum(self._worth(stem) * (_LEFT_OVER if stem in everyday else 1.0) for stem in typed) or 1.0
        best: dict[int, list[float]] = defaultdict(list)
        covered: dict[int, set[str]] = defaultdict(set)
        whole: set[int] = set()
        for line, (score, stems) in self._line_scores(weights).items():
            document = self._document[line]
            best[document].append(score * self._weight[line])
            covered[document] |= stems
            if all(typed[stem] == 1 for stem in stems) and self._is_whole(line, stems, alone=len(weights) == 1):
                whole.add(document)
        hits = []
        for n, scores in best.items():
            if self.documents[n].kind in kinds:
                share = sum(self._worth(stem) * weights[stem] for stem in covered[n]) / asked
                whole_line, *others = sorted(scores, reverse=True)
                sure = _WHOLE_LINE * whole_line + _OTHER_LINES * sum(others[:3]) / 3
                hits.append(Hit(self.documents[n], sure, share, len(covered[n]), n in whole))
        return sorted(hits, key=lambda hit: (-hit.score * hit.share, hit.document.address))[:limit]

    def _line_scores(self, weights: Mapping[str, float]) -> dict[int, tuple[float, set[str]]]:
        """Returns, for each line that has any of the stems, its score, and which it has."""
        scores: dict[int, tuple[float, set[str]]] = {}
        for stem, factor in weights.items():
            rarity = self._worth(stem)
            for line, often in Counter(self._where.get(stem, ())).items():
                fair = 1 - _B + _B * self._length[line] / self._mean
                score, stems = scores.get(line, (0.0, set()))
                stems.add(stem)
                scores[line] = score + factor * rarity * often * (_K1 + 1) / (often + _K1 * fair), stems
        return scores

    def _is_whole(self, line: int, stems: Collection[str], *, alone: bool) -> bool:
        """Returns whether a whole name or way to ask is there; a single word must be rare, or all that is asked."""
        if self._weight[line] < _A_NAME or len(stems) < self._length[line]:
            return False
        telling = sum(not stem.startswith("?") for stem in stems)  # "cuánto sale" is one word, and a question
        return alone or telling > 1 or (len(stems) == 1 and all(self._worth(stem) >= self._rare for stem in stems))


def build_indexes(documents: Sequence[Document]) -> "dict[Language, Index]":
    """Builds an index for each language."""
    return {language: Index(documents, language) for language in LANGUAGES}
