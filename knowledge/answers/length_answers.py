"""Builds answers on lengths of time: how long sessions last, until one begins or ends, and between two."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.session_answers import check, hours_of, one_session, timed_sessions
from knowledge.answers.session_choice import choose_sessions
from knowledge.understanding.query import Filter, Order
from locales.reply import Value, text

# Hours until a session that is so near: they are told as well as days; minutes alone are.
_COUNTED_IN_HOURS, _COUNTED_IN_MINUTES = 72, 2


def span(at: Situation, chosen: Sequence[int]) -> Answer:
    """Returns the days between two sessions, or until one; of none, the days and the hours of all together."""
    ends = [chosen[0], chosen[-1]] if chosen else [at.in_order()[0], at.in_order()[-1]]
    days = [at.local_day(at.live[number][0]) for number in ends]
    if len(chosen) == 1:
        return _until(at, chosen[0], (days[0] - at.local_day(at.now)).days)
    between = text("answer.span.between", first=ends[0], last=ends[1], n=abs((days[1] - days[0]).days))
    answer = timed_sessions(at, ends if chosen else at.in_order())
    minutes = sum((_length(at, number) for number in at.in_order()), timedelta()) // timedelta(minutes=1)
    total = () if chosen else (text("answer.span.hours", sessions=len(at.live), hours=f"{minutes / 60:g}"),)
    return replace(answer, lines=(*total, between, "", *answer.lines))


def _until(at: Situation, number: int, days: int) -> Answer:
    """Returns the days until that session, the hours where it is near, the minutes where it is very near."""
    found, left = one_session(at, number), at.live[number][0] - at.now
    if left < timedelta():
        return found
    hours = left // timedelta(hours=1)
    first = [text("answer.span.until", number=number, days=days)] if days else []
    if hours < _COUNTED_IN_MINUTES:
        first = [text("answer.span.minutes_until", minutes=left // timedelta(minutes=1))]
    elif hours <= _COUNTED_IN_HOURS:
        first.append(text("answer.span.hours_until", hours=hours))
    return replace(found, lines=(*first, "", *found.lines)).about("span", found.ids)


def until_end(at: Situation) -> Answer | None:
    """Returns the minutes until the session that takes place now ends; None where there is none."""
    on = choose_sessions(Filter("session", order=Order.PRESENT), at).numbers
    if not on:
        return None
    minutes = (at.live[on[0]][1] - at.now) // timedelta(minutes=1)
    found = one_session(at, on[0])
    first = text("answer.span.until_end", number=on[0], minutes=minutes)
    return replace(found, lines=(first, "", *found.lines)).about("span", found.ids)


def _length(at: Situation, number: int) -> timedelta:
    start, end = at.live[number]
    return end - start


def _minutes(at: Situation, number: int) -> Value:
    return text("answer.minutes", n=_length(at, number) // timedelta(minutes=1))


def durations(at: Situation, chosen: Sequence[int], claimed: tuple[int, int] | None = None) -> Answer:
    """Returns how long each of those takes; first yes or no, where the least and the most minutes are claimed."""
    lengths = [_length(at, n) // timedelta(minutes=1) for n in chosen]
    holds = None if claimed is None else all(claimed[0] <= each <= claimed[1] for each in lengths)
    if len(chosen) > 1:
        return check(compare_sessions(at, chosen, durations=True), holds)
    number = chosen[0]
    start, end = at.live[number]
    hours = hours_of(at, start, end, at.reading_zone)
    first = text("answer.duration.one", number=number, duration=_minutes(at, number), **hours)
    found = one_session(at, number)
    short = replace(found, lines=(first, "", text("answer.source.note"))).about("duration", found.ids)
    return check(short, holds)


def compare_sessions(at: Situation, chosen: Sequence[int], *, durations: bool) -> Answer:
    """Compares them: which takes longer, or which comes first."""
    answer = timed_sessions(at, sorted(chosen, key=lambda n: at.live[n][0]))
    longest = max(chosen, key=lambda n: _length(at, n))
    if durations and len({_length(at, n) for n in chosen}) == 1:
        same = text("answer.duration.same", n=len(chosen), duration=_minutes(at, longest))
        return replace(answer, lines=(same, "", *answer.lines))
    winner = longest if durations else int(answer.ids[0])
    key = "answer.duration.longest" if durations else "answer.compare.first"
    first = text(key, number=winner, duration=_minutes(at, winner))
    others = [each for each in answer.ids if each != str(winner)]
    return replace(answer, lines=(first, "", *answer.lines)).about("session", [str(winner), *others])
