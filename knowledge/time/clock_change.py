"""Finds changes of the clocks between two sessions that move the next one to another local hour. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from knowledge.time.zones import offset_changes, zone_label
from locales.localized import Language
from locales.reply import Day, Hour, Text, text
from locales.time_zone import time_zone


@dataclass(frozen=True, slots=True)
class ClockChange:
    """Before session `number`, the first at another hour, the clocks of `zone` change at `moment`."""

    number: int
    zone: str
    moment: datetime
    before: datetime  # when the session before it begins
    after: datetime  # when that session begins


def find_clock_changes(times: Iterable[tuple[int, datetime]], zone: str) -> list[ClockChange]:
    """Returns the changes that move the hour of the sessions (number and start, in UTC) for people in that zone."""
    ordered = sorted(times, key=lambda each: each[1])
    found = []
    for (_, before), (number, after) in pairwise(ordered):
        between = [moment for moment, _ in offset_changes(zone) if before < moment <= after]
        first, next_one = (each.astimezone(time_zone(zone)) for each in (before, after))
        if between and (first.hour, first.minute) != (next_one.hour, next_one.minute):
            found.append(ClockChange(number, zone, between[-1], before, after))
    return found


def describe_change(change: ClockChange, language: Language) -> Text:
    """Describes that change in words."""
    return text(
        "clock.change",
        place=zone_label(change.zone, language),
        day=Day(change.moment, change.zone),
        number=change.number,
        before=Hour(change.before, change.zone),
        after=Hour(change.after, change.zone),
    )
