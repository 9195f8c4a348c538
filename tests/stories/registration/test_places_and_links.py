"""Who enters a session with few places: its link reaches who has one, and nobody who waits or is only reminded."""

import pytest

from tests.support.world.announcements import drafted, later
from tests.support.world.documents import file_of
from tests.support.world.people import Person, World
from tests.support.world.registration import ana_of, registers
from tests.support.world.reminders import subscribes
from tests.support.world.team import owner

ROOM = "https://zoom.example.org/j/2"


pytestmark = pytest.mark.one_owner


def saw(person: Person, address: str = ROOM) -> bool:
    """Whether any message, button or caption in that chat holds the address."""
    return any(address in each.html + repr(each.keyboard) for each in person.chat if each.from_bot)


async def gives_places(olga: Person, number: int, places: str) -> None:
    """The capacity is set in the chat."""
    await olga.says(f"/session {number}")
    await olga.presses("Lugares y lista de espera")
    await olga.presses("Cambiar los lugares")
    await olga.says(places)
    await olga.presses("Confirmar")
    assert olga.heard("Hecho."), olga.last


async def sets_link(olga: Person, number: int, address: str = ROOM) -> None:
    await olga.says(f"/session {number}")
    await olga.presses("Enlace, panelistas y más")
    await olga.presses(": enlace")
    await olga.says(address)
    await olga.presses("Guardar")


async def test_the_link_of_a_full_session_reaches_nobody_who_waits(world: World) -> None:
    olga, ana, eva = owner(world), ana_of(world), ana_of(world)
    await gives_places(olga, 1, "1")
    await registers(ana)
    await registers(eva)
    assert eva.heard("La sesión 1 está completa", "lista de espera")
    for each in (ana, eva):
        await subscribes(each)
    await sets_link(olga, 1)
    await world.turn_to("2024-10-23 16:55")
    assert saw(ana)
    assert not saw(eva)
    for words in ("¿cuál es el enlace?", "/sesiones 1", "/sesiones", "¿cuándo es la sesión 1?", "/calendario 1"):
        await eva.says(words)
        assert not saw(eva), words
        assert "Inscribirme" not in eva.buttons, words


async def test_who_gets_a_place_gets_the_link_with_the_news(world: World) -> None:
    olga, ana, eva = owner(world), ana_of(world), ana_of(world)
    await gives_places(olga, 1, "1 lugar")
    await registers(ana)
    await registers(eva)
    await sets_link(olga, 1)
    assert not saw(eva)
    await olga.says("/session 1")
    assert olga.heard("Con lugar: 1. En espera: 1. Con recordatorios: 0."), olga.last
    await olga.presses("Lugares y lista de espera")
    assert olga.heard("Lugares: 1.", "solo quien tiene lugar en la sesión. Quien espera un lugar, no"), olga.last
    await olga.presses("Cambiar los lugares")
    await olga.says("2")
    assert olga.heard("todavía no cambió nada", "Lugares: 2.", "se le avisa ahora: 1 persona"), olga.last
    eva.listen()
    await olga.presses("Confirmar")
    assert olga.heard("Hecho. 1 mensaje"), olga.last
    assert eva.heard("Hay lugar", "sesión 1", ROOM)


async def test_fewer_places_take_nobodys_and_no_limit_lets_everybody_in(world: World) -> None:
    olga, ana, eva, leo = owner(world), *[ana_of(world) for _ in range(3)]
    for each in (ana, eva):
        await registers(each)
    await olga.says("/session 1")
    await olga.presses("Lugares y lista de espera")
    assert olga.heard("Lugares: sin límite.", "Es lo que dice el programa.")
    await olga.presses("Cambiar los lugares")
    for words in ("muchos", "0", "-3", "10 o 20", "1" * 30):
        await olga.says(words)
        assert olga.heard("No encontré un número de lugares"), words
    await olga.does(lambda telegram, me: telegram.sends_photo(me))
    assert olga.heard("No encontré un número de lugares")
    await olga.says("1")
    assert olga.heard("Ya hay más personas con lugar (2) que lugares: nadie pierde el suyo"), olga.last
    await olga.presses("Confirmar")
    await registers(leo)
    assert leo.heard("La sesión 1 está completa")
    await olga.says("/session 1")
    await olga.presses("Lugares y lista de espera")
    await olga.presses("Sin límite")
    leo.listen()
    await olga.presses("Confirmar")
    assert leo.heard("Hay lugar", "sesión 1")


async def test_only_with_a_place_can_be_switched_and_delivered_links_follow(world: World) -> None:
    """Whoever is reminded and not registered: the link goes from what they have, and comes back."""
    olga, leo, ana = owner(world), ana_of(world), ana_of(world)
    await registers(ana)
    await subscribes(leo)
    await sets_link(olga, 1)
    await world.turn_to("2024-10-22 17:30")
    assert saw(leo), "reminded, and nobody counts places"
    await olga.says("/session 1")
    await olga.presses("Lugares y lista de espera")
    await olga.presses("Enlace: solo con lugar")
    assert olga.heard("Se corrige 1 mensaje ya entregado"), olga.last
    await olga.presses("Confirmar")
    assert not saw(leo)
    assert leo.heard("Es solo para quien tiene lugar en la sesión")
    await leo.says("¿cuál es el enlace de la sesión 1?")
    assert "Inscribirme" in leo.buttons
    await registers(leo)
    await leo.says("¿cuál es el enlace de la sesión 1?")
    assert saw(leo)
    await leo.says("/miinscripcion")
    await leo.presses("✓ Sesión 1")
    await leo.says("¿y el enlace?")
    assert leo.heard("Es solo para quien tiene lugar")
    assert "Inscribirme en la sesión 1" in leo.buttons
    await leo.presses("Inscribirme en la sesión 1")
    await leo.says("¿cuál es el enlace de la sesión 1?")
    assert leo.heard(ROOM)


async def test_an_announcement_with_the_link_reaches_who_waits_without_it(world: World) -> None:
    olga, ana, eva = owner(world), ana_of(world), ana_of(world)
    await gives_places(olga, 1, "1")
    for each in (ana, eva):
        await registers(each)
        await each.forges("con:announcements:on")
    await sets_link(olga, 1)
    await drafted(olga, f"La sala abre a las 13:45: {ROOM}?pwd=1\nEntrar - {ROOM}")
    assert olga.heard("lleva el enlace de la sesión 1: 1 persona o grupo no puede verlo"), olga.last
    await olga.presses("Enviar")
    await later(world)
    await later(world)
    assert ana.heard("La sala abre", f"{ROOM}?pwd=1")
    assert eva.heard("La sala abre a las 13:45: […]", "que solo recibe quien tiene lugar")
    assert not saw(eva)


async def test_who_waits_is_counted_written_to_and_exported_apart(world: World) -> None:
    olga, ana, eva = owner(world), ana_of(world), ana_of(world)
    await gives_places(olga, 1, "1")
    for each in (ana, eva):
        await registers(each)
        await each.forges("con:announcements:on")
    await drafted(olga, "Se amplía el cupo.")
    await olga.presses("Para quién")
    await olga.presses("Sesión")
    assert {"sesión 1: 2", "sesión 1, con lugar: 1", "sesión 1, en espera: 1"} <= set(olga.buttons), olga.buttons
    await olga.presses("sesión 1, en espera: 1")
    assert olga.heard("sesión 1, en espera"), olga.last
    await olga.presses("Enviar")
    await later(world)
    await later(world)
    assert eva.heard("Se amplía el cupo.")
    assert not ana.heard("Se amplía el cupo.")
    await olga.says("/participantes")
    await olga.presses("Descargar")
    await olga.presses("Sesión:")
    await olga.presses("sesión 1, en espera")
    assert olga.heard("1 persona inscrita"), olga.last
    await olga.presses("Texto (CSV)")
    table = file_of(world, olga)[1].decode("utf-8-sig")
    assert "en espera" in table
    assert "con lugar" not in table
