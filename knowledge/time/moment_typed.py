"""A day and an hour as organizers type them: "6/11 15:00", "miércoles 6 15:00", "mañana 10 h", "15:00". Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from knowledge.text.words import lexicon, pattern, plain
from knowledge.time.days_parser import days_said
from locales.localized import LANGUAGES, Language

_HOUR = re.compile(
    r"(?<![\d/.:])(?:(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|\s?h(?P<after_h>\d{2})|\s?(?:hs|hrs|h|horas?|heures?)\b)"
    r"|\b(?:a las?|[aà]s|at|à)\s(?P<alone>\d{1,2})(?![\d/.:-]))",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
# The day before the month: what was understood is shown in words before anything is done.
_DATE = re.compile(r"(?<![\d/.:-])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?(?![\d/:])")
_LOOKS_AHEAD = 62  # days in which "miércoles 6" is looked for
_CENTURY = 100
_YEARS = 2
_HOURS, _MINUTES = 24, 60


@dataclass(frozen=True, slots=True)
class Typed:
    """When it begins, in UTC; until when, where that was typed too."""

    starts_at: datetime
    ends_at: datetime | None


def read_moment(words: str, language: Language, zone: str, now: datetime, usual: datetime) -> Typed | None:
    """What was typed, in that zone; `usual` gives the day or the hour that is left out. None: not understood."""
    here = ZoneInfo(zone)
    words = _ISO.sub(r"\3/\2/\1", words)
    hours = [_time(match) for match in _HOUR.finditer(words)]
    days = _days(_HOUR.sub(" ", words), language, now.astimezone(here).date())
    if None in hours or len(days) > 1 or len(hours) > 2 or not (hours or days):  # noqa: PLR2004 - from, until
        return None
    if not days and re.search(r"\d", _HOUR.sub("", words)):
        return None  # a day of which we know nothing, such as 31/11
    start = usual.astimezone(here)
    day = days[0] if days else start.date()
    first = datetime.combine(day, hours[0] if hours and hours[0] is not None else start.time(), here)
    last = datetime.combine(day, hours[1], here) if len(hours) > 1 and hours[1] is not None else None
    if last is not None and last <= first:
        last += timedelta(days=1)
    utc = ZoneInfo("UTC")
    return Typed(first.astimezone(utc), last.astimezone(utc) if last is not None else None)


def _time(match: "re.Match[str]") -> time | None:
    hour, minute = int(match["hour"] or match["alone"]), int(match["minute"] or match["after_h"] or 0)
    return time(hour, minute) if hour < _HOURS and minute < _MINUTES else None


def _days(words: str, language: Language, today: date) -> list[date]:
    """The days that are named; [] for none. A weekday that is said must be that day's."""
    if match := _DATE.search(words):
        found = _dated(int(match[1]), int(match[2]), match[3], today)
    else:
        ahead = [today + timedelta(days=n) for n in range(_LOOKS_AHEAD)]
        said = days_said(words, language, today, ahead)
        found = [_in_future(each.first, today) for each in said if each.first == each.last]
    weekday = _weekday(words, language)
    fitting = [each for each in found if weekday is None or each.weekday() == weekday]
    # "miércoles 6" may be one of two months: the next one is meant.
    return sorted(set(fitting))[:1] if fitting else [*found, *found]


def _dated(day: int, month: int, year: str | None, today: date) -> list[date]:
    years: Sequence[int] = range(today.year, today.year + _YEARS)
    if year is not None:
        years = [int(year) if int(year) >= _CENTURY else int(year) + today.year // _CENTURY * _CENTURY]
    for each in years:
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if year is not None or found >= today:
            return [found]
    return []


def _in_future(day: date, today: date) -> date:
    """Without a year the next such day is meant."""
    try:
        return day if day >= today else day.replace(year=today.year + (day.replace(year=today.year) < today))
    except ValueError:
        return day


def _weekday(words: str, language: Language) -> int | None:
    for each in (language, *LANGUAGES):
        for number, names in enumerate(lexicon("calendar")["weekdays"][each]):
            if pattern(names.split("|")).search(plain(words)):
                return number
    return None
