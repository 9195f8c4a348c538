"""Chooses the sessions that a filter means in the live programme, and checks what the question claims of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answers.answer_models import Situation, Times
from knowledge.programme.cycle import Cycle
from knowledge.understanding.clause_times import HourClaim
from knowledge.understanding.query import TALK_OF_SESSIONS, Filter, Order, Thing
from knowledge.understanding.subject_reader import ANSWER, session_of, session_told
from locales.time_zone import time_zone

_ABSOLUTE = {Order.AFTER: Order.NEXT, Order.BEFORE: Order.PREVIOUS}


@dataclass(frozen=True, slots=True)
class Choice:
    """The sessions that are meant, soonest first; `holds` is whether what is claimed of them is so, None for no claim.

    `planned` says that the claim was so before the session was moved, `about` that it is one about its subject.
    """

    numbers: tuple[int, ...]
    holds: bool | None = None
    planned: bool = False
    about: bool = False


def choose_sessions(criteria: Filter, at: Situation, *, checked: bool = False) -> Choice:
    """Returns the sessions of that filter; what names them comes before what is claimed of them, which is `checked`."""
    if criteria.without and criteria.order is Order.LEFT:  # "I'm away in October, which are left?"
        others = choose_sessions(replace(criteria, order=None), at).numbers
        return Choice(tuple(n for n in others if n in at.ahead()))
    known = tuple(each for each in criteria.hours if at.zone is not None or not each.of_day)
    criteria = _named_by_a_day(replace(criteria, hours=known), at, checked=checked)
    identified = _identified(criteria, at, checked=checked)
    if identified is None:
        return _all_that_fit(criteria, at, checked=checked)
    if criteria.without:
        # "Apart from 3, which are on a Tuesday?"
        fits = (n for n in at.in_order() if _fits_time(criteria, at, n, at.live) != criteria.outside)
        return Choice(tuple(n for n in fits if n not in identified))
    named = criteria.numbers or criteria.order not in {None, Order.AFTER, Order.BEFORE}
    claimed = [each for each in criteria.subjects[:1] if checked and named and each.sure >= ANSWER]
    claims = [_claims(criteria, at, n, claimed) for n in identified]
    if not claims or claims[0] is None:
        return Choice(tuple(identified))
    holds, planned = all(claims), _planned(at)
    before = not holds and all(n in planned and _fits_time(criteria, at, n, planned) for n in identified)
    return Choice(tuple(identified), holds, before, about=bool(claimed))


def _planned(at: Situation) -> Times:
    """Returns when each session was to be when the content was written."""
    return {session.number: (session.starts_at, session.ends_at) for session in at.cycle.sessions}


def _all_that_fit(criteria: Filter, at: Situation, *, checked: bool) -> Choice:
    """Returns the sessions at the days and hours of a filter that names none of them."""
    found = tuple(n for n in at.in_order() if _fits_time(criteria, at, n, at.live) != criteria.without)
    planned = {} if found else _planned(at)
    moved = tuple(n for n in at.in_order() if n in planned and _fits_time(criteria, at, n, planned))
    if len(moved) == 1:  # who asks for a day that has none now has the old programme
        return Choice(moved, holds=False, planned=True)
    there = checked and bool(criteria.days or criteria.weekdays) and len(found) == 1
    each = checked and bool(criteria.hours) and len(found) == len(at.live)  # "does it clash with 3 pm?"
    return Choice(found, (each or found[0] not in at.cancelled) if there or each else None)


def _identified(criteria: Filter, at: Situation, *, checked: bool) -> list[int] | None:
    """Returns the sessions that are named, by number, order or subject; None where all are meant."""
    if not checked and (placed := _placed_in_span(criteria, at)) is not None:
        return placed
    numbers = [number for number in criteria.numbers if number in at.live]
    if criteria.subjects and not criteria.numbers:
        numbers = sessions_of(at.cycle, criteria.subjects)
    if criteria.order is Order.LEFT and criteria.days:
        return [n for n in at.ahead() if _fits_time(criteria, at, n, at.live)]
    if criteria.order in {Order.AFTER, Order.BEFORE} and len(numbers) == 1:
        return _step(criteria.order, numbers[0], at)
    if criteria.order is Order.LAST and criteria.numbers and not checked:
        return list(dict.fromkeys((*numbers, *at.in_order()[-1:])))  # "the first and the last"
    if criteria.numbers or (numbers and (criteria.order is None or not checked)):
        return numbers
    return ordered_sessions(criteria, at) if criteria.order is not None else None


def _named_by_a_day(criteria: Filter, at: Situation, *, checked: bool) -> Filter:
    """Returns the filter with the session of its day, where the rest is counted from it, or claimed of it.

    "The one after the one on the 29th", "is the one on the 29th a Tuesday?"
    """
    counted = criteria.order in {Order.AFTER, Order.BEFORE}
    named = criteria.numbers or criteria.subjects or criteria.order
    claimed = checked and not named and (criteria.weekdays or criteria.hours)
    if not (counted or claimed) or not criteria.days:
        return criteria
    then = tuple(n for n in at.in_order() if any(at.local_day(at.live[n][0]) in each for each in criteria.days))
    return replace(criteria, numbers=then, days=()) if then or counted else criteria


def _placed_in_span(criteria: Filter, at: Situation) -> list[int] | None:
    """Returns the first of November, the last of October: counted within the days that are named."""
    spans = [each for each in criteria.days if each.first < each.last]
    if not (spans or (criteria.weekdays and criteria.placed)) or criteria.without:
        return None  # "the first that is on a Tuesday" is counted among those
    within = [n for n in at.in_order() if _fits_time(replace(criteria, hours=()), at, n, at.live)]
    if criteria.order is Order.LAST:
        return within[-1:]
    if not criteria.placed or criteria.numbers[0] in within:
        return None
    return within[criteria.numbers[0] - 1 :][:1] or None  # the third of a week that has one: session 3, and when it is


def sessions_of(cycle: Cycle, things: Sequence[Thing]) -> list[int]:
    """Returns the sessions of the first of those things, and of those that are as surely meant."""
    same = [each for each in things if each.sure == things[0].sure]
    return sorted({number for each in same if (number := session_of(cycle, each)) is not None})


def ordered_sessions(criteria: Filter, at: Situation) -> list[int]:
    """Returns the next, last, previous, present or remaining sessions, counted from now or from the focus."""
    ahead, ordered, here = at.ahead(), at.in_order(), focused_sessions(at)
    if criteria.relative and len(here) == 1 and criteria.order in {*_ABSOLUTE, *_ABSOLUTE.values()}:
        return _step(criteria.order, here[0], at)
    to_begin = [n for n in ahead if at.now < at.live[n][0]]
    chosen = {
        Order.PRESENT: [n for n in ahead if at.live[n][0] <= at.now][:1],
        Order.NEXT: to_begin[:1],
        Order.PREVIOUS: [n for n in ordered if at.live[n][1] <= at.now][-1:],
        Order.LEFT: ahead,
        Order.OTHER: [n for n in ordered if n not in here],
        Order.FIRST: ordered[:1],
        Order.LAST: ordered[-1:],
        Order.LATEST: [n for n in ordered if at.live[n][0] <= at.now][-1:] or ordered[-1:],
        Order.SECOND_LAST: ordered[-2:-1],
        Order.THIRD_LAST: ordered[-3:-2],
        Order.AFTER_NEXT: to_begin[1:2],
    }
    return chosen[_ABSOLUTE.get(criteria.order, criteria.order)] if criteria.order else ordered


def _step(order: Order, number: int, at: Situation) -> list[int]:
    """Returns the session right after that one, or before it."""
    ordered = at.in_order()
    place = ordered.index(number)
    return ordered[place + 1 :][:1] if order in {Order.NEXT, Order.AFTER} else ordered[:place][-1:]


def focused_sessions(at: Situation) -> list[int]:
    """Returns the sessions that were talked about."""
    if at.talk is not None and len(at.talk.ids) > 1 and (number := session_told(at.cycle, at.talk)) is not None:
        return [number]  # of the objectives of an area
    if at.talk is None or at.talk.kind not in TALK_OF_SESSIONS:
        return []
    return [int(each) for each in at.talk.ids if int(each) in at.live]


def fill_from_focus(criteria: Filter, at: Situation) -> Filter:
    """Fills what a filter leaves open with what was talked about."""
    if not criteria.focus or criteria.numbers or at.talk is None or not (at.talk.ids or at.talk.found_by):
        return criteria
    if numbers := focused_sessions(at):
        return replace(criteria, numbers=tuple(numbers)) if criteria.kind == "session" else criteria
    by = at.talk.found_by
    if at.talk.kind == "practice" and by is not None and by.kind == "objective" and criteria.kind == "session":
        return replace(criteria, subjects=(by,))  # of a list of the practices on it
    if at.talk.kind == "objective" and criteria.kind == "session":
        return replace(criteria, subjects=tuple(Thing("objective", each) for each in at.talk.ids))
    return criteria


def _claims(criteria: Filter, at: Situation, number: int, claimed: Sequence[Thing]) -> bool | None:
    """Returns whether what is claimed of that session is so; None where nothing is."""
    about = [number in sessions_of(at.cycle, (each,)) for each in claimed]
    timed = bool(criteria.days or criteria.weekdays or criteria.hours)
    if not (timed or about):
        return None
    # What is called off is at no time; what it is about stays, and a claim about the state is checked by itself.
    on = criteria.state is not None or number not in at.cancelled or not timed
    return on and _fits_time(criteria, at, number, at.live) and all(about)


def _fits_time(criteria: Filter, at: Situation, number: int, times: Times) -> bool:
    start = times[number][0].astimezone(time_zone(at.reading_zone))
    end = times[number][1].astimezone(time_zone(at.reading_zone))
    begins, ends = (moment.hour * 60 + moment.minute for moment in (start, end))
    return (
        (not criteria.days or any(start.date() in each for each in criteria.days))
        and (not criteria.weekdays or start.weekday() in criteria.weekdays)
        and _holds([each for each in criteria.hours if not each.of_end], begins)
        and _holds([each for each in criteria.hours if each.of_end], ends)
    )


def _holds(claims: Sequence[HourClaim], minute: int) -> bool:
    """Returns whether that minute after midnight is one that is claimed; nothing claimed holds, too."""
    return not claims or any(each.first <= minute <= each.last for each in claims)
