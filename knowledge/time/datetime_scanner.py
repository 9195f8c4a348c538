"""Splits a typed day and hour into its parts: dates, weekdays, hours, zones, and the words that are none of these."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.time.datetime_patterns import Patterns, datetime_patterns
from locales.localized import Language

TokenKind = Literal[
    "date", "weekday", "offset", "hour", "number", "part", "between", "until", "zone", "filler", "left over"
]
_APOSTROPHES = frozenset("'’‘ʻ`´")
_DASHES = frozenset("-–—‒−")
_CENTURY = 100
_BETWEEN_LETTERS = re.compile(r"(?<=[a-z])-(?=[a-z])")
_NOON, _MIDNIGHT = 12, 0
_MOST_WORDS_OF_A_PLACE = 6
_THIS_CENTURY = 2000

# The zone of a place's name.
ZoneOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Token:
    """One part of a typed moment; which fields are used depends on its kind."""

    kind: TokenKind
    words: str  # as they were typed
    glue: str = " "  # what joins it to the word before: an apostrophe, a hyphen, or a space
    day: int = 0  # of the month; of a weekday its number from Monday, of an offset the days from today
    month: int | None = None
    year: int | None = None
    hour: int = 0
    minute: int = 0
    part: str | None = None  # of the day: am, pm, dawn, morning, noon, afternoon, evening, night
    bare: bool = False  # an hour that does not say in which half of the day it is, 1 to 7 without a leading zero
    may_end: bool = False  # an hour whose first word may lead to an end: "a las"
    zone: str | None = None  # by its name in the tz database; None where the place is not known


def scan(typed: str, language: Language, zone_of: ZoneOf) -> list[Token]:
    """Returns the parts of the text in their order; words that are no part of a moment come as "left over".

    `zone_of` gives the zone of a place's name as it was folded, or None; it decides where such a name ends.
    """
    folded, places = _fold(typed)
    found: list[Token] = []
    place = 0
    while place < len(folded):
        item, end = _next_token(folded, place, datetime_patterns(language), zone_of)
        if item is not None:
            start, stop = places[place], places[end] if end < len(places) else len(typed)
            found.append(replace(item, words=typed[start:stop].strip(" ,.;:()"), glue=_glue(typed, start)))
        place = end
    return found


def _glue(typed: str, start: int) -> str:
    """Returns the apostrophe or hyphen by which the word there hangs on the one before it; else a space."""
    hangs = start > 1 and typed[start - 1] in _APOSTROPHES | _DASHES and typed[start - 2].isalnum()
    return typed[start - 1] if hangs else " "


def _fold(typed: str) -> tuple[str, list[int]]:
    """Returns the text in small letters without accents, and where each of its signs stood in what was typed."""
    signs: list[str] = []
    places: list[int] = []
    for place, typed_sign in enumerate(typed):
        for sign in unicodedata.normalize("NFKD", typed_sign.casefold()):
            if unicodedata.combining(sign):
                continue
            signs.append(" " if sign.isspace() or sign in _APOSTROPHES else "-" if sign in _DASHES else sign)
            places.append(place)
    return _BETWEEN_LETTERS.sub(" ", "".join(signs)), places


def _next_token(folded: str, place: int, known: Patterns, zone_of: ZoneOf) -> tuple[Token | None, int]:
    """Returns the part that begins there (None for signs between words) and where it ends."""
    for read in (_scan_date, _scan_day_word, _scan_named_hour, _scan_hour, _scan_rest):
        if (found := read(folded, place, known)) is not None:
            return found
    if (zone := _scan_zone(folded, place, known, zone_of)) is not None:
        return zone
    if match := known.filler.match(folded, place):
        return Token("filler", "") if match[0][0].isalpha() else None, match.end()
    if match := known.zone_before_time.match(folded, place):
        name = match["zone"].strip().removeprefix("in ")
        return Token("zone", "", zone=zone_of(name)), match.end()
    match = known.word.match(folded, place)
    return Token("left over", ""), match.end() if match else place + 1


_Found = tuple[Token | None, int] | None


def _scan_date(folded: str, place: int, known: Patterns) -> _Found:
    for pattern in known.dates:
        if match := pattern.match(folded, place):
            groups = match.groupdict()
            month = groups.get("month")
            number = known.words.months.get(month or "") or (int(month) if month else None)
            year = int(groups["year"]) if groups.get("year") else None
            if year is not None and year < _CENTURY:
                year += _THIS_CENTURY
            day = known.words.numbers[_without_ending(match["day"])]
            return Token("date", "", day=day, month=number, year=year), match.end()
    return None


def _without_ending(day: str) -> str:
    """Returns "1" for "1er" and "06", and number words as they are."""
    figures = re.match(r"\d+", day)
    return str(int(figures[0])) if figures else day


def _scan_day_word(folded: str, place: int, known: Patterns) -> _Found:
    if match := known.today.match(folded, place):
        return Token("offset", "", day=0, part=known.words.today_parts[match[0]]), match.end()
    if match := known.days.match(folded, place):
        return Token("offset", "", day=known.words.day_offsets[match[0]]), match.end()
    if match := known.counted.match(folded, place):
        return Token("offset", "", day=known.words.numbers[match["number"]] * (7 if match["weeks"] else 1)), match.end()
    if match := known.weekdays.match(folded, place):
        return Token("weekday", "", day=known.words.weekday_numbers[match["name"]]), match.end()
    return None


def _scan_named_hour(folded: str, place: int, known: Patterns) -> _Found:
    if match := known.named_hour.match(folded, place):
        noon = match["noon"] is not None
        minute = known.words.fractions_after.get((match["fraction"] or "").strip(), 0)
        if minute < 0:
            return None
        return Token("hour", "", hour=_NOON if noon else _MIDNIGHT, minute=minute, bare=not noon), match.end()
    if match := known.relative_hour.match(folded, place):
        said = match["minutes"]
        minutes = known.words.fractions.get(said) or known.words.minutes[said.removesuffix(" minutes")]
        return _hour_token(match, minutes if match["past"] else -minutes, known), match.end()
    return None


def _scan_hour(folded: str, place: int, known: Patterns) -> _Found:
    match = known.hour.match(folded, place)
    if match is None or not any(match[each] for each in ("lead", "minute", "dotted", "plus", "unit", "ampm", "part")):
        return None
    if (match["minute"] or match["dotted"]) and (match["plus"] or match["counted"]):
        return None  # "15:00 y media"
    if match["counted"] and not (match["lead"] or match["ampm"] or match["part"]):
        return None  # "6 y 10" alone may be two days
    return _hour_token(match, _minutes(match, known), known), match.end()


def _minutes(match: "re.Match[str]", known: Patterns) -> int:
    if match["counted"]:
        minutes = known.words.minutes[match["counted"]]
        return -minutes if match["minus"] else minutes
    if match["plus"]:
        return known.words.fractions_after[match["plus"].strip()]
    return int(match["minute"] or match["dotted"] or 0)


def _hour_token(match: "re.Match[str]", minutes: int, known: Patterns) -> Token:
    """Returns the hour: minutes before it count back; the part of the day is that of the hour that was said."""
    typed = match["hour"]
    hour = known.words.numbers[_without_ending(typed)]
    part = f"{match['ampm']}m" if match["ampm"] else known.words.parts[match["part"]] if match["part"] else None
    bare = part is None and 1 <= hour <= 7 and not typed.startswith("0")  # noqa: PLR2004 - at night it would be 1 to 7
    lead = (match.groupdict().get("lead") or "").strip()
    return Token("hour", "", hour=hour, minute=minutes, part=part, bare=bare, may_end=lead in known.words.leads_to_end)


def _scan_zone(folded: str, place: int, known: Patterns, zone_of: ZoneOf) -> _Found:
    if match := known.universal.match(folded, place):
        sign, hours = match["sign"], int(match["hours"] or 0)
        # The tz database counts these westwards. Source: its file "etcetera"
        name = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"
        return Token("zone", "", zone=name), match.end()
    match = known.zone.match(folded, place)
    if match is None:
        return None
    ends = [each.end() for each in re.finditer(r"[^ ]+", match["zone"])][:_MOST_WORDS_OF_A_PLACE]
    for end in reversed(ends):
        if (zone := zone_of(match["zone"][:end].strip(" .-"))) is not None:
            return Token("zone", "", zone=zone), match.start("zone") + end
    return Token("zone", ""), match.end()


def _scan_rest(folded: str, place: int, known: Patterns) -> _Found:
    """Reads a part of the day, a word between two hours, or a number alone."""
    if match := known.part.match(folded, place):
        return Token("part", "", part=known.words.parts[match[0]]), match.end()
    if match := known.until.match(folded, place):
        return Token("until", ""), match.end()
    if match := known.between.match(folded, place):
        return Token("between", ""), match.end()
    if match := known.number.match(folded, place):
        return Token("number", "", day=known.words.numbers[_without_ending(match[0])]), match.end()
    return None
