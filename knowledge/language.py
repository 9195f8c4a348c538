"""Which of the four languages a text is in, told by its letters and by the words of this house."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.words import plain
from locales.localized import LANGUAGES, Language

_SHORTEST, _LONGEST = 2, 4  # letters of a piece
_WORD_COUNTS = 3  # a whole word tells more than its pieces
_UNSEEN = 0.4  # what a piece counts that a language has never shown
_PRIOR = 3.0  # what the person's own language is worth: about one clear word
_FEW_WORDS, _MORE_PRIOR = 2, 2.0  # "soberania" may be any of two languages
_SURE = 4.0  # from here on the text itself says it: it would stand against two priors
_ENOUGH_LETTERS = 600  # what is read of a long text


@dataclass(frozen=True, slots=True)
class Guess:
    """A language, and whether the text alone says so clearly."""

    language: Language
    sure: bool


class Languages:
    """Knows the languages from texts in each: naive Bayes over pieces of words of two to four letters."""

    def __init__(self, texts: Mapping[Language, Iterable[str]]) -> None:
        counts = {language: Counter(piece for text in texts[language] for piece in _pieces(text)) for language in texts}
        pieces = set().union(*counts.values())
        self._unseen: dict[Language, float] = {}
        self._weights: dict[str, dict[Language, float]] = {piece: {} for piece in pieces}
        for language, seen in counts.items():
            total = math.log(seen.total() + _UNSEEN * len(pieces))
            self._unseen[language] = math.log(_UNSEEN) - total
            for piece, number in seen.items():
                self._weights[piece][language] = math.log(number + _UNSEEN) - total

    def guess(self, text: str, usual: Language) -> Guess:
        """The text's language; `usual` is the person's own, which decides where the text says little."""
        scores = dict.fromkeys(LANGUAGES, 0.0)
        pieces = list(_pieces(text[:_ENOUGH_LETTERS]))
        if not any(piece.startswith("#") and piece in self._weights for piece in pieces):
            return Guess(usual, sure=False)  # no word of any language: letters alone would be a guess
        for piece in pieces:
            weights = self._weights.get(piece)
            if weights is not None:
                for language in LANGUAGES:
                    scores[language] += weights.get(language, self._unseen[language])
        clear = max(scores.values()) - scores[usual]
        few = sum(piece.startswith("#") for piece in set(pieces)) <= _FEW_WORDS
        scores[usual] += _PRIOR + (_MORE_PRIOR if few else 0.0)
        best = max(LANGUAGES, key=lambda language: scores[language])
        return Guess(best, sure=best != usual and clear >= _SURE)


def _pieces(text: str) -> Iterable[str]:
    # Accents are kept: ñ, ã and ç tell more than any word. Only signs go.
    words = "".join(sign if sign.isalpha() else " " for sign in text.casefold()).split()
    for word in words:
        framed = f" {word} "
        for length in range(_SHORTEST, _LONGEST + 1):
            yield from (framed[start : start + length] for start in range(len(framed) - length + 1))
        yield from (f"#{word}",) * _WORD_COUNTS
        bare = plain(word).strip()
        if bare != word:
            yield f"#{bare}"
