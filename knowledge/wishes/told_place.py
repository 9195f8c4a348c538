"""Reads where somebody says they are: "vivo en Lima", "I run a shelter in Belmopan", "vou assistir de Lisboa"."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.text.message_splitting import asks_time_pattern
from knowledge.text.numbers_parser import noun_pattern
from knowledge.text.phrases import PhrasePattern, drop_politeness, lexicon_pattern, phrase_pattern
from knowledge.text.words import lexicon, normalize
from locales.localized import LANGUAGES, Language

_MOST_WORDS, _MOST_WORDS_OF_PLACE, _FEW_WORDS = 18, 4, 2
_PARTS = re.compile(r"[,.;:!]")  # "I moved to Panama, set my hours"
_MARK = ","
_BEFORE_PLACE = re.compile(
    r"(?<= )(?:en|in|em|no|na|at|a|au|aux|from|desde|depuis|daqui de|de|del|do|da|du|of|por) ",
)
_FROM = re.compile(r"(?: \S+){0,3}?(?P<origin> (?:from|desde|depuis|daqui de|de|do|da|du) )")
_ORIGIN = re.compile(r" (?:de|del|do|da|du|des|from|of) $")
_ARTICLES = frozenset({"la", "el", "las", "los", "le", "les", "l", "o", "os", "the"})  # "l'heure de la Guadeloupe"
_DENIES = frozenset({"no", "nao", "not", "ya", "non", "si", "se", "if"})
_GOES_ON = re.compile(r"\w+(?:ndo|ing)")  # "em Lisboa fazendo mestrado"


def read_place_of_stay(text: str, words: str, language: Language) -> str:
    """Returns what follows "I live in" in those plain words or in the message's first part, where it is short.

    "" also where something is asked of the place then: "je suis à Montréal, heure de la 4e séance".
    """
    first = _PARTS.split(text)[0]
    if _asks_of_sessions(normalize(text[len(first) :]), language):
        return ""
    return _place_of_stay(words) or _place_of_stay(drop_politeness(normalize(first), language))


def read_told_place(text: str, language: Language) -> str:
    """Returns the plain words in which somebody tells where they are; "" where they tell or ask anything else.

    Whether a place is named in them is for possible_places() and the gazetteer.
    """
    parts = [_without_greeting(part, language) for part in _PARTS.split(text)]
    if sum(len(part.split()) for part in parts) > _MOST_WORDS:  # a story, and what is asked after it
        return ""
    things = [part for part in parts if len(part.split()) > _FEW_WORDS and not _BEFORE_PLACE.match(f" {part} ", 1)]
    if any(not _pattern("self").begins(f" {part} ") for part in things[1:]):  # "soy de Lima, busco prácticas"
        return ""
    words = f" {f' {_MARK} '.join(filter(None, parts))} "
    if _pattern("elsewhere").search(words) is not None or _asks_of_content(words, language):
        return ""
    if (here := _pattern("here_in").search(words)) is not None:  # "kid's in school till 1 here in Barbados"
        return words[here.start() - 1 :]
    joins = _pattern("joins").search(words)
    origin = _FROM.match(words, joins.end()) if joins is not None else None
    if origin is not None:
        return words[origin.start("origin") :]
    wishes = _pattern("wishes").search(words) is not None  # "I work in Mexico and want to register"
    return words if not wishes and _begins_with_self(words) else ""


def possible_places(told: str) -> Iterator[str]:
    """Yields what may be the place in it, the likeliest first: "georgetown, guyana" and then "georgetown"."""
    for match in _BEFORE_PLACE.finditer(told):
        if _ORIGIN.search(told[: match.end()]) and _pattern("people").search(told[: match.start() + 1]):
            continue  # "I work with migrants from Haiti"
        words = told[match.end() :].split()
        yield from _names_at_start(words)
        if words[:1] and words[0] in _ARTICLES:
            yield from _names_at_start(words[1:])


def _names_at_start(words: list[str]) -> Iterator[str]:
    """Yields the first words, the most first, wherever a name may end after them."""
    for length in range(min(_MOST_WORDS_OF_PLACE, len(words)), 0, -1):
        name, rest = " ".join(words[:length]), words[length:]
        if _MARK in words[:length]:
            continue
        if rest[:1] == [_MARK]:
            yield f"{name}, {' '.join(rest[1 : 1 + _MOST_WORDS_OF_PLACE])}"
        goes_on = not rest or rest[0] in _words_after_names() or _GOES_ON.fullmatch(rest[0])
        if goes_on or _pattern("self").begins(f" {' '.join(rest)} "):  # "acá en Lima trabajamos con refugiados"
            yield name


@cache
def _words_after_names() -> frozenset[str]:
    lists = (lexicon("stop"), lexicon("typed/places_told")["after"])
    return frozenset({_MARK, *(word for words in lists for language in LANGUAGES for word in words[language])})


def _begins_with_self(words: str) -> bool:
    """Returns whether it begins so, or after a word or two that deny nothing: "bjr je suis à Port-au-Prince"."""
    first = _pattern("self").search(words)
    before = words[: first.start()].split() if first is not None else []
    return first is not None and len(before) <= _FEW_WORDS and _DENIES.isdisjoint(before)


def _without_greeting(part: str, language: Language) -> str:
    """Returns its plain words without those of greeting before them: "my team" names whose, and stays."""
    words = f" {normalize(part)} "
    if not drop_politeness(words, language):
        return ""
    greetings = [lexicon_pattern("talk", mood, language) for mood in ("greeting", "polite")]
    while (first := next((each.search(words) for each in greetings if each.begins(words)), None)) is not None:
        words = words[first.end() :]
    return words.strip()


def _asks_of_sessions(words: str, language: Language) -> bool:
    return any(each.search(words) for each in (asks_time_pattern(language), noun_pattern(language, "session")))


def _asks_of_content(words: str, language: Language) -> bool:
    """Returns whether it speaks of sessions, practices, objectives …: "I work on the practice of Colombia"."""
    kinds = ("session", "objective", "principle", "practice")
    return any(noun_pattern(language, kind).search(words) for kind in kinds)


def _place_of_stay(words: str) -> str:
    leads = (f"{lead} " for language in LANGUAGES for lead in lexicon("typed/wishes")["here"][language])
    behind = (words.removeprefix(lead) for lead in leads if words.startswith(lead))
    return next((each for each in behind if len(each.split()) <= _MOST_WORDS_OF_PLACE), "")


@cache
def _pattern(section: str) -> PhrasePattern:
    """Returns the pattern of those phrases in any language."""
    return phrase_pattern(phrase for each in LANGUAGES for phrase in lexicon("typed/places_told")[section][each])
