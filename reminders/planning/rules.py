"""Computes which reminders are due when, for each session, lead and zone. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db.delivery.outbox import NOTICE, REMINDER
from db.programme.live_programme import LiveSession
from knowledge.time.clock_change import find_clock_changes
from knowledge.time.lead_time import LeadTime, due_at
from knowledge.time.quiet_hours import move_before_quiet_hours

# Time enough to change an appointment, near enough to be remembered.
CLOCK_NOTICE = LeadTime("clock", before=timedelta(days=2))


@dataclass(frozen=True, slots=True)
class Batch:
    """The reminders of one lead of one session that are due at one moment."""

    session: LiveSession
    lead: LeadTime
    due_at: datetime
    zones: tuple[str, ...] | None = None  # None: wherever they are
    quiet: str | None = None  # those with these quiet hours, for whom it comes before the night; None: everybody
    kind: str = REMINDER

    @property
    def good_until(self) -> datetime:
        """Returns until when it is of use: a reminder until the session ends, a notice until it begins."""
        return self.session.ends_at if self.kind == REMINDER else self.session.starts_at


def reminder_batches(sessions: Iterable[LiveSession], leads: Sequence[LeadTime], zones: Iterable[str]) -> list[Batch]:
    """Returns every batch of those sessions, soonest first; people's zones are among `zones`."""
    everywhere = tuple(zones)
    found = [batch for session in sessions for lead in leads for batch in _batches_of_lead(session, lead, everywhere)]
    return sorted(found, key=lambda batch: (batch.due_at, batch.session.number, batch.lead.code))


def _batches_of_lead(session: LiveSession, lead: LeadTime, zones: tuple[str, ...]) -> list[Batch]:
    if lead.before is not None:
        return [Batch(session, lead, due_at(lead, session.starts_at, "UTC"))]
    by_moment: dict[datetime, list[str]] = defaultdict(list)
    for zone in zones:
        by_moment[due_at(lead, session.starts_at, zone)].append(zone)
    return [Batch(session, lead, moment, tuple(names)) for moment, names in by_moment.items()]


def notice_batches(sessions: Collection[LiveSession], zones: Iterable[str]) -> list[Batch]:
    """Returns notices, due two days before, where a clock change moves a session to another hour of the day."""
    affected: dict[int, list[str]] = defaultdict(list)
    for zone in zones:
        for change in find_clock_changes([(each.number, each.starts_at) for each in sessions], zone):
            affected[change.number].append(zone)
    return [
        Batch(
            each, CLOCK_NOTICE, due_at(CLOCK_NOTICE, each.starts_at, "UTC"), tuple(affected[each.number]), kind=NOTICE
        )
        for each in sessions
        if each.number in affected
    ]


def batches_before_quiet_hours(planned: Iterable[Batch], whereabouts: Iterable[tuple[str, str, str]]) -> list[Batch]:
    """Returns the same batches, before their night, for people who sleep then (zone, quiet hours, lead they want).

    Only an earlier chance: who is not reached by it, having asked for reminders since, gets the reminder at its time.
    """
    people, found = tuple(whereabouts), []
    for batch in planned:
        if batch.lead.at_start:
            continue  # an evening before, it would be untrue
        earlier: dict[tuple[datetime, str], list[str]] = defaultdict(list)
        wants = {(zone, quiet) for zone, quiet, lead in people if batch.kind != REMINDER or lead == batch.lead.code}
        for zone, quiet in sorted(wants):
            moment = move_before_quiet_hours(batch.due_at, zone, quiet)
            if moment < batch.due_at and (batch.zones is None or zone in batch.zones):
                earlier[moment, quiet].append(zone)
        found += [replace(batch, due_at=at, zones=tuple(zones), quiet=quiet) for (at, quiet), zones in earlier.items()]
    return found


def by_due_moment(planned: Iterable[Batch]) -> list[Batch]:
    """Returns them soonest first; of one session and moment, what is nearest to its start last, so that it stays."""
    return sorted(planned, key=lambda batch: (batch.due_at, batch.session.number, -_ahead(batch), batch.lead.code))


def _ahead(batch: Batch) -> float:
    return batch.lead.before.total_seconds() if batch.lead.before is not None else 0.0
