"""How early a wave opens, so that its last recipient is reached in time at the rate that Telegram permits."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from db.delivery import reminder_batches
from db.delivery.outbox import REMINDER
from db.engine.database import Tx
from knowledge.time.lead import Lead
from reminders.planning.rules import Batch

# A wave of a moment needs no head start.
_NO_TIME = timedelta(seconds=1)
_MARGIN = timedelta(seconds=3)
# People ask meanwhile, and a 429 may come: sending takes somewhat longer than the rate says.
_LONGER = 1.3
_MOST_TOLERANCE = timedelta(minutes=5)
# The soonest that somebody looks again; what opens later is counted later.
_LOOKED_AT_AGAIN = timedelta(minutes=2)


def tolerance(lead: Lead) -> timedelta:
    """How late a reminder is still in time: a twelfth of its lead, five minutes at most."""
    return _MOST_TOLERANCE if lead.before is None else min(lead.before / 12, _MOST_TOLERANCE)


@dataclass
class LeadTimes:
    """Counts only what may open soon: a million subscribers are not counted every half minute."""

    rate: float  # messages a second
    most: int  # no wave has more recipients
    _counted: dict[tuple[int, str], int] = field(default_factory=dict)

    async def of(self, tx: Tx, wave: Batch, now: datetime) -> timedelta:
        """How long before its due moment that wave opens.

        Half of its recipients may be reached after that moment, as long as none is late by more than the tolerance;
        a wave before a night comes wholly before it.
        """
        longest = self._opening(wave, self.most)
        if wave.due_at - longest > now + _LOOKED_AT_AGAIN or longest == timedelta(0):
            return longest
        return self._opening(wave, await self._recipients(tx, wave))

    def _opening(self, wave: Batch, recipients: int) -> timedelta:
        takes = timedelta(seconds=recipients / self.rate * _LONGER)
        if takes < _NO_TIME:
            return timedelta(0)
        late = min(takes / 2, tolerance(wave.lead)) if wave.quiet is None else timedelta(0)
        return takes - late + _MARGIN

    async def _recipients(self, tx: Tx, wave: Batch) -> int:
        lead = wave.lead.code if wave.kind == REMINDER else ""
        key = (wave.session.id, lead)
        if key not in self._counted:
            self._counted[key] = await reminder_batches.count_subscribers(tx, wave.session.id, lead or None)
        return self._counted[key]
