"""Plans what comes after sessions and after the cycle: thanks, the nudge, the survey."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from changes import afterwards
from changes.afterwards import Ending
from db.engine.database import Database
from db.programme import live_programme

_log = structlog.get_logger(__name__)

# Who counts as having been there, or was asked late, is looked at again so often.
_LOOK_AGAIN = timedelta(hours=1)


@dataclass
class Endings:
    """Writes the messages of each ending into the outbox, once for each person; repeated, nobody gets a second one."""

    database: Database
    cycle: str
    _planned: dict[Ending, datetime] = field(default_factory=dict)

    async def moments(self, now: datetime) -> list[datetime]:
        """Returns when messages are due from now on, in UTC."""
        return [each.due_at for each in await self._endings() if each.due_at > now]

    async def plan_due(self, now: datetime) -> int:
        """Plans the messages of all endings that are due and of use; returns how many rows are new."""
        new = 0
        for ending in await self._endings():
            if not ending.due_at <= now < ending.good_until or not self._is_time(ending, now):
                continue
            async with self.database.transaction() as tx:
                new += await afterwards.plan(tx, self.cycle, ending, now=now)
            self._planned[ending] = now
        if new:
            _log.info("endings planned", rows=new)
        return new

    def _is_time(self, ending: Ending, now: datetime) -> bool:
        before = self._planned.get(ending)
        return before is None or now >= before + _LOOK_AGAIN

    async def _endings(self) -> list[Ending]:
        async with self.database.transaction() as tx:
            return afterwards.endings(await live_programme.programme(tx, self.cycle))
