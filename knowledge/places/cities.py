"""Reads the lines of knowledge/places/geo/places.tsv, each a City once somebody asks for it.

What it gains: 0.5 MB as text instead of 4.1 MB as 9,534 objects; the bot's peak has no more to spare below 130 MB.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from knowledge.places.geography import City
from knowledge.text.spelling import fold
from locales.localized import LANGUAGES

_NO_NAMES = ("",) * len(LANGUAGES)
_NO_NICKNAMES: frozenset[str] = frozenset()
_KEYS = 9  # the column of all names, as keys: read once and not kept
_REMEMBERED = 512  # of those asked for by themselves


def rows(file: str, separator: str = "\t") -> Iterator[list[str]]:
    """The lines of a file of knowledge/places/geo/, without its comments."""
    with (files("knowledge.places") / "geo" / file).open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n").split(separator) for line in lines if line.strip() and not line.startswith("#"))


class Cities:
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

    def of_country(self, code: str) -> list[City]:
        """Those of that country; [] for an unknown one."""
        return self._all(self._countries, code)

    def of_zone(self, zone: str) -> list[City]:
        """Those of that time zone; [] for an unknown one."""
        return self._all(self._zones, zone)

    def _all(self, known: "Mapping[str, array[int]]", key: str) -> list[City]:
        return [self._read(number) for number in known.get(key, ())]

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
