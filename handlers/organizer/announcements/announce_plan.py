"""When an announcement leaves: after its hold, at its moment, or at each one's 09:00. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from changes.announcements import DueMoment
from db.announcements.announcements import NINE, Announcement
from handlers.turn import Turn

# So long it can be undone as if it had never been sent.
HOLD_TIME = timedelta(seconds=60)
_NINE_O_CLOCK = time(9)


def earliest_departure(told: Announcement, now: datetime) -> datetime:
    """When the first of it leaves, sent off now; for each one's 09:00 see `dues`."""
    return max(now + HOLD_TIME, told.moment) if told.moment is not None else now + HOLD_TIME


def due_times(told: Announcement, zones: Iterable[str], turn: Turn) -> list[DueMoment]:
    """One moment for all; or 09:00 of one and the same date in each zone, the first date on which all still sleep."""
    first = earliest_departure(told, turn.now)
    if told.way != NINE:
        return [DueMoment(first)]
    known = sorted({*zones, turn.cycle.zone})
    days = [first.astimezone(ZoneInfo(zone)) for zone in known]
    day = max(each.date() if each.time() < _NINE_O_CLOCK else each.date() + timedelta(days=1) for each in days)
    at = {zone: datetime.combine(day, _NINE_O_CLOCK, ZoneInfo(zone)).astimezone(UTC) for zone in known}
    together: dict[datetime, list[str]] = {}
    for zone, moment in at.items():
        together.setdefault(moment, []).append(zone)
    return [DueMoment(moment, there, turn.cycle.zone) for moment, there in sorted(together.items())]
