"""Finds the days that a clause means: a day, all days from it, after or before it, or each day of that name."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from knowledge.text.numbers_parser import number_words
from knowledge.text.words import lexicon, phrase_pattern
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
    if _is_led(day, words, "day_after", language):
        return DayRange(day.last + a_day, day.first + a_year)
    if _is_led(day, words, "day_from", language):
        return DayRange(day.first, day.first + a_year)
    if _is_led(day, words, "day_before", language):
        return DayRange(day.last - a_year, day.first - a_day)
    return day


def _is_led(day: DayRange, words: str, section: str, language: Language) -> bool:
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
