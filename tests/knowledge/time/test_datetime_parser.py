"""Typed days and hours are read as they are meant, or refused with the words that were not understood."""

from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from knowledge.time.datetime_parser import (
    ContradictionError,
    DatetimeParseError,
    EmptyDatetimeError,
    HourMissingError,
    ImpossibleDatetimeError,
    UnknownWordsError,
    UnknownZoneError,
    WrongWeekdayError,
    parse_datetime,
)
from locales.localized import Language
from tests.support.knowledge.typed_moments import HELD, OPEN

NOW = datetime(2024, 10, 22, 15, tzinfo=UTC)  # a Tuesday, noon in Argentina
ARGENTINA = "America/Argentina/Buenos_Aires"
ZONES = {
    "mexico": "America/Mexico_City",
    "argentina": ARGENTINA,
    "brasilia": "America/Sao_Paulo",
    "paris": "Europe/Paris",
}


def read(typed: str, language: Language, usual: datetime | None = None) -> str:
    """What was read, as the tables write it."""
    try:
        found = parse_datetime(typed, language, ARGENTINA, NOW, usual=usual, zone_of=ZONES.get)
    except DatetimeParseError as error:
        return refused(error)
    here = ZoneInfo(ARGENTINA)
    end = f" - {found.ends_at.astimezone(here):%m-%d %H:%M}" if found.ends_at is not None else ""
    return f"{found.starts_at.astimezone(here):%Y-%m-%d %H:%M}{end}{' ?' if found.hour_is_bare else ''}"


def refused(error: DatetimeParseError) -> str:  # noqa: PLR0911 - one for each reason
    """The reason, as the tables write it."""
    match error:
        case UnknownWordsError(words=words):
            return f"left over: {', '.join(words)}"
        case ImpossibleDatetimeError(words=words):
            return f"impossible: {words}"
        case WrongWeekdayError(words=words, day=day):
            return f"weekday: {words}, {day}"
        case ContradictionError(first=first, second=second):
            return f"contradiction: {first}, {second}"
        case UnknownZoneError(words=words):
            return f"zone: {words}"
        case HourMissingError():
            return "hour"
        case EmptyDatetimeError():
            return "nothing"
        case _:
            return repr(error)


def rows(table: str) -> list[list[str]]:
    """Language, what is typed, what is meant."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("language", "typed", "meant"), rows(OPEN))
def test_what_is_typed_is_read_as_it_is_meant(language: str, typed: str, meant: str) -> None:
    assert read(typed, cast("Language", language)) == meant


@pytest.mark.parametrize(("language", "typed", "meant"), rows(HELD))
def test_so_is_what_the_parser_was_not_made_on(language: str, typed: str, meant: str) -> None:
    assert read(typed, cast("Language", language)) == meant


def test_what_is_left_out_stays_as_it_is() -> None:
    """An hour alone is on the usual day, a day alone at the usual hour; without them the hour is the next such one."""
    usual = datetime(2024, 11, 5, 17, tzinfo=UTC)
    assert read("16:30", "es", usual) == "2024-11-05 16:30"
    assert read("7/11", "es", usual) == "2024-11-07 14:00"
    assert read("miércoles 6", "es", usual) == "2024-11-06 14:00"
    assert read("7/11 por la tarde", "es", usual) == "hour"
    assert read("16:30", "es") == "2024-10-22 16:30"
    assert read("9:00", "es") == "2024-10-23 09:00"
    assert read("7/11", "es") == "hour"


def test_a_date_without_a_year_is_near() -> None:
    """What is over since yesterday is in the past, not next year's."""
    assert read("21/10 9:00", "es") == "2024-10-21 09:00"
    assert read("5/1 14:00", "es") == "2025-01-05 14:00"
    assert read("29/2 14:00", "es") == "2028-02-29 14:00"


def test_an_hour_that_the_clocks_leave_out_is_refused() -> None:
    """In New York 2:30 does not exist on that day."""
    with pytest.raises(ImpossibleDatetimeError):
        parse_datetime("2025-03-09 02:30", "en", "America/New_York", NOW)


def test_without_a_way_to_find_places_their_hours_are_refused() -> None:
    with pytest.raises(UnknownZoneError) as refusal:
        parse_datetime("6/11 15:00 hora de México", "es", ARGENTINA, NOW)
    assert refusal.value.words == "hora de México"
