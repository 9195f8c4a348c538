"""Where one is: typed, chosen, or shared; and every hour follows."""

import pytest

from tests.support.world.people import World


@pytest.mark.parametrize(
    ("typed", "place", "hour"),
    [
        ("Puerto Príncipe", "Puerto Príncipe", "13:00"),
        ("port au prince", "Puerto Príncipe", "13:00"),
        ("tijuana", "Tijuana", "10:00"),
        ("Ginebra", "Ginebra", "19:00"),
        ("CDMX", "Ciudad de México", "11:00"),
        ("la habana", "La Habana", "13:00"),
    ],
)
async def test_a_typed_place_is_proposed_and_accepted_with_one_button(
    shared_world: World, typed: str, place: str, hour: str
) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/timezone")
    assert ana.heard("Todavía no sé dónde está")
    await ana.says(typed)
    assert ana.heard(f"¿Está en {place}")
    await ana.presses("Sí, usar la hora de")
    assert ana.heard("Listo", place, f"Sesión 1: miércoles 23 de octubre de 2024, {hour}")
    await ana.says("/sesiones")
    assert ana.heard(f"Horas de {place}", f"miércoles 23 de octubre de 2024, de {hour} a")


async def test_what_is_no_place_is_said_so_and_asked_again(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/zonahoraria")
    await ana.says("<b>qwertyuiop</b>")
    assert ana.heard("No encuentro «<b>qwertyuiop</b>»")
    await ana.says("Lima")
    assert ana.heard("¿Está en Lima")


async def test_cancel_leaves_the_question(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/zonahoraria")
    await ana.says("/cancelar")
    assert ana.heard("De acuerdo, lo dejamos")
    await ana.says("Lima")
    assert ana.heard("Las sesiones, en hora de Lima")
    await ana.says("/sesiones")
    assert ana.heard("aún no sé dónde está usted")


async def test_a_country_with_one_hour_is_set_at_once(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/zonahoraria")
    await ana.presses("Elegir país")
    await ana.presses("Siguientes")
    await ana.presses("Haití")
    assert ana.heard("Listo", "Puerto Príncipe", "11:00")


async def test_a_country_with_several_hours_shows_each(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/zonahoraria")
    await ana.presses("Elegir país")
    await ana.presses("Siguientes")
    await ana.presses("México")
    assert ana.heard("México tiene varias horas")
    await ana.presses("Tijuana: 08:00")
    assert ana.heard("Listo", "Tijuana")


async def test_a_shared_location_sets_the_zone_and_is_forgotten(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/zonahoraria")
    await ana.presses("Compartir ubicación")
    assert ana.chat[-1].reply_keyboard == [[{"text": "Enviar mi ubicación", "request_location": True}]]
    await ana.shares_location(18.54, -72.34)
    assert ana.heard("Gracias", "la ubicación no se guarda")
    assert ana.heard("Listo", "Puerto Príncipe")
    assert all(each.reply_keyboard is None for each in ana.chat)


async def test_a_place_in_the_middle_of_the_ocean(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.shares_location(-40.0, -120.0)
    assert ana.heard("No sé qué hora es en ese punto")


async def test_the_clocks_go_back_between_sessions_two_and_three(shared_world: World) -> None:
    """Haiti's hour of the sessions changes on 3 November, Geneva's on 27 October."""
    for place, hours in {
        "Puerto Príncipe": ("13:00", "13:00", "12:00", "12:00"),
        "Ginebra": ("19:00", "18:00", "18:00", "18:00"),
    }.items():
        ana = shared_world.person("Ana")
        await ana.says("/zonahoraria")
        await ana.says(place)
        await ana.presses("Sí, usar la hora")
        for number, hour in enumerate(hours, start=1):
            await ana.says(f"/start s{number}")
            assert ana.heard(f"De {hour} a", "De 14:00 a 15:30, hora de Argentina")


async def test_where_somebody_else_is_sets_no_zone(shared_world: World) -> None:
    ana = shared_world.person("Ana")
    await ana.says("/start")
    await ana.does(lambda telegram, who: telegram.forwards_location(who, 35.68, 139.69))
    assert not ana.heard("Tokio"), ana.last
    await ana.says("¿a qué hora es la sesión 2?")
    assert ana.heard("de 14:00 a 15:30, hora de Argentina"), ana.last


@pytest.mark.parametrize(
    ("language", "words", "asked"),
    [
        ("es", "/zonahoraria Nepal", "¿Está en Nepal?"),
        ("pt", "/fusohorario Uruguai", "Você está no Uruguai?"),
        ("en", "/timezone Georgia", "Are you in Georgia?"),
        ("fr", "/fuseauhoraire Cuba", "Êtes-vous ici\u00a0: Cuba\u00a0?"),
    ],
)
async def test_a_country_of_one_clock_is_named_once(shared_world: World, language: str, words: str, asked: str) -> None:
    ana = shared_world.person("Ana", language=language)
    await ana.says(words)
    assert ana.last.startswith(asked), ana.last


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
async def test_what_old_phones_show_is_a_sentence(shared_world: World, language: str) -> None:
    """They cannot show the hour itself: what stands there begins after a question mark."""
    ana = shared_world.person("Ana", language=language)
    await ana.says("/timezone")
    behind = ana.last.partition("?")[2].split()[0]
    assert behind[0].isupper(), ana.last
