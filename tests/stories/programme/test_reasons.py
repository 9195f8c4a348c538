"""Why a session moves or is called off: a line of the team's own words, in what everybody gets."""

import pytest

from tests.support.world.people import Person, World
from tests.support.world.reminders import subscribes
from tests.support.world.sessions import asks_for_a_time
from tests.support.world.team import owner

WHY = "Coincide con el feriado & la sala <no> está"


pytestmark = pytest.mark.one_owner


async def proposes(olga: Person) -> None:
    await asks_for_a_time(olga)
    await olga.says("6/11 15:00")


async def test_a_move_says_why(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await subscribes(ana)
    await world.turn_to("2024-11-04 17:30")
    await proposes(olga)
    await olga.presses("Agregar un motivo")
    assert olga.heard("¿Por qué?"), olga.last
    await olga.does(lambda telegram, me: telegram.sends_photo(me))
    assert olga.heard("¿Por qué?")
    await olga.says("x" * 300)
    assert olga.heard("hasta 200 signos")
    await olga.says(WHY)
    assert olga.heard("todavía no cambió nada", "Quedaría así:", f"Motivo: {WHY}"), olga.last
    assert "Cambiar el motivo" in olga.buttons
    await olga.presses("+1 h")
    assert olga.heard("16:00", f"Motivo: {WHY}"), olga.last
    ana.listen()
    await olga.presses("Confirmar y avisar")
    assert ana.heard("Cambio de fecha u hora: sesión 3", f"Motivo: {WHY}")
    corrected = [each.text for each in ana.chat if each.edited and "Cambio de fecha" in each.text]
    assert corrected
    assert all(WHY in each for each in corrected), "also where a reminder stood"


async def test_a_reason_belongs_to_one_change_only(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await ana.says("/start")
    await olga.says("/session 3")
    await olga.presses("Cancelar la sesión")
    await olga.presses("Agregar un motivo")
    await olga.says(WHY)
    assert olga.heard("Quedaría cancelada.", f"Motivo: {WHY}"), olga.last
    ana.listen()
    await olga.presses("Sí, cancelar y avisar")
    assert ana.heard("Cancelada", f"Motivo: {WHY}") or ana.heard("cancel", f"Motivo: {WHY}"), ana.last
    await olga.presses("Restablecer la sesión")
    assert not olga.heard("Motivo"), olga.last
    ana.listen()
    await olga.presses("Sí, restablecer y avisar")
    assert ana.heard("sesión 3")
    assert not ana.heard("Motivo")


async def test_a_reason_that_was_left_behind_is_forgotten(world: World) -> None:
    olga, ana = owner(world), world.person("Ana")
    await ana.says("/start")
    await proposes(olga)
    await olga.presses("Agregar un motivo")
    await olga.says(WHY)
    await olga.says("/session 3")
    await olga.presses("Cancelar la sesión")
    assert not olga.heard("Motivo")
    await olga.presses("Sí, cancelar y avisar")
    assert ana.heard("sesión 3")
    assert not ana.heard("Motivo")
