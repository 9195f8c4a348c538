"""Recognizes wishes that are carried out at once: a typed label of a button, "no more messages", "I live in Lima"."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.text.abbreviations import write_out
from knowledge.text.words import fold_phrase, lexicon, lexicon_pattern, normalize, phrase_pattern
from locales.localized import LANGUAGES, Language

_MOST_WORDS = 12  # what is longer tells a story; its wish is read with the rest of it
_MOST_WORDS_OF_PLACE = 4
_FIRST_PART = re.compile(r"[,.;:!]")  # "I moved to Panama, set my hours"


@dataclass(frozen=True, slots=True)
class WishWords:
    """What is wished: the thing to open or to do, and what is named with it: a place, or a language's code."""

    kind: str  # a key of wishes.toml, or "place", "switch"
    value: str = ""


def read_wish_words(text: str, language: Language) -> WishWords | None:
    """Returns the wish that these words are; None for a question, and for words that say more than a wish."""
    text = write_out(text, language)
    words = drop_politeness(normalize(text), language)
    if not words or len(words.split()) > _MOST_WORDS:
        return None
    if kind := _label(words, language):
        return WishWords(kind)
    for kind, phrases in lexicon("typed/wishes")["bare"].items():
        if words in phrases:
            return WishWords(kind)
    if (code := _language_to_switch_to(words)) is not None:
        return WishWords("switch", code)
    asks = "?" in text or lexicon_pattern("turns", "open", language).search(f" {words} ") is not None
    first = _FIRST_PART.split(text)[0]
    place = "" if asks else _place_of_stay(words) or _place_of_stay(drop_politeness(normalize(first), language))
    if place:
        return WishWords("place", place)
    return _saying(f" {words} ", alone=len(words.split()) <= 2)  # noqa: PLR2004 - "stop", "baja ya"


def asks_way_in(text: str, language: Language) -> bool:
    """Returns whether somebody says that they are registered and asks how to get in."""
    words = f" {normalize(write_out(text, language))} "
    if not any(pattern.search(words) for pattern, several in _sayings("registered") if several):
        return False
    return any(lexicon_pattern("typed/wishes", "way_in", code).search(words) for code in LANGUAGES)


def drop_politeness(words: str, language: Language) -> str:
    """Returns the plain words without "please" and greetings."""
    for mood in ("polite", "greeting"):
        words = lexicon_pattern("talk", mood, language).sub(" ", f" {words.strip()} ")
    return " ".join(words.split())


def _label(words: str, language: Language) -> str:
    for code in (language, *LANGUAGES):
        for kind, labels in lexicon("typed/wishes")["labels"][code].items():
            if words in labels:
                return str(kind)
    return ""


def _saying(words: str, *, alone: bool) -> WishWords | None:
    for kind in lexicon("typed/wishes")["sayings"]:
        for pattern, several in _sayings(kind):
            if (alone or several) and pattern.search(words):
                return WishWords("quiet" if kind == "stop" and _names_night(words) else kind)
    return None


def _names_night(words: str) -> bool:
    """Returns whether "arrêtez de m'écrire la nuit" is about the hour, not about all messages."""
    return any(lexicon_pattern("typed/wishes", "night", language).search(words) for language in LANGUAGES)


@cache
def _sayings(kind: str) -> "tuple[tuple[re.Pattern[str], bool], ...]":
    """Returns patterns: of several words, found anywhere; of a single word, only where nothing else is said."""
    phrases = [phrase for language in LANGUAGES for phrase in lexicon("typed/wishes")["sayings"][kind][language]]
    several = [phrase for phrase in phrases if " " in phrase]
    single = [phrase for phrase in phrases if " " not in phrase]
    found = [(phrase_pattern(several), True)]
    return (*found, (phrase_pattern(single), False)) if single else tuple(found)


def _place_of_stay(words: str) -> str:
    """Returns what follows "I live in", where it is short enough for a place."""
    for language in LANGUAGES:
        for lead in lexicon("typed/wishes")["here"][language]:
            place = words.removeprefix(f"{lead} ")
            if place != words and len(place.split()) <= _MOST_WORDS_OF_PLACE:
                return place
    return ""


def _language_to_switch_to(words: str) -> Language | None:
    for code in LANGUAGES:
        for name in lexicon("typed/wishes")["languages"][code]:
            lead = words.removesuffix(f" {fold_phrase(name)}")
            if lead != words and lead in lexicon("typed/wishes")["switch"]["all"]:
                return code
            if words == name:
                return code
    return None
