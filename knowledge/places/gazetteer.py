"""Keeps the cities, states and countries of knowledge/places/geo/ and finds them by name, as text in memory."""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple

from babel import Locale

from knowledge.text.words import fold, name_key, phonetic_key
from knowledge.time.zones import territories
from locales.localized import LANGUAGES, Language

# Latin America and the Caribbean: the 33 states, then the territories (area 419 of the UN's M49 standard).
STATES = frozenset(
    {"AG", "AR", "BB", "BO", "BR", "BS", "BZ", "CL", "CO", "CR", "CU", "DM", "DO", "EC", "GD", "GT", "GY"}
    | {"HN", "HT", "JM", "KN", "LC", "MX", "NI", "PA", "PE", "PY", "SR", "SV", "TT", "UY", "VC", "VE"}
)
REGION = STATES | {"AI", "AW", "BL", "BM", "BQ", "CW", "FK", "GF", "GP", "KY", "MF", "MQ", "MS", "PR", "SX", "TC"}
REGION |= {"VG", "VI"}
_EARTH_RADIUS = 6371.0  # kilometres, mean
_KOSOVO = "XK"  # has its own row in CLDR and GeoNames, though none in zone.tab


# Cities better known than their country's capital, or than the largest city of their state.
_BEST_KNOWN = frozenset({
    ("AU", "Sydney"), ("BR", "São Paulo"), ("CA", "Toronto"), ("CH", "Geneva"), ("US", "Miami"),
    ("US", "New York City"),
})  # fmt: skip


class City(NamedTuple):
    """A line of places.tsv; `names` are those in es, pt, en and fr, "" where it is `name` itself; see names.tsv too."""

    name: str
    country: str
    admin1: str
    zone: str
    latitude: float
    longitude: float
    people: int
    capital: bool
    names: tuple[str, ...]
    nicknames: frozenset[str] = frozenset()

    def name_in(self, language: Language) -> str:
        """Returns its name in that language."""
        return self.names[LANGUAGES.index(language)] or self.name

    @property
    def folded_names(self) -> list[str]:
        """Its names in all languages, folded."""
        return [fold(known) for known in (self.name, *self.names)]

    @property
    def weight(self) -> float:
        """How likely this is the one that people mean: size (power of ten), region before elsewhere, capitals first."""
        ahead, capital = (0.25, 3.0) if self.country in REGION else (0.0, 1.0)
        return math.log10(max(self.people, 100)) + (capital if self.capital else ahead)

    @property
    def fame(self) -> tuple[bool, bool, int]:
        """How well known it is, to compare cities of one country by."""
        return ((self.country, self.name) in _BEST_KNOWN, self.capital, self.people)

    def distance_to(self, latitude: float, longitude: float) -> float:
        """Returns kilometres to that position (degrees), along a great circle."""
        north, other_north = math.radians(latitude), math.radians(self.latitude)
        half_east = math.radians(self.longitude - longitude) / 2
        across = math.cos(north) * math.cos(other_north) * math.sin(half_east) ** 2
        chord = math.sin((other_north - north) / 2) ** 2 + across
        return 2 * _EARTH_RADIUS * math.asin(min(1.0, math.sqrt(chord)))


class Region(NamedTuple):
    """A state or province, by its number in GeoNames."""

    country: str
    admin1: str


class Country(NamedTuple):
    """A country or territory, by its two letters in ISO 3166."""

    code: str


Target = City | Region | Country


def country_codes() -> set[str]:
    """Returns the countries and territories that have a time zone."""
    return {territory.country for territory in territories()} | {_KOSOVO}


def country_name(code: str, language: Language) -> str:
    """Returns the country's name in that language (CLDR), the code itself for an unknown one."""
    return str(Locale.parse(language).territories.get(code, code))


_NO_NAMES = ("",) * len(LANGUAGES)
_NO_NICKNAMES: frozenset[str] = frozenset()
_KEYS = 9  # the column of all names, as keys: read once and not kept
_REMEMBERED = 512  # of those asked for by themselves


def read_rows(file: str, separator: str = "\t") -> Iterator[list[str]]:
    """Yields the lines of a file of knowledge/places/geo/, without its comments."""
    with (files("knowledge.places") / "geo" / file).open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n").split(separator) for line in lines if line.strip() and not line.startswith("#"))


class CityTable:
    """Most populous first. Kept as text, for there are ten thousand, and objects are five times as large."""

    def __init__(self) -> None:
        self._text, self._ends = bytearray(), array("I")
        self._own: dict[int, list[str]] = {}  # what names.tsv says of some
        self._countries: dict[str, array[int]] = defaultdict(lambda: array("H"))
        self._zones: dict[str, array[int]] = defaultdict(lambda: array("H"))
        self._city = lru_cache(maxsize=_REMEMBERED)(self._read)

    def add(self, row: list[str], own: list[str] | None) -> int:
        """Takes the next line; gives its place."""
        number = len(self._ends)
        self._text += "\t".join(row[:_KEYS]).encode()
        self._ends.append(len(self._text))
        self._countries[row[1]].append(number)
        self._zones[row[3]].append(number)
        if own:
            self._own[number] = own
        return number

    def in_country(self, code: str) -> list[City]:
        """Returns the cities of that country; [] for an unknown one."""
        return [*map(self._read, self._countries.get(code, ()))]

    def in_zone(self, zone: str) -> list[City]:
        """Returns the cities of that time zone; [] for an unknown one."""
        return [*map(self._read, self._zones.get(zone, ()))]

    def __iter__(self) -> Iterator[City]:
        return map(self._read, range(len(self._ends)))

    def __getitem__(self, number: int) -> City:
        return self._city(number)

    def _read(self, number: int) -> City:
        start, end = self._ends[number - 1] if number else 0, self._ends[number]
        row = self._text[start:end].decode().split("\t")
        name, country, admin1, zone, latitude, longitude, people, capital, localized = row
        own = self._own.get(number)
        called = tuple(own[:4]) if own else tuple(localized.split("|")) if localized else _NO_NAMES
        nicknames = frozenset(fold(name) for name in own[4].split("|") if name) if own else _NO_NICKNAMES
        position = float(latitude), float(longitude)
        return City(name, country, admin1, zone, *position, int(people), capital == "1", called, nicknames)


_Known = int | Region | Country  # a city is its place among the cities
# By key. Nearly every name is that of one place: a list for each would take as much as everything else.
_Table = dict[str, _Known | list[_Known]]


@dataclass(frozen=True)
class Gazetteer:
    """Places by what they are called, by key; see find() and find_abbreviation()."""

    cities: CityTable
    not_places: frozenset[str]
    _well_known: tuple[int, ...]  # cities
    _names: _Table
    _short: _Table
    _heaviest: dict[tuple[str, ...], float] = field(default_factory=dict, compare=False)

    def find(self, written: str) -> list[Target]:
        """Returns the places of that name; [] where there are none."""
        return [self._target(known) for known in _known_by(self._names, written)]

    def find_abbreviation(self, written: str) -> list[Target]:
        """Returns the states and countries that are so abbreviated behind a city's name ("tijuana bc")."""
        return [self._target(known) for known in _known_by(self._short, written)]

    def weight(self, target: Target) -> float:
        """Returns a city's own weight; a country's is above cities named like it, a state's below its largest city."""
        if isinstance(target, City):
            return target.weight
        if isinstance(target, Country):
            return self._largest_weight(target) + (1.5 if target.code in REGION else 1.0)
        return self._largest_weight(target) - 0.5

    def _largest_weight(self, area: Region | Country) -> float:
        """Returns the weight of its weightiest city; 0 where none is known."""
        if area not in self._heaviest:
            cities = self.cities.in_country(area[0])
            within = (city for city in cities if isinstance(area, Country) or city.admin1 == area.admin1)
            self._heaviest[area] = max((city.weight for city in within), default=0.0)
        return self._heaviest[area]

    @cached_property
    def sounds(self) -> dict[str, list[tuple[str, _Known]]]:
        """Well-known places and the keys of their main names, by how these sound: worth proposing for a misspelling."""
        found: dict[str, list[tuple[str, _Known]]] = {}
        for name, known in self._well_known_names():
            found.setdefault(phonetic_key(name), []).append((name, known))
        return found

    def find_by_sound(self, sound: str) -> list[tuple[str, Target]]:
        """Returns the well-known places whose main name, whose key stands beside it, sounds like that."""
        return [(name, self._target(known)) for name, known in self.sounds[sound]]

    def _target(self, known: _Known) -> Target:
        return self.cities[known] if isinstance(known, int) else known

    def _well_known_names(self) -> Iterator[tuple[str, _Known]]:
        for number in self._well_known:
            city = self.cities[number]
            yield from ((name_key(name), number) for name in {*city.folded_names} if name)
        for name in self._names:
            yield from ((name, known) for known in _known_by(self._names, name) if not isinstance(known, int))


# People from which a town is guessed behind a misspelling, where people of the cycle mostly live; elsewhere only
# cities that have a name of their own in our languages.
_KNOWN = dict.fromkeys(REGION, 50_000) | dict.fromkeys(("ES", "PT", "US", "CA"), 150_000)


def load_gazetteer() -> Gazetteer:
    """Loads everything in knowledge/places/geo/, read once at start (about a tenth of a second)."""
    names: _Table = {}
    short: _Table = {}
    cities, well_known = _read_cities(names)
    _read_regions(names, short)
    _read_countries(names)
    not_places = frozenset(word for (line,) in read_rows("not_places.txt", "\n") for word in line.split())
    gazetteer = Gazetteer(cities, not_places, well_known, names, short)
    gazetteer.sounds  # noqa: B018 - worked out at start rather than while the first person waits
    return gazetteer


def _known_by(table: _Table, written: str) -> "list[_Known]":
    known = table.get(written)
    return known if isinstance(known, list) else [] if known is None else [known]


def _add_known(table: _Table, written: str, known: _Known) -> None:
    others = _known_by(table, written)
    if known not in others:
        table[written] = [*others, known] if others else known


def _read_cities(names: _Table) -> tuple[CityTable, tuple[int, ...]]:
    """Reads all cities; returns them, and which are well known."""
    cities, well_known = CityTable(), []
    curated = {(row[0], row[1]): row[2:] for row in read_rows("names.tsv")}
    for row in read_rows("places.tsv"):
        own = curated.pop((row[1], row[0]), None)  # the first, that is the largest, of that name
        number = cities.add(row, own)
        for known in filter(None, row[9].split("|")):
            _add_known(names, known, number)
        if own:
            _add_names(names, {*map(fold, own[:4])} | cities[number].nicknames, number)
        if _is_well_known(row, own):
            well_known.append(number)
    return cities, tuple(well_known)


def _is_well_known(row: list[str], own: list[str] | None) -> bool:
    country, people, capital, localized = row[1], row[6], row[7], row[8]
    called = any(own[:4]) if own else bool(localized)
    return capital == "1" or called or int(people) >= _KNOWN.get(country, math.inf)


def _add_names(names: _Table, folded: Iterable[str], known: _Known) -> None:
    for written in {name_key(name) for name in folded if name}:
        _add_known(names, written, known)


def _read_regions(names: _Table, short: _Table) -> None:
    for country, admin1, full, abbreviated in read_rows("regions.tsv"):
        region = Region(country, admin1) if admin1 else Country(country)
        _add_names(names, map(fold, full.split("|")), region)
        _add_names(short, map(fold, abbreviated.split("|")), region)


def _read_countries(names: _Table) -> None:
    others = {code: aliases.split("|") for code, aliases in read_rows("countries.tsv")}
    for code in sorted(country_codes()):
        official = [country_name(code, language).replace("&", "and") for language in LANGUAGES]
        before_bracket = [name.partition("(")[0] for name in official]
        _add_names(names, map(fold, (*official, *before_bracket, *others.get(code, ()))), Country(code))
