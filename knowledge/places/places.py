"""Finds the place and time zone of a typed name, a country or a position; scores how likely each place is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Literal, NamedTuple

import tzfpy
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.places.gazetteer import (
    REGION,
    City,
    Country,
    Gazetteer,
    Target,
    country_codes,
    country_name,
    load_gazetteer,
)
from knowledge.text.words import fold, forgiven_slips, name_key, phonetic_key
from knowledge.time.zones import canonical_zone, find_zone, offset_changes, territories, zone_label
from locales.localized import Language

_MOST_WORDS, _MOST_WORDS_APART, _MOST_PARTS = 10, 6, 4
_SEPARATORS = re.compile(r"[,;/()|\n–—]| - ")
_ELISION = re.compile(r"\b([jldm])['’](?=\w)", re.IGNORECASE)
# Words people put before a place ("vivo en", "moro em", "I live in", "j'habite à") and after it.
_BEFORE = frozenset({
    "vivo", "estoy", "soy", "somos", "resido", "radico", "encuentro", "me", "ahora", "actualmente", "en", "de",
    "del", "desde", "la", "el", "los", "las", "ciudad", "mi", "zona", "horaria", "hora", "horario", "es", "yo",
    "aqui", "por", "para", "lugar", "pais", "te", "escribo", "saludos", "hola", "moro", "estou", "sou", "em",
    "no", "na", "do", "da", "dos", "das", "fuso", "minha", "meu", "cidade", "o", "a", "eu", "fica", "agora",
    "falo", "i", "im", "am", "live", "living", "in", "from", "at", "the", "my", "time", "timezone", "zone",
    "city", "of", "currently", "based", "is", "located", "je", "j", "habite", "suis", "vis", "au", "aux", "du",
    "le", "les", "d", "mon", "ma", "fuseau", "horaire", "heure", "ville", "dans", "l", "chez",
})  # fmt: skip
_AFTER = frozenset({
    "por", "favor", "gracias", "hora", "time", "timezone", "zone", "city", "obrigado", "obrigada", "please",
    "thanks", "merci", "svp", "aqui", "capital",
})  # fmt: skip


class Reading(NamedTuple):
    """A name, folded; the country or state said with it, folded; whether a comma or bracket stood between them."""

    name: str
    area: str | None = None
    apart: bool = False


def literal_readings(text: str) -> Iterator[Reading]:
    """Yields the ways to read a text: as it stands, as a city and its country, without what leads to the name."""
    words = fold(text).split()
    if not 0 < len(words) <= _MOST_WORDS:
        return
    yield Reading(" ".join(words))
    parts = _split_parts(text)
    for part in parts:
        yield from (Reading(part, other, apart=True) for other in parts if part is not other)
    yield from _readings_with_area(words)
    words = fold(_ELISION.sub(r"\1 ", text)).split()
    start, end = _name_bounds(words)
    yield from (Reading(" ".join(words[first:end])) for first in range(start + 1) if first < end)
    yield from _readings_with_area(words[start:end])


def loose_readings(text: str) -> Iterator[Reading]:
    """Yields what stands between commas, slashes and brackets, each for itself, unless it is a whole sentence."""
    parts = _split_parts(text)
    if sum(len(part.split()) for part in parts) <= _MOST_WORDS_APART:
        yield from (Reading(part) for part in parts)


def _split_parts(text: str) -> list[str]:
    pieces = (fold(_ELISION.sub(r"\1 ", piece)).split() for piece in _SEPARATORS.split(text))
    bare = [" ".join(words[slice(*_name_bounds(words))]) for words in pieces]
    return [part for part in bare if part][:_MOST_PARTS]


def _name_bounds(words: list[str]) -> tuple[int, int]:
    """Returns where the name begins and ends between the words that lead to it and those that follow it."""
    start, end = 0, len(words)
    while start < end and words[start] in _BEFORE:
        start += 1
    while end > start and words[end - 1] in _AFTER:
        end -= 1
    return start, end


def _readings_with_area(words: list[str]) -> Iterator[Reading]:
    for cut in range(len(words) - 1, 0, -1):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        yield Reading(left, right)
        yield Reading(right, left)


LONGEST_TEXT = 120  # signs; what is longer is a story, not a place
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_INITIALS = 2
_FLAG_LETTERS = {0x1F1E6 + place: letter for place, letter in enumerate(ascii_uppercase)}
# The least length of a sound at which one, two or three slips of the finger are forgiven.
_SLIPS = ((14, 3), (9, 2), (5, 1))
_SHORTEST_SOUND, _LONG = 4, 7
_UNLIKELY = 4.5  # weights: some thirty thousand times fewer people, or a village beside a capital
_FAMOUS, _WELL_KNOWN = 6.0, 5.25  # weights: a million people, or any capital of the region; a hundred thousand


class Match(NamedTuple):
    """A place and how well it fits: higher is better."""

    target: Target
    score: float


def match_places(gazetteer: Gazetteer, text: str) -> list[Match]:
    """Returns the places a text may mean, best first; [] for a text that names none, or is longer than LONGEST_TEXT."""
    if len(text) > LONGEST_TEXT:
        return []
    if flag := _FLAG.search(text):
        text = text if fold(text) else country_name(flag[0].translate(_FLAG_LETTERS), "es")
    for group, attempts in (
        (literal_readings(text), (_match_exact_reading, _match_similar, _match_area_alone)),
        (loose_readings(text), (_match_exact_reading, _match_similar)),
    ):
        known = [reading for reading in group if reading.area or _may_be_name(gazetteer, reading.name, text)]
        for attempt in attempts:
            for reading in known:
                if hits := attempt(gazetteer, reading):
                    return _likely_matches(hits)
    return []


def match_exactly(gazetteer: Gazetteer, text: str) -> list[Match]:
    """Returns the places of exactly that name, best first; none for an everyday word."""
    name = fold(text)
    if not name or not _may_be_name(gazetteer, name, text):
        return []
    return _likely_matches(_match_exact_reading(gazetteer, Reading(name)))


def _likely_matches(hits: list[Match]) -> list[Match]:
    """Returns the likely matches, best first, without hamlets named like a metropolis."""
    ordered = sorted(hits, key=lambda match: -match.score)
    return [match for match in ordered if match.score > ordered[0].score - _UNLIKELY]


def _may_be_name(gazetteer: Gazetteer, name: str, text: str) -> bool:
    """Returns whether it is no everyday word; "US" and "LA" are names in capitals only."""
    return name_key(name) not in gazetteer.not_places or (len(name) <= _INITIALS and text.isupper())


def _match_exact_reading(gazetteer: Gazetteer, reading: Reading) -> list[Match]:
    targets = gazetteer.find(name_key(reading.name))
    if reading.area is not None:
        areas = _areas(gazetteer, reading.area)
        targets = [target for target in targets if _lies_in(target, areas)]
    usual = [target for target in targets if _is_common_name(target, reading.name)]
    return [Match(each, gazetteer.weight(each) + _spacing_penalty(each, reading.name)) for each in usual or targets]


def _is_common_name(target: Target, name: str) -> bool:
    """Returns whether people use that name, or it shortens one they use: the rest are old or foreign ones."""
    if not isinstance(target, City) or name in target.nicknames:
        return True
    return any(f" {name} " in f" {known} " or name_key(name) == name_key(known) for known in target.folded_names)


def _areas(gazetteer: Gazetteer, name: str) -> list[Target]:
    written = name_key(name)
    known = gazetteer.find(written) + gazetteer.find_abbreviation(written)
    return [target for target in known if not isinstance(target, City)]


def _lies_in(target: Target, areas: list[Target]) -> bool:
    if isinstance(target, Country):
        return False
    return Country(target.country) in areas or (target.country, target.admin1) in areas


def _spacing_penalty(target: Target, name: str) -> float:
    """Returns a penalty for a name written with other spaces than its own: George Town, Cayman; Georgetown, Guyana."""
    if not isinstance(target, City) or name in target.nicknames:
        return 0.0
    main = target.folded_names
    respaced = name not in main and any(name_key(name) == name_key(known) for known in main)
    return -1.5 if respaced else 0.0


def _match_area_alone(gazetteer: Gazetteer, reading: Reading) -> list[Match]:
    """Returns the country or state alone, where a town that we do not know was named in it ("Pueblo Chico, Haití")."""
    if reading.area is None or not (reading.apart or gazetteer.find(name_key(reading.name))):
        return []
    areas = (target for target in gazetteer.find(name_key(reading.area)) if not isinstance(target, City))
    return [Match(area, gazetteer.weight(area)) for area in areas]


def _match_similar(gazetteer: Gazetteer, reading: Reading) -> list[Match]:
    """Returns places whose names sound like the reading's, but for a few slips."""
    areas = None if reading.area is None else _areas(gazetteer, reading.area)
    if areas == [] or any(sign.isdigit() for sign in reading.name):
        return []
    written = name_key(reading.name)
    scores: dict[Target, float] = {}
    for slips, target in _similar_sounding(written, gazetteer):
        weight = gazetteer.weight(target)
        if _lies_in(target, areas) if areas else weight >= _least_weight(written, slips):
            scores[target] = max(weight - slips, scores.get(target, -1.0))
    return [Match(target, score) for target, score in scores.items()]


def _similar_sounding(written: str, gazetteer: Gazetteer) -> Iterator[tuple[int, Target]]:
    sound = phonetic_key(written)
    if len(sound) < _SHORTEST_SOUND:
        return
    allowed = 0 if sound in gazetteer.sounds else forgiven_slips(sound, _SLIPS)
    near = process.extract(sound, gazetteer.sounds.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=20)
    for found, slips, _ in near:
        if slips <= forgiven_slips(found, _SLIPS) and (found[0] == sound[0] or len(sound) >= _LONG):
            most = slips + forgiven_slips(sound, _SLIPS) + 1
            named = gazetteer.find_by_sound(found)
            yield from ((int(slips), target) for name, target in named if OSA.distance(name, written) <= most)


def _least_weight(written: str, slips: int) -> float:
    """Returns how well known a place must be: most short words are one slip from some town."""
    if not slips:
        return 0.0
    return _FAMOUS if len(written) < _LONG else _WELL_KNOWN


_NORTH_POLE, _DATE_LINE = 90, 180  # degrees
_FAR_AT_SEA, _SAME_TOWN = 300, 12  # kilometres


@dataclass(frozen=True, slots=True)
class Place:
    """A place to set one's clock by: `country` in two letters (ISO 3166), `zone` by its name in the tz database."""

    name: str
    country: str
    zone: str
    kind: Literal["city", "country", "zone", "unread"]  # "zone" is written as no place; "unread" is none that we know
    people: int = field(default=0, compare=False)  # of a city


class Places:
    """The places Ciclo knows. Needs no network; nothing of what people ask is kept."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    @classmethod
    def load(cls) -> "Places":
        """Reads knowledge/places/geo/ (about 0.15 s): once, at start."""
        return cls(load_gazetteer())

    def find(self, text: str, language: Language, *, limit: int = 5) -> list[Place]:
        """Returns the places someone may mean, best first, named in `language`; [] when nothing is near enough.

        A country with one time zone gives itself; one with several gives its best-known city in each.
        """
        if zone := find_zone(text):
            largest = self._gazetteer.cities.in_zone(zone)[:1]
            return [Place(zone_label(zone, language), city.country, zone, "city") for city in largest]
        return self._apart(match_places(self._gazetteer, text), language)[:limit]

    def find_exactly(self, text: str, language: Language, *, limit: int = 5) -> list[Place]:
        """Returns the same as find(), for a name written as it is: nothing that merely sounds like a place."""
        return self._apart(match_exactly(self._gazetteer, text), language)[:limit]

    def within(self, name: str, area: str, language: Language) -> list[Place]:
        """Returns the places of that name in that country or state; [] where it has none."""
        hits = _match_exact_reading(self._gazetteer, Reading(fold(name), fold(area)))
        return self._apart(_likely_matches(hits), language)

    def _apart(self, matches: Iterable[Match], language: Language) -> list[Place]:
        """Returns their places, one for each clock of a country."""
        found: dict[object, Place] = {}
        for match in matches:
            for place in self._places(match.target, language):
                found.setdefault((place.country, offset_changes(place.zone)), place)
        return list(found.values())

    def at(self, latitude: float, longitude: float, language: Language = "es") -> Place | None:
        """Returns the known city nearest to a position (degrees), in its zone; None far at sea or for no position."""
        if not (abs(latitude) <= _NORTH_POLE and abs(longitude) <= _DATE_LINE):  # also refuses nan
            return None
        zone = canonical_zone(tzfpy.get_tz(float(longitude), float(latitude)))
        ashore = self._gazetteer.cities.in_zone(zone)
        distances = [(city.distance_to(latitude, longitude), city) for city in ashore or self._gazetteer.cities]
        distance, city = min(distances, key=lambda pair: pair[0])
        if not ashore and distance > _FAR_AT_SEA:
            return None
        city = max((city for away, city in distances if away <= _SAME_TOWN), key=lambda each: each.fame, default=city)
        return Place(city.name_in(language), city.country, city.zone, "city")

    def countries(self, language: Language) -> list[tuple[str, str]]:
        """Returns every country and territory, code and name, in the order of that language's alphabet."""
        countries_by_name = [(code, country_name(code, language)) for code in country_codes()]
        return sorted(countries_by_name, key=lambda country: fold(country[1]))

    def region_countries(self, language: Language) -> list[tuple[str, str]]:
        """Returns Latin America and the Caribbean: the 33 states and the territories."""
        return [country for country in self.countries(language) if country[0] in REGION]

    def other_countries(self, language: Language) -> list[tuple[str, str]]:
        """Returns the rest of the world."""
        return [country for country in self.countries(language) if country[0] not in REGION]

    def of_country(self, code: str, language: Language = "es") -> list[Place]:
        """Returns the best-known city for each clock of a country, best-known first; [] for an unknown code.

        Zones whose offsets are equal from 2024 to 2030 count as one clock.
        """
        own = {territory.zone for territory in territories() if territory.country == code}
        cities = [city for city in self._gazetteer.cities.in_country(code) if not own or city.zone in own]
        return [Place(city.name_in(language), code, city.zone, "city") for city in _one_per_clock(cities)]

    def _places(self, target: Target, language: Language) -> list[Place]:
        if isinstance(target, City):
            return [Place(target.name_in(language), target.country, target.zone, "city", target.people)]
        if isinstance(target, Country):
            places = self.of_country(target.code, language)
            if len(places) > 1:
                return places
            return [Place(country_name(target.code, language), target.code, place.zone, "country") for place in places]
        cities = (city for city in self._gazetteer.cities.in_country(target.country) if city.admin1 == target.admin1)
        return [Place(city.name_in(language), city.country, city.zone, "city") for city in _one_per_clock(cities)]


def _one_per_clock(cities: Iterable[City]) -> list[City]:
    """Returns the best known of those for each clock, of a country's cities."""
    shown: dict[object, City] = {}
    for city in sorted(cities, key=lambda each: each.fame, reverse=True):
        shown.setdefault(offset_changes(city.zone), city)
    return list(shown.values())
