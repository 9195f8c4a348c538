"""Builds answers about sessions: when they are, how long, what has changed, and their hours in other places."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import chain

from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.session_choice import choose_sessions
from knowledge.places.places import Place
from knowledge.programme.cards import SessionTime, number_list, session_lines, time_lines
from knowledge.time.days_parser import DayRange
from knowledge.time.zones import is_zone, zone_label
from knowledge.understanding.query import Filter, State
from locales.localized import Language
from locales.reply import Day, Hour, Listing, Text, Value, text
from locales.time_zone import time_zone

_MOST_NAMESAKES = 2
_HOURS_HEADING = "sessions.hours.local"


def one_session(
    at: Situation, number: int, *, next_one: bool = False, holds: bool | None = None, planned: bool = False
) -> Answer:
    """Returns when it is, and what it discusses; first yes or no, where something is claimed of it."""
    first = checked_sentence(session_sentence(at, number, next_one=next_one), holds, planned=planned)
    more = (("session", str(number)), ("objectives_of", str(number)), *reminder_offer(at, number), *zone_offer(at))
    offers = (*link_offer(at, number), *more)
    return Answer("session", (first, "", *_details(at, number)), (str(number),), offers).about("session", [str(number)])


def checked_sentence(sentence: Value, holds: bool | None, *, planned: bool) -> Value:
    if holds is None:
        return sentence
    return text("answer.yes" if holds else "answer.no_moved" if planned else "answer.no", said=sentence)


def check(answer: Answer, holds: bool | None) -> Answer:
    """Puts yes or no first; by itself before whose hours they are."""
    if holds is not None and isinstance(first := answer.lines[0], Text) and first.key == _HOURS_HEADING:
        return replace(answer, lines=(text("answer.yes.alone" if holds else "answer.no.alone"), "", *answer.lines))
    return replace(answer, lines=(checked_sentence(answer.lines[0], holds, planned=False), *answer.lines[1:]))


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
    begins, ends = at.live[number]
    return before != begins if state is State.MOVED else at.now >= (begins if state is State.BEGUN else ends)


def sessions_over(at: Situation) -> list[int]:
    """Returns the sessions that have taken place."""
    return [number for number in at.in_order() if is_so(at, number, State.OVER)]


def begun_today(at: Situation) -> int | None:
    """Returns the session that began last, on this day; None where none did."""
    begun = [n for n in at.in_order() if n not in at.cancelled and at.live[n][0] <= at.now]
    return next((n for n in begun[-1:] if at.local_day(at.live[n][0]) == at.local_day(at.now)), None)


def any_over(at: Situation, *, which: bool) -> Answer:
    """Returns whether any session has taken place, and which comes next; `which` or how many were asked for."""
    over = sessions_over(at)
    if not at.ahead():
        return check(cycle_over(at), True)
    if over:
        return check(one_session(at, over[-1]), True)
    first = one_session(at, at.ahead()[0], next_one=True)
    return replace(first, lines=(text("answer.over.none"), "", *first.lines)) if which else check(first, False)


def changed_sessions(at: Situation) -> list[int]:
    """Returns the sessions that were moved or called off since the content was written."""
    return [n for n in at.in_order() if is_so(at, n, State.MOVED) or n in at.cancelled]


def programme_changes(at: Situation) -> Answer:
    """Returns what was moved or called off since the content was written, if anything."""
    changed = changed_sessions(at)
    if not changed:
        return Answer("changes", (text("answer.changes.none"), "", text("answer.source.note")), (), (("sessions", ""),))
    each = (("", session_sentence(at, number, next_one=False)) for number in changed)
    return about_sessions("changes", (text("answer.changes", n=len(changed)), *chain.from_iterable(each)), changed)


def session_sentence(at: Situation, number: int, *, next_one: bool, named: bool = False) -> Value:
    """Returns "La sesión 2 («Inclusión») es el martes…", in the person's hours, else the cycle's.

    Where it was `named` before, only "martes…" is said of one that is to come.
    """
    start, end = at.live[number]
    key = _tense(at, number) if not next_one or at.now >= start else "answer.session.next"
    key = "when.cycle.day" if named and key == "answer.session.is" else key
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
    return {"day": Day(start, zone), "start": Hour(start, zone), "end": Hour(end, zone), "place": _zone_name(at, zone)}


def _details(at: Situation, number: int) -> tuple[Value, ...]:
    """Returns the other hours, the areas with their objectives, the source: the card without what was just said."""
    start, end = at.live[number]
    when = SessionTime(start, end, at.zone, at.language, cancelled=number in at.cancelled)
    other_hours = time_lines(at.cycle, when)[1:]
    card = session_lines(at.cycle, at.cycle.session(number), when, at.now, at.details_of(number))
    covers = card[card.index(text("session.covers")) :]
    return (*other_hours, "", *covers, "", text("answer.source.note"))


def reminder_offer(at: Situation, number: int) -> tuple[tuple[str, str], ...]:
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
    lines: list[Value] = [_hours_heading(at)]
    for number in chosen:
        lines += ["", *_day_and_hours(at, number, at.reading_zone)]
        areas = at.cycle.session(number).areas
        lines += [text("session.area", name=area.name, objectives=number_list(area.objectives)) for area in areas]
    ids = tuple(map(str, chosen))
    offers = (*(("session", each) for each in ids), *zone_offer(at))
    return Answer("session", (*lines, "", text("answer.source.note")), ids, offers).about("session", ids)


def timed_sessions(at: Situation, chosen: Sequence[int]) -> Answer:
    """Returns day and hours of each."""
    found = about_sessions("session", _hours_of_each(at, chosen), chosen)
    return replace(found, offers=(*found.offers, *zone_offer(at)))


def overview(at: Situation) -> Answer:
    """Returns how many there are, each with day and hours."""
    ordered = at.in_order()
    lines: list[Value] = [text("answer.overview", n=len(ordered)), *_hours_of_each(at, ordered)]
    if not at.ahead():
        lines.insert(0, text("start.over", day=Day(max(end for _, end in at.live.values()), at.reading_zone)))
    ids = tuple(map(str, ordered))
    offers = (*(("session", each) for each in ids), *zone_offer(at))
    return Answer("cycle_overview", (*lines, "", text("answer.source.note")), ids, offers).about("session", ids)


def _hours_of_each(at: Situation, numbers: Sequence[int]) -> list[Value]:
    """Returns in whose hours they are told, and day and hours of each."""
    each = (("", *_day_and_hours(at, number, at.reading_zone)) for number in numbers)
    return [_hours_heading(at), *chain.from_iterable(each)]


def about_sessions(topic: str, lines: Sequence[Value], numbers: Sequence[int]) -> Answer:
    """Returns those lines about those sessions, each offered, with their source."""
    ids = tuple(map(str, numbers))
    offers = tuple(("session", each) for each in ids)
    return Answer(topic, (*lines, "", text("answer.source.note")), ids, offers).about("session", ids)


def _day_and_hours(at: Situation, number: int, zone: str) -> tuple[Value, Value]:
    """Returns a session by name, then its day and hours in that zone."""
    start, end = at.live[number]
    key = "sessions.past" if at.now >= end else "sessions.line"
    hours = text(key, day=Day(start, zone), start=Hour(start, zone), end=Hour(end, zone))
    return text("session.short", number=number, title=at.cycle.session(number).title), hours


def _hours_heading(at: Situation) -> Value:
    return text(_HOURS_HEADING, place=_zone_name(at, at.reading_zone))


def _zone_name(at: Situation, zone: str) -> Value:
    return at.cycle.zone_name if zone == at.cycle.zone else zone_label(zone, at.language)


def answer_days(at: Situation, days: Sequence[DayRange]) -> Answer:
    """Answers with the sessions of those days; where there is none, that is said, with the next one."""
    found = choose_sessions(Filter("session", days=tuple(days)), at).numbers
    if len(found) == 1:
        return one_session(at, found[0])
    return several_sessions(at, found) if found else no_session_then(at, days)


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
    return about_sessions("session", (text("answer.left", n=len(ahead)), *_hours_of_each(at, ahead)), ahead)


def cycle_over(at: Situation) -> Answer:
    """Says that the cycle has ended, and when the last session was."""
    last = at.in_order()[-1]
    day = Day(at.live[last][1], at.reading_zone)
    lines = (text("start.over", day=day), text("start.over.still"))
    return Answer("session", lines, (str(last),), (("session", str(last)),)).about("session", [str(last)])


def count_sessions(at: Situation, chosen: Sequence[int], *, everything: bool, areas: bool = False) -> Answer:
    """Returns how many they are, and each with day and hours; a single one, or where asked for, with its areas."""
    if everything:
        return overview(at)
    if not chosen:
        return Answer("session", (text("answer.count.none"), "", text("answer.source.note")), (), (("sessions", ""),))
    answer = (several_sessions if areas or len(chosen) == 1 else timed_sessions)(at, chosen)
    first = text("answer.count.sessions", n=len(chosen), numbers=Listing(tuple(chosen)))
    return replace(answer, lines=(first, "", *answer.lines))


def none_in_order(at: Situation, *, after: bool) -> Answer:
    """Says that no session comes after, or before, what was talked about."""
    answer = overview(at)
    return replace(answer, lines=(text("answer.none_after" if after else "answer.none_before"), "", *answer.lines))


def no_such_session(at: Situation) -> Answer:
    """Answers a number that no session has."""
    found = overview(at)
    return Answer("session", (text("session.unknown_number", n=len(at.live)), "", *found.lines[1:]), (), found.offers)


def hours_in_places(at: Situation, chosen: Sequence[int], asked_places: Sequence[Sequence[Place]]) -> Answer:
    """Returns the hours of those sessions in each place; in a country of several zones, in each of its zones.

    A zone that we cannot read is said to be none that we know, and no hours are told as if they were its own.
    """
    lines: list[Value] = [
        text("answer.place.unread", zone=each[0].name) for each in asked_places if each[0].kind == "unread"
    ]
    asked_places = [each for each in asked_places if each[0].kind != "unread"]
    ids = tuple(map(str, chosen))
    if not asked_places:
        return Answer(
            "time_in_place", tuple(lines), ids, (("zone", ""), *(("session", n) for n in ids[:1])), known=False
        )
    for places in asked_places:
        lines += ["", *_in_place(at, chosen, places)] if lines else _in_place(at, chosen, places)
    place = asked_places[0][0]
    own = [each[0] for each in asked_places if is_zone(each[0].zone)]
    offers = (*((("use_zone", f"{each.zone}|{each.name}")) for each in own), *(("session", n) for n in ids[:1]))
    lines += ["", *_hours_elsewhere(at, chosen, [each[0].zone for each in asked_places])]
    answer = Answer("time_in_place", tuple(lines), ids, offers)
    return answer.about("time", ids, place.zone, place.name)


def _in_place(at: Situation, chosen: Sequence[int], places: Sequence[Place]) -> list[Value]:
    place = places[0]
    if len(chosen) == 1:
        start, end = at.live[chosen[0]]
        hours = {**hours_of(at, start, end, place.zone), "place": _name_on(place, start, at.language)}
        key = "answer.place.was" if at.now >= end else "answer.place.one"
        first: list[Value] = [text(key, number=chosen[0], **hours)]
    else:
        lines = [line for number in chosen for line in _day_and_hours(at, number, place.zone)]
        first = [text("answer.place.all", place=place.name), *lines]
    # Of two Matamoros in Mexico, the other one is told from the first by the clock it goes by.
    alike = [
        replace(each, name=f"{each.name} ({zone_label(each.zone, at.language)})") if each.name == place.name else each
        for each in places[1:]
    ]
    elsewhere = [_other_place(at, chosen, each) for each in alike if each.country == place.country]
    abroad = (each for each in places[1:] if each.country != place.country)
    namesakes = [
        _other_place(at, chosen, each) for each in abroad if _hours_in(at, chosen, each) != _hours_in(at, chosen, place)
    ]
    first += ["", text("answer.place.others"), *elsewhere] if elsewhere else []
    return [*first, "", text("answer.place.namesakes"), *namesakes[:_MOST_NAMESAKES]] if namesakes else first


def _name_on(place: Place, moment: datetime, language: Language) -> str:
    """Returns the name in an answer; a zone written as no place has its city and its short form: "ET (…, EDT)"."""
    if place.kind != "zone" or place.zone.startswith(("Etc/", "UTC")):
        return place.name
    short = moment.astimezone(time_zone(place.zone)).tzname() or ""
    own = zone_label(place.zone, language)
    told = [each for each in (own, short) if each != place.name and (each.isalpha() or each == own)]
    return f"{place.name} ({', '.join(told)})" if told else place.name


def _other_place(at: Situation, chosen: Sequence[int], place: Place) -> Value:
    return text("answer.place.other", place=place.name, hours=" / ".join(_hours_in(at, chosen, place)))


def _hours_in(at: Situation, chosen: Sequence[int], place: Place) -> list[str]:
    zone = time_zone(place.zone)
    return list(dict.fromkeys(at.live[n][0].astimezone(zone).strftime("%H:%M") for n in chosen))


def _hours_elsewhere(at: Situation, chosen: Sequence[int], told: Sequence[str]) -> tuple[Value, ...]:
    """Returns the hours of one session where the person is, and the cycle's, where they were not told; the source."""
    zones = [each for each in dict.fromkeys((at.reading_zone, at.cycle.zone)) if each not in told]
    spans = [(*at.live[chosen[0]], zone) for zone in zones if len(chosen) == 1]
    return *(text("when.cycle.day", **hours_of(at, *span)) for span in spans), text("answer.source.note")


def current_time(at: Situation) -> Answer:
    """Returns what time it is where the person is, else where the cycle is."""
    place: Value = at.cycle.zone_name if at.zone is None else zone_label(at.zone, at.language)
    zone = at.reading_zone
    sentence = text("answer.hour_now", hour=Hour(at.now, zone), day=Day(at.now, zone), place=place)
    return Answer("timezone", (sentence,), (), (*zone_offer(at), ("sessions", "")))
