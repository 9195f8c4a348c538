"""A draft that is written again loses nothing in silence: what stays and what is replaced is said."""

import pytest

from tests.support.world.announcements import FIRST_OF_THE_CROWD, drafted, got, later, with_a_crowd
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.team import joined

pytestmark = pytest.mark.one_owner(confirm_above=0)


async def pictured(world: World, caption: str = "El mapa de la sala") -> Person:
    """Olga, whose draft in Spanish is a picture with those words."""
    olga = await with_a_crowd(world, 2)
    await olga.says("/anunciar")
    await olga.presses("Nuevo anuncio")
    await olga.does(lambda telegram, id_: telegram.sends_photo(id_, caption))
    return olga


async def arrived(world: World, olga: Person) -> list[tuple[str, bool]]:
    """What the first of the crowd got when it was sent: the words, and whether a picture stands above them."""
    await olga.presses("Enviar")
    await later(world)
    chat = world.telegram.chat(FIRST_OF_THE_CROWD)
    return [(each.text, each.media is not None) for each in chat if each.from_bot]


async def test_new_words_stand_under_the_picture_that_was_there(world: World) -> None:
    olga = await pictured(world)
    assert olga.heard("Con foto o documento: español")
    await olga.presses("✓ ES")
    await olga.says("La sala cambió: piso 3.")
    assert olga.heard("Este texto reemplaza al que había en español", "La foto o el documento se queda")
    assert await arrived(world, olga) == [("La sala cambió: piso 3.", True)]


async def test_the_picture_is_taken_away_with_one_button(world: World) -> None:
    olga = await pictured(world)
    await olga.presses("✓ ES")
    await olga.presses("Quitar la foto o el documento")
    assert not olga.heard("Con foto o documento")
    assert await arrived(world, olga) == [("El mapa de la sala", False)]


async def test_a_picture_that_comes_after_the_words_has_them_under_it(world: World) -> None:
    olga = await with_a_crowd(world, 2)
    await drafted(olga, "La sesión 2 tiene sala nueva.")
    await olga.presses("✓ ES")
    await olga.does(lambda telegram, id_: telegram.sends_photo(id_, ""))
    assert olga.heard("El texto que había se queda debajo")
    assert await arrived(world, olga) == [("La sesión 2 tiene sala nueva.", True)]


async def test_another_picture_takes_the_place_of_the_first_and_it_is_said(world: World) -> None:
    olga = await pictured(world)
    await olga.presses("✓ ES")
    await olga.does(lambda telegram, id_: telegram.sends_photo(id_, ""))
    assert olga.heard("reemplaza a la foto o al documento que había", "El texto que había se queda debajo")


async def test_words_too_long_for_a_picture_change_nothing(world: World) -> None:
    olga = await pictured(world)
    await olga.presses("✓ ES")
    await olga.says("a" * 1_100)
    assert olga.heard("caben 1024 signos", "Nada cambió")
    await olga.presses("Volver")
    assert await arrived(world, olga) == [("El mapa de la sala", True)]


async def test_a_picture_cannot_come_above_words_that_are_too_long(world: World) -> None:
    olga = await with_a_crowd(world, 2)
    await drafted(olga, "a" * 1_100)
    await olga.presses("✓ ES")
    await olga.does(lambda telegram, id_: telegram.sends_photo(id_, ""))
    assert olga.heard("caben 1024 signos", "Nada cambió")
    await olga.presses("Volver")
    assert await arrived(world, olga) == [("a" * 1_100, False)]


async def test_buttons_stay_until_they_are_taken_away(world: World) -> None:
    olga = await with_a_crowd(world, 2)
    await drafted(olga, "Sala nueva.\nVer el mapa - https://ejemplo.org/mapa")
    await olga.presses("✓ ES")
    await olga.says("Sala nueva, piso 3.")
    assert olga.heard("Botones que se quedan: Ver el mapa")
    await olga.presses("Vista previa")
    assert any(button["text"] == "Ver el mapa" for each in olga.news for row in each.keyboard for button in row)
    await olga.presses("✓ ES")
    await olga.presses("Quitar los botones")
    await olga.presses("Vista previa")
    assert not any(button["text"] == "Ver el mapa" for each in olga.news for row in each.keyboard for button in row)


async def test_a_draft_goes_with_a_second_tap_only(world: World) -> None:
    """The button stands right below "Send", and a draft is the whole team's."""
    olga = await with_a_crowd(world, 2)
    await drafted(olga)
    vera = await joined(world, olga)
    await vera.says("/anunciar")
    await vera.presses("Anuncio 1")
    await vera.presses("Borrar el borrador")
    assert vera.heard("Se borra el borrador del anuncio 1", "No se puede recuperar")
    await vera.presses("No, dejarlo")
    assert vera.heard("Anuncio 1: borrador")
    await vera.presses("Borrar el borrador")
    await vera.presses("Sí, borrarlo")
    assert vera.heard("Todavía no hay ninguno")
    await olga.says("/anunciar")
    assert olga.heard("Todavía no hay ninguno")


async def test_a_draft_that_was_sent_meanwhile_is_not_deleted(world: World) -> None:
    olga = await with_a_crowd(world, 2)
    vera = await joined(world, olga)
    await drafted(olga)
    await vera.says("/anunciar")
    await vera.presses("Anuncio 1")
    await olga.presses("Borrar el borrador")
    await vera.presses("Enviar")
    await olga.presses("Sí, borrarlo")
    await later(world)
    assert len(got(world, "La sesión 2 tiene sala nueva.")) == 2
    assert len(await rows(world, "announcements")) == 1
