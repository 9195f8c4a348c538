"""Builds answers with the hours of sessions in other places, and the hour that it is now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.session_answers import day_and_hours, hours_of, zone_offer
from knowledge.places.places import Place
from knowledge.time.zones import is_zone, zone_label
from locales.localized import Language
from locales.reply import Day, Hour, Value, text
from locales.time_zone import time_zone

_MOST_NAMESAKES = 2


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
    answer = Answer("time_in_place", (*lines, "", *_hours_of_cycle(at, chosen, place.zone)), ids, offers)
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
        key = "answer.place.was" if at.now >= end else "answer.place.one"
        first: list[Value] = [text(key, place=_name_on(place, start, at.language), number=chosen[0], **hours)]
    else:
        lines = [line for number in chosen for line in day_and_hours(at, number, place.zone)]
        first = [text("answer.place.all", place=place.name), *lines]
    # Of two Matamoros in Mexico, the other one is told from the first by the clock it goes by.
    alike = [_with_zone(each, at.language) if each.name == place.name else each for each in places[1:]]
    elsewhere = [_other_place(at, chosen, each) for each in alike if each.country == place.country]
    abroad = (each for each in places[1:] if each.country != place.country)
    namesakes = [
        _other_place(at, chosen, each) for each in abroad if _hours_in(at, chosen, each) != _hours_in(at, chosen, place)
    ]
    first += ["", text("answer.place.others"), *elsewhere] if elsewhere else []
    return [*first, "", text("answer.place.namesakes"), *namesakes[:_MOST_NAMESAKES]] if namesakes else first


def _name_on(place: Place, moment: datetime, language: Language) -> str:
    """Returns the name in an answer; a zone written as no place has its city and its short form that day.

    "ET (…, EDT)".
    """
    if place.kind != "zone" or place.zone.startswith(("Etc/", "UTC")):
        return place.name
    short = moment.astimezone(time_zone(place.zone)).tzname() or ""
    own = zone_label(place.zone, language)
    return f"{place.name} ({', '.join(each for each in (own, short) if each.isalpha() or each == own)})"


def _with_zone(place: Place, language: Language) -> Place:
    return replace(place, name=f"{place.name} ({zone_label(place.zone, language)})")


def _other_place(at: Situation, chosen: Sequence[int], place: Place) -> Value:
    return text("answer.place.other", place=place.name, hours=" / ".join(_hours_in(at, chosen, place)))


def _hours_in(at: Situation, chosen: Sequence[int], place: Place) -> list[str]:
    zone = time_zone(place.zone)
    return list(dict.fromkeys(at.live[n][0].astimezone(zone).strftime("%H:%M") for n in chosen))


def _hours_of_cycle(at: Situation, chosen: Sequence[int], zone: str) -> tuple[Value, ...]:
    if zone == at.cycle.zone or len(chosen) > 1:
        return (text("answer.source.note"),)
    start, end = at.live[chosen[0]]
    hours = text("when.cycle.day", **hours_of(at, start, end, at.cycle.zone))
    return hours, text("answer.source.note")


def current_time(at: Situation) -> Answer:
    """Returns what time it is where the person is, else where the cycle is."""
    place: Value = at.cycle.zone_name if at.zone is None else zone_label(at.zone, at.language)
    zone = at.reading_zone
    sentence = text("answer.hour_now", hour=Hour(at.now, zone), day=Day(at.now, zone), place=place)
    return Answer("timezone", (sentence,), (), (*zone_offer(at), ("sessions", "")))
