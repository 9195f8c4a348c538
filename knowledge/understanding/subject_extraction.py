"""What a question is about: its words without greetings, hours and the names of kinds of things."""

import re
from functools import cache
from typing import Literal

from knowledge.text.numbers_parser import nouns
from knowledge.text.words import lexicon, listed, pattern
from knowledge.time.days_parser import from_today
from locales.localized import Language

Noun = Literal["session", "objective", "principle", "area", "practice"]
NOUNS: tuple[Noun, ...] = ("session", "objective", "principle", "area", "practice")


@cache
def _not_the_subject(language: Language) -> "tuple[re.Pattern[str], ...]":
    wishes = [listed("wishes", wish, language) for wish in ("when", "which_session", "which_area", "count", "all")]
    talk = [listed("talk", kind, language) for kind in ("greeting", "polite", "thanks")]
    return (*wishes, *talk, *(nouns(language, kind) for kind in NOUNS))


def theme(words: str, language: Language) -> str:
    """The subject: the plain text without greetings, words for hours, and the names of kinds of things."""
    for each in _not_the_subject(language):
        words = each.sub(" ", words)
    return " ".join(words.split())


def says_nothing(subject: str, language: Language) -> bool:
    """Whether only words without meaning, days and orders are left."""
    words = f" {subject} "
    said = ("next", "last", "previous", "present", "over", "event")
    for each in (*_calendar(language), *(listed("wishes", wish, language) for wish in said)):
        words = each.sub(" ", words)
    stop = frozenset(lexicon("stop")[language])
    return all(word in stop or word[0].isdigit() for word in words.split())


@cache
def _calendar(language: Language) -> "tuple[re.Pattern[str], ...]":
    calendar = lexicon("calendar")
    names = [name for kind in ("months", "weekdays") for each in calendar[kind][language] for name in each.split("|")]
    spans = [*calendar["days"][language], *calendar["weeks"][language], *calendar["weekends"][language]]
    return (from_today(language), pattern(spans), pattern(names))
