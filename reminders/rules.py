"""Which reminder, how long before which session. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.programme import LiveSession
from knowledge.lead import Lead


@dataclass(frozen=True, slots=True)
class Wave:
    """Everyone who wants that lead of that session and is due at that moment."""

    session: LiveSession
    lead: Lead
    due_at: datetime
    zones: tuple[str, ...] | None = None  # None: wherever they are

    @property
    def good_until(self) -> datetime:
        """A reminder may still say "it is going on" until the session ends; after that it would be noise."""
        return self.session.ends_at


def due_at(lead: Lead, starts_at: datetime, zone: str) -> datetime:
    """When that reminder is due, in UTC, for someone in that IANA zone.

    An hour of the day is the last one before the start: that morning for nearly everyone; the morning before
    where the session itself begins by then (in Tijuana a 9 o'clock session, in Asia one after midnight).
    """
    if lead.before is not None:
        return (starts_at - lead.before).astimezone(UTC)
    day = starts_at.astimezone(ZoneInfo(zone)).date()
    that_day = _local(lead, day, zone)
    return that_day if that_day < starts_at else _local(lead, day - timedelta(days=1), zone)


def _local(lead: Lead, day: date, zone: str) -> datetime:
    assert lead.at is not None, "a lead without a length is an hour of the day"  # noqa: S101 - Lead's own rule
    return datetime.combine(day, lead.at, ZoneInfo(zone)).astimezone(UTC)


def waves(sessions: Iterable[LiveSession], leads: Sequence[Lead], zones: Iterable[str]) -> list[Wave]:
    """Every wave of those sessions, soonest first; people's zones are among `zones`."""
    everywhere = tuple(zones)
    found = [wave for session in sessions for lead in leads for wave in _waves_of(session, lead, everywhere)]
    return sorted(found, key=lambda wave: (wave.due_at, wave.session.number, wave.lead.code))


def _waves_of(session: LiveSession, lead: Lead, zones: tuple[str, ...]) -> list[Wave]:
    if lead.before is not None:
        return [Wave(session, lead, due_at(lead, session.starts_at, "UTC"))]
    by_moment: dict[datetime, list[str]] = defaultdict(list)
    for zone in zones:
        by_moment[due_at(lead, session.starts_at, zone)].append(zone)
    return [Wave(session, lead, moment, tuple(names)) for moment, names in by_moment.items()]
