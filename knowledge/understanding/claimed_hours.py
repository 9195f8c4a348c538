"""Reads the hours that a clause claims: "at 3 pm", "a las 15", "18h30", "before 4 pm", "from 10 to 12" on a day."""

import re
from collections.abc import Sequence
from typing import TypeAlias

from knowledge.text.numbers_parser import number_words
from knowledge.text.words import lexicon_pattern
from knowledge.time.days_parser import DayRange
from locales.localized import Language

# The first and the last minute after midnight at which a session may begin for the claim to hold.
MinuteSpan: TypeAlias = tuple[int, int]

_HOUR = re.compile(
    r"(?<= )(?P<lead>a las|a la|as|at|a) (?P<hour>\d{1,2})(?: (?P<minute>[0-5]\d))?(?: ?(?P<half>am|pm|h|hs|hrs))?(?= )"
    r"|(?<= )(?P<hour2>\d{1,2})(?: ?(?P<half2>am|pm|h|hs|hrs|heures|horas))(?P<minute2>[0-5]\d)?(?= )"
)
_HOURS = re.compile(
    r"(?<= )(?:from|de|das|entre|between) (?P<hour>\d{1,2}) (?:to|till|until|and|a|as|y|e|et) (?P<end>\d{1,2})(?= )"
)
_WORDED = re.compile(
    r"(?<= )(?P<lead>a las|a la|as|at) (?P<hour>[a-z]+)(?= $| (?:no|nao|ne|verdad|verdade|cierto|certo|right|pm|am|hora"
    r"|horas|de la (?:manana|tarde)|da (?:manha|tarde)|en|em|in) )"
)
_ARTICLES = re.compile(r"(?: (?:the|las|la|as))? $")
_NOON, _DAY = 12 * 60, 24 * 60


def find_claimed_hours(words: str, language: Language, days: Sequence[DayRange]) -> tuple[MinuteSpan, ...]:
    """Returns when a session may begin for the claim to hold; () where no hour is claimed, or not clearly."""
    match = _HOUR.search(_in_figures(words, language))
    if match is None:
        return _find_first_hour(words, days)
    half = match["half"] or match["half2"] or ""
    if match["lead"] == "a" and not half:
        return ()  # "a 2" is no hour, "à 14h" is
    meant = _read_hour(match, half)
    before, after = (_is_led(words[: match.start()], f"day_{side}", language) for side in ("before", "after"))
    if before or after:
        return ((0, meant[0] - 1) if before else (meant[0] + 1, _DAY),) if len(meant) == 1 else ()
    return tuple((minutes, minutes) for minutes in meant)


def _in_figures(words: str, language: Language) -> str:
    """Returns "a la una, ¿no?" as "a la 1"; not where what follows is counted: "a las dos sesiones"."""
    known = number_words(language).cardinal
    return _WORDED.sub(lambda match: f"{match['lead']} {known.get(match['hour'], match['hour'])}", words)


def without_hours(words: str) -> str:
    """Returns the plain text without the hours that it names."""
    return _HOUR.sub(lambda match: match[0] if match["lead"] == "a" and not match["half"] else " ", words)


def _read_hour(match: "re.Match[str]", half: str) -> tuple[int, ...]:
    """Returns the minutes after midnight; two of them for "a las 2", which may be in the afternoon."""
    hour, minute = int(match["hour"] or match["hour2"]), int(match["minute"] or match["minute2"] or 0)
    minutes = hour * 60 + minute
    if half in {"am", "pm"}:
        return (minutes % _NOON + _NOON * (half == "pm"),)
    return (minutes, minutes + _NOON) if 0 < minutes < _NOON else (minutes,)


def _is_led(words: str, section: str, language: Language) -> bool:
    lead = _ARTICLES.sub(" ", words)
    return any(match.end() == len(lead) - 1 for match in lexicon_pattern("turns", section, language).finditer(lead))


def _find_first_hour(words: str, days: Sequence[DayRange]) -> tuple[MinuteSpan, ...]:
    match = _HOURS.search(words) if days else None
    if match is None or any(each.first.day in {int(match["hour"]), int(match["end"])} for each in days):
        return ()  # "de 5 a 12 de noviembre" are days
    minutes = int(match["hour"]) * 60
    return tuple((each, each) for each in (minutes, minutes + _NOON))
