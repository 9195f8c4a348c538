"""Which reminder, how long before which session. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.delivery.outbox import NOTICE, REMINDER
from db.programme.live_programme import LiveSession
from knowledge.time.clock_change import clock_changes
from knowledge.time.lead import Lead
from knowledge.time.quiet_hours import before_the_night

# Time enough to change an appointment, near enough to be remembered.
CLOCK_NOTICE = Lead("clock", before=timedelta(days=2))


@dataclass(frozen=True, slots=True)
class Batch:
    """Everyone who wants that lead of that session and is due at that moment."""

    session: LiveSession
    lead: Lead
    due_at: datetime
    zones: tuple[str, ...] | None = None  # None: wherever they are
    quiet: str | None = None  # those with these quiet hours, for whom it comes before the night; None: everybody
    kind: str = REMINDER

    @property
    def good_until(self) -> datetime:
        """A reminder may still say "it is going on" until the session ends; a notice is of use before it begins."""
        return self.session.ends_at if self.kind == REMINDER else self.session.starts_at


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


def reminder_batches(sessions: Iterable[LiveSession], leads: Sequence[Lead], zones: Iterable[str]) -> list[Batch]:
    """Every wave of those sessions, soonest first; people's zones are among `zones`."""
    everywhere = tuple(zones)
    found = [wave for session in sessions for lead in leads for wave in _waves_of(session, lead, everywhere)]
    return sorted(found, key=lambda wave: (wave.due_at, wave.session.number, wave.lead.code))


def _waves_of(session: LiveSession, lead: Lead, zones: tuple[str, ...]) -> list[Batch]:
    if lead.before is not None:
        return [Batch(session, lead, due_at(lead, session.starts_at, "UTC"))]
    by_moment: dict[datetime, list[str]] = defaultdict(list)
    for zone in zones:
        by_moment[due_at(lead, session.starts_at, zone)].append(zone)
    return [Batch(session, lead, moment, tuple(names)) for moment, names in by_moment.items()]


def notice_batches(sessions: Collection[LiveSession], zones: Iterable[str]) -> list[Batch]:
    """Where the clocks change so that a session begins at another hour: told two days before it."""
    affected: dict[int, list[str]] = defaultdict(list)
    for zone in zones:
        for change in clock_changes([(each.number, each.starts_at) for each in sessions], zone):
            affected[change.number].append(zone)
    return [
        Batch(
            each, CLOCK_NOTICE, due_at(CLOCK_NOTICE, each.starts_at, "UTC"), tuple(affected[each.number]), kind=NOTICE
        )
        for each in sessions
        if each.number in affected
    ]


def batches_before_quiet_hours(planned: Iterable[Batch], whereabouts: Iterable[tuple[str, str, str]]) -> list[Batch]:
    """The same for people who sleep at that moment (their zone, quiet hours and a lead they want): before their night.

    Only an earlier chance: who is not reached by it, having asked for reminders since, gets the reminder at its time.
    """
    people, found = tuple(whereabouts), []
    for wave in planned:
        earlier: dict[tuple[datetime, str], list[str]] = defaultdict(list)
        wants = {(zone, quiet) for zone, quiet, lead in people if wave.kind != REMINDER or lead == wave.lead.code}
        for zone, quiet in sorted(wants):
            moment = before_the_night(wave.due_at, zone, quiet)
            if moment < wave.due_at and (wave.zones is None or zone in wave.zones):
                earlier[moment, quiet].append(zone)
        found += [replace(wave, due_at=at, zones=tuple(zones), quiet=quiet) for (at, quiet), zones in earlier.items()]
    return found


def by_due_moment(planned: Iterable[Batch]) -> list[Batch]:
    """Soonest first; of one session and moment, what is due nearest to its start last, so that it stays."""
    return sorted(planned, key=lambda wave: (wave.due_at, wave.session.number, -_ahead(wave), wave.lead.code))


def _ahead(wave: Batch) -> float:
    return wave.lead.before.total_seconds() if wave.lead.before is not None else 0.0
