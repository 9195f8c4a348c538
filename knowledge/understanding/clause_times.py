"""Finds the days that a clause means, all from or before a day as well, and the hours that it claims: "at 3 pm"."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TypeAlias

from knowledge.text.numbers_parser import number_words
from knowledge.text.words import lexicon, lexicon_pattern, phrase_pattern
from knowledge.time.days_parser import (
    ORDINAL_END,
    DayRange,
    month_names,
    parse_days,
    parse_weekdays,
    weekday_pattern,
)
from locales.localized import Language

_A_YEAR = 365
_ON_A_WEEKDAY = re.compile(
    r"\b(?:na|numa|nas|às|toda) (?:quinta|sexta)s?\b(?!-| feira| sess| reuni| vez)|"
    r"\b(?:tem|há|ha|tiver|alguma|algo|cai|caem|livre|só posso)\b(?:(?! sobre | d[aeo]s? )[^?!.;]){0,25}?"
    r"\b(?:na|à|numa|toda|às|nas) (?:segunda|quarta|quinta|sexta)s?\b(?!-| feira| sess| reuni| vez)",
    re.IGNORECASE,
)
_CONTRACTED = ("del", "do", "du")  # with the article of the day that follows
_UNIT = r" ?(?:am|pm|a m|p m|h|hs|hrs|hours|horas|heures|o clock|oclock|minutes|minutos)(?= )"


@dataclass(frozen=True, slots=True)
class ClauseContext:
    """What a clause is taken apart with: its language, the present day, and the days of the sessions."""

    language: Language
    sure: bool
    today: date
    days: Sequence[date]


def find_days(
    text: str, words: str, asked: Collection[str], context: ClauseContext
) -> tuple[tuple[DayRange, ...], tuple[int, ...]]:
    """Returns the days that are meant, or the days of the week, where each of them is: "¿cuáles caen en martes?"."""
    every = not _is_dated(words, context.language) and not {"count", "list", "which", "yes_no"}.isdisjoint(asked)
    if every and (weekdays := tuple(parse_weekdays(words, context.language))):
        return (), weekdays
    days = tuple(parse_days(text, context.language, context.today, context.days))
    return tuple(_open_range(each, words, context.language) for each in days), ()


def _open_range(day: DayRange, words: str, language: Language) -> DayRange:
    """Returns all days after that one for "after the 1st of November", all before it for "before"; else the same.

    "From the 1st of November" has that day, too.
    """
    a_day, a_year = timedelta(days=1), timedelta(days=_A_YEAR)
    if _leads_to_day(day, words, "day_after", language):
        return DayRange(day.last + a_day, day.first + a_year)
    if _leads_to_day(day, words, "day_from", language):
        return DayRange(day.first, day.first + a_year)
    if _leads_to_day(day, words, "day_before", language):
        return DayRange(day.last - a_year, day.first - a_day)
    return day


def _leads_to_day(day: DayRange, words: str, section: str, language: Language) -> bool:
    """Returns whether a word of that section leads to the day; "from 10 to 12" leads to an hour."""
    for match in _before_day_pattern(section, language).finditer(words):
        number, second = match["number"], match["second"]
        if number is None:
            return True
        if second is not None and {int(number), int(second)} == {day.first.day, day.first.month}:
            return True
        pointed = match["article"] or match["lead"].endswith(_CONTRACTED)
        if int(number) == day.first.day and (match["month"] or (pointed and not match["unit"])):
            return True
    return False


@cache
def _before_day_pattern(section: str, language: Language) -> "re.Pattern[str]":
    """Returns the pattern of "after" or "before", where a day or a month follows, or a number that may be a day."""
    calendar = lexicon("calendar")
    names = [name for kind in ("months", "weekdays") for each in calendar[kind][language] for name in each.split("|")]
    days = "|".join((*names, *calendar["days"][language]))
    months = rf"(?:(?:of|de|do) )?(?:{'|'.join(month_names(language))}) "
    numbers = "|".join((*number_words(language).cardinal, *number_words(language).ordinal))
    leads = phrase_pattern(lexicon("turns")[section][language]).pattern
    return re.compile(
        rf"(?P<lead>{leads}) (?P<article>(?:(?:the|el|le|o|dia|la) )*)(?:(?:{days}) |(?:{numbers}) {months}"
        rf"|(?P<number>\d{{1,2}})(?P<unit>{_UNIT})?(?:{ORDINAL_END} (?:(?P<month>{months})|(?P<second>\d{{1,2}}) )?)?)"
    )


def write_weekdays_out(text: str, language: Language) -> str:
    """Returns "tem alguma na quarta?" with "quarta-feira": there "a quarta" is a day, and elsewhere the fourth."""
    return _ON_A_WEEKDAY.sub(r"\g<0>-feira", text) if language == "pt" else text


def is_day(number: int, days: Sequence[DayRange], weekdays: Sequence[int], context: ClauseContext) -> bool:
    """Returns whether the number is that of a day: "from the 5th" names no session 5, "na sexta" none of four."""
    named = (each for each in days if each.first == each.last or each.last - each.first >= timedelta(days=_A_YEAR))
    weekday = bool(days or weekdays) and number > len(context.days)
    return weekday or any(each.first.day == number for each in named)


def _is_dated(words: str, language: Language) -> bool:
    """Returns whether a day of the week has its date: "el martes 29"."""
    return re.search(rf"{weekday_pattern(language).pattern} (?:the )?\d", words) is not None


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
    before, after = (_leads_to_hour(words[: match.start()], f"day_{side}", language) for side in ("before", "after"))
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


def _leads_to_hour(words: str, section: str, language: Language) -> bool:
    lead = _ARTICLES.sub(" ", words)
    return any(match.end() == len(lead) - 1 for match in lexicon_pattern("turns", section, language).finditer(lead))


def _find_first_hour(words: str, days: Sequence[DayRange]) -> tuple[MinuteSpan, ...]:
    match = _HOURS.search(words) if days else None
    if match is None or any(each.first.day in {int(match["hour"]), int(match["end"])} for each in days):
        return ()  # "de 5 a 12 de noviembre" are days
    minutes = int(match["hour"]) * 60
    return tuple((each, each) for each in (minutes, minutes + _NOON))
