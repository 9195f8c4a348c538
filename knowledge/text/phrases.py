"""Finds phrases of the lexicon and of the content in plain texts."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property, lru_cache

from knowledge.text.words import lexicon, normalize
from locales.localized import Language


class PhrasePattern:
    """Finds any of some phrases in a plain text; `inscri*` stands for every word that begins so.

    A pattern is compiled when a text has a word with which one of its phrases begins: most of some hundred patterns
    are asked of every message, and few of them find anything. Compiling all at the first message took 0.2 seconds,
    for which everybody waited.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        written = {fold_phrase(phrase) for phrase in phrases}
        begins = {phrase.split(" ")[0] for phrase in written}
        self._phrases = sorted(written, key=len, reverse=True)
        self._first_words = frozenset(word for word in begins if not word.endswith("*"))
        self._first_letters = tuple(f" {word.removesuffix('*')}" for word in begins if word.endswith("*"))

    @cached_property
    def pattern(self) -> str:
        """The regular expression, to be a part of others."""
        any_of = "|".join(re.escape(phrase).replace(r"\*", "[^ ]*") for phrase in self._phrases)
        return f"(?<= )(?:{any_of})(?= )" if any_of else "(?!)"

    def search(self, text: str) -> "re.Match[str] | None":
        """Returns the first phrase in the text, if there is one."""
        return self._compiled.search(text) if self._may_begin(text) else None

    def begins(self, text: str, at: int = 0) -> bool:
        """Returns whether a phrase begins behind the space at that place of the text."""
        return self._may_begin(text) and self._compiled.match(text, at + 1) is not None

    def finditer(self, text: str) -> "Iterator[re.Match[str]]":
        """Yields the phrases in the text, in their order."""
        return self._compiled.finditer(text) if self._may_begin(text) else iter(())

    def sub(self, replacement: "str | Callable[[re.Match[str]], str]", text: str) -> str:
        """Returns the text with each phrase replaced."""
        return self._compiled.sub(replacement, text) if self._may_begin(text) else text

    @cached_property
    def _compiled(self) -> "re.Pattern[str]":
        return re.compile(self.pattern)

    def _may_begin(self, text: str) -> bool:
        if not self._first_words.isdisjoint(_distinct_words(text)):
            return True
        for letters in self._first_letters:  # noqa: SIM110 - any() takes twice as long, and this is asked most of all
            if letters in text:
                return True
        return False


@lru_cache(maxsize=128)  # every pattern is asked of the same few texts
def _distinct_words(text: str) -> frozenset[str]:
    return frozenset(text.split(" "))


def phrase_pattern(phrases: Iterable[str]) -> PhrasePattern:
    """Returns what finds any of those phrases in a plain text."""
    return _phrase_pattern(tuple(phrases))


@cache  # the phrases are of our word lists and of the content: there are no more than these
def _phrase_pattern(phrases: tuple[str, ...]) -> PhrasePattern:
    return PhrasePattern(phrases)


def fold_phrase(phrase: str) -> str:
    """Returns a phrase of a word list as it is looked for: folded, its wildcard kept."""
    words = (normalize(word.removesuffix("*")).strip() + "*" * word.endswith("*") for word in phrase.split())
    return " ".join(words)


@cache
def lexicon_pattern(name: str, key: str, language: Language) -> PhrasePattern:
    """Returns what finds any phrase of that word list of the lexicon, in that language."""
    return phrase_pattern(lexicon(name)[key][language])


def drop_politeness(words: str, language: Language) -> str:
    """Returns the plain words without "please" and greetings."""
    for mood in ("polite", "greeting"):
        words = lexicon_pattern("talk", mood, language).sub(" ", f" {words.strip()} ")
    return " ".join(words.split())


def as_french(text: str) -> str:
    """Returns the text with those words in French, without accents; what is not in the list stays as it was."""
    french = lexicon("creole")["french"]
    return phrase_pattern(french).sub(lambda match: str(french[match[0]]), normalize(text)).strip()
