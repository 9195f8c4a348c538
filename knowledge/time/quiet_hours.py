"""Parses quiet hours (hours without reminders) and moves times out of them, in a person's zone. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from locales.time_zone import time_zone

# What one can choose; "" is none. The usual ones are in db/tables.py.
CHOICES = ("22:00-07:00", "21:00-08:00", "23:00-06:00", "")
_WRITTEN = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one hour of the day to another, usually over midnight."""

    since: time
    until: time

    def contains(self, at: time) -> bool:
        """Returns whether it is quiet at that hour; at the first minute it is, at the last it is over."""
        if self.since <= self.until:
            return self.since <= at < self.until
        return at >= self.since or at < self.until


@lru_cache(64)  # the scheduler reads everybody's at each look, and most have one of the choices
def parse_quiet_hours(written: str) -> QuietHours | None:
    """Reads the hours in "22:00-07:00"; None for "" and for what is not written so."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    since, until = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    return QuietHours(since, until) if since != until else None


def move_before_quiet_hours(due: datetime, zone: str, quiet: str) -> datetime:
    """Returns that moment (UTC); where it falls into the quiet hours, the moment at which they began there."""
    hours, local = parse_quiet_hours(quiet), due.astimezone(time_zone(zone))
    if hours is None or not hours.contains(local.time()):
        return due
    day = local.date() if local.time() >= hours.since else local.date() - timedelta(days=1)
    return datetime.combine(day, hours.since, time_zone(zone)).astimezone(UTC)


def move_after_quiet_hours(now: datetime, zone: str, quiet: str) -> datetime:
    """Returns that moment (UTC); where it falls into the quiet hours, the moment at which they end there."""
    hours, local = parse_quiet_hours(quiet), now.astimezone(time_zone(zone))
    if hours is None or not hours.contains(local.time()):
        return now
    day = local.date() if local.time() < hours.until else local.date() + timedelta(days=1)
    return datetime.combine(day, hours.until, time_zone(zone)).astimezone(UTC)
