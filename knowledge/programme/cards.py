"""Builds the cards of sessions, objectives, principles and practices. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.programme.cycle import Area, Cycle, Objective, Practice, Principle, Session
from knowledge.programme.session_details import NO_DETAILS, DetailField, SessionDetails, card_lines
from knowledge.time.zones import zone_label
from locales.localized import Language
from locales.reply import Country, Day, Duration, Hour, Link, Listing, OnPhone, Value, text
from locales.time_zone import time_zone

RESOLUTION = "A/RES/73/195"
_MINUTE = timedelta(minutes=1)
_MOST_COUNTRIES = 3  # of a practice, in a list of practices
# What people ask of every session; listed on its card while the content says that it is not known.
_ASKED_OF_A_SESSION: tuple[DetailField, ...] = ("link", "panelists", "interpretation")


@dataclass(frozen=True, slots=True)
class SessionTime:
    """A session's live time, in UTC, and who reads it: their IANA zone (None: not told) and language."""

    starts_at: datetime
    ends_at: datetime
    zone: str | None
    language: Language
    cancelled: bool = False


def time_lines(cycle: Cycle, when: SessionTime) -> tuple[Value, ...]:
    """Returns day and hours where the reader is, in the cycle's zone, and as the phone shows them."""
    own = () if when.zone is None else (_hours("when.local", when, when.zone, zone_label(when.zone, when.language)),)
    reference = () if when.zone == cycle.zone else (_cycle_time(cycle, when),)
    return (*own, *reference, text("when.phone", moment=_on_phone(cycle, when)))


def hour_lines(cycle: Cycle, when: SessionTime) -> tuple[Value, ...]:
    """Returns the hours of a session that is about to begin: where the reader is, else the cycle's and the phone's."""
    if when.zone is not None:
        return (_hours("when.cycle", when, when.zone, zone_label(when.zone, when.language)),)
    phone = OnPhone(when.starts_at, "t", Hour(when.starts_at, cycle.zone))
    return _hours("when.cycle", when, cycle.zone, cycle.zone_name), text("when.phone", moment=phone)


def _hours(key: str, when: SessionTime, zone: str, place: Value) -> Value:
    start, end = Hour(when.starts_at, zone), Hour(when.ends_at, zone)
    return text(key, day=Day(when.starts_at, zone), start=start, end=end, place=place)


def _cycle_time(cycle: Cycle, when: SessionTime) -> Value:
    """Returns the cycle's own hour; with its day where nobody's zone is known or the day is another one there."""
    own = when.starts_at.astimezone(time_zone(when.zone or cycle.zone)).date()
    there = when.starts_at.astimezone(time_zone(cycle.zone)).date()
    key = "when.cycle" if when.zone is not None and own == there else "when.cycle.day"
    return _hours(key, when, cycle.zone, cycle.zone_name)


def _on_phone(cycle: Cycle, when: SessionTime) -> OnPhone:
    zone = when.zone or cycle.zone
    day, hour = Day(when.starts_at, zone, "short"), Hour(when.starts_at, zone)
    return OnPhone(when.starts_at, "wDt", text("when.moment", day=day, hour=hour))


def session_lines(
    cycle: Cycle, session: Session, when: SessionTime, now: datetime, details: SessionDetails = NO_DETAILS
) -> tuple[Value, ...]:
    """Returns a session's card: title, time, what it covers, what organizers have told, what is not known yet."""
    return (
        text("session.heading", number=session.number, title=session.title),
        *_state_lines(cycle, when, now),
        "",
        *time_lines(cycle, when),
        "",
        text("session.covers"),
        *area_lines(session.areas),
        *card_lines(details, over=now >= when.ends_at or when.cancelled),
        *_unknown_lines(cycle, now, when, details),
    )


def _state_lines(cycle: Cycle, when: SessionTime, now: datetime) -> tuple[Value, ...]:
    if when.cancelled:
        return (text("session.cancelled"),)
    if now < when.starts_at:
        return ()
    if now >= when.ends_at:
        return (text("session.over"),)
    end = Hour(when.ends_at, when.zone or cycle.zone)
    return (text("session.now", progress=progress(when.starts_at, now), end=end),)


def progress(starts_at: datetime, now: datetime) -> Value:
    """Returns since when a session is going on: "it began 12 minutes ago"."""
    passed = now - starts_at
    return text("progress.just") if passed < _MINUTE else text("progress.since", passed=Duration(passed))


def _unknown_lines(cycle: Cycle, now: datetime, when: SessionTime, details: SessionDetails) -> tuple[Value, ...]:
    asked = [field for field in _ASKED_OF_A_SESSION if not details.has(field)]
    missing = [thing.name for thing in cycle.unknown if thing.key in asked]
    if not missing or now >= when.ends_at or when.cancelled:
        return ()
    return ("", text("session.unknown", things=Listing(tuple(missing))))


def objective_lines(cycle: Cycle, objective: Objective, language: Language) -> tuple[Value, ...]:
    """Returns the card of an objective: official title, plain words, where it is discussed, source."""
    session, area = cycle.session_of(objective.number), cycle.area_of(objective.number)
    return (
        text("objective.heading", number=objective.number, short=objective.short),
        text("objective.title", title=objective.title),
        "",
        objective.summary,
        "",
        text("objective.where", session=session.number, title=session.title, area=area.name),
        text("objective.source", source=RESOLUTION),
        *((text("translated.title"),) if language in objective.translated else ()),
    )


def principle_lines(principle: Principle) -> tuple[Value, ...]:
    """Returns the card of a guiding principle."""
    return (
        text("principle.heading", number=principle.number, name=principle.name),
        "",
        principle.summary,
        "",
        text("principle.source", source=RESOLUTION, letter=principle.letter),
    )


def practice_lines(cycle: Cycle, practice: Practice, language: Language) -> tuple[Value, ...]:
    """Returns the card of a practice: what, where, who, since when, which objectives and who says so, its page."""
    return (
        text("practice.heading", title=practice.title),
        text("practice.where", place=_practice_place(practice)),
        *(() if practice.implementer is None else (text("practice.who", who=practice.implementer),)),
        *(() if practice.years is None else (text("practice.years", years=practice.years),)),
        "",
        practice.summary,
        *((text("translated.summary"),) if language in practice.translated else ()),
        *_original_line(practice, language),
        "",
        *(() if practice.caution is None else (text("practice.caution", caution=practice.caution), "")),
        practice_objectives_line(cycle, practice),
        *((text("practice.offered"),) if practice.offered else ()),
        *practice_source_lines(practice),
    )


def practice_objectives_line(cycle: Cycle, practice: Practice) -> Value:
    """Returns the objectives of a practice, and who says so."""
    named = (text("objective.named", number=n, short=cycle.objective(n).short) for n in practice.objectives)
    return text(f"practice.objectives.{practice.objectives_from}", objectives=Listing(tuple(named)))


def practice_source_lines(practice: Practice) -> tuple[Value, ...]:
    """Returns a link to where a practice is published; nothing for one that has no page."""
    return () if practice.url is None else (text("practice.source", link=Link(text("practice.open"), practice.url)),)


def _original_line(practice: Practice, language: Language) -> tuple[Value, ...]:
    """Returns in which language it was written, for who reads another."""
    if practice.original in {None, language}:
        return ()
    return (text("practice.original", language=text(f"language.name.{practice.original}")),)


def practice_list_line(place: int, practice: Practice, asked: Sequence[str] = ()) -> Value:
    """Returns a practice in a list: its title, where it is, the countries `asked` first; whether it was offered."""
    ordered = sorted(practice.countries, key=lambda code: code not in asked)
    most = len(ordered) if len(ordered) <= _MOST_COUNTRIES + 1 else _MOST_COUNTRIES  # no "and 1 other"
    more = (text("practices.others", count=len(ordered) - most),) if len(ordered) > most else ()
    countries = Listing((*map(Country, ordered[:most]), *more))
    where = countries if practice.countries else text(f"practice.scope.{practice.scope}")
    key = "practices.line.offered" if practice.offered else "practices.line"
    return text(key, number=place, title=practice.title, where=where)


def practices_note(shown: Iterable[Practice]) -> Value:
    """Returns what a list of practices says of their sources, and of what it does not know."""
    return text("practices.note.offered" if any(each.offered for each in shown) else "practices.note")


def _practice_place(practice: Practice) -> Value:
    countries = Listing(tuple(Country(code) for code in practice.countries))
    if not practice.countries:
        return text(f"practice.scope.{practice.scope}")
    return text("practice.place", place=practice.place, country=countries) if practice.place else countries


def number_list(found: tuple[int, ...]) -> Listing:
    """Returns numbers as a list in words: "2, 5 y 12"."""
    return Listing(tuple(found))


def area_lines(areas: Iterable[Area]) -> list[Value]:
    """Returns a line for each area: its name and its objectives."""
    return [text("session.area", name=each.name, objectives=number_list(each.objectives)) for each in areas]
