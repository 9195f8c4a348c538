"""People find their time zone by choosing a country, or by sharing where they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.time.zones import is_zone, offset_changes, territories
from locales.localized import LANGUAGES, Language
from tests.support.knowledge.atlas import known_places


def test_the_region_has_its_33_states_and_its_territories() -> None:
    codes = [code for code, _ in known_places().region_countries("es")]
    assert len(codes) == 33 + 18
    assert {"HT", "MX", "BR", "PR", "GF", "BM", "AW"} <= set(codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_is_in_one_of_the_two_lists_and_has_a_clock(language: Language) -> None:
    listed = known_places().region_countries(language) + known_places().other_countries(language)
    assert sorted(listed) == sorted(known_places().countries(language))
    assert {territory.country for territory in territories()} <= {code for code, _ in listed}
    assert all(known_places().of_country(code) and name != code for code, name in listed)


def test_countries_stand_in_the_order_of_the_alphabet_whatever_their_accents() -> None:
    names = [name for _, name in known_places().countries("fr")]
    assert names.index("Équateur") < names.index("Espagne") < names.index("États-Unis") < names.index("Finlande")


def test_a_country_offers_each_of_its_clocks_once() -> None:
    assert [place.name for place in known_places().of_country("MX")][:2] == ["Ciudad de México", "Tijuana"]
    chile = {"America/Santiago", "America/Punta_Arenas", "America/Coyhaique", "Pacific/Easter"}
    assert {place.zone for place in known_places().of_country("CL")} == chile
    assert [place.zone for place in known_places().of_country("AR")] == ["America/Argentina/Buenos_Aires"]
    assert [place.name for place in known_places().of_country("CH", "fr")] == ["Genève"]
    assert known_places().of_country("ZZ") == []


def test_every_zone_of_a_country_behaves_like_one_that_is_offered() -> None:
    for territory in territories():
        offered = {offset_changes(place.zone) for place in known_places().of_country(territory.country)}
        assert offset_changes(territory.zone) in offered, territory


@pytest.mark.parametrize(
    ("latitude", "longitude", "name", "zone"),
    [
        (18.54, -72.34, "Puerto Príncipe", "America/Port-au-Prince"),
        (19.43, -99.13, "Ciudad de México", "America/Mexico_City"),
        (46.23, 6.13, "Ginebra", "Europe/Zurich"),
        (-34.60, -58.38, "Buenos Aires", "America/Argentina/Buenos_Aires"),
        (32.51, -117.02, "Tijuana", "America/Tijuana"),
        (31.69, -106.42, "Ciudad Juárez", "America/Ciudad_Juarez"),
        (-45.57, -72.07, "Coyhaique", "America/Coyhaique"),
        (-27.15, -109.43, "Hanga Roa", "Pacific/Easter"),
        (-0.74, -90.31, "Puerto Ayora", "Pacific/Galapagos"),
        (-9.97, -67.81, "Río Branco", "America/Rio_Branco"),
        (23.11, -82.37, "La Habana", "America/Havana"),
        (38.90, -77.04, "Washington D. C.", "America/New_York"),
        (25.05, -77.34, "Nasáu", "America/Nassau"),
        (4.92, -52.31, "Cayena", "America/Cayenne"),
    ],
)
def test_a_position_gives_the_nearest_city_in_its_zone(latitude: float, longitude: float, name: str, zone: str) -> None:
    found = known_places().at(latitude, longitude, "es")
    assert found is not None
    assert (found.name, found.zone) == (name, zone)


def test_off_the_coast_the_nearest_place_counts() -> None:
    """The sea zones (Etc/GMT+5) know no summer time; people on a ferry keep their island's clock."""
    found = known_places().at(17.0, -73.5, "es")
    assert found is not None
    assert found.zone == "America/Port-au-Prince"


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        *((0.0, -30.0), (-50.0, -120.0), (91.0, 0.0), (0.0, 181.0), (-90.1, 0.0)),
        *((float("nan"), 0.0), (0.0, float("nan")), (float("inf"), 0.0), (0.0, float("-inf"))),
    ],
)
def test_far_at_sea_or_off_the_globe_there_is_no_place(latitude: float, longitude: float) -> None:
    assert known_places().at(latitude, longitude) is None


@given(latitude=st.floats(), longitude=st.floats())
def test_any_position_is_answered_with_a_real_zone_or_none(latitude: float, longitude: float) -> None:
    place = known_places().at(latitude, longitude)
    assert place is None or is_zone(place.zone)


@given(latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))
def test_any_place_on_the_globe_is_answered(latitude: float, longitude: float) -> None:
    place = known_places().at(latitude, longitude)
    assert place is None or is_zone(place.zone)
