"""The places Ciclo knows, read from knowledge/places/geo/, and the table of everything they are called."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.places.cities import Cities, rows
from knowledge.places.geography import REGION, Country, Region, Target, country_codes, country_name
from knowledge.text.spelling import fold, key, sound
from locales.localized import LANGUAGES

_Known = int | Region | Country  # a city is its place among the cities
# By key. Nearly every name is that of one place: a list for each would take as much as everything else.
_Table = dict[str, _Known | list[_Known]]


@dataclass(frozen=True)
class Gazetteer:
    """Places by what they are called, by key; see named() and short_for()."""

    cities: Cities
    not_places: frozenset[str]
    _well_known: tuple[int, ...]  # cities
    _names: _Table
    _short: _Table
    _heaviest: dict[tuple[str, ...], float] = field(default_factory=dict, compare=False)

    def named(self, written: str) -> list[Target]:
        """The places of that name; [] where there are none."""
        return [self._target(known) for known in _listed(self._names, written)]

    def short_for(self, written: str) -> list[Target]:
        """The states and countries that are so abbreviated behind a city's name ("tijuana bc")."""
        return [self._target(known) for known in _listed(self._short, written)]

    def heaviest(self, area: Region | Country) -> float:
        """The weight of its weightiest city; 0 where none is known."""
        if area not in self._heaviest:
            cities = self.cities.of_country(area[0])
            within = (city for city in cities if isinstance(area, Country) or city.admin1 == area.admin1)
            self._heaviest[area] = max((city.weight for city in within), default=0.0)
        return self._heaviest[area]

    @cached_property
    def sounds(self) -> dict[str, list[tuple[str, _Known]]]:
        """Well-known places and the keys of their main names, by how these sound: worth proposing for a misspelling."""
        found: dict[str, list[tuple[str, _Known]]] = {}
        for name, known in self._well_known_names():
            found.setdefault(sound(name), []).append((name, known))
        return found

    def sounding(self, heard: str) -> list[tuple[str, Target]]:
        """The well-known places whose main name, whose key stands beside it, sounds like that."""
        return [(name, self._target(known)) for name, known in self.sounds[heard]]

    def _target(self, known: _Known) -> Target:
        return self.cities[known] if isinstance(known, int) else known

    def _well_known_names(self) -> Iterator[tuple[str, _Known]]:
        for number in self._well_known:
            city = self.cities[number]
            yield from ((key(name), number) for name in {fold(name) for name in (city.name, *city.names) if name})
        for name in self._names:
            yield from ((name, known) for known in _listed(self._names, name) if not isinstance(known, int))


# People from which a town is guessed behind a misspelling, where people of the cycle mostly live; elsewhere only
# cities that have a name of their own in our languages.
_KNOWN = dict.fromkeys(REGION, 50_000) | dict.fromkeys(("ES", "PT", "US", "CA"), 150_000)


def load_gazetteer() -> Gazetteer:
    """Everything in knowledge/places/geo/, read once at start (about a tenth of a second)."""
    names: _Table = {}
    short: _Table = {}
    cities, well_known = _cities(names)
    _add_regions(names, short)
    _add_countries(names)
    not_places = frozenset(word for (line,) in rows("not_places.txt", "\n") for word in line.split())
    gazetteer = Gazetteer(cities, not_places, well_known, names, short)
    gazetteer.sounds  # noqa: B018 - worked out at start rather than while the first person waits
    return gazetteer


def _listed(table: _Table, written: str) -> "list[_Known]":
    known = table.get(written)
    return known if isinstance(known, list) else [] if known is None else [known]


def _put(table: _Table, written: str, known: _Known) -> None:
    others = _listed(table, written)
    if known not in others:
        table[written] = [*others, known] if others else known


def _cities(names: _Table) -> tuple[Cities, tuple[int, ...]]:
    """All of them, and the well-known."""
    cities, well_known = Cities(), []
    curated = {(row[0], row[1]): row[2:] for row in rows("names.tsv")}
    for row in rows("places.tsv"):
        own = curated.pop((row[1], row[0]), None)  # the first, that is the largest, of that name
        number = cities.add(row, own)
        for known in filter(None, row[9].split("|")):
            _put(names, known, number)
        if own:
            _add(names, {*map(fold, own[:4])} | cities[number].nicknames, number)
        if _is_well_known(row, own):
            well_known.append(number)
    return cities, tuple(well_known)


def _is_well_known(row: list[str], own: list[str] | None) -> bool:
    country, people, capital, localized = row[1], row[6], row[7], row[8]
    called = any(own[:4]) if own else bool(localized)
    return capital == "1" or called or int(people) >= _KNOWN.get(country, math.inf)


def _add(names: _Table, folded: Iterable[str], known: _Known) -> None:
    for written in {key(name) for name in folded if name}:
        _put(names, written, known)


def _add_regions(names: _Table, short: _Table) -> None:
    for country, admin1, full, abbreviated in rows("regions.tsv"):
        region = Region(country, admin1) if admin1 else Country(country)
        _add(names, map(fold, full.split("|")), region)
        _add(short, map(fold, abbreviated.split("|")), region)


def _add_countries(names: _Table) -> None:
    others = {code: aliases.split("|") for code, aliases in rows("countries.tsv")}
    for code in sorted(country_codes()):
        official = [country_name(code, language).replace("&", "and") for language in LANGUAGES]
        before_bracket = [name.partition("(")[0] for name in official]
        _add(names, map(fold, (*official, *before_bracket, *others.get(code, ()))), Country(code))
