"""The day and the hours that the parts of a typed moment say together; parts that contradict each other are refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from knowledge.time.datetime_errors import ContradictionError, ImpossibleError, LeftOverError, WrongWeekdayError
from knowledge.time.datetime_scanner import Item

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
class Clock:
    """An hour of the day that was said."""

    at: time
    bare: bool


def read_numbers(items: Sequence[Item]) -> list[Item]:
    """Returns the parts, each number alone read as a day or an hour, or as left over.

    It is a day beside a weekday or before the hour, and an hour between two hours or after the day.
    """
    read = list(items)
    dated = any(each.kind in {"date", "offset"} for each in read)
    timed = any(each.kind == "hour" for each in read)
    for place, each in enumerate(read):
        if each.kind != "number":
            continue
        after = read[place + 1].kind if place + 1 < len(read) else ""
        before = read[place - 1].kind if place else ""
        ranged = {after, before} & {"between", "until"} and (dated or timed or before == "weekday")
        if (ranged and dated) or (ranged and after in {"between", "until"} and _hour_follows(read, place)):
            read[place], timed = _number_as_hour(each), True
        elif before == "weekday" or (not dated and (timed or after == "hour")):
            read[place], dated = replace(each, kind="date"), True
        elif dated and not timed:
            read[place], timed = _number_as_hour(each), True
        else:
            read[place] = replace(each, kind="left over")
    return read


def _hour_follows(items: Sequence[Item], place: int) -> bool:
    return any(each.kind == "hour" for each in items[place + 2 : place + 3])


def _number_as_hour(item: Item) -> Item:
    bare = 1 <= item.day <= _WEEK and not item.words.startswith("0")
    return replace(item, kind="hour", hour=item.day, bare=bare)


def read_hours(items: Sequence[Item]) -> tuple[Clock | None, Clock | None]:
    """Returns the hour that was said, and until when. Raises ContradictionError, ImpossibleError, LeftOverError."""
    hours = [(place, each) for place, each in enumerate(items) if each.kind == "hour"]
    part = next((each.part for each in items if each.kind in {"part", "offset"} and each.part), None)
    joints = [place for place, each in enumerate(items) if each.kind in {"between", "until"}]
    joined = [place for place in joints if any(at < place for at, _ in hours)]
    if len(hours) > 2 or (len(hours) == 2 and not (joined or hours[1][1].may_end)):  # noqa: PLR2004 - from, until
        raise ContradictionError(hours[0][1].words, hours[1][1].words)
    for place, each in enumerate(items):
        if each.kind == "until" and (place not in joined or len(hours) == 1):
            raise LeftOverError([each.words])
    if not hours:
        return None, None
    first = hours[0][1]
    if len(hours) == 1:
        return _clock(first, first.part or part), None
    return _span(first, hours[1][1], part)


def _span(first: Item, last: Item, part: str | None) -> tuple[Clock, Clock]:
    """The two hours of "3 a 5 de la tarde": what is said of one holds for the other, where they stay in order."""
    end = _clock(last, last.part or part)
    start = _clock(first, first.part or part)
    if first.part is None and last.part is not None and first.hour <= _NOON:
        with_it = _clock_or_none(first, last.part)
        start = with_it if with_it is not None and with_it.at < end.at else replace(start, bare=False)
    elif last.part is None and first.part is not None and last.hour <= _NOON:
        with_it = _clock_or_none(last, first.part)
        end = with_it if with_it is not None and with_it.at > start.at else end
    return start, _on_the_same_day(start, end)


def _on_the_same_day(start: Clock, end: Clock) -> Clock:
    """The end of "de 10 a 1" and of "noon to 2" is in the afternoon; of "23:00 a 1:00" it is after midnight."""
    if not end.bare or end.at > start.at:
        return end
    afternoon = end.at.replace(hour=end.at.hour + _NOON)
    return Clock(afternoon, bare=False) if afternoon > start.at else end


def _clock_or_none(item: Item, part: str) -> Clock | None:
    try:
        return _clock(item, part)
    except ImpossibleError:
        return None


def _clock(item: Item, part: str | None) -> Clock:
    """Minutes below nothing count back: a quarter to four. Raises ImpossibleError."""
    hour, bare = item.hour, item.bare
    if part is not None:
        of_twelve, added, of_day = _PARTS[part]
        bare = False
        if hour == _NOON and part in _MIDNIGHT_AT_TWELVE:
            hour, bare = 0, True
        elif hour in of_twelve:
            hour += added
        elif hour not in of_day and not (hour == 0 and part in _MIDNIGHT_AT_TWELVE):
            raise ImpossibleError(item.words)
    minutes = hour * 60 + item.minute
    if not 0 <= minutes < 24 * 60:
        raise ImpossibleError(item.words)
    return Clock(time(*divmod(minutes, 60)), bare)


def read_day(items: Sequence[Item], today: date) -> date | None:
    """Returns the day that was said, None where none was. Raises an error where the parts do not agree on one."""
    weekday = next((each for each in items if each.kind == "weekday"), None)
    days = [(each.words, _day_of(each, weekday, today)) for each in items if each.kind in {"date", "offset"}]
    for words, day in days[1:]:
        if day != days[0][1]:
            raise ContradictionError(days[0][0], words)
    weekdays = [each for each in items if each.kind == "weekday"]
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


def _day_of(item: Item, weekday: Item | None, today: date) -> date:
    if item.kind == "offset":
        return today + timedelta(days=item.day)
    found = list(_dates(item, today))
    if not found:
        raise ImpossibleError(item.words)
    # "miércoles 6" may be one of two months.
    return next((each for each in found if weekday is None or each.weekday() == weekday.day), found[0])


def _dates(item: Item, today: date) -> list[date]:
    """The dates that may be meant, the likeliest first."""
    if item.month is None:
        ahead = [today + timedelta(days=each) for each in range(_LOOKS_AHEAD)]
        return [each for each in ahead if each.day == item.day]
    years = [item.year] if item.year is not None else range(today.year - 1, today.year + 9)
    found: list[date] = []
    for year in years:
        try:
            found.append(date(year, item.month, item.day))
        except ValueError:
            continue
    earliest = today - timedelta(days=_LOOKS_BACK)
    return found if item.year is not None else [each for each in found if each >= earliest][:1]
