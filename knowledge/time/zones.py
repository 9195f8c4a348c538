"""Validates, normalizes and labels the names of time zones."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale
from babel.core import get_global

from locales.localized import Language, Localized
from locales.time_zone import time_zone

_AREAS = frozenset(
    ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"]
)
_UTC = "UTC"
# Where CLDR's example city is not the one people of this cycle know, or is not a name in that language.
_LABELS = {
    "Europe/Zurich": Localized("Ginebra", "Genebra", "Geneva", "Genève"),
    "America/Sao_Paulo": Localized("São Paulo", "São Paulo", "São Paulo", "São Paulo"),
    "America/Port_of_Spain": Localized("Puerto España", "Port of Spain", "Port of Spain", "Port-d’Espagne"),
    "America/Belem": Localized("Belém", "Belém", "Belém", "Belém"),
    "America/Bogota": Localized("Bogotá", "Bogotá", "Bogotá", "Bogota"),
    "America/Guatemala": Localized("Ciudad de Guatemala", "Cidade da Guatemala", "Guatemala City", "Guatemala"),
    "America/Panama": Localized("Ciudad de Panamá", "Cidade do Panamá", "Panama City", "Panama"),
    "America/Costa_Rica": Localized("San José", "San José", "San José", "San José"),
    "America/El_Salvador": Localized("San Salvador", "San Salvador", "San Salvador", "San Salvador"),
    "America/Santo_Domingo": Localized("Santo Domingo", "Santo Domingo", "Santo Domingo", "Saint-Domingue"),
    "America/Cayenne": Localized("Cayena", "Caiena", "Cayenne", "Cayenne"),
    "America/Manaus": Localized("Manaos", "Manaus", "Manaus", "Manaus"),
    "America/Rio_Branco": Localized("Río Branco", "Rio Branco", "Rio Branco", "Rio Branco"),
    "America/Nassau": Localized("Nasáu", "Nassau", "Nassau", "Nassau"),
    "Atlantic/Stanley": Localized("Islas Malvinas", "Ilhas Malvinas", "Falkland Islands", "Îles Malouines"),
    _UTC: Localized(_UTC, _UTC, _UTC, _UTC),
}
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
    """Returns old names to present ones, from the tz database.

    Those of CLDR come first, as they keep each country's own zone.
    """
    lines = (files("tzdata") / "zoneinfo" / "tzdata.zi").read_text(encoding="utf-8").splitlines()
    links = {line.split()[2]: line.split()[1] for line in lines if line.startswith("L ")}
    return links | {old: new for old, new in get_global("zone_aliases").items() if new in _current_zones()}


@cache
def all_zones() -> tuple[str, ...]:
    """Returns every zone a person's choice can end in, by its present name: those of zone.tab, and UTC."""
    return (*sorted(_current_zones()), _UTC)


def is_zone(name: str) -> bool:
    """Returns whether it is a place's zone in the tz database ("America/Lima"), or UTC.

    An offset or "US/Eastern" is not.
    """
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
    if zone.startswith("Etc/GMT"):
        return offset_label(zone)
    if zone in _LABELS:
        return _LABELS[zone].in_(language)
    known = Locale.parse(language).time_zones
    cities = (known.get(name, {}).get("city") for name in _all_names_of(zone))
    return next((str(city) for city in cities if city), zone.rsplit("/", 1)[-1].replace("_", " "))


def offset_label(zone: str) -> str:
    """Returns how people write one of the tz database's zones of offsets, whose signs are turned.

    "Etc/GMT+5" is GMT-5.
    """
    return zone.removeprefix("Etc/").translate(str.maketrans("+-", "-+"))


def _all_names_of(zone: str) -> list[str]:
    return [zone, *sorted(old for old, new in _links().items() if new == zone and old not in _current_zones())]


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
