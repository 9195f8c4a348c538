"""The time zone without typing: tap the hour that the phone shows, then at most the country and one question more."""

from collections.abc import Set
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from knowledge.places.gazetteer import REGION
from knowledge.places.phone_clock import (
    countries_at_offset,
    distinct_clocks,
    list_utc_offsets,
    places_at_offset,
    utc_offset_minutes,
)
from knowledge.places.places import Place, Places
from knowledge.time.zones import territories
from tests.support.knowledge.atlas import known_places
from tests.support.world.people import Person, World

SESSIONS = [datetime(2024, month, day, 17, tzinfo=UTC) for month, day in ((10, 23), (10, 29), (11, 5), (11, 12))]
# Before and after Europe's clocks change (27 October) and North America's (3 November).
MOMENTS = [datetime(2024, month, day, 15, 7, tzinfo=UTC) for month, day in ((10, 22), (10, 28), (11, 4))]
COUNTRIES = sorted(REGION | {"ES", "CH", "US", "CA"})
# Where one hour is the hour of several clocks that part before a session: one question more, and which places.
ONE_QUESTION_MORE = {
    ("MX", "2024-10-22", -360): ["Ciudad de México", "Ciudad Juárez"],
    ("MX", "2024-10-22", -300): ["Cancún", "Reynosa"],
    ("MX", "2024-10-22", -420): ["Tijuana", "Hermosillo"],
    ("US", "2024-10-22", -420): ["Los Ángeles", "Phoenix"],
    ("CA", "2024-10-22", -360): ["Calgary", "Saskatoon"],
    ("CA", "2024-10-22", -300): ["Winnipeg", "Atikokan"],
    ("CA", "2024-10-22", -240): ["Toronto", "Saint-Augustin"],
    ("CA", "2024-10-22", -420): ["Vancouver", "Whitehorse"],
}
ONE_QUESTION_MORE |= {(code, "2024-10-28", offset): found for (code, _, offset), found in ONE_QUESTION_MORE.items()}


@pytest.fixture(scope="module")
def places() -> Places:
    return known_places()


@cache
def countries_at(offset: int, moment: datetime) -> Set[str]:
    """The countries behind that hour of the grid."""
    return dict(countries_at_offset(known_places(), offset, moment, "es")).keys()


@cache
def offered_at(code: str, offset: int, moment: datetime) -> list[Place]:
    """What is offered in that country behind that hour."""
    ahead = [each for each in SESSIONS if each > moment]
    return distinct_clocks(places_at_offset(known_places(), code, offset, moment, "es"), ahead)


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment:%d-%m}")
def test_every_hour_of_every_country_leads_to_a_right_zone_or_to_one_question_more(moment: datetime) -> None:
    """For whoever lives in any zone of the country: their hour is on the grid, their country behind it, and what is
    offered there holds their own hour at every session that is still to come."""
    ahead = [each for each in SESSIONS if each > moment]
    for code, zone in [(each.country, each.zone) for each in territories() if each.country in COUNTRIES]:
        tapped = utc_offset_minutes(zone, moment)
        assert tapped in list_utc_offsets(moment), (code, zone)
        assert code in countries_at(tapped, moment), (code, zone)
        offered = offered_at(code, tapped, moment)
        mine = [local(zone, each) for each in ahead]
        assert mine in [[local(place.zone, each) for each in ahead] for place in offered], (code, zone)
        expected = ONE_QUESTION_MORE.get((code, f"{moment:%Y-%m-%d}", tapped))
        assert [place.name for place in offered] == expected if expected else len(offered) == 1


def local(zone: str, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%d %H:%M}"


async def taps(person: Person, *labels: str) -> None:
    for label in labels:
        await person.presses(label)


@pytest.mark.parametrize(
    ("language", "labels", "place"),
    [
        ("es", ("11:00", "Haití"), "Puerto Príncipe"),
        ("pt", ("12:00", "Argentina"), "Buenos Aires"),
        ("en", ("10:00", "Jamaica"), "Jamaica"),
        ("fr", ("17:00", "Suisse"), "Genève"),
    ],
)
async def test_two_taps_are_enough_where_a_country_has_one_hour(
    shared_world: World, language: str, labels: tuple[str, ...], place: str
) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says("/timezone")
    await taps(ana, *labels)
    assert place in ana.last
    await ana.says("/timezone")
    assert place in ana.last


async def test_the_phone_writes_the_hour_itself_and_a_button_says_the_same(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/timezone")
    (entity,) = [each for each in ana.chat[-1].entities if each["type"] == "date_time"]
    assert (entity["unix_time"], entity["date_time_format"]) == (1729609200, "t")
    assert "¿Qué hora marca su teléfono? Mire su reloj. Toque esa misma hora." in ana.last
    assert ana.buttons[:3] == ["05:00", "06:00", "07:00"]
    assert "12:30" in ana.buttons  # Newfoundland
    await ana.presses("Otra hora")
    assert "20:30" in ana.buttons  # India
    assert {"04:00, mar 22 oct", "04:00, mié 23 oct"} <= set(ana.buttons)  # Samoa and Tonga
    await taps(ana, "20:30", "India")
    assert ana.heard("Listo", "Calcuta")


async def test_one_tap_where_the_phones_language_tells_the_country(shared_world: World) -> None:
    ana = shared_world.person("Ana", language="pt-br")
    await ana.says("/timezone")
    await ana.presses("12:00")
    assert ana.heard("São Paulo")
    await ana.presses("Não estou em: Brasil")
    await ana.presses("Uruguai")
    assert ana.heard("Montevid")


async def test_a_phone_of_the_united_states_is_asked_all_the_same(shared_world: World) -> None:
    """Half of the continent's phones speak "English (United States)": in Lima it must not mean Chicago."""
    ana = shared_world.person("Ana", language="en-US")
    await ana.says("/timezone")
    await taps(ana, "10:00", "Peru")
    assert ana.heard("Lima", "12:00")


async def test_mexico_is_asked_once_more_where_its_clocks_part_before_a_session(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/timezone")
    await taps(ana, "09:00", "México")
    assert ana.heard("México", "a esta hora coinciden varios lugares, pero no en todas las sesiones")
    assert ana.buttons[:2] == ["Ciudad de México", "Ciudad Juárez"]
    await ana.presses("Ciudad Juárez")
    assert ana.heard("Listo", "Ciudad Juárez", "Sesión 3: martes 5 de noviembre de 2024, 10:00")


async def test_do_you_see_another_hour_leads_there_for_travellers(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/start s2")
    await taps(ana, "¿Ve otra hora?", "17:00", "Suiza")
    assert ana.heard("Listo", "Ginebra")
    await ana.says("/start s2")
    await taps(ana, "¿Ve otra hora?", "10:00", "Perú")
    assert ana.heard("Listo", "Lima")


async def test_an_hour_of_yesterday_is_asked_again(world: World) -> None:
    """The clocks may have changed since; the button itself tells which moment it meant."""
    ana = world.person("Ana")
    await ana.says("/timezone")
    await world.turn_to("2024-11-04 15:00")
    await ana.presses("11:00")
    assert ana.heard("¿Qué hora marca su teléfono?")
    assert ana.heard("Todavía no sé dónde está")
    for data in ("zh:28826820:-180:ZZ", "zh:0:0", "zh:28826820:-999"):
        await ana.forges(data)
        assert "Algo falló" not in ana.last


@pytest.mark.parametrize("words", ["12:00", "12", "son las 12", "12 pm", "12h05"])
async def test_the_hour_may_be_typed(shared_world: World, words: str) -> None:
    ana = shared_world.person("Ana", language="es-AR")
    await ana.says("/zonahoraria")
    await ana.says(words)
    assert ana.heard("Buenos Aires", "12:00"), ana.last


async def test_an_hour_that_no_clock_shows_is_said_so(shared_world: World) -> None:
    ana = shared_world.person("Ana", language="es-AR")
    await ana.says("/zonahoraria")
    await ana.says("12:21")
    assert ana.heard("Ningún reloj del mundo muestra esa hora")


@pytest.mark.parametrize("words", ["GMT-3", "UTC-03:00", "-3", "gmt -3", "UTC menos 3"])
async def test_an_offset_leads_to_the_countries_that_have_it(shared_world: World, words: str) -> None:
    ana = shared_world.person("Ana", language="es")
    await ana.says("/zonahoraria")
    await ana.says(words)
    assert {"Argentina", "Uruguay"} <= set(ana.buttons)
    assert "Perú" not in ana.buttons


@pytest.mark.parametrize(
    ("words", "zone"),
    [("EST", "America/New_York"), ("hora del este", "America/New_York"), ("CET", "Europe/Paris"),
     ("Chile continental", "America/Santiago"), ("BRT", "America/Sao_Paulo")],
)  # fmt: skip
async def test_a_short_form_is_proposed_by_its_city(shared_world: World, words: str, zone: str) -> None:
    ana = shared_world.person("Ana", language="es")
    await ana.says("/zonahoraria")
    await ana.says(words)
    await ana.forges(f"z:{zone}") if "z:" + zone in str(ana.chat[-1].keyboard) else pytest.fail(ana.last)


async def test_what_is_no_zone_is_said_so(shared_world: World) -> None:
    ana = shared_world.person("Ana", language="es")
    await ana.says("/zonahoraria")
    await ana.says("GMT-27")
    assert ana.heard("GMT-27"), ana.last
    assert not ana.heard("Usar")
