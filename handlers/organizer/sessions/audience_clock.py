"""The audience's clock: what a session's new time means where people are."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from db.programme.live_programme import LiveSession
from handlers.organizer.sessions.sessions import session_hours
from handlers.turn import Turn
from knowledge.time.zones import zone_label
from locales.reply import Day, Value, text

Zones = Sequence[tuple[str | None, int]]
_MOST_ZONES = 8


def _utc_offset(zone: str, at: datetime) -> timedelta:
    return at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def earliest_and_latest_clocks(turn: Turn, would: LiveSession, zones: Zones) -> Iterable[Value]:
    """The earliest and the latest clock of those who come or are reminded, where they are not the cycle's own."""
    known = {zone for zone, _ in zones if zone is not None}
    if not known:
        return
    west = min(sorted(known), key=lambda zone: _utc_offset(zone, would.starts_at))
    east = max(sorted(known), key=lambda zone: _utc_offset(zone, would.starts_at))
    here = _utc_offset(turn.cycle.zone, would.starts_at)
    for key, zone in (("desk.west", west), ("desk.east", east)):
        if _utc_offset(zone, would.starts_at) != here:
            yield text(key, place=zone_label(zone, turn.language), **session_hours(would, zone))


def day_changes(turn: Turn, live: LiveSession, would: LiveSession, zones: Zones) -> Iterable[Value]:
    """For how many people it falls on another day where they are, the most first."""
    changed: dict[str, int] = {}
    for zone, people in zones:
        name = zone or turn.cycle.zone
        here = ZoneInfo(name)
        if live.starts_at.astimezone(here).date() != would.starts_at.astimezone(here).date():
            changed[name] = changed.get(name, 0) + people
    if not changed:
        return
    yield from ("", text("desk.days", n=sum(changed.values())))
    order = sorted(changed, key=lambda name: (-changed[name], name))
    for name in order[:_MOST_ZONES]:
        was, will_be = Day(live.starts_at, name, "short"), Day(would.starts_at, name, "short")
        place = zone_label(name, turn.language)
        yield text("desk.day", place=place, n=changed[name], was=was, will_be=will_be)
    if len(order) > _MOST_ZONES:
        yield text("desk.other_zones", n=sum(changed[name] for name in order[_MOST_ZONES:]))
