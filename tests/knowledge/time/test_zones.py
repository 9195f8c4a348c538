"""Zones have the right names, the right labels and the right local times."""

import zoneinfo
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest

from knowledge.time.zones import all_zones, canonical_zone, find_zone, is_zone, offset_changes, territories, zone_label
from locales.localized import LANGUAGES, Language
from tests.support.knowledge.local_times import LOCAL_TIMES

BUENOS_AIRES = timezone(timedelta(hours=-3))
SESSIONS = [
    datetime(2024, month, day, 14, tzinfo=BUENOS_AIRES) for month, day in ((10, 23), (10, 29), (11, 5), (11, 12))
]


@pytest.fixture(autouse=True, scope="module")
def zones_of_the_package() -> None:
    """The program reads zones from the tzdata package, never the system's, which may be years older."""
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    offset_changes.cache_clear()


@pytest.mark.parametrize("row", LOCAL_TIMES, ids=lambda row: row[1])
def test_every_session_starts_at_the_published_local_time(row: tuple[str, ...]) -> None:
    _, _, zone, *expected = row
    assert [f"{start.astimezone(zoneinfo.ZoneInfo(zone)):%H:%M}" for start in SESSIONS] == expected


@pytest.mark.parametrize(
    "name",
    [
        "America/Lima",
        "America/Havana",
        "Europe/Zurich",
        "America/Buenos_Aires",
        "UTC",
        "Asia/Kolkata",
        "Pacific/Easter",
    ],
)
def test_a_place_of_the_tz_database_is_a_zone(name: str) -> None:
    assert is_zone(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Etc/GMT+3",
            "Etc/UTC",
            "EST",
            "EST5EDT",
            "US/Eastern",
            "Cuba",
            "Brazil/East",
            "Mexico/General",
            "GMT",
            "CET",
        ),
        *("", "Lima", "America", "America/", "america/lima", "America/Atlantis", "../etc/passwd", "Factory", "\0"),
    ],
)
def test_an_offset_or_a_legacy_name_is_no_zone(name: str) -> None:
    assert not is_zone(name)


@pytest.mark.parametrize(
    ("old", "present"),
    [
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("America/Rosario", "America/Argentina/Cordoba"),
        ("America/Godthab", "America/Nuuk"),
        ("America/Montreal", "America/Toronto"),
        ("America/Virgin", "America/St_Thomas"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Etc/UTC", "UTC"),
        ("US/Eastern", "America/New_York"),
        ("Nowhere/Land", "Nowhere/Land"),
    ],
)
def test_an_old_name_becomes_the_present_one(old: str, present: str) -> None:
    assert canonical_zone(old) == present


def test_every_country_keeps_its_own_zone() -> None:
    """Nassau stays Nassau although its clocks follow Toronto's."""
    assert all(canonical_zone(territory.zone) == territory.zone for territory in territories())
    assert all(is_zone(territory.zone) for territory in territories())


def test_every_zone_of_the_package_has_a_present_name() -> None:
    assert {canonical_zone(name) for name in zoneinfo.available_timezones() if is_zone(name)} == set(all_zones())


@pytest.mark.parametrize(
    ("zone", "language", "label"),
    [
        ("America/Port-au-Prince", "es", "Puerto Príncipe"),
        ("America/Port-au-Prince", "pt", "Porto Príncipe"),
        ("America/Port-au-Prince", "fr", "Port-au-Prince"),
        ("America/Mexico_City", "es", "Ciudad de México"),
        ("America/Mexico_City", "en", "Mexico City"),
        ("Europe/Zurich", "fr", "Genève"),
        ("America/New_York", "es", "Nueva York"),
        ("America/Buenos_Aires", "es", "Buenos Aires"),
        ("America/Argentina/Rio_Gallegos", "es", "Río Gallegos"),
        ("America/Coyhaique", "es", "Coyhaique"),
        ("America/Havana", "fr", "La Havane"),
        ("America/Puerto_Rico", "es", "Puerto Rico"),
        ("Asia/Kolkata", "es", "Calcuta"),
        ("UTC", "en", "UTC"),
    ],
)
def test_a_zone_is_called_after_the_city_people_name(zone: str, language: Language, label: str) -> None:
    assert zone_label(zone, language) == label


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_empty_technical_or_unknown(language: Language) -> None:
    labels = {territory.zone: zone_label(territory.zone, language) for territory in territories()}
    assert not [label for label in labels.values() if not label.strip() or "_" in label or "/" in label]
    assert not [label for label in labels.values() if "nknown" in label or "esconoc" in label or "nconnu" in label]


def test_a_zone_may_be_written_by_its_technical_name() -> None:
    assert find_zone(" america/PORT-AU-PRINCE ") == "America/Port-au-Prince"
    assert find_zone("America/Buenos_Aires") == "America/Argentina/Buenos_Aires"
    assert find_zone("utc") is None
    assert find_zone("Lima") is None


@pytest.mark.parametrize(
    "zone", ["Africa/Casablanca", "Africa/El_Aaiun", "Asia/Gaza", "Africa/Cairo", "America/Asuncion"]
)
def test_no_change_of_the_clock_is_missed(zone: str) -> None:
    """Even where the clock goes back for the month of Ramadan: compared with every single day."""
    info = zoneinfo.ZoneInfo(zone)
    days = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(7 * 365)]
    offsets = [day.astimezone(info).utcoffset() for day in days]
    assert len(offset_changes(zone)) == 1 + sum(before != after for before, after in pairwise(offsets))


def test_zones_that_keep_the_same_clock_behave_alike() -> None:
    assert offset_changes("America/Monterrey") == offset_changes("America/Mexico_City")
    assert offset_changes("America/Nassau") == offset_changes("America/Toronto")
    assert offset_changes("America/Havana") != offset_changes(
        "America/Toronto"
    )  # Cuba changes an hour of the night earlier
