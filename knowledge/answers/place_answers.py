"""Answers about hours elsewhere: of sessions in the places that somebody names, and what time it is now."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.session_answers import day_and_hours, hours_of, zone_offer
from knowledge.places.places import Place
from knowledge.time.zones import zone_label
from locales.reply import Day, Hour, Value, text

_MOST_NAMESAKES = 2


def at_places(at: Situation, chosen: Sequence[int], named: Sequence[Sequence[Place]]) -> Answer:
    """The hours of those sessions in each place; in a country of several zones, in each of its zones."""
    lines: list[Value] = []
    for places in named:
        lines += ["", *_in_place(at, chosen, places)] if lines else _in_place(at, chosen, places)
    place = named[0][0]
    ids = tuple(map(str, chosen))
    offers = (*((("use_zone", f"{each[0].zone}|{each[0].name}")) for each in named), *(("session", n) for n in ids[:1]))
    answer = Answer("time_in_place", (*lines, "", *_in_argentina(at, chosen, place.zone)), ids, offers)
    return answer.about("time", ids, place.zone)


def _in_place(at: Situation, chosen: Sequence[int], places: Sequence[Place]) -> list[Value]:
    place = places[0]
    if len(chosen) == 1:
        start, end = at.live[chosen[0]]
        hours: dict[str, Value] = {
            "day": Day(start, place.zone),
            "start": Hour(start, place.zone),
            "end": Hour(end, place.zone),
        }
        said = "answer.place.was" if at.now >= end else "answer.place.one"
        first: list[Value] = [text(said, place=place.name, number=chosen[0], **hours)]
    else:
        lines = [line for number in chosen for line in day_and_hours(at, number, place.zone)]
        first = [text("answer.place.all", place=place.name), *lines]
    elsewhere = [_elsewhere(at, chosen, each) for each in places[1:] if each.country == place.country]
    abroad = (each for each in places[1:] if each.country != place.country)
    namesakes = [
        _elsewhere(at, chosen, each) for each in abroad if _hours(at, chosen, each) != _hours(at, chosen, place)
    ]
    first += ["", text("answer.place.others"), *elsewhere] if elsewhere else []
    return [*first, "", text("answer.place.namesakes"), *namesakes[:_MOST_NAMESAKES]] if namesakes else first


def _elsewhere(at: Situation, chosen: Sequence[int], place: Place) -> Value:
    return text("answer.place.other", place=place.name, hours=" / ".join(_hours(at, chosen, place)))


def _hours(at: Situation, chosen: Sequence[int], place: Place) -> list[str]:
    zone = ZoneInfo(place.zone)
    return list(dict.fromkeys(at.live[n][0].astimezone(zone).strftime("%H:%M") for n in chosen))


def _in_argentina(at: Situation, chosen: Sequence[int], zone: str) -> tuple[Value, ...]:
    if zone == at.cycle.zone or len(chosen) > 1:
        return (text("answer.source.note"),)
    start, end = at.live[chosen[0]]
    hours = text("when.cycle.day", **hours_of(at, start, end, at.cycle.zone))
    return hours, text("answer.source.note")


def hour_now(at: Situation) -> Answer:
    """What time it is where the person is, else where the cycle is."""
    place: Value = at.cycle.zone_name if at.zone is None else zone_label(at.zone, at.language)
    zone = at.reading_zone
    said = text("answer.hour_now", hour=Hour(at.now, zone), day=Day(at.now, zone), place=place)
    return Answer("timezone", (said,), (), (*zone_offer(at), ("sessions", "")))


def time_again(at: Situation, number: int) -> Answer | None:
    """ "¿y la 3?" after the hour of session 2 in Lima: that of session 3 there."""
    if at.talk is None or at.talk.kind != "time" or at.talk.zone is None:
        return None
    place = Place(zone_label(at.talk.zone, at.language), "", at.talk.zone, "city")
    return at_places(at, [number], [(place,)])
