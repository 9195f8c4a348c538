"""Reads a day and an hour as people type them in four languages: wholly, or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from knowledge.time.datetime_errors import (
    ContradictionError,
    HourMissingError,
    ImpossibleError,
    LeftOverError,
    NothingReadError,
    NotReadError,
    UnknownZoneError,
)
from knowledge.time.datetime_parts import Clock, read_day, read_hours, read_numbers
from knowledge.time.datetime_scanner import Item, scan
from locales.localized import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class TypedMoment:
    """What was typed. `said` holds those of "day", "weekday", "hour", "end" and "zone" that were named."""

    starts_at: datetime  # aware, in UTC
    ends_at: datetime | None  # aware, in UTC; None where no end was typed
    zone: str  # whose hours were meant
    said: frozenset[str]
    hour_is_bare: bool  # 1 to 7 without a part of the day, or midnight: another hour may have been meant


def parse_moment(
    typed: str,
    language: Language,
    zone: str,
    now: datetime,
    *,
    usual: datetime | None = None,
    zone_of: Callable[[str], str | None] | None = None,
) -> TypedMoment:
    """Returns the moment that was typed, in the hours of `zone` or of a place that is named with it.

    `usual` gives the day or the hour that is left out; without it an hour must be said, and an hour alone is the next
    such hour. A date without a year is the next one, but one that was within the last three months is in the past.
    `zone_of` gives the zone of a place (folded, without "hora de"); without it no place is understood. The language is
    tried first, then the others. Raises NotReadError, one of its kinds for each reason, where a word is left over.
    """
    ask = zone_of or _no_place
    worst: LeftOverError | None = None
    for each in dict.fromkeys((language, *LANGUAGES)):
        try:
            return _parsed(scan(typed, each, ask), zone, now, usual)
        except LeftOverError as error:
            if worst is None or error.length < worst.length:
                worst = error
    raise worst or NothingReadError


def _no_place(_name: str) -> str | None:
    return None


def _parsed(items: Sequence[Item], zone: str, now: datetime, usual: datetime | None) -> TypedMoment:
    _refuse_left_over(items)
    items = [each for each in items if each.kind != "filler"]
    if not items:
        raise NothingReadError
    places = [each for each in items if each.kind == "zone"]
    for each in places:
        if each.zone is None:
            raise UnknownZoneError(each.words)
    if len({each.zone for each in places}) > 1:
        raise ContradictionError(places[0].words, places[1].words)
    meant = next((each.zone for each in places if each.zone is not None), zone)
    here, items = ZoneInfo(meant), read_numbers([each for each in items if each.kind != "zone"])
    _refuse_left_over(items)
    start, end = read_hours(items)
    day = read_day(items, now.astimezone(here).date())
    if start is None and (usual is None or places or any(each.part for each in items)):
        raise HourMissingError
    said = {each.kind for each in items} & {"weekday"} | ({"day"} if day else set()) | ({"zone"} if places else set())
    said |= ({"hour"} if start else set()) | ({"end"} if end else set())
    first, last = _moments(day, start, end, here, now, usual)
    return TypedMoment(first, last, meant, frozenset(said), _is_bare(start, end, first, last))


def _refuse_left_over(items: Sequence[Item]) -> None:
    """Words beside one another are named together, with those between them that say nothing."""
    runs: list[str] = []
    between: list[str] | None = None  # since the last word that was not understood; None where something was
    for each in items:
        if each.kind == "filler" and between is not None:
            between.append(each.words)
        elif each.kind != "left over":
            between = None
        elif between is not None:
            runs[-1], between = " ".join((runs[-1], *between, each.words)), []
        else:
            runs, between = [*runs, each.words], []
    if runs:
        raise LeftOverError(runs)


def _moments(  # noqa: PLR0917 - the caller is above
    day: date | None,
    start: Clock | None,
    end: Clock | None,
    here: ZoneInfo,
    now: datetime,
    usual: datetime | None,
) -> tuple[datetime, datetime | None]:
    there = (usual or now).astimezone(here)
    at = start.at if start is not None else there.time()
    first = _real(datetime.combine(day or there.date(), at, here))
    if day is None and usual is None and first <= now:
        first = _real(datetime.combine(there.date() + timedelta(days=1), at, here))
    if end is None:
        return first, None
    last_day = first.astimezone(here).date()
    last = _real(datetime.combine(last_day, end.at, here))
    return first, last if last > first else _real(datetime.combine(last_day + timedelta(days=1), end.at, here))


def _real(local: datetime) -> datetime:
    """The same in UTC. Raises ImpossibleError for an hour that the change of clocks leaves out."""
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ImpossibleError(f"{local:%Y-%m-%d %H:%M}")
    return moment


def _is_bare(start: Clock | None, end: Clock | None, first: datetime, last: datetime | None) -> bool:
    """An end in the small hours is believed where it is near: from 23:00 to 1:00."""
    long = last is not None and last - first > timedelta(hours=6)
    return bool(start and start.bare) or bool(end and end.bare and long)


__all__ = ["NotReadError", "TypedMoment", "parse_moment"]
