"""Parses the days of a text: "5 de noviembre", "23/10", "el martes", "mañana", "next week"; against the given today."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from knowledge.text.numbers_parser import number_words
from knowledge.text.phrases import PhrasePattern, phrase_pattern
from knowledge.text.words import lexicon, normalize
from knowledge.time.day_series import write_months_out
from locales.localized import LANGUAGES, Language

_SLASHED = re.compile(r"(?<![\d/.:])(\d{1,2})[/.-](\d{1,2})(?:[/.-](?:20)?\d{2})?(?![\d/:])")
ORDINAL_END = r"(?:st|nd|rd|th|er|ro|o|a|e|eme)?"
_JOINT = r"(?:(?: do mes| del mes)? (?:de|of|del|do|d))?(?: (?:el|the|mes de))?"
_A_DAY = {
    "es": r"(?:dia|el dia|del dia|fecha|del|el)",
    "pt": r"(?:dia|no dia|do dia|data|do)",
    "en": r"(?:on the|the|on)",
    "fr": r"(?:le|jour|du)",
}
_ALONE_ENDS = {"es": "", "pt": "", "en": r"(?:st|nd|rd|th)", "fr": ""}
_MONTHS, _WEEK, _SATURDAY = 12, 7, 5
_MOST_COUNTED = 4  # sessions of one month
_SURELY_A_DAY = re.compile(r"(?:(?:el|del|no|do) )?(?:dia|day|jour|on the|[a-z]{4,}) ")  # a day of the week, too
_MOST_NUMBERED = 23  # objectives
_COUNTING = re.compile(r" (?:las|as|les|aux|des|the) $")
_FEMININE = frozenset(
    ["primera", "primeira", "premiere", "toute premiere", "segunda", "tercera", "terceira", "seconde"]
)  # no day is
_IDIOMS = {8: 7, 15: 14}  # "en ocho días", "dans quinze jours" mean a week, a fortnight


@dataclass(frozen=True, slots=True)
class DayRange:
    """The first and the last day that are meant."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def parse_days(
    text: str, language: Language, today: date, known: Sequence[date], *, named: bool = False
) -> list[DayRange]:
    """Returns the days a text names; those of the sessions, `known`, fill in a month or a year left away."""
    year = known[0].year if known else today.year
    words = normalize(text)
    if dated := parse_dates(text, language, today, known, named=named):
        return dated
    names, months = month_names(language), month_pattern(language).finditer(words)
    found = [*_parse_weeks_of_month(words, language, year)]
    found = found or [_whole_month(year, names[match["month"] or match["own"]]) for match in months]
    counted = *_parse_relative(words, language, today), *_parse_offset(words, language, today)
    return list(dict.fromkeys(found or (*counted, *_next_weekdays(words, language, today))))


def parse_dates(
    text: str, language: Language, today: date, known: Sequence[date], *, named: bool = False
) -> list[DayRange]:
    """Returns the days that a text names by their number: "5/11", "el 5 de noviembre", "the 29th".

    `named`: a session is, so that "el 6" beside it is its day, and no objective.
    """
    year, words = known[0].year if known else today.year, write_months_out(text, _any_month(language))
    dated = *_parse_slashed(text, language, year, known), *_parse_named_month(words, language, year)
    return [
        DayRange(day, day)
        for day in dict.fromkeys(dated or _parse_day_of_month(words, language, today, known, named=named))
    ]


def _parse_slashed(text: str, language: Language, year: int, known: Sequence[date]) -> Iterator[date]:
    """Yields "5/11" as 5 November, in English as 11 May; as a session's day where it can be one."""
    for match in _SLASHED.finditer(text):
        first, second = int(match[1]), int(match[2])
        read = [*_valid_dates(year, second, first), *_valid_dates(year, first, second)]
        if language == "en":
            read.reverse()
        yield from sorted(read, key=lambda day: day not in known)[:1]


def _valid_dates(year: int, month: int, day: int) -> Iterator[date]:
    with suppress(ValueError):
        yield date(year, month, day)


@cache
def month_names(language: Language) -> Mapping[str, int]:
    """Returns that language's names of months, folded, with their number; the others' where they do not clash."""
    found: dict[str, int] = {}
    for each in (language, *LANGUAGES):
        for number, names in enumerate(lexicon("calendar")["months"][each], start=1):
            for name in names.split("|"):
                found.setdefault(name, number)
    return found


@cache
def _any_month(language: Language) -> str:
    """Returns the regular expression of any month's name, the longest first."""
    return "|".join(sorted(month_names(language), key=len, reverse=True))


@cache
def _month_patterns(language: Language) -> "tuple[re.Pattern[str], re.Pattern[str]]":
    months = _any_month(language)
    words = number_words(language)
    # "The november one" is a session.
    numbers = "|".join(sorted({*words.cardinal, *words.ordinal} - {"one"}, key=len, reverse=True))
    day = rf"(?P<day>\d{{1,2}}{ORDINAL_END}|{numbers})"
    before = re.compile(rf"(?<= ){day}{_JOINT} (?P<month>{months})(?= )")
    after = re.compile(rf"(?<= )(?P<month>{months})(?: the)? {day}(?= )")
    return before, after


def _parse_named_month(words: str, language: Language, year: int) -> Iterator[date]:
    for shape in _month_patterns(language):
        for match in shape.finditer(words):
            counted = match.start() == match.start("day") and _COUNTING.search(words[: match.start()])
            written = match["day"]
            few = not written[0].isdigit() or (written.isdigit() and int(written) <= _MOST_COUNTED)
            if written in _FEMININE or (counted and few):
                continue  # "la primera de noviembre", "las dos de octubre": of its sessions
            yield from _valid_dates(year, month_names(language)[match["month"]], _day_number(match["day"], language))


def _day_number(written: str, language: Language) -> int:
    if figures := re.match(r"\d+", written):
        return int(figures[0])
    return number_words(language).cardinal.get(written) or number_words(language).ordinal.get(written) or 0


@cache
def month_pattern(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of "In November", "en el mes de octubre": a month without a day."""
    months = _any_month(language)
    lead = (
        "en|el mes de|del mes de|mes de|em|no mes de|de|d|in|during|of|en el mes de|au mois de|mois de|para|for|pour"
        "|from|after|before|apos|apres|avant"
    )
    before = (
        rf"|(?<= )(?P<own>{months})(?= (?:sessions?|meetings?|ones?|schedule|dates?|programme) )"  # "October sessions"
    )
    return re.compile(rf"(?<= )(?:{lead}) (?P<month>{months})(?= ){before}")


def _whole_month(year: int, month: int) -> DayRange:
    return DayRange(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _parse_weeks_of_month(words: str, language: Language, year: int) -> Iterator[DayRange]:
    """Yields "the first week of November" as its first seven days."""
    ordinals = number_words(language).ordinal
    months = _any_month(language)
    shape = rf" (?P<place>[^ ]+) (?:semana|week|semaine) (?:de|of|d|do|del) (?P<month>{months})(?= )"
    for match in re.finditer(shape, words):
        if place := ordinals.get(match["place"], 0):
            first = date(year, month_names(language)[match["month"]], 1) + timedelta(weeks=place - 1)
            yield DayRange(first, first + timedelta(days=_WEEK - 1))


def _parse_day_of_month(
    words: str, language: Language, today: date, known: Sequence[date], *, named: bool
) -> Iterator[date]:
    """Yields the day of "el martes 12", "día 29", "the 5th": the month is that of a session, and not over."""
    words = words.replace(" mero ", " ")  # "el mero 23", in Mexico
    weekday = weekday_pattern(language).pattern
    end = _ALONE_ENDS[language]
    shapes = rf"(?:{weekday}) (\d{{1,2}}){ORDINAL_END}(?= )", rf"(?<= ){_A_DAY[language]} (\d{{1,2}}){end}(?= )"
    for shape in (*shapes, r" session the (\d{1,2})(?= )"):
        for match in re.finditer(shape, words):
            number, days = int(match[1]), [day for day in known if day.day == int(match[1])]
            # "É dia 30 a 2?": no session's day, but surely a day; "el 4" may be an objective.
            surely = number > _MOST_NUMBERED or _SURELY_A_DAY.match(match[0]) is not None
            surely = surely or (named and number > len(known) and match[0].startswith(("el ", "le ", "the ")))
            yield from days or (_soonest(number, today, known) if surely else ())


def _soonest(number: int, today: date, known: Sequence[date]) -> list[date]:
    """Returns the next day of that number in a month of the sessions; where all are over, the last; [] for none."""
    months = dict.fromkeys((day.year, day.month) for day in sorted(known))
    days = [day for year, month in months for day in _valid_dates(year, month, number)]
    return ([day for day in days if day >= today] or days[-1:])[:1]


def _parse_relative(words: str, language: Language, today: date) -> Iterator[DayRange]:
    calendar = lexicon("calendar")
    words = phrase_pattern(calendar["not_days"][language]).sub("", words)
    days: Mapping[str, int] = calendar["days"][language]
    for phrase in sorted(days, key=len, reverse=True):
        if f" {phrase} " in words:
            day = today + timedelta(days=days[phrase])
            yield DayRange(day, day)
            words = words.replace(f" {phrase} ", " ")
    monday = today - timedelta(days=today.weekday())
    weeks: Mapping[str, int] = calendar["weeks"][language]
    if phrase_pattern(calendar["weekends"][language]).search(words):
        yield DayRange(monday + timedelta(days=_SATURDAY), monday + timedelta(days=_WEEK - 1))
    for phrase, later in weeks.items():
        if f" {phrase} " in words:
            yield DayRange(monday + timedelta(weeks=later), monday + timedelta(weeks=later, days=_WEEK - 1))
    months: Mapping[str, int] = calendar["counted_months"][language]
    named = (divmod(today.month - 1 + later, _MONTHS) for phrase, later in months.items() if f" {phrase} " in words)
    yield from (_whole_month(today.year + years, month + 1) for years, month in named)


@cache
def day_offset_pattern(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of "Dentro de dos días", "in 3 weeks"."""
    words = lexicon("calendar")["counted"][language]
    lead, days, weeks = ("|".join(words[kind]) for kind in ("lead", "days", "weeks"))
    numbers = "|".join(sorted(number_words(language).cardinal, key=len, reverse=True))
    return re.compile(rf"(?<= )(?:{lead}) (?P<number>\d{{1,2}}|{numbers}) (?:(?P<days>{days})|(?P<weeks>{weeks}))(?= )")


def _parse_offset(words: str, language: Language, today: date) -> Iterator[DayRange]:
    for match in day_offset_pattern(language).finditer(words):
        number = _day_number(match["number"], language)
        last = today + (timedelta(weeks=number) if match["weeks"] else timedelta(days=number))
        first = today + timedelta(days=_IDIOMS[number]) if match["days"] and number in _IDIOMS else last
        yield DayRange(first, last)


@cache
def weekday_pattern(language: Language) -> PhrasePattern:
    """Returns the pattern of that language's names of the days of the week, also in the plural."""
    return phrase_pattern(form for names in lexicon("calendar")["weekdays"][language] for form in _forms(names))


def parse_weekdays(words: str, language: Language) -> Iterator[int]:
    """Yields the days of the week that a plain text names, Monday as 0."""
    for number, names in enumerate(lexicon("calendar")["weekdays"][language]):
        if phrase_pattern(_forms(names)).search(words):
            yield number


def _forms(names: str) -> list[str]:
    return [form for name in names.split("|") for form in (name, f"{name}s")]


def _next_weekdays(words: str, language: Language, today: date) -> Iterator[DayRange]:
    """Yields the next day of that name for "el martes", today included."""
    for number in parse_weekdays(words, language):
        day = today + timedelta(days=(number - today.weekday()) % _WEEK)
        yield DayRange(day, day)
