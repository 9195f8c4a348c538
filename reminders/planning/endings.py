"""Plans what comes after sessions and after the cycle: thanks, the nudge, the survey."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from changes import afterwards, summaries
from changes.afterwards import Ending
from db.engine.database import Database, Tx
from db.programme import live_programme
from db.programme.live_programme import LiveSession

_log = structlog.get_logger(__name__)

# Who counts as having been there, or was asked late, is looked at again so often.
_LOOK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ReadEndings:
    """What the database said of sessions' ends: the programme, and from when on each summary is ready (UTC)."""

    programme: Mapping[int, LiveSession]
    ready: Mapping[int, datetime]

    def moments(self, now: datetime) -> list[datetime]:
        """Returns when messages are due from now on, in UTC."""
        moments = [each.due_at for each in afterwards.endings(self.programme)]
        return [each for each in (*moments, *self.ready.values()) if each > now]


@dataclass
class Endings:
    """Writes the messages of each ending into the outbox, once for each person; repeated, nobody gets a second one."""

    database: Database
    cycle: str
    owners: tuple[int, ...] = ()  # in Telegram
    _planned: dict[Ending, datetime] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    async def read(self, tx: Tx) -> ReadEndings:
        """Reads the programme, and from when on each summary is ready."""
        programme = await live_programme.programme(tx, self.cycle)
        return ReadEndings(programme, await summaries.ready_at(tx, self.cycle, programme))

    async def plan_due(self, read: ReadEndings, now: datetime) -> int:
        """Plans the messages of all endings that are due and of use; returns how many rows are new."""
        new = 0
        for ending in afterwards.endings(read.programme):
            if not ending.due_at <= now < ending.good_until or not self._is_time(ending, now):
                continue
            async with self.database.transaction() as tx:
                new += await afterwards.plan(tx, self.cycle, ending, now=now)
            self._planned[ending] = now
        await self._tell_team(read, now)
        if new:
            _log.info("endings planned", rows=new)
        return new

    def _is_time(self, ending: Ending, now: datetime) -> bool:
        before = self._planned.get(ending)
        return before is None or now >= before + _LOOK_AGAIN

    async def _tell_team(self, read: ReadEndings, now: datetime) -> None:
        programme, ready = read.programme, read.ready
        due = {summaries.subject(self.cycle, programme, number) for number, moment in ready.items() if moment <= now}
        if not due <= self._told:
            async with self.database.transaction() as tx:
                await summaries.tell_team(tx, self.cycle, programme, ready, self.owners, now=now)
            self._told |= due
