"""Exports sessions to calendars: an iCalendar file (RFC 5545, 5546), and links for Google's and Outlook's. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from knowledge.programme.cards import area_lines
from knowledge.programme.cycle import Cycle
from knowledge.programme.session_details import NO_DETAILS, SessionDetails, field_lines
from locales.reply import Hour, Say, Value, text

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_ALARM = timedelta(hours=1)
# iCalendar wants an organizer, whom no calendar should write to: the address that Exchange gives to nobody.
_NOBODY = "invalid:nomail"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A session's time (UTC), which SEQUENCE this is of it, how long before it the calendar rings, what is known of it.

    `details` are as the calendar's owner may see them.
    """

    number: int
    starts_at: datetime
    ends_at: datetime
    sequence: int
    alarms: tuple[timedelta, ...] = ()
    details: SessionDetails = NO_DETAILS


def build_calendar(
    cycle: Cycle, entries: Iterable[CalendarEntry], say: Say, *, language: str, now: datetime, cancelled: bool = False
) -> bytes:
    """Builds the file with those sessions: to be added or changed, or to be taken off again."""
    from icalendar import Calendar  # noqa: PLC0415 - 3 MB and 50 ms at every start, for the first who asks

    calendar = Calendar()
    calendar.add("prodid", f"-//Ciclo//{cycle.key}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    listed = list(entries)
    if len(listed) > 1:  # for one session, some programs would make a calendar of its own
        calendar.add("x-wr-calname", say(cycle.title))
    for each in listed:
        calendar.add_component(_event(cycle, each, say, now, cancelled=cancelled))
    written: bytes = calendar.to_ical()
    return written


def _event(cycle: Cycle, entry: CalendarEntry, say: Say, now: datetime, *, cancelled: bool) -> "Event":
    from icalendar import Event, vCalAddress  # noqa: PLC0415 - see build_calendar()

    event = Event()
    event.add("uid", f"session-{entry.number}.{cycle.key}@ciclo.bot")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    title = say(_title(cycle, entry.number))
    event.add("summary", title)
    event.add("description", describe_entry(cycle, entry, say))
    if entry.details.link is not None:
        event.add("url", entry.details.link)
        event.add("location", entry.details.link)  # what calendars on phones make a button of
    event.add("organizer", vCalAddress(_NOBODY, params={"CN": say(cycle.title)}))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    for before in () if cancelled else entry.alarms or (_ALARM,):
        event.add_component(_alarm(title, before))
    return event


def _alarm(title: str, before: timedelta) -> "Alarm":
    from icalendar import Alarm  # noqa: PLC0415 - see build_calendar()

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm


def _title(cycle: Cycle, number: int) -> Value:
    return text("calendar.title", number=number, title=cycle.session(number).title)


def describe_entry(cycle: Cycle, entry: CalendarEntry, say: Say) -> str:
    """Describes what it covers, when it is where the cycle is, the way in, or that it is not known yet."""
    areas = map(say, area_lines(cycle.session(entry.number).areas))
    start, end = Hour(entry.starts_at, cycle.zone), Hour(entry.ends_at, cycle.zone)
    hours = say(text("when.cycle", start=start, end=end, place=cycle.zone_name))
    return "\n".join([*areas, hours, *map(say, _link_lines(cycle, entry.details))])


def _link_lines(cycle: Cycle, details: SessionDetails) -> Iterable[Value]:
    if not details.has("link"):
        yield from (text("session.unknown", things=thing.name) for thing in cycle.unknown if thing.key == "link")
    for field in ("link", "platform"):
        if details.has(field):
            yield from field_lines(details, field)


def google_link(cycle: Cycle, entry: CalendarEntry, say: Say) -> str:
    """Opens Google Calendar with that session filled in."""
    dates = "/".join(f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" for at in (entry.starts_at, entry.ends_at))
    asked = {"action": "TEMPLATE", "text": say(_title(cycle, entry.number)), "dates": dates}
    asked |= {"details": describe_entry(cycle, entry, say)}
    return f"https://calendar.google.com/calendar/render?{_query(asked)}"


def outlook_link(cycle: Cycle, entry: CalendarEntry, say: Say, *, at_work: bool = False) -> str:
    """Opens Outlook's calendar on the web with that session filled in: at home, or at work (Microsoft 365)."""
    start, end = (f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for at in (entry.starts_at, entry.ends_at))
    asked = {"path": "/calendar/action/compose", "rru": "addevent", "startdt": start, "enddt": end}
    asked |= {"subject": say(_title(cycle, entry.number)), "body": describe_entry(cycle, entry, say)}
    host = "outlook.office.com" if at_work else "outlook.live.com"
    return f"https://{host}/calendar/0/deeplink/compose?" + _query(asked)


def _query(asked: dict[str, str]) -> str:
    return urlencode(asked, quote_via=quote)
