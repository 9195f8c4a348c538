"""The places Ciclo knows, read from knowledge/geo/, and the table of everything they are called."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from sys import intern

from knowledge.geography import REGION, City, Country, Region, Target, country_codes, country_name
from knowledge.spelling import fold, key, sound
from locales.localized import LANGUAGES


@dataclass(frozen=True)
class Gazetteer:
    """Places by what they are called: `names` by key, `short` only for what follows a city's name ("tijuana bc")."""

    cities: tuple[City, ...]
    names: dict[str, tuple[Target, ...]]
    short: dict[str, tuple[Target, ...]]
    not_places: frozenset[str]

    @cached_property
    def by_country(self) -> dict[str, list[City]]:
        """The cities of each country, most populous first."""
        found: dict[str, list[City]] = defaultdict(list)
        for city in self.cities:
            found[city.country].append(city)
        return found

    @cached_property
    def by_zone(self) -> dict[str, list[City]]:
        """The cities of each time zone, most populous first."""
        found: dict[str, list[City]] = defaultdict(list)
        for city in self.cities:
            found[city.zone].append(city)
        return found

    @cached_property
    def by_sound(self) -> dict[str, list[tuple[str, Target]]]:
        """Well-known places and the keys of their main names, by how these sound: worth proposing for a misspelling."""
        found: dict[str, list[tuple[str, Target]]] = defaultdict(list)
        for name, target in self._well_known_names():
            found[sound(name)].append((name, target))
        return dict(found)

    def _well_known_names(self) -> Iterator[tuple[str, Target]]:
        for city in self.cities:
            if city.capital or any(city.names) or city.people >= _KNOWN.get(city.country, math.inf):
                yield from ((key(name), city) for name in {fold(name) for name in (city.name, *city.names) if name})
        for name, targets in self.names.items():
            yield from ((name, target) for target in targets if not isinstance(target, City))


# People from which a town is guessed behind a misspelling, where people of the cycle mostly live; elsewhere only
# cities that have a name of their own in our languages.
_KNOWN = dict.fromkeys(REGION, 50_000) | dict.fromkeys(("ES", "PT", "US", "CA"), 150_000)


def load_gazetteer() -> Gazetteer:
    """Everything in knowledge/geo/, read once at start (about a tenth of a second)."""
    names: dict[str, list[Target]] = defaultdict(list)
    short: dict[str, list[Target]] = defaultdict(list)
    cities = tuple(_cities(names))
    _add_regions(names, short)
    _add_countries(names)
    not_places = frozenset(word for (line,) in _rows("not_places.txt", "\n") for word in line.split())
    gazetteer = Gazetteer(cities, _kept(names), _kept(short), not_places)
    gazetteer.by_sound  # noqa: B018 - worked out at start rather than while the first person waits
    return gazetteer


def _kept(names: dict[str, list[Target]]) -> dict[str, tuple[Target, ...]]:
    return {name: tuple(targets) for name, targets in names.items()}


def _rows(file: str, separator: str = "\t") -> Iterator[list[str]]:
    with (files("knowledge") / "geo" / file).open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n").split(separator) for line in lines if line.strip() and not line.startswith("#"))


def _cities(names: dict[str, list[Target]]) -> Iterator[City]:
    curated = {(row[0], row[1]): row[2:] for row in _rows("names.tsv")}
    for row in _rows("places.tsv"):
        own = curated.pop((row[1], row[0]), None)  # the first, that is the largest, of that name
        city = _city(row, own)
        for known in filter(None, row[9].split("|")):
            names[known].append(city)
        if own:
            _add(names, {*map(fold, own[:4])} | city.nicknames, city)
        yield city


def _city(row: list[str], own: list[str] | None) -> City:
    name, country, admin1, zone, latitude, longitude, people, capital, localized, _ = row
    called = tuple(own[:4]) if own else tuple(localized.split("|")) if localized else _NO_NAMES
    nicknames = frozenset(fold(name) for name in own[4].split("|") if name) if own else _NO_NICKNAMES
    position = float(latitude), float(longitude)
    return City(
        name, intern(country), intern(admin1), intern(zone), *position, int(people), capital == "1", called, nicknames
    )


_NO_NAMES = ("",) * len(LANGUAGES)
_NO_NICKNAMES: frozenset[str] = frozenset()


def _add(names: dict[str, list[Target]], folded: Iterable[str], target: Target) -> None:
    for written in {key(name) for name in folded if name}:
        if target not in names[written]:
            names[written].append(target)


def _add_regions(names: dict[str, list[Target]], short: dict[str, list[Target]]) -> None:
    for country, admin1, full, abbreviated in _rows("regions.tsv"):
        region = Region(country, admin1) if admin1 else Country(country)
        _add(names, map(fold, full.split("|")), region)
        _add(short, map(fold, abbreviated.split("|")), region)


def _add_countries(names: dict[str, list[Target]]) -> None:
    others = {code: aliases.split("|") for code, aliases in _rows("countries.tsv")}
    for code in sorted(country_codes()):
        official = [country_name(code, language).replace("&", "and") for language in LANGUAGES]
        before_bracket = [name.partition("(")[0] for name in official]
        _add(names, map(fold, (*official, *before_bracket, *others.get(code, ()))), Country(code))
