"""How early a batch opens, so that its last recipient is reached in time at the rate that Telegram permits."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from db.delivery import reminder_batches
from db.delivery.outbox import REMINDER
from db.engine.database import Tx
from knowledge.time.lead_time import LeadTime
from reminders.planning.rules import Batch

# A batch of a moment needs no head start.
_NO_TIME = timedelta(seconds=1)
_MARGIN = timedelta(seconds=3)
# People ask meanwhile, and a 429 may come: sending takes somewhat longer than the rate says.
_LONGER = 1.3
_MOST_TOLERANCE = timedelta(minutes=5)
# The soonest that somebody looks again; what opens later is counted later.
_LOOKED_AT_AGAIN = timedelta(minutes=2)


def tolerance(lead: LeadTime) -> timedelta:
    """Returns how late a reminder is still in time: a twelfth of its lead, five minutes at most; five at the start."""
    return _MOST_TOLERANCE if lead.before is None or lead.at_start else min(lead.before / 12, _MOST_TOLERANCE)


@dataclass
class LeadTimes:
    """Computes how early batches are inserted; counts recipients only of those that are soon due."""

    rate: float  # messages a second
    most: int  # no batch has more recipients
    _counted: dict[tuple[int, str], int] = field(default_factory=dict)

    async def lead_time(self, tx: Tx, batch: Batch, now: datetime) -> timedelta:
        """Returns how long before its due moment that batch is inserted.

        Half of its recipients may be reached after that moment, as long as none is late by more than the tolerance;
        a batch before a night comes wholly before it.
        """
        if batch.lead.at_start:
            return timedelta(0)  # that a session has begun is never told before
        longest = self._opening(batch, self.most)
        if batch.due_at - longest > now + _LOOKED_AT_AGAIN or longest == timedelta(0):
            return longest
        return self._opening(batch, await self._recipients(tx, batch))

    def _opening(self, batch: Batch, recipients: int) -> timedelta:
        takes = timedelta(seconds=recipients / self.rate * _LONGER)
        if takes < _NO_TIME:
            return timedelta(0)
        late = min(takes / 2, tolerance(batch.lead)) if batch.quiet is None else timedelta(0)
        return takes - late + _MARGIN

    async def _recipients(self, tx: Tx, batch: Batch) -> int:
        lead = batch.lead.code if batch.kind == REMINDER else ""
        key = (batch.session.id, lead)
        if key not in self._counted:
            self._counted[key] = await reminder_batches.count_subscribers(tx, batch.session.id, lead or None)
        return self._counted[key]
