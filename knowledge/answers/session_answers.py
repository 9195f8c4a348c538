"""Builds answers about sessions: when and where they are, what they discuss, and the hours in other places."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.session_choice import sessions_on
from knowledge.programme.cards import SessionTime, number_list, session_lines, time_lines
from knowledge.programme.cycle import Area
from knowledge.time.days_parser import DayRange
from knowledge.time.zones import zone_label
from knowledge.understanding.query import State
from locales.reply import Day, Hour, Listing, Value, text
from locales.time_zone import time_zone


def one_session(
    at: Situation, number: int, *, next_one: bool = False, holds: bool | None = None, planned: bool = False
) -> Answer:
    """Returns when it is, then what it discusses and what is not known.

    Yes or no comes first, where something is claimed of it.
    """
    first = _checked(_sentence(at, number, next_one=next_one), holds, planned=planned)
    more = (("session", str(number)), ("objectives_of", str(number)), *_reminder(at, number), *zone_offer(at))
    offers = (*link_offer(at, number), *more)
    return Answer("session", (first, "", *_details(at, number)), (str(number),), offers).about("session", [str(number)])


def _checked(sentence: Value, holds: bool | None, *, planned: bool) -> Value:
    if holds is None:
        return sentence
    return text("answer.yes" if holds else "answer.no_moved" if planned else "answer.no", said=sentence)


def check(answer: Answer, holds: bool | None) -> Answer:
    """Puts yes or no first."""
    return replace(answer, lines=(_checked(answer.lines[0], holds, planned=False), *answer.lines[1:]))


def state_of_session(at: Situation, number: int, state: State, holds: bool | None, *, planned: bool) -> Answer:
    """Returns whether it is so: called off, moved, over, or as the content has it."""
    answer, off = one_session(at, number), number in at.cancelled
    if state is not State.STILL:
        return check(answer, is_so(at, number, state))
    moved = is_so(at, number, State.MOVED)
    if not moved or off or holds:
        return check(answer, not off and holds is not False)
    return (
        check(answer, False) if not planned and holds is False else one_session(at, number, holds=False, planned=True)
    )


def is_so(at: Situation, number: int, state: State) -> bool:
    """Returns whether that session is called off, moved or over, against what the content has."""
    if state is State.OFF or number in at.cancelled:
        return state is State.OFF and number in at.cancelled
    before = next((each.starts_at for each in at.cycle.sessions if each.number == number), None)
    return before != at.live[number][0] if state is State.MOVED else at.now >= at.live[number][1]


def any_over(at: Situation) -> Answer:
    """Returns whether any session has taken place, and which comes next."""
    over = [n for n in at.in_order() if n not in at.cancelled and at.live[n][1] <= at.now]
    if not at.ahead():
        return check(cycle_over(at), True)
    return check(one_session(at, over[-1]) if over else one_session(at, at.ahead()[0], next_one=True), bool(over))


def programme_changes(at: Situation) -> Answer:
    """Returns what was moved or called off since the content was written, if anything."""
    planned = {session.number: session.starts_at for session in at.cycle.sessions}
    changed = [n for n in at.in_order() if n in at.cancelled or planned.get(n) != at.live[n][0]]
    if not changed:
        return Answer("changes", (text("answer.changes.none"), "", text("answer.source.note")), (), (("sessions", ""),))
    lines: list[Value] = [text("answer.changes", n=len(changed))]
    for number in changed:
        lines += ["", _sentence(at, number, next_one=False)]
    ids = tuple(map(str, changed))
    offers = tuple(("session", each) for each in ids)
    return Answer("changes", (*lines, "", text("answer.source.note")), ids, offers).about("session", ids)


def _sentence(at: Situation, number: int, *, next_one: bool) -> Value:
    """Returns "La sesión 2 («Inclusión») es el martes…", in the person's hours, else the cycle's."""
    start, end = at.live[number]
    key = _tense(at, number) if not next_one or at.now >= start else "answer.session.next"
    return text(key, number=number, title=at.cycle.session(number).title, **hours_of(at, start, end, at.reading_zone))


def _tense(at: Situation, number: int) -> str:
    start, end = at.live[number]
    if number in at.cancelled:
        return "answer.session.cancelled"
    if at.now >= end:
        return "answer.session.was"
    return "answer.session.now" if at.now >= start else "answer.session.is"


def hours_of(at: Situation, start: datetime, end: datetime, zone: str) -> dict[str, Value]:
    """Returns the day, hours and place of a sentence about that time, in that zone."""
    place: Value = at.cycle.zone_name if zone == at.cycle.zone else zone_label(zone, at.language)
    return {"day": Day(start, zone), "start": Hour(start, zone), "end": Hour(end, zone), "place": place}


def _details(at: Situation, number: int) -> tuple[Value, ...]:
    """Returns the other hours, the areas with their objectives, the source: the card without what was just said."""
    start, end = at.live[number]
    when = SessionTime(start, end, at.zone, at.language, cancelled=number in at.cancelled)
    other_hours = time_lines(at.cycle, when)[1:]
    card = session_lines(at.cycle, at.cycle.session(number), when, at.now, at.details_of(number))
    covers = card[card.index(text("session.covers")) :]
    return (*other_hours, "", *covers, "", text("answer.source.note"))


def _reminder(at: Situation, number: int) -> tuple[tuple[str, str], ...]:
    return (("remind", str(number)),) if at.now < at.live[number][0] and number not in at.cancelled else ()


def link_offer(at: Situation, number: int) -> tuple[tuple[str, str], ...]:
    """Returns the button with the session's link, where it is known and the session is not over."""
    link = at.details_of(number).link
    open_ = at.now < at.live[number][1] and number not in at.cancelled
    return (("enter", link),) if link is not None and open_ else ()


def zone_offer(at: Situation) -> tuple[tuple[str, str], ...]:
    """Offers one tap to tell a zone, for who has not."""
    return (("zone", ""),) if at.zone is None else ()


def several_sessions(at: Situation, chosen: Sequence[int]) -> Answer:
    """Returns day, hours, areas and objectives of each."""
    lines: list[Value] = [_hours_heading(at, at.reading_zone)]
    for number in chosen:
        lines += ["", *day_and_hours(at, number, at.reading_zone)]
        areas = at.cycle.session(number).areas
        lines += [text("session.area", name=area.name, objectives=number_list(area.objectives)) for area in areas]
    ids = tuple(map(str, chosen))
    offers = (*(("session", each) for each in ids), *zone_offer(at))
    return Answer("session", (*lines, "", text("answer.source.note")), ids, offers).about("session", ids)


def overview(at: Situation) -> Answer:
    """Returns how many there are, each with day and hours."""
    ordered = at.in_order()
    lines: list[Value] = [text("answer.overview", n=len(ordered)), _hours_heading(at, at.reading_zone)]
    if not at.ahead():
        lines.insert(0, text("start.over", day=Day(max(end for _, end in at.live.values()), at.reading_zone)))
    for number in ordered:
        lines += ["", *day_and_hours(at, number, at.reading_zone)]
    ids = tuple(map(str, ordered))
    offers = (*(("session", each) for each in ids), *zone_offer(at))
    return Answer("cycle_overview", (*lines, "", text("answer.source.note")), ids, offers).about("session", ids)


def day_and_hours(at: Situation, number: int, zone: str) -> tuple[Value, Value]:
    """Returns a session by name, then its day and hours in that zone."""
    start, end = at.live[number]
    key = "sessions.past" if at.now >= end else "sessions.line"
    hours = text(key, day=Day(start, zone), start=Hour(start, zone), end=Hour(end, zone))
    return text("session.short", number=number, title=at.cycle.session(number).title), hours


def _hours_heading(at: Situation, zone: str) -> Value:
    place: Value = at.cycle.zone_name if zone == at.cycle.zone else zone_label(zone, at.language)
    return text("sessions.hours.local", place=place)


def answer_days(at: Situation, days: Sequence[DayRange]) -> Answer:
    """Answers with the sessions of those days; where there is none, that is said, with the next one."""
    found = sessions_on(at, days)
    if len(found) == 1:
        return one_session(at, found[0])
    if found:
        return several_sessions(at, found)
    return no_session_then(at, days)


def no_session_then(at: Situation, days: Sequence[DayRange], *, now: bool = False) -> Answer:
    """Says that there is none then, with the next one."""
    ahead = at.ahead()
    if not ahead:
        return cycle_over(at)
    following = one_session(at, ahead[0], next_one=True)
    lines = (text("answer.none_now") if now else _no_session(at, days), *following.lines)
    return Answer("session", lines, (), following.offers, talk=following.talk)


def _no_session(at: Situation, days: Sequence[DayRange]) -> Value:
    """Returns that there is no session, and which day was meant, for 11/5 may be one of two."""
    if len(days) != 1 or days[0].first != days[0].last:
        return text("answer.day.none")
    noon = datetime.combine(days[0].first, time(12), time_zone(at.reading_zone))
    return text("answer.day.none_on", day=Day(noon, at.reading_zone))


def remaining_sessions(at: Situation) -> Answer:
    """Returns which sessions are still to come, if any."""
    ahead = at.ahead()
    if not ahead:
        return cycle_over(at)
    lines: list[Value] = [text("answer.left", n=len(ahead)), _hours_heading(at, at.reading_zone)]
    for number in ahead:
        lines += ["", *day_and_hours(at, number, at.reading_zone)]
    ids = tuple(map(str, ahead))
    offers = tuple(("session", each) for each in ids)
    return Answer("session", (*lines, "", text("answer.source.note")), ids, offers).about("session", ids)


def cycle_over(at: Situation) -> Answer:
    """Says that the cycle has ended, and when the last session was."""
    last = at.in_order()[-1]
    day = Day(at.live[last][1], at.reading_zone)
    lines = (text("start.over", day=day), text("start.over.still"))
    return Answer("session", lines, (str(last),), (("session", str(last)),)).about("session", [str(last)])


def session_objectives(
    at: Situation,
    number: int,
    *,
    topic: bool = False,
    holds: bool | None = None,
    right: int | None = None,
) -> Answer:
    """Returns what a session discusses: its subject (`topic`) or its objectives by area; when it is.

    `right` is the session that discusses what was asked, where this one does not.
    """
    session = at.cycle.session(number)
    areas = Listing(tuple(area.name for area in session.areas))
    first = text("answer.session.topic", number=number, title=session.title, areas=areas)
    numbers = _objective_count(at, number)
    lines: list[Value] = [_checked(first if topic else numbers, holds, planned=False)]
    if right is None or right == number:
        for area in session.areas:
            lines += ["", text("objectives.area", name=area.name), *_objectives(at, area)]
    lines += ["", _sentence(at, right or number, next_one=False), text("answer.source.note")]
    offers = (("objectives_of", str(number)), ("session", str(number)), *_reminder(at, number))
    answer = Answer("session", tuple(lines), (str(number),), offers)
    return answer.about("session" if topic else "objectives", [str(number)])


def _objectives(at: Situation, area: Area) -> list[Value]:
    objectives = (at.cycle.objective(number) for number in area.objectives)
    return [text("objective.line", number=each.number, short=each.short) for each in objectives]


def _objective_count(at: Situation, number: int) -> Value:
    objectives = at.cycle.session(number).objectives
    key = "answer.objectives.count"
    return text(key, number=number, objectives=number_list(objectives), n=len(objectives))


def session_of_objective(at: Situation, number: int) -> Answer:
    """Returns in which session, and when, an objective is discussed."""
    session = at.cycle.session_of(number).number
    objective = at.cycle.objective(number)
    first = text("answer.objective.session", number=number, short=objective.short, session=session)
    area = text("answer.objective.area", number=number, area=at.cycle.area_of(number).name)
    when = _sentence(at, session, next_one=False)
    offers = (("session", str(session)), ("objective", str(number)), *_reminder(at, session), *zone_offer(at))
    lines = (first, area, "", when, "", text("answer.source.note"))
    return Answer("objective", lines, (str(number),), offers).about("session", [str(session)])


def session_of_area(at: Situation, key: str) -> Answer:
    """Returns in which session an area is discussed, and when."""
    return one_session(at, at.cycle.session_of(at.cycle.area(key).objectives[0]).number)


def count_sessions(at: Situation, chosen: Sequence[int], *, everything: bool) -> Answer:
    """Returns how many they are, and each with day and hours."""
    if everything:
        return overview(at)
    if not chosen:
        return Answer("session", (text("answer.count.none"), "", text("answer.source.note")), (), (("sessions", ""),))
    answer = several_sessions(at, chosen)
    first = text("answer.count.sessions", n=len(chosen), numbers=Listing(tuple(chosen)))
    return replace(answer, lines=(first, "", *answer.lines))


def span(at: Situation, chosen: Sequence[int]) -> Answer:
    """Returns the days between two sessions, or until one; of none, the days and the hours of all together."""
    ends = [chosen[0], chosen[-1]] if chosen else [at.in_order()[0], at.in_order()[-1]]
    days = [at.local_day(at.live[number][0]) for number in ends]
    if len(chosen) == 1:
        today = at.local_day(at.now)
        found = one_session(at, chosen[0])
        first = text("answer.span.until", number=chosen[0], days=(days[0] - today).days)
        return replace(found, lines=(first, "", *found.lines)) if today <= days[0] else found
    first = text("answer.span.between", first=ends[0], last=ends[1], days=abs((days[1] - days[0]).days))
    answer = several_sessions(at, ends if chosen else at.in_order())
    minutes = sum((_length(at, number) for number in at.in_order()), timedelta()) // timedelta(minutes=1)
    total = () if chosen else (text("answer.span.hours", sessions=len(at.live), hours=f"{minutes / 60:g}"),)
    return replace(answer, lines=(*total, first, "", *answer.lines))


def _length(at: Situation, number: int) -> timedelta:
    start, end = at.live[number]
    return end - start


def _minutes(at: Situation, number: int) -> Value:
    return text("answer.minutes", n=_length(at, number) // timedelta(minutes=1))


def durations(at: Situation, chosen: Sequence[int], claimed: int | None = None) -> Answer:
    """Returns how long each of those takes; first yes or no, where a length in minutes is claimed."""
    holds = None if claimed is None else all(_length(at, n) == timedelta(minutes=claimed) for n in chosen)
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
    answer = several_sessions(at, sorted(chosen, key=lambda n: at.live[n][0]))
    longest = max(chosen, key=lambda n: _length(at, n))
    if not durations:
        first = text("answer.compare.first", number=int(answer.ids[0]))
    elif len({_length(at, n) for n in chosen}) == 1:
        first = text("answer.duration.same", n=len(chosen), duration=_minutes(at, longest))
    else:
        first = text("answer.duration.longest", number=longest, duration=_minutes(at, longest))
    winner = answer.ids[:1] if not durations else [str(longest)]
    found = replace(answer, lines=(first, "", *answer.lines))
    return found.about("session", winner) if not durations or len({_length(at, n) for n in chosen}) > 1 else found


def compare_objectives(at: Situation, chosen: Sequence[int], claimed: int | None) -> Answer:
    """Returns how many objectives each has, the most first; yes or no first where one is claimed to have the most."""
    sizes = {number: len(at.cycle.session(number).objectives) for number in chosen}
    ordered = sorted(chosen, key=lambda n: -sizes[n])
    counts = [_objective_count(at, number) for number in ordered]
    ids = tuple(map(str, ordered))
    offers = tuple(("session", each) for each in ids)
    most = [each for each in ids if sizes[int(each)] == sizes[ordered[0]]]  # "and when is it?" goes on with that one
    answer = Answer("session", (*counts, "", text("answer.source.note")), ids, offers).about("session", most)
    if claimed is None:
        return answer
    return check(answer, all(sizes[claimed] > size for number, size in sizes.items() if number != claimed))


def none_in_order(at: Situation, *, after: bool) -> Answer:
    """Says that no session comes after, or before, what was talked about."""
    answer = overview(at)
    return replace(answer, lines=(text("answer.none_after" if after else "answer.none_before"), "", *answer.lines))


def objectives_of_sessions(at: Situation, chosen: Sequence[int]) -> Answer:
    """Returns the objectives of several sessions, session by session."""
    lines: list[Value] = [text("answer.objectives.in_others", numbers=Listing(tuple(chosen)))]
    for number in chosen:
        session = at.cycle.session(number)
        lines += ["", text("session.short", number=number, title=session.title)]
        lines += [line for area in session.areas for line in _objectives(at, area)]
    ids = tuple(map(str, chosen))
    offers = tuple(("session", each) for each in ids)
    return Answer("session", (*lines, "", text("answer.source.note")), ids, offers).about("session", ids)


def no_such_session(at: Situation) -> Answer:
    """Answers a number that no session has."""
    found = overview(at)
    return Answer("session", (text("session.unknown_number", n=len(at.live)), "", *found.lines[1:]), (), found.offers)
