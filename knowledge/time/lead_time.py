"""Parses how long before a session a reminder comes: "24h", "10m", "0m" at the start, or "09:00" on the day."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from locales.reply import Duration, Text, text
from locales.time_zone import time_zone

_BEFORE = re.compile(r"([0-9]{1,3})([dhm])")
_AT = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
AT_START = "0m"
_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}


class LeadTimeError(ValueError):
    """A lead is written like 24h, 10m, 0m or 09:00."""


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Either a time before the start, or an hour of the day in each person's zone."""

    code: str
    before: timedelta | None = None
    at: time | None = None

    @property
    def at_start(self) -> bool:
        """Whether it comes when the session begins, and not before."""
        return self.before == timedelta(0)

    @property
    def label(self) -> Text:
        """What people read: "1 hora antes", "al comenzar", "ese día a las 09:00"."""
        if self.at_start:
            return text("lead.start")
        if self.before is not None:
            return text("lead.before", duration=Duration(self.before))
        return text("lead.at", hour=f"{self.at:%H:%M}")


def parse_lead_time(code: str) -> LeadTime:
    """Reads the lead time written so. Raises LeadTimeError."""
    if (match := _BEFORE.fullmatch(code)) and (int(match[1]) > 0 or code == AT_START):
        return LeadTime(code, before=int(match[1]) * _UNITS[match[2]])
    if match := _AT.fullmatch(code):
        return LeadTime(code, at=time(int(match[1]), int(match[2])))
    raise LeadTimeError(f"{code!r}: {LeadTimeError.__doc__}")


def due_at(lead: LeadTime, starts_at: datetime, zone: str) -> datetime:
    """Returns when that reminder is due, in UTC, for someone in that IANA zone.

    An hour of the day is the last one before the start: that morning for nearly everyone; the morning before
    where the session itself begins by then (in Tijuana a 9 o'clock session, in Asia one after midnight).
    """
    if lead.before is not None:
        return (starts_at - lead.before).astimezone(UTC)
    assert lead.at is not None, "a lead without a length is an hour of the day"  # noqa: S101 - Lead's own rule
    local = datetime.combine(starts_at.astimezone(time_zone(zone)).date(), lead.at, time_zone(zone))
    due = local.astimezone(UTC)
    return due if due < starts_at else (local - timedelta(days=1)).astimezone(UTC)
