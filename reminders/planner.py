"""What is due now goes into the outbox, once a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from db import calendars, programme, subscriptions, waves
from db.database import Database, Tx
from db.outbox import REMINDER
from knowledge.lead import Lead
from reminders.rules import Wave, evenings, in_order, notices
from reminders.rules import waves as nominal

_log = structlog.get_logger(__name__)


@dataclass
class Planner:
    """Opens waves: one INSERT…SELECT each, and however often it is asked, nobody gets a second row."""

    database: Database
    cycle: str
    zone: str  # of people who have told none
    leads: Sequence[Lead]
    _opened: set[Wave] = field(default_factory=set)

    async def all_waves(self) -> list[Wave]:
        """Every wave of the cycle as the programme stands now, soonest first."""
        async with self.database.transaction() as tx:
            live = (await programme.programme(tx, self.cycle)).values()
            people = {(zone or self.zone, quiet, lead) for zone, quiet, lead in await subscriptions.whereabouts(tx)}
        hours = {lead.code for lead in self.leads if lead.at is not None}
        zones_of_hours = sorted({zone for zone, _, lead in people if lead in hours})
        zones = sorted({zone for zone, _, _ in people})
        planned = [*nominal(live, self.leads, zones_of_hours), *notices(live, zones)]
        return in_order([*planned, *evenings(planned, sorted(people))])

    async def plan_due(self, now: datetime, among: Sequence[Wave]) -> int:
        """Opens what is due and not yet over, oldest first, so that the freshest reminder of each session wins.

        Waves that this process has opened before are left alone; gives how many rows were new.
        """
        due = [wave for wave in among if wave.due_at <= now < wave.good_until and wave not in self._opened]
        if not due:
            return 0
        # All in one transaction: after an outage nobody may be sent the stale ones before the fresh one is there.
        async with self.database.transaction() as tx:
            planned = [await self._open(tx, wave) for wave in due]
        self._opened.update(due)
        return sum(planned)

    async def renew_calendars(self, now: datetime) -> None:
        """Whoever has a session in their calendar that has moved since is sent it anew, once."""
        async with self.database.transaction() as tx:
            for live in (await programme.programme(tx, self.cycle)).values():
                if live.version > 1 and now < live.ends_at:
                    subject = f"{self.cycle}/{live.number}/v{live.version}"
                    await calendars.put_renewals(tx, live, subject, now=now)

    async def _open(self, tx: Tx, wave: Wave) -> int:
        if not await self._stands(tx, wave):
            return 0
        rows = self._rows(wave)
        planned = await waves.put(tx, rows)
        if wave.kind == REMINDER:
            await waves.supersede(tx, rows)
        if planned:
            _log.info("wave opened", session=wave.session.number, lead=wave.lead.code, rows=planned)
        return planned

    async def _stands(self, tx: Tx, wave: Wave) -> bool:
        """Whether the session is still when it was when this wave was computed."""
        return await programme.by_id(tx, wave.session.id) == wave.session

    def _rows(self, wave: Wave) -> waves.WaveRows:
        session, code, reminds = wave.session, wave.lead.code, wave.kind == REMINDER
        # A notice is said once, however often its session is moved; a reminder once for each time of it.
        version = f"v{session.version}/" if reminds else ""
        return waves.WaveRows(
            subject=f"{self.cycle}/{session.number}/{version}{code}",
            session_id=session.id,
            lead=code if reminds else None,
            payload={"lead": code, "version": session.version},
            due_at=wave.due_at,
            good_until=wave.good_until,
            zones=wave.zones,
            quiet=wave.quiet,
            zone_of_the_rest=self.zone,
            kind=wave.kind,
        )
