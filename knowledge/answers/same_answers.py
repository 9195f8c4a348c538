"""Answers whether sessions begin at the same hour, are on the same day or are one, or whether places have one hour."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from knowledge.answers import session_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.session_choice import sessions_of
from knowledge.understanding.query import Asks, Filter, Property, Query
from locales.time_zone import time_zone

_SPANS: Mapping[Asks, Callable[[date], Hashable]] = {
    Property.WEEKDAY: date.weekday, Property.WEEK: lambda day: day.isocalendar()[:2],
    Property.MONTH: lambda day: (day.year, day.month),
}  # fmt: skip


def are_the_same(query: Query, criteria: Filter, at: Situation) -> Answer:
    """Returns yes or no, and when the sessions are."""
    named = [n for n in criteria.numbers if n in at.live]
    named += [number for each in criteria.subjects for number in sessions_of(at.cycle, (each,))]
    chosen = list(dict.fromkeys(named)) or [n for n in at.in_order() if n not in at.cancelled] or at.in_order()
    holds = len(chosen) == 1 if Property.SESSIONS in query.asks else _hold(query, chosen, at, every=bool(named))
    if query.where:
        return session_answers.check(session_answers.hours_in_places(at, chosen, query.where), holds)
    if len(chosen) == 1:
        return session_answers.check(session_answers.one_session(at, chosen[0]), holds)
    of_contents = Property.SESSIONS in query.asks  # "are 6 and 21 in one session?"
    told = session_answers.several_sessions if of_contents else session_answers.timed_sessions
    return session_answers.check(told(at, chosen), holds)


def _hold(query: Query, chosen: Sequence[int], at: Situation, *, every: bool) -> bool:
    """Returns whether all are the same; of sessions that are not named, whether any two are on one day."""
    zones = [time_zone(places[0].zone) for places in query.where if places[0].kind != "unread"]
    if len(zones) > 1:
        return all(len({_clock(at, number, zone) for zone in zones}) == 1 for number in chosen)
    zone = zones[0] if zones else time_zone(at.reading_zone)
    if Property.HOUR in query.asks:
        return len({_clock(at, number, zone) for number in chosen}) == 1
    span = next((_SPANS[each] for each in query.asks if each in _SPANS), str)
    days = {span(at.live[number][0].astimezone(zone).date()) for number in chosen}
    return len(days) == 1 if every else len(days) < len(chosen)


def _clock(at: Situation, number: int, zone: ZoneInfo) -> str:
    moment: datetime = at.live[number][0].astimezone(zone)
    return f"{moment:%H:%M}"
