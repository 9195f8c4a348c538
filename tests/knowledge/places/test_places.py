"""People find their time zone by typing a place."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.places.places import Place
from knowledge.time.zones import is_zone, offset_changes
from locales.localized import LANGUAGES, Language
from tests.support.knowledge.atlas import known_places
from tests.support.knowledge.local_times import LOCAL_TIMES
from tests.support.knowledge.typed_places import NO_PLACE, TYPED


@pytest.mark.parametrize(("text", "language", "country", "zone"), TYPED, ids=[row[0] for row in TYPED])
def test_what_people_type_leads_to_their_zone(text: str, language: Language, country: str, zone: str) -> None:
    best = known_places().find(text, language)[0]
    assert (best.country, best.zone) == (country, zone)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", NO_PLACE)
def test_what_is_no_place_finds_nothing(text: str, language: Language) -> None:
    assert known_places().find(text, language) == []


@pytest.mark.parametrize("row", LOCAL_TIMES, ids=lambda row: row[1])
def test_every_published_city_is_found_in_spanish(row: tuple[str, ...]) -> None:
    _, cities, zone, *_ = row
    for city in (cities, *cities.split(" / ")):
        assert known_places().find(city, "es")[0].zone == zone


@pytest.mark.parametrize("row", LOCAL_TIMES, ids=lambda row: row[0])
def test_every_published_country_is_found_in_spanish(row: tuple[str, ...]) -> None:
    """A country with several zones offers the published one among them."""
    country, city, zone, *_ = row
    offered = known_places().find(country, "es", limit=12)
    code = known_places().find(city, "es")[0].country
    assert offered[0].country == code
    assert offset_changes(zone) in {offset_changes(place.zone) for place in offered if place.country == code}


def test_a_name_comes_back_in_the_persons_language() -> None:
    assert [known_places().find("geneve", language)[0].name for language in LANGUAGES] == [
        "Ginebra",
        "Genebra",
        "Geneva",
        "Genève",
    ]
    assert [known_places().find("haiti", language)[0].name for language in LANGUAGES] == [
        "Haití",
        "Haiti",
        "Haiti",
        "Haïti",
    ]


def test_a_country_with_one_zone_gives_itself() -> None:
    assert known_places().find("Perú", "es") == [Place("Perú", "PE", "America/Lima", "country")]
    assert known_places().find("Argentina", "es") == [
        Place("Argentina", "AR", "America/Argentina/Buenos_Aires", "country")
    ]


def test_a_country_with_several_zones_gives_its_best_known_city_in_each() -> None:
    assert [place.name for place in known_places().find("Brasil", "pt")] == [
        "São Paulo",
        "Manaus",
        "Rio Branco",
        "Fernando de Noronha",
    ]
    assert [place.name for place in known_places().find("EE.UU.", "es", limit=3)] == [
        "Nueva York",
        "Los Ángeles",
        "Chicago",
    ]
    assert {place.kind for place in known_places().find("México", "es")} == {"city"}


@pytest.mark.parametrize(
    ("name", "countries"),
    [
        ("Córdoba", ["AR", "MX", "ES"]),
        ("Santiago", ["CL", "DO", "CU"]),
        ("Guadalajara", ["MX", "ES"]),
        ("San José", ["CR", "US"]),
        ("Valencia", ["VE", "ES"]),
        ("Cartagena", ["CO", "ES"]),
        ("Trinidad", ["TT", "BO", "CU"]),
        ("Granada", ["GD", "ES", "NI"]),
        ("Guadalupe", ["GP", "MX"]),
        ("Georgia", ["GE", "US"]),
        ("Kingston", ["JM", "CA"]),
        ("Hamilton", ["BM", "CA"]),
        ("La Paz", ["BO", "MX"]),
        ("San Juan", ["PR"]),
        ("Barcelona", ["ES", "VE"]),
    ],
)
def test_namesakes_are_all_offered_the_likeliest_first(name: str, countries: list[str]) -> None:
    assert [place.country for place in known_places().find(name, "es")][: len(countries)] == countries


def test_nobody_is_asked_to_choose_between_places_of_one_country_and_one_clock() -> None:
    for name in ("San Martín", "San Pedro", "Santa Cruz", "San Francisco", "Springfield", "México", "Texas"):
        found = known_places().find(name, "es", limit=20)
        clocks = [(place.country, offset_changes(place.zone)) for place in found]
        assert len(clocks) == len(set(clocks))


def test_a_state_gives_its_zones() -> None:
    assert [place.zone for place in known_places().find("Texas", "en")] == ["America/Chicago", "America/Denver"]
    assert known_places().find("Florida", "en")[0] == Place("Miami", "US", "America/New_York", "city")


def test_an_everyday_word_that_is_also_a_town_is_found_with_its_country() -> None:
    assert known_places().find("gracias", "es") == []
    assert known_places().find("Gracias, Honduras", "es")[0].zone == "America/Tegucigalpa"


def test_the_limit_is_kept() -> None:
    assert len(known_places().find("San José", "es", limit=2)) == 2
    assert len(known_places().find("Estados Unidos", "es")) == 5


@given(text=st.text(max_size=200), language=st.sampled_from(LANGUAGES))
def test_any_text_is_answered_with_real_zones(text: str, language: Language) -> None:
    for place in known_places().find(text, language):
        assert is_zone(place.zone)
        assert place.name


PIECES = ["San", "de", "la", "Lima", "Haití", ",", "(", "/", "🇭🇹", "ﷺ", "ß", "İ", "Port", "au", "-"]


@given(words=st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_heap_of_pieces_of_names_is_answered(words: list[str]) -> None:
    assert len(known_places().find(" ".join(words), "es")) <= 5


@pytest.mark.parametrize(
    "text", ["a" * 4000, "Lima " * 800, "🇭🇹" * 2000, "ﷺ" * 4000, "1,2;3/" * 700, "San " * 29, "ﷺ " * 60]
)
def test_a_long_text_costs_next_to_nothing(text: str) -> None:
    started = time.perf_counter()
    known_places().find(text, "es")
    assert time.perf_counter() - started < 0.2  # some 5 ms; the rest is for a machine with much else to do
