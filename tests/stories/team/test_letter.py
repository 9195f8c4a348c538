"""An organizer writes to one person of the list: shown first, sent once, and never in the night."""

import pytest

from tests.support.world.people import Person, World
from tests.support.world.registration import ana_of, registers, rows, twice
from tests.support.world.team import audit_of, owner

WORDS = "Su intérprete llega a las <13:30>."


pytestmark = pytest.mark.one_owner


async def begins(world: World) -> tuple[Person, Person]:
    olga, ana = owner(world), ana_of(world)
    await registers(ana)
    await olga.says("/participantes")
    await olga.presses("Ver la lista")
    await olga.presses("1")
    await olga.presses("Escribirle")
    assert olga.heard("Escriba el mensaje para Ana Quiñones"), olga.last
    return olga, ana


async def test_one_person_is_written_to(world: World) -> None:
    olga, ana = await begins(world)
    await olga.does(lambda telegram, me: telegram.sends_sticker(me))
    assert olga.heard("Escriba el mensaje para Ana Quiñones")
    ana.listen()
    await olga.says(WORDS)
    assert olga.heard("Así le llega a Ana Quiñones", "Mensaje del equipo organizador", WORDS), olga.last
    assert not ana.news, "nothing leaves before it was looked at"
    await twice(olga, "Enviar")
    assert ana.heard("Mensaje del equipo organizador", WORDS)
    assert len(ana.news) == 1, "a second tap sends nothing"
    assert "Preguntar al equipo" in ana.buttons
    assert ("wrote", {"n": 1}) in await audit_of(world)
    assert "intérprete" not in repr(await audit_of(world))


async def test_it_waits_for_the_morning_and_who_is_gone_gets_nothing(world: World) -> None:
    await world.turn_to("2024-10-23 04:00")
    olga, ana = await begins(world)
    await olga.says(WORDS)
    ana.listen()
    await olga.presses("Enviar")
    assert olga.heard("Donde está Ana Quiñones es de noche", "miércoles 23", "07:00"), olga.last
    assert not ana.news
    await world.turn_to("2024-10-23 10:05")
    assert ana.heard(WORDS)
    await olga.presses("Volver")
    await olga.presses("Escribirle")
    await ana.says("/misdatos")
    await ana.presses("Borrar todo lo mío")
    await ana.presses("Sí, borrar todo")
    await olga.says("Hola")
    assert olga.heard("Esa inscripción ya no está"), olga.last
    assert not [row for row in await rows(world, "outbox") if row["kind"] == "letter"]
