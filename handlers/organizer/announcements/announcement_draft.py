"""A draft's card: its languages, its audience with the count of people, and when it is sent."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from changes.announcements import DueMoment
from changes.reach import Reach, split_announcement
from db.announcements import announcements, audiences
from db.announcements.announcements import AT, NINE, NOW, Announcement
from db.announcements.audiences import (
    ALSO,
    ANYBODY,
    ONLY,
    REGISTERED,
    REMINDED,
    SERVICE,
    WITHOUT,
    Audience,
    AudienceGroup,
)
from db.people import dialogs, roster
from db.people.roster import Segment
from db.team import team
from db.team.team import suffices
from handlers.organizer.announcements.link_warning import link_warnings
from handlers.organizer.people.segments import segments_of_sessions, session_label, split_choices, toggle
from handlers.organizer.reach_lines import reach_lines
from handlers.organizer.sessions.typed_datetime import (
    bare_hour_note,
    error_sentence,
    parse_typed_moment,
    unusual_time_warnings,
)
from handlers.participant.keyboards import home_row
from handlers.participant.registration.registration_parsers import SECTORS
from handlers.turn import Turn
from knowledge.time.datetime_parser import DatetimeParseError
from knowledge.time.zones import utc_offset, zone_label
from locales.localized import LANGUAGES
from locales.reply import Button, Country, Day, Hour, Keyboard, Listing, Reply, Value, reply, rows, text
from locales.time_zone import time_zone

# So long it can be undone as if it had never been sent.
HOLD_TIME = timedelta(seconds=60)
_NINE_O_CLOCK = time(9)
DIALOG = "announce"
_AUDIENCE_FIELDS = ("who", "session", "country", "sector", "language", "groups")
# Of these several can be chosen.
_MANY = frozenset({"country", "sector", "language"})
_MOST_COUNTRIES = 40
_ANY = "any"


def earliest_departure(announcement: Announcement, now: datetime) -> datetime:
    """Returns when the first message leaves if it is sent now; for each person's 09:00 see `dues`."""
    return max(now + HOLD_TIME, announcement.moment) if announcement.moment is not None else now + HOLD_TIME


def due_times(turn: Turn, announcement: Announcement, places: Sequence[AudienceGroup]) -> list[DueMoment]:
    """Returns one moment for all; or 09:00 of the same date in each zone of that audience.

    The date is the first one whose 09:00 is still to come in every zone.
    """
    first = earliest_departure(announcement, turn.now)
    if announcement.way != NINE:
        return [DueMoment(first)]
    known = sorted({turn.cycle.zone, *(each.zone or turn.cycle.zone for each in places)})
    days = [first.astimezone(time_zone(zone)) for zone in known]
    day = max(each.date() if each.time() < _NINE_O_CLOCK else each.date() + timedelta(days=1) for each in days)
    at = {zone: datetime.combine(day, _NINE_O_CLOCK, time_zone(zone)).astimezone(UTC) for zone in known}
    together: dict[datetime, list[str]] = {}
    for zone, moment in at.items():
        together.setdefault(moment, []).append(zone)
    return [DueMoment(moment, there, turn.cycle.zone) for moment, there in sorted(together.items())]


async def draft_card(turn: Turn, announcement: Announcement) -> Reply:
    """Returns the draft's card: everything that decides about it, and every way on.

    To a viewer it says how many they are, not who or where: two audiences could be subtracted from each other.
    """
    places = await audience_now(turn, announcement)
    due = due_times(turn, announcement, places)
    buttons = _draft_buttons(turn, announcement, shown_as(turn, announcement, due))
    heading = text("announce.card", number=announcement.id, state=text(f"announce.state.{announcement.state}"))
    if not suffices(turn.role, "organizer"):
        counted = _recipient_lines(places, Audience.from_json(announcement.audience).who)
        return reply(heading, "", *_language_lines(announcement, ()), *counted, keyboard=buttons)
    lines = [
        heading,
        "",
        *_language_lines(announcement, places),
        text("announce.for", what=Listing(tuple(_audience_labels(Audience.from_json(announcement.audience))))),
        *_recipient_lines(places, Audience.from_json(announcement.audience).who),
        *await link_warnings(turn, announcement),
        *_time_lines(turn, announcement, places, due),
        *reach_lines(await reach(turn, announcement, places, due)),
    ]
    return reply(*lines, keyboard=buttons)


async def audience_now(turn: Turn, announcement: Announcement) -> list[AudienceGroup]:
    """Returns whom it is for and can be reached, as they are now."""
    audience = Audience.from_json(announcement.audience)
    members = [each.id for each in await team.members(turn.tx, turn.services.organizers)]
    return await audiences.audience_groups(turn.tx, turn.cycle.key, audience, team=members)


async def reach(
    turn: Turn, announcement: Announcement, places: Sequence[AudienceGroup], due: Sequence[DueMoment]
) -> Reach:
    """Returns how many of them get it at their moment, later, or not at all, who has blocked the bot among them."""
    audience = Audience.from_json(announcement.audience)
    blocked = await audiences.audience_groups(turn.tx, turn.cycle.key, audience, reachable=False)
    return split_announcement([*places, *blocked], due, turn.cycle.zone)


def shown_as(turn: Turn, announcement: Announcement, due: Sequence[DueMoment]) -> str:
    """Returns a short mark of what its card shows: the words, the audience, and the date or moment at which it leaves.

    The buttons that send and confirm carry it: pressed once one of these has changed, they show the card anew.
    How many people that audience is, and in which zones, changes with every registration, and is no part of it.
    """
    moments: list[str] = []
    if announcement.way == NINE:
        moments = [due[0].at.astimezone(time_zone(_first_zone(turn, due))).date().isoformat()]
    elif announcement.moment is not None:
        moments = [announcement.moment.isoformat(), str(_has_passed(announcement, turn.now))]
    bodies = [(code, asdict(body)) for code, body in announcement.bodies.items()]
    about = (bodies, sorted(announcement.audience.items()), announcement.way, moments)
    return sha256(repr(about).encode()).hexdigest()[:8]


def _has_passed(announcement: Announcement, now: datetime) -> bool:
    """Returns whether it can no longer leave at the moment that was set for it."""
    return announcement.moment is not None and announcement.moment < now + HOLD_TIME


def _language_lines(announcement: Announcement, places: Sequence[AudienceGroup]) -> list[Value]:
    """Returns which languages are written; and, in bold, which of the audience's are not."""
    written = tuple(text(f"language.name.{code}") for code in announcement.bodies)
    lines: list[Value] = [text("announce.written", what=Listing(written)) if written else text("announce.unwritten")]
    if pictured := tuple(text(f"language.name.{code}") for code, body in announcement.bodies.items() if body.media):
        lines.append(text("announce.pictured", what=Listing(pictured)))
    speak = Counter[str]()
    for each in places:
        speak[each.language] += each.people
    for code in LANGUAGES:
        if written and speak[code] and code not in announcement.bodies:
            first = text(f"language.name.{next(iter(announcement.bodies))}")
            lines.append(text("announce.missing", language=text(f"language.name.{code}"), n=speak[code], first=first))
    return lines


def _audience_labels(audience: Audience) -> list[Value]:
    chosen: list[Value] = [text(f"announce.who.{audience.who}")]
    if audience.session:
        chosen.append(session_label(Segment(audience.session, place=audience.place)))
    chosen += [Country(code) for code in split_choices(audience.country)]
    chosen += [text(f"sector.{key}") for key in split_choices(audience.sector)]
    chosen += [text(f"language.name.{code}") for code in split_choices(audience.language)]
    return [*chosen, text(f"announce.groups.{audience.groups}")]


def _recipient_lines(places: Sequence[AudienceGroup], who: str) -> list[Value]:
    people = sum(each.people for each in places if not each.group)
    groups = sum(each.people for each in places if each.group)
    if who == SERVICE:
        return [text("announce.people.service", n=people), text("announce.service"), *_group_lines(groups)]
    return [text("announce.people", n=people), *_group_lines(groups)]


def _group_lines(groups: int) -> list[Value]:
    return [text("announce.of.groups", n=groups)] if groups else []


def _time_lines(
    turn: Turn, announcement: Announcement, places: Sequence[AudienceGroup], due: Sequence[DueMoment]
) -> list[Value]:
    """Returns when it leaves, as everybody concerned reads it; and the audience's clock."""
    at = earliest_departure(announcement, turn.now)
    if announcement.way == NINE:
        day = Day(due[0].at, _first_zone(turn, due))
        return ["", text("announce.when.nine", day=day), *_nine_lines(turn, due, places)]
    lines: list[Value] = [
        "",
        text("announce.when.now") if announcement.way == NOW else _time_in_zones(turn, at, places),
    ]
    warned = unusual_time_warnings(turn, at) if announcement.way == AT else ()
    if announcement.way == AT and _has_passed(announcement, turn.now):
        lines = ["", text("announce.when.passed"), *lines[1:]]
    return [*lines, *warned, *audience_hours(turn, at, places)]


def _first_zone(turn: Turn, due: Sequence[DueMoment]) -> str:
    """Returns a zone where it is 09:00 when the first of them leaves: the date there is the date everywhere."""
    return next(iter(due[0].zones or ()), turn.cycle.zone)


def _nine_lines(turn: Turn, due: Sequence[DueMoment], places: Sequence[AudienceGroup]) -> list[Value]:
    """Returns how many get it at which day and hour of the cycle's zone, in the order in which it leaves."""
    people = Counter[str]()
    for each in places:
        people[each.zone or turn.cycle.zone] += each.people
    zone = turn.cycle.zone
    return [
        text(
            "announce.nine.leaves",
            day=Day(each.at, zone, "short"),
            hour=Hour(each.at, zone),
            place=turn.cycle.zone_name,
            count=count,
        )
        for each in due
        if (count := sum(people[name] for name in each.zones or ()))
    ]


def _time_in_zones(turn: Turn, at: datetime, places: Sequence[AudienceGroup]) -> Value:
    """Returns the time in Argentina, in UTC, and where it is earliest and latest."""
    zones = sorted({each.zone or turn.cycle.zone for each in places}, key=lambda zone: utc_offset(zone, at))
    ends = [zones[0], zones[-1]] if zones and utc_offset(zones[0], at) != utc_offset(zones[-1], at) else zones[:1]
    shown = dict.fromkeys([turn.cycle.zone, "UTC", *ends])
    hours = [
        text("announce.there", place="UTC" if zone == "UTC" else zone_label(zone, turn.language), hour=Hour(at, zone))
        for zone in shown
    ]
    return text("announce.when.at", day=Day(at, turn.cycle.zone), hours=Listing(tuple(hours)))


def audience_hours(turn: Turn, at: datetime, places: Sequence[AudienceGroup]) -> list[Value]:
    """Returns a line for each hour it is then where they are, with how many people."""
    hours = Counter[datetime]()
    for each in places:
        local = at.astimezone(time_zone(each.zone or turn.cycle.zone))
        hours[local.replace(tzinfo=UTC, second=0, microsecond=0)] += each.people
    lines = [text("announce.at.hour", hour=Hour(hour, "UTC"), count=hours[hour]) for hour in sorted(hours)]
    return [text("announce.clock"), *lines] if lines else []


def _draft_buttons(turn: Turn, announcement: Announcement, shown: str) -> Keyboard:
    number, back = announcement.id, (Button(text("announce.button"), "an"), *home_row())
    look = ((Button(text("announce.preview.button"), f"an:p:{number}"),),) if announcement.bodies else ()
    if not suffices(turn.role, "organizer"):
        return (*look, back)
    if announcement.state == announcements.ASKING:
        confirm = Button(text("announce.confirm"), f"an:ok:{number}:{shown}")
        return (*look, (confirm, Button(text("announce.to_draft"), f"an:no:{number}")), back)
    marks = {code: "✓ " if code in announcement.bodies else "" for code in LANGUAGES}
    words = tuple(Button(f"{marks[code]}{code.upper()}", f"an:b:{number}:{code}") for code in LANGUAGES)
    plan = (
        Button(text("announce.who.button"), f"an:a:{number}"),
        Button(text("announce.when.button"), f"an:w:{number}"),
    )
    send = ((Button(text("announce.send"), f"an:go:{number}:{shown}"),),) if announcement.bodies else ()
    return (words, plan, *look, *send, (Button(text("announce.drop"), f"an:d:{number}"),), back)


async def ask_send_time(turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks when it is sent: now, at each person's 09:00, or at a moment that is typed."""
    await dialogs.begin(turn.tx, turn.person.id, DIALOG, "when", now=turn.now, id=int(id))
    ways = tuple((Button(text(f"announce.way.{way}"), f"an:w:{id}:{way}"),) for way in (NOW, NINE))
    back = (Button(text("button.back"), f"an:{id}"),)
    place = zone_label(turn.cycle.zone, turn.language)
    return reply(text("announce.when.ask", place=place), keyboard=(*ways, back))


async def choose_send_time(turn: Turn, id: str, field: str) -> Reply:  # noqa: A002 - as in the button's address
    """Sets it to leave now, or at each person's 09:00."""
    if field in {NOW, NINE}:
        await announcements.change_if(turn.tx, int(id), {announcements.DRAFT}, now=turn.now, way=field, moment=None)
    return await _show_draft(turn, int(id))


async def set_typed_time(turn: Turn, announcement: Announcement) -> Reply:
    """Sets a moment that was typed, in the cycle's zone."""
    back = ((Button(text("button.back"), f"an:{announcement.id}"),),)
    try:
        found = parse_typed_moment(turn)
    except DatetimeParseError as error:
        return reply(error_sentence(error), text("announce.when.unclear"), keyboard=back)
    if found.ends_at is not None:
        return reply(text("announce.when.unclear"), keyboard=back)
    if found.starts_at < turn.now + HOLD_TIME:
        return reply(text("announce.when.past"), keyboard=back)
    await announcements.change_if(
        turn.tx, announcement.id, {announcements.DRAFT}, now=turn.now, way=AT, moment=found.starts_at
    )
    shown = await _show_draft(turn, announcement.id)
    return replace(shown, lines=(*shown.lines, *bare_hour_note(found, turn.cycle.zone)))


async def _show_draft(turn: Turn, number: int) -> Reply:
    await dialogs.rest(turn.tx, turn.person.id)
    announcement = await announcements.get(turn.tx, number)
    if announcement is None:
        return reply(text("announce.gone"), keyboard=((Button(text("announce.button"), "an"),),))
    return await draft_card(turn, announcement)


async def choose_audience_field(_turn: Turn, id: str) -> Reply:  # noqa: A002 - as in the button's address
    """Asks which field of the audience to change."""
    ways = [Button(text(f"announce.field.{field}"), f"an:a:{id}:{field}") for field in _AUDIENCE_FIELDS]
    back = (Button(text("button.back"), f"an:{id}"),)
    return reply(text("announce.who.ask"), "", text("announce.who.how"), keyboard=(*rows(*ways, of=2), back))


async def show_audience_choices(turn: Turn, id: str, field: str) -> Reply:  # noqa: A002 - as in the button's address
    """Shows what one can choose, with how many people it would be."""
    announcement = await announcements.get(turn.tx, int(id))
    if announcement is None or field not in _AUDIENCE_FIELDS:
        return await choose_audience_field(turn, id)
    kept, buttons = Audience.from_json(announcement.audience), []
    for value, label in await _field_choices(turn, field):
        people = await _count_recipients(turn, _audience_with(kept, field, value))
        counted = text("segment.counted", what=label, people=people)
        on = field in _MANY and value in split_choices(getattr(kept, field))
        buttons.append(Button(text("announce.chosen", what=label) if on else counted, f"an:s:{id}:{field}:{value}"))
    back = Button(text("button.back"), f"an:a:{id}")
    if field not in _MANY:
        return reply(text(f"announce.field.{field}"), keyboard=(*rows(*buttons, of=2), (back,)))
    chosen = text("announce.for", what=Listing(tuple(_audience_labels(kept))))
    counted = text("announce.chosen.people", n=await _count_recipients(turn, kept))
    lines = (text(f"announce.field.{field}"), text("announce.several"), "", chosen, counted)
    done = Button(text("announce.chosen.done"), f"an:{id}")
    return reply(*lines, keyboard=(*rows(*buttons, of=2), (done, back)))


async def _field_choices(turn: Turn, field: str) -> list[tuple[str, Value]]:
    if field == "who":
        return [(each, text(f"announce.who.{each}")) for each in (REGISTERED, REMINDED, ANYBODY, SERVICE)]
    if field == "groups":
        return [(each, text(f"announce.groups.{each}")) for each in (WITHOUT, ALSO, ONLY)]
    every = (_ANY, text("announce.any"))
    if field == "session":
        choices = await segments_of_sessions(turn)
        return [every, *((f"{each.session}{each.place}", session_label(each)) for each in choices)]
    if field == "sector":
        return [every, *((each, text(f"sector.{each}")) for each in SECTORS)]
    if field == "language":
        return [every, *((each, text(f"language.name.{each}")) for each in LANGUAGES)]
    known = list(await roster.countries(turn.tx, turn.cycle.key))[:_MOST_COUNTRIES]
    return [every, *((code, Country(code)) for code in known)]


def _audience_with(audience: Audience, field: str, value: str) -> Audience:
    if field == "session":
        place = value.lstrip("0123456789")
        number = value.removesuffix(place) if value != _ANY else "0"
        return replace(audience, session=int(number), place=place if value != _ANY else "")
    if field not in _MANY:
        return replace(audience, **{field: "" if value == _ANY else value})  # type: ignore[arg-type] # all are texts
    chosen = toggle(split_choices(getattr(audience, field)), value)
    changed: dict[str, Any] = {field: "" if value == _ANY else ",".join(chosen)}
    return replace(audience, **changed)


async def _count_recipients(turn: Turn, audience: Audience) -> int:
    return await audiences.count_recipients(turn.tx, turn.cycle.key, audience)


async def set_audience_field(turn: Turn, id: str, field: str, value: str) -> Reply:  # noqa: A002 - as in the button's address
    """Sets one field of the audience; what is no choice changes nothing."""
    announcement = await announcements.get(turn.tx, int(id), lock=True)
    if (
        announcement is None
        or field not in _AUDIENCE_FIELDS
        or value not in {each for each, _ in await _field_choices(turn, field)}
    ):
        return await choose_audience_field(turn, id)
    chosen = _audience_with(Audience.from_json(announcement.audience), field, value).to_json()
    await announcements.change_if(turn.tx, announcement.id, {announcements.DRAFT}, now=turn.now, audience=chosen)
    if field in _MANY and value != _ANY:
        return await show_audience_choices(turn, id, field)
    again = await announcements.get(turn.tx, announcement.id)
    return await draft_card(turn, again or announcement)
