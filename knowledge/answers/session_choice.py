"""Chooses the sessions that a filter means in the live programme, and checks what the question claims of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from knowledge.answers.answer_models import Situation, Times
from knowledge.programme.cycle import Cycle
from knowledge.time.days_parser import DayRange
from knowledge.understanding.filter_reader import ANSWER
from knowledge.understanding.query import Filter, Order, Thing


@dataclass(frozen=True, slots=True)
class Choice:
    """The sessions that are meant, soonest first; `holds` is whether what is claimed of them is so, None for no claim.

    `planned` says that the claim was so before the session was moved, `about` that it is one about its subject.
    """

    numbers: tuple[int, ...]
    holds: bool | None = None
    planned: bool = False
    about: bool = False


def choose_sessions(of: Filter, at: Situation, *, checked: bool = False) -> Choice:
    """The sessions of that filter; what names them comes before what is claimed of them, which is `checked`."""
    identified = _identified(of, at, checked=checked)
    if identified is None:
        found = tuple(n for n in at.in_order() if _fits_time(of, at, n, at.live) != of.without)
        there = checked and bool(of.days or of.weekdays) and len(found) == 1
        return Choice(found, True if there else None)
    if of.without:
        return Choice(tuple(n for n in at.in_order() if n not in identified))
    claimed = _claimed_subjects(of) if checked else []
    claims = [_claims(of, at, n, claimed) for n in identified]
    if not claims or claims[0] is None:
        return Choice(tuple(identified))
    holds = all(claims)
    planned = {session.number: (session.starts_at, session.ends_at) for session in at.cycle.sessions}
    before = not holds and all(n in planned and _fits_time(of, at, n, planned) for n in identified)
    return Choice(tuple(identified), holds, before, about=bool(claimed))


def _identified(of: Filter, at: Situation, *, checked: bool) -> list[int] | None:
    """The sessions that are named, by number, order or subject; None where all are meant."""
    named = [number for number in of.numbers if number in at.live]
    named = named or (sessions_of(at.cycle, of.subjects) if of.subjects and not of.numbers else [])
    if of.order in {Order.AFTER, Order.BEFORE} and len(named) == 1:
        return _step(of.order, named[0], at)
    sure = bool(of.subjects) and of.subjects[0].sure >= ANSWER and of.order is not Order.PRESENT
    if of.numbers or (named and (of.order is None or (sure and not checked))):
        return named
    return ordered_sessions(of, at) if of.order is not None else None


def sessions_of(cycle: Cycle, things: Sequence[Thing]) -> list[int]:
    """The sessions that the first of those things belongs to; several objectives may be in several."""
    first = things[0]
    match first.kind:
        case "session":
            return [int(first.key)]
        case "area":
            return [cycle.session_of(cycle.area(first.key).objectives[0]).number]
        case "objective":
            same = [each for each in things if each.sure == first.sure]
            return sorted({cycle.session_of(int(each.key)).number for each in same})
        case _:
            return []


def ordered_sessions(of: Filter, at: Situation) -> list[int]:
    """The next, last, previous, present or remaining sessions, counted from now or from the focus."""
    ahead, ordered, here = at.ahead(), at.in_order(), focused_sessions(at)
    if of.relative and len(here) == 1 and of.order in _STEPS:
        return _step(of.order, here[0], at)
    chosen = {
        Order.PRESENT: [n for n in ahead if at.live[n][0] <= at.now][:1],
        Order.NEXT: [n for n in ahead if at.now < at.live[n][0]][:1],
        Order.PREVIOUS: [n for n in ordered if at.live[n][1] <= at.now][-1:],
        Order.LEFT: ahead,
        Order.OTHER: [n for n in ordered if n not in here],
        Order.LAST: ordered[-1:],
    }
    return chosen[_ABSOLUTE.get(of.order, of.order)] if of.order else ordered


def _step(order: Order, number: int, at: Situation) -> list[int]:
    """The session right after that one, or before it."""
    ordered = at.in_order()
    place = ordered.index(number)
    return ordered[place + 1 :][:1] if _STEPS[order] > 0 else ordered[:place][-1:]


_STEPS = {Order.NEXT: 1, Order.AFTER: 1, Order.PREVIOUS: -1, Order.BEFORE: -1}
_ABSOLUTE = {Order.AFTER: Order.NEXT, Order.BEFORE: Order.PREVIOUS}


def focused_sessions(at: Situation) -> list[int]:
    """The sessions that were talked about."""
    if at.talk is None or at.talk.kind not in {"session", "time"}:
        return []
    return [int(each) for each in at.talk.ids if int(each) in at.live]


def fill_from_focus(of: Filter, at: Situation) -> Filter:
    """What a filter leaves open is what was talked about."""
    if not of.focus or of.numbers or at.talk is None or not at.talk.ids:
        return of
    if numbers := focused_sessions(at):
        return replace(of, numbers=tuple(numbers)) if of.kind == "session" else of
    if at.talk.kind == "objective" and of.kind == "session":
        return replace(of, subjects=tuple(Thing("objective", each) for each in at.talk.ids))
    return of


def _claims(of: Filter, at: Situation, number: int, claimed: Sequence[Thing]) -> bool | None:
    """Whether what is claimed of that session is so; None where nothing is."""
    about = [number in sessions_of(at.cycle, (each,)) for each in claimed]
    if not (of.days or of.weekdays or of.hour is not None or about):
        return None
    return _fits_time(of, at, number, at.live) and all(about)


def _claimed_subjects(of: Filter) -> list[Thing]:
    """What the session, named otherwise, is claimed to be about."""
    named = of.numbers or of.order not in {None, Order.AFTER, Order.BEFORE}
    return [each for each in of.subjects[:1] if named and each.sure >= ANSWER]


def _fits_time(of: Filter, at: Situation, number: int, times: Times) -> bool:
    start = times[number][0].astimezone(ZoneInfo(at.reading_zone))
    day = start.date()
    return (
        (not of.days or any(day in each for each in of.days))
        and (not of.weekdays or start.weekday() in of.weekdays)
        and (of.hour is None or _is_at(start, of.hour))
    )


def _is_at(start: datetime, minutes: int) -> bool:
    """ "A las 2" may be two in the afternoon."""
    own = start.hour * 60 + start.minute
    return minutes in {own, own - 12 * 60}


def sessions_on(at: Situation, days: Sequence[DayRange]) -> list[int]:
    """The sessions that begin on one of those days where the person is."""
    return list(choose_sessions(Filter("session", days=tuple(days)), at).numbers)
