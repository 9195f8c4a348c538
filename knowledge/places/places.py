"""Finds the place and time zone of a typed name, a country or a position."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import tzfpy

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
from knowledge.places.place_matching import Match, match_exactly, match_places, match_within
from knowledge.text.words import fold
from knowledge.time.zones import canonical_zone, find_zone, offset_changes, territories, zone_label
from locales.localized import Language

# Cities better known than their country's capital, or than the largest city of their state.
_BEST_KNOWN = frozenset(
    {
        ("AU", "Sydney"),
        ("BR", "São Paulo"),
        ("CA", "Toronto"),
        ("CH", "Geneva"),
        ("US", "New York City"),
        ("US", "Miami"),
    }
)
_NORTH_POLE, _DATE_LINE = 90, 180  # degrees
_FAR_AT_SEA, _SAME_TOWN = 300, 12  # kilometres
_EARTH_RADIUS = 6371.0  # kilometres, mean


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
            return self._in_zone(zone, language)[:limit]
        found: list[Place] = []
        for match in match_places(self._gazetteer, text):
            for place in self._places(match.target, language):
                if not any(_same_clock(place, other) for other in found):
                    found.append(place)
            if len(found) >= limit:
                break
        return found[:limit]

    def find_exactly(self, text: str, language: Language, *, limit: int = 5) -> list[Place]:
        """Returns the same as find(), for a name written as it is: nothing that merely sounds like a place."""
        return self._apart(match_exactly(self._gazetteer, text), language)[:limit]

    def within(self, name: str, area: str, language: Language) -> list[Place]:
        """Returns the places of that name in that country or state; [] where it has none."""
        return self._apart(match_within(self._gazetteer, name, area), language)

    def _apart(self, matches: Iterable[Match], language: Language) -> list[Place]:
        """Returns their places, one for each clock of a country."""
        found: list[Place] = []
        for match in matches:
            for place in self._places(match.target, language):
                if not any(_same_clock(place, other) for other in found):
                    found.append(place)
        return found

    def at(self, latitude: float, longitude: float, language: Language = "es") -> Place | None:
        """Returns the known city nearest to a position (degrees), in its zone.

        It is None far out at sea or for no position.
        """
        if not (abs(latitude) <= _NORTH_POLE and abs(longitude) <= _DATE_LINE):  # also refuses nan
            return None
        zone = canonical_zone(tzfpy.get_tz(float(longitude), float(latitude)))
        ashore = self._gazetteer.cities.in_zone(zone)
        distances = [(_distance(city, latitude, longitude), city) for city in ashore or self._gazetteer.cities]
        distance, city = min(distances, key=lambda pair: pair[0])
        if not ashore and distance > _FAR_AT_SEA:
            return None
        city = max((city for away, city in distances if away <= _SAME_TOWN), key=_fame, default=city)
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

    def _in_zone(self, zone: str, language: Language) -> list[Place]:
        cities = self._gazetteer.cities.in_zone(zone)
        return [Place(zone_label(zone, language), city.country, zone, "city") for city in cities[:1]]


def _same_clock(place: Place, other: Place) -> bool:
    """Returns whether choosing one or the other makes no difference: same country, same clock."""
    if place.country != other.country:
        return False
    return place.zone == other.zone or offset_changes(place.zone) == offset_changes(other.zone)


def _one_per_clock(cities: Iterable[City]) -> list[City]:
    shown: list[City] = []
    for city in sorted(cities, key=_fame, reverse=True):
        if not any(
            city.zone == other.zone or offset_changes(city.zone) == offset_changes(other.zone) for other in shown
        ):
            shown.append(city)
    return shown


def _fame(city: City) -> tuple[bool, bool, int]:
    return ((city.country, city.name) in _BEST_KNOWN, city.capital, city.people)


def _distance(city: City, latitude: float, longitude: float) -> float:
    """Returns kilometres along a great circle."""
    north, other_north = math.radians(latitude), math.radians(city.latitude)
    half_east = math.radians(city.longitude - longitude) / 2
    chord = (
        math.sin((other_north - north) / 2) ** 2 + math.cos(north) * math.cos(other_north) * math.sin(half_east) ** 2
    )
    return 2 * _EARTH_RADIUS * math.asin(min(1.0, math.sqrt(chord)))
