"""Validates, normalizes and labels the names of time zones, and reads zones written as no place: "GMT-5", "EST"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale
from babel.core import get_global

from knowledge.text.phrases import PhrasePattern, phrase_pattern
from knowledge.text.words import lexicon, normalize
from locales.localized import Language, Localized
from locales.time_zone import time_zone

_AREAS = frozenset(
    ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"]
)
_UTC = "UTC"
_FIRST, _LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
# No zone changes twice within two weeks in those years (a test compares with every single day).
_FORTNIGHT, _SECOND = timedelta(days=14), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Territory:
    """A zone's own country (ISO 3166, two letters) in the tz database's zone.tab."""

    country: str
    zone: str


@cache
def territories() -> tuple[Territory, ...]:
    """Returns every line of zone.tab: the zones by which each country knows its own time, countries in order."""
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(Territory(country=row[0], zone=row[2]) for row in rows)


@cache
def _current_zones() -> frozenset[str]:
    return frozenset(territory.zone for territory in territories())


@cache
def _all_names() -> frozenset[str]:
    return frozenset((files("tzdata") / "zones").read_text(encoding="utf-8").split())


@cache
def _links() -> dict[str, str]:
    """Returns old names to present ones, from the tz database; first CLDR's, which keep each country's own zone."""
    lines = (files("tzdata") / "zoneinfo" / "tzdata.zi").read_text(encoding="utf-8").splitlines()
    links = {line.split()[2]: line.split()[1] for line in lines if line.startswith("L ")}
    return links | {old: new for old, new in get_global("zone_aliases").items() if new in _current_zones()}


@cache
def all_zones() -> tuple[str, ...]:
    """Returns every zone a person's choice can end in, by its present name: those of zone.tab, and UTC."""
    return (*sorted(_current_zones()), _UTC)


def is_zone(name: str) -> bool:
    """Returns whether it is a place's zone ("America/Lima") or UTC; an offset or "US/Eastern" is not."""
    return name == _UTC or (name in _all_names() and name.partition("/")[0] in _AREAS)


def find_zone(text: str) -> str | None:
    """Returns the zone someone wrote by its technical name, in whatever capitals, by today's name; else None."""
    return _zones_by_folded_name().get(text.strip().casefold())


@cache
def _zones_by_folded_name() -> dict[str, str]:
    return {name.casefold(): canonical_zone(name) for name in _all_names() if name != _UTC and is_zone(name)}


def canonical_zone(zone: str) -> str:
    """Returns today's name of a zone as zone.tab gives it for each country; what is not a zone comes back unchanged."""
    if zone in _current_zones() or zone not in _all_names():
        return zone
    present = _links().get(zone, zone)
    return _UTC if present in ("Etc/UTC", "Etc/UCT") else present


@lru_cache(maxsize=4096)
def zone_label(zone: str, language: Language) -> str:
    """Returns the city people name when they speak of that zone, in their language, such as "Puerto Príncipe"."""
    zone = canonical_zone(zone)
    if zone.startswith("Etc/GMT"):  # the tz database turns the signs: "Etc/GMT+5" is GMT-5
        return zone.removeprefix("Etc/").translate(str.maketrans("+-", "-+"))
    if zone == _UTC or (label := lexicon("typed/zones")["labels"].get(zone)) is not None:
        return _UTC if zone == _UTC else Localized(*label).in_(language)
    known = Locale.parse(language).time_zones
    olds = sorted(old for old, new in _links().items() if new == zone and old not in _current_zones())
    cities = (known.get(name, {}).get("city") for name in (zone, *olds))
    return next((str(city) for city in cities if city), zone.rsplit("/", 1)[-1].replace("_", " "))


@cache
def offset_changes(zone: str) -> tuple[tuple[datetime, timedelta], ...]:
    """Returns every change of the offset to UTC from 2024 to 2030, first the offset at 2024's beginning.

    Two zones of equal behaviour are the same to anyone planning in these years. Raises ZoneInfoNotFoundError.
    """
    changes = [(_FIRST, utc_offset(zone, _FIRST))]
    day = _FIRST
    while day < _LAST:
        if utc_offset(zone, day + _FORTNIGHT) != changes[-1][1]:
            moment = _find_change(zone, day, day + _FORTNIGHT)
            changes.append((moment, utc_offset(zone, moment)))
        day += _FORTNIGHT
    return tuple(changes)


def _find_change(zone: str, before: datetime, after: datetime) -> datetime:
    old = utc_offset(zone, before)
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        before, after = (middle, after) if utc_offset(zone, middle) == old else (before, middle)
    return after.replace(microsecond=0)


def utc_offset(zone: str, moment: datetime) -> timedelta:
    """Returns how far that zone's clocks are ahead of UTC at that moment. Raises ZoneInfoNotFoundError."""
    return moment.astimezone(time_zone(zone)).utcoffset() or timedelta()


_SIGN = r"(?P<sign>[+\-−–]|menos |moins |minus |mas |más |mais |plus )"
_OFFSET = re.compile(
    rf"(?<![\w])(?P<from>gmt|utc|tu)\s?{_SIGN}\s?(?P<hour>\d{{1,2}})(?:[:.h]?(?P<minute>\d{{2}}))?(?![\d:]\d*)",
    re.IGNORECASE,
)
_BARE_OFFSET = re.compile(rf"\s*{_SIGN}\s?(?P<hour>\d{{1,2}})(?:[:.h]?(?P<minute>\d{{2}}))?\s*h?\s*", re.IGNORECASE)
_UNIVERSAL = re.compile(r"(?<![\w])(?:utc|gmt)(?![\w]|\s?[+\-−–]\s?\d)", re.IGNORECASE)
_CAPITALS = re.compile(r"(?<![\w])[A-Z]{2,4}(?![\w])")
_LEADING_TO_CAPITALS = re.compile(
    r"(?<!\w)(?:(?i:hora|horario|horário|heure|fuseau|fuso|time zone) (?P<zone>[A-Z]{2,4}T)"
    r"|(?P<first>[A-Z]{2,4}T) time)(?!\w)"
)
_WEST, _EAST = -12 * 60, 14 * 60  # minutes from UTC, as far as clocks go


@dataclass(frozen=True, slots=True)
class WrittenZone:
    """A zone as it is written: `zone` by its name in the tz database, None where we cannot tell which it is."""

    words: str  # of the text
    name: str  # in an answer: "GMT-5", "EST"
    zone: str | None


def zone_at_offset(minutes: int) -> str | None:
    """Returns a zone that is always that far from UTC; None where no clock is."""
    if not _WEST <= minutes <= _EAST:
        return None
    if minutes % 60:
        known: str | None = lexicon("typed/zones")["broken_hours"].get(str(minutes))
        return known
    # The tz database counts these to the west: Etc/GMT+5 is five hours behind.
    return f"Etc/GMT{-minutes // 60:+}" if minutes else "UTC"


def offset_name(minutes: int) -> str:
    """Returns the offset as people write it: "GMT-5", "GMT+5:30"."""
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def parse_offset(text: str) -> int | None:
    """Returns minutes from UTC for an offset ("GMT-3", "UTC-03:00", "-3"); None for any other text."""
    match = _OFFSET.fullmatch(text.strip()) or _BARE_OFFSET.fullmatch(text)
    if match is not None:
        return _minutes(match)
    return 0 if _UNIVERSAL.fullmatch(text.strip()) else None


def _minutes(match: "re.Match[str]") -> int:
    minutes = int(match["hour"]) * 60 + int(match["minute"] or 0)
    return -minutes if match["sign"].strip().casefold() in {"-", "−", "–", "menos", "moins", "minus"} else minutes


def parse_written_zone(text: str, language: Language) -> WrittenZone | None:
    """Returns the zone that a text names by an offset, a short form or words; None where it names none so."""
    return next(_written_zones(text, language), None)


def _written_zones(text: str, language: Language) -> Iterator[WrittenZone]:
    for match in _OFFSET.finditer(text):
        minutes = _minutes(match)
        known = zone_at_offset(minutes)
        yield WrittenZone(match[0], offset_name(minutes) if known else match[0], known)
    words = normalize(text)
    for zone, pattern in _patterns():
        if found := pattern.search(words):
            # Its city: "in eastern time" fits no sentence of an answer.
            yield WrittenZone(found[0].strip(), zone_label(zone, language), zone)
    if found := _UNIVERSAL.search(text):
        yield WrittenZone(found[0], "UTC", "UTC")
    yield from _short_forms(text, language)


def _short_forms(text: str, language: Language) -> Iterator[WrittenZone]:
    known = lexicon("typed/zones")["abbreviations"]
    shouted = text.isupper() and len(text.split()) > 1
    for match in _CAPITALS.finditer(text):
        if match[0] in known and not (shouted and match[0].casefold() not in _SMALL_ANYWHERE):
            yield WrittenZone(match[0], match[0], known[match[0]])
    for word in text.split():
        bare = word.strip("¿?¡!.,;:()")
        if bare in lexicon("typed/zones")["small"][language]:
            yield WrittenZone(bare, bare.upper(), known[bare.upper()])
    if not shouted and (found := _LEADING_TO_CAPITALS.search(text)) is not None:
        unknown = found["zone"] or found["first"]
        yield WrittenZone(unknown, unknown, None)


_SMALL_ANYWHERE = frozenset(["edt", "cst", "cdt", "pst", "pdt", "mst", "brt", "bst"])  # words of no language


@cache
def _patterns() -> tuple[tuple[str, PhrasePattern], ...]:
    ordered = sorted(lexicon("typed/zones")["words"].items(), key=lambda each: -max(map(len, each[1])))
    return tuple((zone, phrase_pattern(phrases)) for zone, phrases in ordered)
