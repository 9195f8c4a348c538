"""Reads a time zone that is written as no place: "GMT-5", "UTC+05:30", "EST", "hora del este". Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.text.words import lexicon, normalize, phrase_pattern
from locales.localized import Language

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
# Zones that are never moved, for offsets that are no whole hours.
_BROKEN_HOURS = {
    -570: "Pacific/Marquesas",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
}


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
        return _BROKEN_HOURS.get(minutes)
    # The tz database counts these to the west: Etc/GMT+5 is five hours behind.
    return f"Etc/GMT{-minutes // 60:+}" if minutes else "UTC"


def offset_name(minutes: int) -> str:
    """Returns the offset as people write it: "GMT-5", "GMT+5:30"."""
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def parse_offset(text: str) -> int | None:
    """Returns minutes from UTC, where the whole text is an offset: "GMT-3", "UTC-03:00", "-3".

    None for another text.
    """
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
            yield WrittenZone(found[0].strip(), found[0].strip(), zone)
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
def _patterns() -> "tuple[tuple[str, re.Pattern[str]], ...]":
    found = ((zone, phrases) for zone, phrases in lexicon("typed/zones")["words"].items())
    ordered = sorted(found, key=lambda each: -max(len(phrase) for phrase in each[1]))
    return tuple((zone, phrase_pattern(phrases)) for zone, phrases in ordered)
