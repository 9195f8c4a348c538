"""Parses a day and an hour as people type them in four languages: completely, or with an error that says why not."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from knowledge.time.datetime_scanner import Token, ZoneOf, scan
from locales.localized import LANGUAGES, Language
from locales.time_zone import time_zone


class DatetimeParseError(ValueError):
    """What was typed is no moment that can be acted on; the kinds below say why."""


class EmptyDatetimeError(DatetimeParseError):
    """Nothing was typed that is a day or an hour."""


class UnknownWordsError(DatetimeParseError):
    """Some words are no part of a day or an hour."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.words = tuple(words)

    @property
    def length(self) -> int:
        """How many signs were not understood: the fewer, the likelier is the language."""
        return sum(map(len, self.words))


class _QuotedError(DatetimeParseError):
    """These words cannot be acted on."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class ImpossibleDatetimeError(_QuotedError):
    """There is no such day or hour: 31/11, 25:00, 15:00 in the morning, an hour that a change of clocks leaves out."""


class WrongWeekdayError(_QuotedError):
    """That date is another weekday."""

    def __init__(self, words: str, day: date) -> None:
        super().__init__(words)
        self.day = day


class ContradictionError(DatetimeParseError):
    """Two days, hours or zones were typed that cannot both be meant."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__()
        self.first, self.second = first, second


class HourMissingError(DatetimeParseError):
    """A day was typed without its hour."""


class UnknownZoneError(_QuotedError):
    """The hours of a place were meant whose zone is not known or not one."""


# Without a month or with a weekday, a day is looked for in so many days; a date that is over by less is that date.
_LOOKS_AHEAD, _LOOKS_BACK = 62, 92
_WEEK, _NOON = 7, 12
# In which hours of twelve, and of twenty-four, a part of the day may be said; what is added to the first.
_PARTS: dict[str, tuple[range, int, range]] = {
    "am": (range(1, 12), 0, range(1)),
    "pm": (range(1, 12), 12, range(12, 24)),
    "dawn": (range(1, 7), 0, range(1)),
    "morning": (range(1, 12), 0, range(1)),
    "noon": (range(1, 3), 12, range(12, 15)),
    "afternoon": (range(1, 10), 12, range(12, 22)),
    "evening": (range(4, 12), 12, range(16, 24)),
    "night": (range(6, 12), 12, range(18, 24)),
}
# "12 am", "12 de la noche": midnight, at which end of the day is not said.
_MIDNIGHT_AT_TWELVE = frozenset({"am", "dawn", "night"})


@dataclass(frozen=True, slots=True)
class ClockTime:
    """An hour of the day that was said."""

    at: time
    bare: bool


def _assign_numbers(items: Sequence[Token]) -> list[Token]:
    """Reads each number alone: a day by a weekday or before the hour, an hour between hours or after the day."""
    read = list(items)
    dated = any(each.kind in {"date", "offset"} for each in read)
    timed = any(each.kind == "hour" for each in read)
    for place, each in enumerate(read):
        if each.kind != "number":
            continue
        after = read[place + 1].kind if place + 1 < len(read) else ""
        before = read[place - 1].kind if place else ""
        ranged = {after, before} & {"between", "until"} and (dated or timed or before == "weekday")
        then = [each.kind for each in read[place + 2 : place + 3]]
        if ranged and (dated or (after in {"between", "until"} and then == ["hour"])):
            read[place], timed = _number_as_hour(each), True
        elif before == "weekday" or (not dated and (timed or after == "hour")):
            read[place], dated = replace(each, kind="date"), True
        elif dated and not timed:
            read[place], timed = _number_as_hour(each), True
        else:
            read[place] = replace(each, kind="left over")
    return read


def _number_as_hour(item: Token) -> Token:
    bare = 1 <= item.day <= _WEEK and not item.words.startswith("0")
    return replace(item, kind="hour", hour=item.day, bare=bare)


def _resolve_hours(items: Sequence[Token]) -> tuple[ClockTime | None, ClockTime | None]:
    """Returns the hour that was said, and until when. Raises DatetimeParseError."""
    hours = [(place, each) for place, each in enumerate(items) if each.kind == "hour"]
    part = next((each.part for each in items if each.kind in {"part", "offset"} and each.part), None)
    joints = [place for place, each in enumerate(items) if each.kind in {"between", "until"}]
    joined = [place for place in joints if any(at < place for at, _ in hours)]
    if len(hours) > 2 or (len(hours) == 2 and not (joined or hours[1][1].may_end)):  # noqa: PLR2004 - from, until
        raise ContradictionError(hours[0][1].words, hours[1][1].words)
    for place, each in enumerate(items):
        if each.kind == "until" and (place not in joined or len(hours) == 1):
            raise UnknownWordsError([each.words])
    if not hours:
        return None, None
    first = hours[0][1]
    if len(hours) == 1:
        return _clock_time(first, first.part or part), None
    return _resolve_range(first, hours[1][1], part)


def _resolve_range(first: Token, last: Token, part: str | None) -> tuple[ClockTime, ClockTime]:
    """Returns the two hours of "3 a 5 de la tarde"; what is said of one holds for the other, where order allows."""
    end = _clock_time(last, last.part or part)
    start = _clock_time(first, first.part or part)
    if first.part is None and last.part is not None and first.hour <= _NOON:
        with_it = _clock_time_or_none(first, last.part)
        start = with_it if with_it is not None and with_it.at < end.at else replace(start, bare=False)
    elif last.part is None and first.part is not None and last.hour <= _NOON:
        with_it = _clock_time_or_none(last, first.part)
        end = with_it if with_it is not None and with_it.at > start.at else end
    return start, _on_the_same_day(start, end)


def _on_the_same_day(start: ClockTime, end: ClockTime) -> ClockTime:
    """Returns the end of "de 10 a 1" and of "noon to 2" in the afternoon; of "23:00 a 1:00" after midnight."""
    if not end.bare or end.at > start.at:
        return end
    afternoon = end.at.replace(hour=end.at.hour + _NOON)
    return ClockTime(afternoon, bare=False) if afternoon > start.at else end


def _clock_time_or_none(item: Token, part: str) -> ClockTime | None:
    with suppress(ImpossibleDatetimeError):
        return _clock_time(item, part)
    return None


def _clock_time(item: Token, part: str | None) -> ClockTime:
    """Returns the hour in that part of the day; minutes below 0 count back. Raises ImpossibleDatetimeError."""
    hour, bare = item.hour, item.bare
    if part is not None:
        of_twelve, added, of_day = _PARTS[part]
        bare = False
        if hour == _NOON and part in _MIDNIGHT_AT_TWELVE:
            hour, bare = 0, True
        elif hour in of_twelve:
            hour += added
        elif hour not in of_day and not (hour == 0 and part in _MIDNIGHT_AT_TWELVE):
            raise ImpossibleDatetimeError(item.words)
    minutes = hour * 60 + item.minute
    if not 0 <= minutes < 24 * 60:
        raise ImpossibleDatetimeError(item.words)
    return ClockTime(time(*divmod(minutes, 60)), bare)


def _resolve_day(items: Sequence[Token], today: date) -> date | None:
    """Returns the day that was said, None where none was. Raises an error where the parts do not agree on one."""
    weekdays = [each for each in items if each.kind == "weekday"]
    weekday = weekdays[0] if weekdays else None
    days = [(each.words, _date_of(each, weekday, today)) for each in items if each.kind in {"date", "offset"}]
    for words, day in days[1:]:
        if day != days[0][1]:
            raise ContradictionError(days[0][0], words)
    for each in weekdays:
        if each.day != weekdays[0].day:
            raise ContradictionError(weekdays[0].words, each.words)
    if weekday is None:
        return days[0][1] if days else None
    if not days:
        return today + timedelta(days=(weekday.day - today.weekday() - 1) % _WEEK + 1)
    if days[0][1].weekday() != weekday.day:
        raise WrongWeekdayError(weekday.words, days[0][1])
    return days[0][1]


def _date_of(item: Token, weekday: Token | None, today: date) -> date:
    if item.kind == "offset":
        return today + timedelta(days=item.day)
    found = list(_possible_dates(item, today))
    if not found:
        raise ImpossibleDatetimeError(item.words)
    # "miércoles 6" may be one of two months.
    return next((each for each in found if weekday is None or each.weekday() == weekday.day), found[0])


def _possible_dates(item: Token, today: date) -> list[date]:
    """Returns the dates that may be meant, the likeliest first."""
    if item.month is None:
        ahead = [today + timedelta(days=each) for each in range(_LOOKS_AHEAD)]
        return [each for each in ahead if each.day == item.day]
    years = [item.year] if item.year is not None else range(today.year - 1, today.year + 9)
    found: list[date] = []
    for year in years:
        with suppress(ValueError):
            found.append(date(year, item.month, item.day))
    earliest = today - timedelta(days=_LOOKS_BACK)
    return found if item.year is not None else [each for each in found if each >= earliest][:1]


@dataclass(frozen=True, slots=True)
class ParsedDatetime:
    """What was typed. `said` holds those of "day", "weekday", "hour", "end" and "zone" that were named."""

    starts_at: datetime  # aware, in UTC
    ends_at: datetime | None  # aware, in UTC; None where no end was typed
    zone: str  # whose hours were meant
    said: frozenset[str]
    hour_is_bare: bool  # 1 to 7 without a part of the day, or midnight: another hour may have been meant


def parse_datetime(
    typed: str,
    language: Language,
    zone: str,
    now: datetime,
    *,
    usual: datetime | None = None,
    zone_of: ZoneOf | None = None,
) -> ParsedDatetime:
    """Returns the moment that was typed, in the hours of `zone` or of a place that is named with it.

    `usual` gives the day or the hour that is left out; without it an hour must be said, and an hour alone is the next
    such hour. A date without a year is the next one, but one that was within the last three months is in the past.
    `zone_of` gives the zone of a place (folded, without "hora de"); without it no place is understood. The language is
    tried first, then the others. Raises DatetimeParseError, one of its kinds for each reason.
    """
    ask = zone_of or (lambda _name: None)
    worst: UnknownWordsError | None = None
    for each in dict.fromkeys((language, *LANGUAGES)):
        try:
            return _resolve(scan(typed, each, ask), zone, now, usual)
        except UnknownWordsError as error:
            if worst is None or error.length < worst.length:
                worst = error
    raise worst or EmptyDatetimeError


def _resolve(items: Sequence[Token], zone: str, now: datetime, usual: datetime | None) -> ParsedDatetime:
    _refuse_unknown_words(items)
    items = [each for each in items if each.kind != "filler"]
    if not items:
        raise EmptyDatetimeError
    places = [each for each in items if each.kind == "zone"]
    for each in places:
        if each.zone is None:
            raise UnknownZoneError(each.words)
    if len({each.zone for each in places}) > 1:
        raise ContradictionError(places[0].words, places[1].words)
    meant = next((each.zone for each in places if each.zone is not None), zone)
    here, items = time_zone(meant), _assign_numbers([each for each in items if each.kind != "zone"])
    _refuse_unknown_words(items)
    start, end = _resolve_hours(items)
    day = _resolve_day(items, now.astimezone(here).date())
    if start is None and (usual is None or places or any(each.part for each in items)):
        raise HourMissingError
    kinds = {each.kind for each in items} & {"weekday"} | ({"day"} if day else set()) | ({"zone"} if places else set())
    kinds |= ({"hour"} if start else set()) | ({"end"} if end else set())
    first, last = _combine(day, start, end, here, now, usual)
    long = last is not None and last - first > timedelta(hours=6)  # a near end in the small hours is believed: 23 to 1
    ambiguous = bool(start and start.bare) or bool(end and end.bare and long)
    return ParsedDatetime(first, last, meant, frozenset(kinds), ambiguous)


def _refuse_unknown_words(items: Sequence[Token]) -> None:
    """Refuses unknown words; those beside one another are named together, with words between them that say nothing."""
    runs: list[str] = []
    between: list[str] | None = None  # since the last word that was not understood; None where something was
    for each in items:
        if each.kind == "filler" and between is not None:
            between.append(each.glue + each.words)
        elif each.kind != "left over":
            between = None
        elif between is not None:
            runs[-1], between = "".join((runs[-1], *between, each.glue, each.words)), []
        else:
            runs, between = [*runs, each.words], []
    if runs:
        raise UnknownWordsError(runs)


def _combine(  # noqa: PLR0917 - the caller is above
    day: date | None,
    start: ClockTime | None,
    end: ClockTime | None,
    here: ZoneInfo,
    now: datetime,
    usual: datetime | None,
) -> tuple[datetime, datetime | None]:
    there = (usual or now).astimezone(here)
    at = start.at if start is not None else there.time()
    first = _to_utc(datetime.combine(day or there.date(), at, here))
    if day is None and usual is None and first <= now:
        first = _to_utc(datetime.combine(there.date() + timedelta(days=1), at, here))
    if end is None:
        return first, None
    last_day = first.astimezone(here).date()
    last = _to_utc(datetime.combine(last_day, end.at, here))
    return first, last if last > first else _to_utc(datetime.combine(last_day + timedelta(days=1), end.at, here))


def _to_utc(local: datetime) -> datetime:
    """Returns the same in UTC. Raises ImpossibleDatetimeError for an hour that the change of clocks leaves out."""
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ImpossibleDatetimeError(f"{local:%Y-%m-%d %H:%M}")
    return moment
