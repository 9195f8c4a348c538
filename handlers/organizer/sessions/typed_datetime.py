"""Parses a day and an hour that an organizer typed, and says why one cannot be read."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta

from handlers.turn import Turn
from knowledge.places.gazetteer import REGION
from knowledge.places.places import Place
from knowledge.places.places_parser import parse_places, rank_places
from knowledge.time.datetime_parser import (
    ContradictionError,
    DatetimeParseError,
    HourMissingError,
    ImpossibleDatetimeError,
    ParsedDatetime,
    UnknownWordsError,
    UnknownZoneError,
    WrongWeekdayError,
    parse_datetime,
)
from knowledge.time.zones import find_zone, offset_changes
from locales.reply import Day, Duration, Hour, Value, text
from locales.time_zone import time_zone

_NOON = time(12)
_MOST_SHOWN, _LONGEST_QUOTED = 5, 60
# Who works for governments reads and meets between these hours.
_MORNING, _NIGHT = time(8), time(22)
_SATURDAY = 5
# So many times as long, or as short, as it was: "15:00-14:00" is a slip, and would be 23 hours.
_MUCH_LONGER = 2
# By so much a city is larger than its namesakes, where nobody means them: Madrid, and not the one in Colombia.
_MUCH_LARGER = 10


def parse_typed_moment(turn: Turn, usual: datetime | None = None) -> ParsedDatetime:
    """Returns what the turn's words mean in the cycle's hours, or in those of a place named with them.

    `usual` gives the day or the hour that is left out. Raises NotReadError.
    """
    return parse_datetime(
        turn.words, turn.language, turn.cycle.zone, turn.now, usual=usual, zone_of=lambda name: _zone_of(turn, name)
    )


def _zone_of(turn: Turn, name: str) -> str | None:
    """Returns the zone of a place where it is clear: one clock, by far the largest city, or a capital in the region."""
    if (zone := find_zone(name)) is not None:
        return zone
    places = turn.services.places
    if found := places.find_exactly(name, turn.language):
        return _single_zone(rank_places(found, name, turn.language))
    of_people = parse_places(f"hora {name}", turn.language, places) if " " not in name else []
    return _single_zone(of_people[0].places) if of_people else None


def _single_zone(found: Sequence[Place]) -> str | None:
    first = found[0]
    if all(offset_changes(each.zone) == offset_changes(first.zone) for each in found):
        return first.zone
    if first.people and all(each.people * _MUCH_LARGER <= first.people for each in found[1:]):
        return first.zone
    same_country = all(each.country == first.country for each in found)
    return first.zone if same_country and first.country in REGION else None


def error_sentence(error: DatetimeParseError) -> Value:  # noqa: PLR0911 - one sentence for each reason
    """Returns the sentence that names what was not understood."""
    match error:
        case UnknownWordsError(words=words):
            return text("typed.left_over", words=" · ".join(map(_quote, words[:_MOST_SHOWN])))
        case ImpossibleDatetimeError(words=words):
            return text("typed.impossible", words=_quote(words))
        case WrongWeekdayError(words=words, day=day):
            return text("typed.weekday", words=_quote(words), day=Day(datetime.combine(day, _NOON, UTC), "UTC"))
        case ContradictionError(first=first, second=second):
            return text("typed.contradiction", first=_quote(first), second=_quote(second))
        case UnknownZoneError(words=words):
            return text("typed.zone", words=_quote(words))
        case HourMissingError():
            return text("typed.no_hour")
        case _:
            return text("typed.nothing")


def _quote(words: str) -> str:
    """Returns their beginning: a message with all of 4,000 signs in it would be longer than Telegram takes."""
    return words if len(words) <= _LONGEST_QUOTED else f"{words[:_LONGEST_QUOTED]}…"


def bare_hour_note(found: ParsedDatetime, zone: str) -> Iterable[Value]:
    """Says how an hour was read that could also be one in the afternoon."""
    if found.hour_is_bare:
        yield text("typed.bare", hour=Hour(found.starts_at, zone))


def unusual_time_warnings(turn: Turn, at: datetime) -> Iterable[Value]:
    """Warns of a moment at night or at a weekend, in the cycle's hours; both are allowed."""
    zone = turn.cycle.zone
    local = at.astimezone(time_zone(zone))
    if not _MORNING <= local.time() < _NIGHT:
        yield text("typed.night", hour=Hour(at, zone), place=turn.cycle.zone_name)
    if local.weekday() >= _SATURDAY:
        yield text("typed.weekend", day=Day(at, zone))


def unusual_length_warnings(before: timedelta, length: timedelta) -> Iterable[Value]:
    """Warns where it would last much longer or shorter than now: "15:00-14:00" ends on the next day."""
    if length > before * _MUCH_LONGER or length * _MUCH_LONGER < before:
        yield text("typed.length", length=Duration(length), before=Duration(before))
