"""Cities, states and countries, and which of them make up Latin America and the Caribbean."""

import math
from typing import NamedTuple

from babel import Locale

from knowledge.time.zones import territories
from locales.localized import LANGUAGES, Language

# Latin America and the Caribbean: the 33 states, then the territories (area 419 of the UN's M49 standard).
STATES = frozenset(
    {"AG", "AR", "BB", "BO", "BR", "BS", "BZ", "CL", "CO", "CR", "CU", "DM", "DO", "EC", "GD", "GT", "GY"}
    | {"HN", "HT", "JM", "KN", "LC", "MX", "NI", "PA", "PE", "PY", "SR", "SV", "TT", "UY", "VC", "VE"}
)
REGION = STATES | {"AI", "AW", "BL", "BM", "BQ", "CW", "FK", "GF", "GP", "KY", "MF", "MQ", "MS", "PR", "SX", "TC"}
REGION |= {"VG", "VI"}
_KOSOVO = "XK"  # has its own row in CLDR and GeoNames, though none in zone.tab


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

    def called(self, language: Language) -> str:
        """Its name in that language."""
        return self.names[LANGUAGES.index(language)] or self.name

    @property
    def weight(self) -> float:
        """How likely this is the one that people mean: size (power of ten), region before elsewhere, capitals first."""
        size = math.log10(max(self.people, 100))
        if self.country in REGION:
            return size + (3.0 if self.capital else 0.25)
        return size + (1.0 if self.capital else 0.0)


class Region(NamedTuple):
    """A state or province, by its number in GeoNames."""

    country: str
    admin1: str


class Country(NamedTuple):
    """A country or territory, by its two letters in ISO 3166."""

    code: str


Target = City | Region | Country


def country_codes() -> set[str]:
    """The countries and territories that have a time zone."""
    return {territory.country for territory in territories()} | {_KOSOVO}


def country_name(code: str, language: Language) -> str:
    """The country's name in that language (CLDR), the code itself for an unknown one."""
    return str(Locale.parse(language).territories.get(code, code))
