"""Detects which of the four languages a text is in, by its words; the person's own stays where that is not plain."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.text.words import Signs, fold, lexicon
from locales.localized import LANGUAGES, Language

# Calibrated on tests/support/knowledge/languages/tune.tsv and on the question sets, each asked from all four phones.
_SMALL_WORD = 3  # what a word of the list of small words counts, beside one of the content
_UNSEEN = 0.3  # what a word counts in a language that does not have it
_MOST_EVIDENCE = 2.5  # of one word: no single word decides
_TELLING = 1.2  # from here on a word is plainly rather of the one language than of the other
_SEVERAL, _PLAIN = 3, 3.4  # words of a clause; what they must weigh together against the person's own language
_FEWEST_TELLING = 2  # a name, an address or a place is one, or none
_ENOUGH_LETTERS = 600  # what is read of a long text
# An address has no language of its own, whatever words it is made of.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|\b[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """In which language a text is to be answered, and in which its words are best read.

    `language` is that of the answer: the person's own, unless several words are plainly of another. `sure` says that
    the text is plainly in another one of the four. `read` is the language in which the words say most: a single word
    is read in it, and changes nothing else. `other` is the code of a language that the bot does not have (ISO 639, or
    "?" for another script), where the text is plainly in one.
    """

    language: Language
    sure: bool
    reading: Language | None = None
    other: str | None = None

    @property
    def read(self) -> Language:
        """The language in which the words are best understood."""
        return self.reading or self.language


class LanguageDetector:
    """Knows the languages by how often each of them has a word."""

    def __init__(self, texts: Mapping[Language, Iterable[str]]) -> None:
        counts = {language: _count_words(language, texts[language]) for language in LANGUAGES}
        known = set().union(*counts.values())
        self._known = known
        self._weights: dict[Language, dict[str, float]] = {}
        self._unseen: dict[Language, float] = {}
        for language, of_it in counts.items():
            base = math.log(of_it.total() + _UNSEEN * len(known))
            self._weights[language] = {word: math.log(number + _UNSEEN) - base for word, number in of_it.items()}
            self._unseen[language] = math.log(_UNSEEN) - base

    def guess(self, text: str, usual: Language, *, kept: bool = False) -> LanguageGuess:
        """Returns the text's language; `usual` is the person's own, and `kept` says that they chose it by hand."""
        words = _telling_words(text[:_ENOUGH_LETTERS])
        known = [word for word in words if word in self._known]
        if (other := _other_script(text) or _other_language(words, self._known)) is not None:
            return LanguageGuess(usual, sure=False, reading=self._best(known, usual), other=other)
        reading = self._best(known, usual)
        plainly = reading != usual and self._is_plainly(known, reading, usual)
        return LanguageGuess(reading if plainly and not kept else usual, sure=plainly, reading=reading)

    def _best(self, words: list[str], usual: Language) -> Language:
        """Returns the language that has most of those words; the usual one unless one is plainly of another."""
        best = max(LANGUAGES, key=lambda each: self._evidence(words, each, usual))
        return best if self._evidence(words, best, usual) >= _TELLING else usual

    def _evidence(self, words: Iterable[str], one: Language, other: Language) -> float:
        return sum(self._word_evidence(word, one, other) for word in words)

    def _word_evidence(self, word: str, one: Language, other: Language) -> float:
        """Returns how much rather the word is of the one language than of the other."""
        more = self._weight(word, one) - self._weight(word, other)
        return max(-_MOST_EVIDENCE, min(_MOST_EVIDENCE, more))

    def _weight(self, word: str, language: Language) -> float:
        return self._weights[language].get(word, self._unseen[language])

    def _is_plainly(self, words: list[str], one: Language, usual: Language) -> bool:
        """Returns whether a clause of several words is of that language, and not of the usual one."""
        each = [self._word_evidence(word, one, usual) for word in words]
        telling = sum(more >= _TELLING for more in each) - sum(more <= -_TELLING for more in each)
        return len(words) >= _SEVERAL and telling >= _FEWEST_TELLING and sum(each) >= _PLAIN


def _count_words(language: Language, texts: Iterable[str]) -> "Counter[str]":
    """Counts each word as it is written and without its accents: people type both."""
    found = Counter(word for text in texts for word in _words(text))
    found.update(dict.fromkeys(lexicon("stop")[language], _SMALL_WORD))
    for word, number in list(found.items()):
        if not word.isascii() and (bare := fold(word)) != word:
            found[bare] += number
    return found


def _telling_words(text: str) -> list[str]:
    """Returns the words, each once, without those that are written as names and addresses are."""
    shouted = text.isupper()
    parts = _ADDRESS.sub(" ", text).split()
    kept = [part for at, part in enumerate(parts) if at == 0 or shouted or not part.lstrip("¿¡\"'«(")[:1].isupper()]
    return list(dict.fromkeys(_words(" ".join(kept))))


def _words(text: str) -> list[str]:
    # Accents are kept: ñ, ã and ç tell more than any word. Only signs go.
    return text.casefold().translate(_LETTERS).split()


def _other_language(words: list[str], known_words: set[str]) -> str | None:
    """Returns the language that has at least two words that ours lack, and no fewer of the words than ours."""
    folded = {fold(word) for word in words}
    known = sum(word in known_words for word in words)
    for code, small in lexicon("other_languages").items():
        has = folded.intersection(small)
        telling = sum(word not in known_words for word in has)
        if len(words) >= _SEVERAL and telling >= _FEWEST_TELLING and len(has) >= known:
            return str(code)
    return None


def _other_script(text: str) -> str | None:
    """Returns "?" where most letters are of another script: Arabic, Cyrillic, Chinese."""
    letters = [sign for sign in text if sign.isalpha()]
    others = sum(not unicodedata.name(sign, "").startswith("LATIN") for sign in letters if not sign.isascii())
    return "?" if others * 2 > len(letters) else None


_LETTERS = Signs(lambda sign: sign if sign.isalpha() else " ")  # what is no letter becomes a space
