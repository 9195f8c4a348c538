"""Writes what is due now into the outbox, once for each person."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from changes import calendar_updates, missed_reminders, panel, session_details, session_time
from db.delivery import outbox, reminder_batches
from db.delivery.outbox import REMINDER
from db.engine.database import Database, Tx
from db.people import participants, subscriptions
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from knowledge.time.lead_time import LeadTime, due_at
from reminders.planning.lead_time import LeadTimes, tolerance
from reminders.planning.rules import Batch, batches_before_quiet_hours, by_due_moment, notice_batches
from reminders.planning.rules import reminder_batches as nominal

_log = structlog.get_logger(__name__)

# So many people at a time: answers to others fit in between.
_SLICE = 20_000
# Organizers are told of people who were not reminded while it is news.
_NEWS = timedelta(days=7)


@dataclass
class Planner:
    """Inserts batches with an INSERT…SELECT for each slice of people; repeated, nobody gets a second row."""

    database: Database
    cycle: str
    zone: str  # of people who have told none
    leads: Sequence[LeadTime]
    rate: Callable[[], float] = lambda: 1000.0  # messages a second, as far as is known
    organizers: Sequence[int] = ()  # in Telegram
    _opened: set[tuple[Batch, bool]] = field(default_factory=set)
    _followed: set[tuple[int, int]] = field(default_factory=set)
    _closed: set[tuple[int, int]] = field(default_factory=set)
    _looked_back: set[tuple[int, int]] = field(default_factory=set)

    async def batches(self, tx: Tx, now: datetime) -> list[tuple[datetime, Batch]]:
        """Returns every batch of the cycle as the programme is now, soonest first, with the moment of its insertion.

        That moment (UTC) is early enough for its last recipient.
        """
        found = await self._batches(tx)
        lead_times = LeadTimes(self.rate(), await participants.highest_id(tx))
        return [(batch.due_at - await lead_times.lead_time(tx, batch, now), batch) for batch in found]

    async def _batches(self, tx: Tx) -> list[Batch]:
        known = (await live_programme.programme(tx, self.cycle)).values()
        live = [each for each in known if not each.cancelled]
        places = {(zone or self.zone, quiet) for zone, quiet in await participants.zones_and_quiet_hours(tx)}
        wanted = await subscriptions.wanted_leads(tx)
        people = sorted((zone, quiet, lead) for zone, quiet in places for lead in wanted)
        zones = sorted({zone for zone, _ in places}) if wanted else []
        # An hour of the day, or a start, of which nobody wants to be told makes no moments.
        asked_for = [lead for lead in self.leads if lead.at is not None or lead.at_start]
        leads = [lead for lead in self.leads if lead not in asked_for or lead.code in wanted]
        planned = [*nominal(live, leads, zones), *notice_batches(live, zones)]
        return [
            each
            for each in by_due_moment([*planned, *batches_before_quiet_hours(planned, people)])
            if _is_after_last_change(each)
        ]

    async def plan_due(self, now: datetime, planned: Sequence[tuple[datetime, Batch]]) -> int:
        """Opens what is due and not yet over, oldest first, so that the freshest reminder of each session wins.

        A batch is opened ahead of its time, and again when it comes for who has joined since; gives how many rows
        were new.
        """
        due = [
            (batch, now >= batch.due_at)
            for opens_at, batch in planned
            if opens_at <= now < batch.good_until and (batch, now >= batch.due_at) not in self._opened
        ]
        if not due:
            return 0
        inserted = 0
        async for tx, people in self._slices():
            # All batches of a person in one transaction: after an outage nobody may be sent the stale ones first.
            inserted += sum([await self._open(tx, batch, people) for batch, _ in due])
        self._opened.update(due)
        if inserted:
            _log.info("batches opened", batches=len(due), rows=inserted)
        return inserted

    async def _slices(self) -> AsyncIterator[tuple[Tx, reminder_batches.IdRange]]:
        """Yields a transaction for each slice of people, with the slice."""
        async with self.database.transaction() as tx:
            most = await participants.highest_id(tx)
        for first in range(1, most + 1, _SLICE):
            async with self.database.transaction() as tx:
                yield tx, (first, first + _SLICE)

    async def catch_up(self, tx: Tx, now: datetime) -> list[LiveSession]:
        """Tells people of details that changed while nobody could; returns the programme, for follow_up()."""
        programme = await live_programme.programme(tx, self.cycle)
        await session_details.catch_up(tx, self.cycle, programme, now=now)
        return list(programme.values())

    async def follow_up(self, live: Sequence[LiveSession], now: datetime) -> None:
        """Follows what changed in the programme, the end of each panel, and reminders that an outage kept back."""
        await self._follow_changes(live, now)
        await self._close_panels(live, now)
        await self._report_missed(live, now)

    async def _follow_changes(self, programme: Sequence[LiveSession], now: datetime) -> None:
        """Tells whoever may know a session's earlier time the present one; updates their calendars."""
        changed = [each for each in programme if (each.id, each.version) not in self._followed]
        changed = [each for each in changed if each.changed_at is not None]
        if not changed:
            return
        async for tx, people in self._slices():
            for live in changed:
                await session_time.follow_up(tx, self.cycle, live, now=now, among=people)
        async with self.database.transaction() as tx:
            for live in changed:
                if now < live.ends_at:
                    await calendar_updates.put_times(tx, live, session_time.subject(self.cycle, live), now=now)
        self._followed.update((each.id, each.version) for each in changed)

    async def _close_panels(self, programme: Sequence[LiveSession], now: datetime) -> None:
        """Sends answers once a panel has ended; what was not asked goes to the team's inbox."""
        for live in programme:
            if not panel.is_over(live, now) or now >= live.ends_at + _NEWS or (live.id, live.version) in self._closed:
                continue
            async with self.database.transaction() as tx:
                passed = await panel.close(tx, self.cycle, live, self.organizers, now=now)
            self._closed.add((live.id, live.version))
            if passed:
                _log.info("questions to a panel went to the inbox", session=live.number, questions=len(passed))

    async def _report_missed(self, programme: Sequence[LiveSession], now: datetime) -> None:
        """Tells organizers after an outage how many people were not reminded of a session that is over."""
        for live in programme:
            is_news = live.is_over(now) and now < live.ends_at + _NEWS
            if not is_news or (live.id, live.version) in self._looked_back:
                continue
            due = {lead.code: due_at(lead, live.starts_at, self.zone) for lead in self.leads}
            async with self.database.transaction() as tx:
                if people := await missed_reminders.count_missed(tx, live, due):
                    await self._tell_organizers(tx, live, people, now)
            self._looked_back.add((live.id, live.version))

    async def _tell_organizers(self, tx: Tx, live: LiveSession, people: int, now: datetime) -> None:
        met = [await participants.meet_organizer(tx, each, now=now) for each in self.organizers]
        note = {"what": "missed", "session": live.number, "people": people}
        subject = f"missed/{session_time.subject(self.cycle, live)}"
        await outbox.put_note(tx, subject, [each.id for each in met], note, now=now)
        _log.warning("people were not reminded", session=live.number, people=people)

    async def _open(self, tx: Tx, batch: Batch, people: reminder_batches.IdRange) -> int:
        if not await self._is_current(tx, batch):
            return 0
        rows = self._rows(batch)
        planned = await reminder_batches.insert_batch(tx, rows, people)
        if batch.kind == REMINDER:
            await reminder_batches.expire_superseded(tx, rows, people)
        return planned

    async def _is_current(self, tx: Tx, batch: Batch) -> bool:
        """Returns whether the session is still as it was when this batch was computed."""
        return await live_programme.by_id(tx, batch.session.id) == batch.session

    def _rows(self, batch: Batch) -> reminder_batches.BatchRows:
        session, code, reminds = batch.session, batch.lead.code, batch.kind == REMINDER
        # A notice is said once, however often its session is moved; a reminder once for each time of it.
        version = f"v{session.version}/" if reminds else ""
        return reminder_batches.BatchRows(
            subject=f"{self.cycle}/{session.number}/{version}{code}",
            session_id=session.id,
            lead=code if reminds else None,
            payload={"lead": code, "version": session.version},
            due_at=batch.due_at,
            deadline=batch.due_at + tolerance(batch.lead),
            good_until=batch.good_until,
            zones=batch.zones,
            quiet=batch.quiet,
            zone_of_the_rest=self.zone,
            kind=batch.kind,
        )


def _is_after_last_change(batch: Batch) -> bool:
    """Returns whether it is due after the session's last change; earlier ones are covered by the news of the change."""
    return batch.session.changed_at is None or batch.due_at > batch.session.changed_at
