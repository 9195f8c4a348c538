"""Finds the subject of a clause: what is left without greetings, asking words, days, numbers and kinds of things."""

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import chain, islice

from knowledge.text.numbers_parser import noun_pattern, number_words
from knowledge.text.phrases import PhrasePattern, lexicon_pattern, phrase_pattern
from knowledge.text.words import lexicon
from knowledge.time.days_parser import day_offset_pattern, month_pattern, weekday_pattern
from knowledge.understanding.query import Kind, State
from locales.localized import Language

NOUNS: tuple[Kind, ...] = ("session", "objective", "principle", "area", "practice")
# What says nothing of a subject, and what is no subject either where nothing else is left.
_TURNS = (("asks", "day"), ("asks", "hour"), ("asks", "end"), ("asks", "duration"), ("asks", "sessions"),
          ("asks", "areas"), ("asks", "topic"), ("asks", "named"), ("turns", "count"), ("turns", "list"),
          *(("asks", state) for state in State),
          ("turns", "compare"), ("turns", "without"), ("turns", "other"), ("turns", "which"), ("turns", "yes_no"),
          ("turns", "clash"), ("talk", "greeting"), ("talk", "polite"), ("talk", "thanks"))  # fmt: skip
_ORDERS = ("after", "next", "last", "previous", "before", "present", "left", "event", "yes_no",
           "day_after", "day_from", "day_before")  # fmt: skip
_WITHIN_ONE = re.compile(r"(?<= )(?:the ((?:[^ ]+ ){1,3}?)(?:one|session)|([^ ]+ )session)(?= )")
# Of what is pointed at ("the one on …") so many are looked at, each so long: thousands would hold everybody up.
_MOST_POINTED, _LONGEST_POINTED = 20, 200
_FIGURES = re.compile(r"\d+[a-z]{0,4}")
CONTEXT = ("attends", "intends")  # in this order: the article of "quiero ir a la de datos" belongs to the name
_OF_COMPACT = frozenset({"objective", "principle"})


def find_pointed(words: str, language: Language) -> Iterator[str]:
    """Yields what follows "the one on", or stands in "the data one", up to a word that asks, a day or an order."""
    found = (lexicon_pattern("turns", lead, language).finditer(words) for lead in ("the_one", "deals_with"))
    pointers = islice(chain(*found, session_on(language).finditer(words)), _MOST_POINTED)
    follows = [words[match.end() : match.end() + _LONGEST_POINTED] for match in pointers]
    within = [match[1] or match[2] for match in _WITHIN_ONE.finditer(words)] if language == "en" else []
    ends = (*_asking_patterns(language), *_calendar_patterns(language))
    for each in (*follows, *within):
        for pattern in ends:
            each = pattern.sub(" ; ", f" {each.strip()} ")  # noqa: PLW2901 - one pattern after the other
        first = without_numbers(each.split(";")[0], language)
        if not is_empty(first, language):
            yield first


@cache
def session_on(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of "the session on", "la sesión que habla de"."""
    nouns, leads = noun_pattern(language, "session"), lexicon_pattern("others", "session_on", language)
    return re.compile(f"{nouns.pattern} {leads.pattern}")


def extract_subject(words: str, language: Language) -> str:
    """Returns the subject: the plain text without greetings, words that ask, and the names of kinds of things."""
    for pattern in _asking_patterns(language):
        words = pattern.sub(" ", words)
    return " ".join(words.split())


def is_empty(subject: str, language: Language) -> bool:
    """Returns whether only words without meaning, days and orders are left."""
    return not telling_words(subject, language)


def telling_words(subject: str, language: Language) -> list[str]:
    """Returns its words without days, orders, numbers and those that mean nothing."""
    words = f" {subject} "
    for pattern in _calendar_patterns(language):
        words = pattern.sub(" ", words)
    stop = frozenset(lexicon("stop")[language])
    return [word for word in without_numbers(words, language).split() if word not in stop]


def without_compact(words: str, nouns: Collection[str]) -> str:
    """Returns the plain text without the agreement's name: "the objectives of the compact" are all of them."""
    return words if _OF_COMPACT.isdisjoint(nouns) else compact_pattern().sub(" ", words)


def without_context(words: str, language: Language) -> str:
    """Returns the plain text without who attends and where they read of it: "I signed up for", "in the programme"."""
    for section in (*CONTEXT, "colleagues"):
        words = lexicon_pattern("others", section, language).sub(" ", words)
    return words


def compact_pattern() -> PhrasePattern:
    """Returns the pattern of the agreement's name."""
    return phrase_pattern(lexicon("others")["compact"])


def without_numbers(words: str, language: Language) -> str:
    """Returns the plain text without figures and number words."""
    known = number_words(language)
    kept = (
        word
        for word in words.split()
        if not (word in known.ordinal or word in known.cardinal or _FIGURES.fullmatch(word))
    )
    return " ".join(kept)


@cache
def _asking_patterns(language: Language) -> tuple[PhrasePattern, ...]:
    asking = (lexicon_pattern(name, section, language) for name, section in _TURNS)
    return (
        phrase_pattern(lexicon("others")["lengths"][language]),
        *asking,
        *(noun_pattern(language, kind) for kind in NOUNS),
    )


@cache
def _calendar_patterns(language: Language) -> "tuple[re.Pattern[str] | PhrasePattern, ...]":
    calendar = lexicon("calendar")
    names = [name for each in calendar["months"][language] for name in each.split("|")]
    spans = [each for kind in ("days", "weeks", "weekends", "counted_months") for each in calendar[kind][language]]
    orders = (lexicon_pattern("turns", section, language) for section in _ORDERS)
    return (
        day_offset_pattern(language),
        month_pattern(language),
        phrase_pattern(spans),
        phrase_pattern(names),
        weekday_pattern(language),
        *orders,
    )


def points_within(words: str) -> bool:
    """Returns whether one is named by what stands before "one": "the data one"."""
    return _WITHIN_ONE.search(words) is not None
