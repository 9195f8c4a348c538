"""Detects which of the four languages a text is in, by its letters and by the words of our lexicon."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from knowledge.text.spelling import MOST_SIGNS
from knowledge.text.words import normalize
from locales.localized import LANGUAGES, Language

_SHORTEST, _LONGEST = 2, 4  # letters of a piece
_WORD_COUNTS = 3  # a whole word tells more than its pieces
_UNSEEN = 0.4  # what a piece counts that a language has never shown
_PRIOR = 3.0  # what the person's own language is worth: about one clear word
_FEW_WORDS, _MORE_PRIOR = 2, 2.0  # "soberania" may be any of two languages
_SURE = 4.0  # from here on the text itself says it: it would stand against two priors
_ENOUGH_LETTERS = 600  # what is read of a long text
# An address has no language of its own, whatever words it is made of.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|\b[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)
_BITS = 32  # for the count of each language in the one number
_MOST = (1 << _BITS) - 1


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """A language, and whether the text alone says so clearly."""

    language: Language
    sure: bool


class LanguageDetector:
    """Knows the languages from texts in each: naive Bayes over pieces of words of two to four letters."""

    def __init__(self, texts: Mapping[Language, Iterable[str]]) -> None:
        # One table from first to last: how often each language has a piece, all in one number, then what that weighs.
        counts = _count_pieces([texts[language] for language in LANGUAGES])
        totals = [sum(_count_in(packed, at) for packed in counts.values()) for at in range(len(LANGUAGES))]
        bases = [math.log(total + _UNSEEN * len(counts)) for total in totals]

        @cache  # most pieces are rare, and weigh alike: each number is kept once, and each row
        def weight(at: int, number: int) -> float:
            return math.log(number + _UNSEEN) - bases[at]

        @cache
        def row(packed: int) -> tuple[float, ...]:
            return tuple(weight(at, _count_in(packed, at)) for at in range(len(LANGUAGES)))

        self._weights = cast("dict[str, tuple[float, ...]]", counts)  # of each piece, in the order of LANGUAGES
        for piece, packed in counts.items():
            self._weights[piece] = row(packed)

    def guess(self, text: str, usual: Language) -> LanguageGuess:
        """The text's language; `usual` is the person's own, which decides where the text says little."""
        pieces = list(_pieces_of_text(_ADDRESS.sub(" ", text)[:_ENOUGH_LETTERS]))
        if not any(piece.startswith("#") and piece in self._weights for piece in pieces):
            return LanguageGuess(usual, sure=False)  # no word of any language: letters alone would be a guess
        known = [self._weights[piece] for piece in pieces if piece in self._weights]
        columns = zip(LANGUAGES, zip(*known, strict=True), strict=True)
        scores = {language: sum(column, 0.0) for language, column in columns}
        clear = max(scores.values()) - scores[usual]
        few = sum(piece.startswith("#") for piece in set(pieces)) <= _FEW_WORDS
        scores[usual] += _PRIOR + (_MORE_PRIOR if few else 0.0)
        best = max(LANGUAGES, key=lambda language: scores[language])
        return LanguageGuess(best, sure=best != usual and clear >= _SURE)


def _count_pieces(texts: Sequence[Iterable[str]]) -> dict[str, int]:
    """How often each piece is there; each word is taken apart once, however often it stands there."""
    found: dict[str, int] = {}
    for at, lines in enumerate(texts):
        for word, number in Counter(word for text in lines for word in _words(text)).items():
            for piece in _pieces_of_word(word):
                found[piece] = found.get(piece, 0) + (number << at * _BITS)
    return found


def _count_in(packed: int, at: int) -> int:
    return (packed >> (at * _BITS)) & _MOST


def _pieces_of_text(text: str) -> Iterable[str]:
    return (piece for word in _words(text) for piece in _pieces_of_word(word))


def _words(text: str) -> list[str]:
    # Accents are kept: ñ, ã and ç tell more than any word. Only signs go.
    return text.casefold().translate(_LETTERS).split()


def _pieces_of_word(word: str) -> list[str]:
    framed = f" {word} "
    end = len(framed) + 1
    pieces = [framed[at : at + length] for length in range(_SHORTEST, _LONGEST + 1) for at in range(end - length)]
    pieces += (f"#{word}",) * _WORD_COUNTS
    bare = word if word.isascii() else normalize(word).strip()
    if bare != word:
        pieces.append(f"#{bare}")
    return pieces


class _Letters(dict[int, str]):
    """For str.translate(): what is no letter becomes a space. Each sign is looked at once, when it is first seen."""

    def __missing__(self, code: int) -> str:
        kept = chr(code) if chr(code).isalpha() else " "
        return self.setdefault(code, kept) if code < MOST_SIGNS else kept


_LETTERS = _Letters()
