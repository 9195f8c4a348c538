"""An organizer types when a session or an announcement is to be: it is read as meant, or refused with the reason."""

import pytest

from tests.support.world.people import Person, World
from tests.support.world.sessions import asks_for_a_time, session
from tests.support.world.team import owner

pytestmark = pytest.mark.one_owner


async def test_a_sessions_new_time(world: World) -> None:
    olga = owner(world)
    for words, told in (
        ("el miércoles 6 de noviembre a las 3 de la tarde", "miércoles 6 de noviembre de 2024, de 15:00 a 16:30"),
        ("6/11 3:00 p. m.", "miércoles 6 de noviembre de 2024, de 15:00 a 16:30"),
        ("6/11 3pm", "miércoles 6 de noviembre de 2024, de 15:00 a 16:30"),
        ("6/11 15:00 hora de México", "miércoles 6 de noviembre de 2024, de 18:00 a 19:30"),
        ("6/11 15:00 hora peruana", "miércoles 6 de noviembre de 2024, de 17:00 a 18:30"),
        ("quarta 6 às 15h", "miércoles 6 de noviembre de 2024, de 15:00 a 16:30"),
        ("6/11 15:00 hora de Narnia", "No conozco el huso horario de «hora de Narnia»"),
        ("6/11 tipo 15:00", "No entendí «tipo»"),
        ("jueves 6 de noviembre 15:00", "«jueves» no coincide con la fecha: es miércoles 6 de noviembre"),
        ("31/11 15:00", "«31/11» no existe"),
        ("6/11 n’importe quand 15:00", "No entendí «n’importe quand»"),
        ("6/11 <b>15:00</b>", "No entendí «<b>"),
        ("ayer 9:00", "Eso ya pasó: lunes 21 de octubre"),
        ("una hora más tarde", "martes 5 de noviembre de 2024, de 15:00 a 16:30"),
        ("2 horas antes", "martes 5 de noviembre de 2024, de 12:00 a 13:30"),
        ("adelantarla una hora", "martes 5 de noviembre de 2024, de 13:00 a 14:30"),
        ("adie uma semana", "martes 12 de noviembre de 2024, de 14:00 a 15:30"),
        ("reporter d’un jour", "miércoles 6 de noviembre de 2024, de 14:00 a 15:30"),
        ("bring it forward by one day", "lunes 4 de noviembre de 2024, de 14:00 a 15:30"),
        ("un día", "No entendí «un»"),
    ):
        await asks_for_a_time(olga)
        await olga.says(words)
        assert olga.heard(told), (words, olga.last)
    assert (await session(world, 3)).version == 1, "nothing is changed before it is confirmed"


async def drafts(olga: Person) -> None:
    await olga.says("/announce")
    await olga.presses("Nuevo anuncio")
    await olga.says("Mañana hablamos.")
    await olga.presses("Cuándo")


async def test_when_an_announcement_leaves(world: World) -> None:
    olga = owner(world)
    await drafts(olga)
    for words, told in (
        ("5 de noviembre a las 9 de la noche", "Cuándo: martes 5 de noviembre de 2024. Buenos Aires 21:00"),
        ("mañana 9:00", "Cuándo: miércoles 23 de octubre de 2024. Buenos Aires 09:00"),
        ("amanhã às 9 da manhã", "Cuándo: miércoles 23 de octubre de 2024. Buenos Aires 09:00"),
        ("ayer 9:00", "Ese momento ya pasó"),
        ("5 de noviembre", "Falta la hora"),
        ("5/11 9:00 más o menos", "No entendí «más o menos»"),
    ):
        await olga.forges("an:w:1")
        await olga.says(words)
        assert olga.heard(told), (words, olga.last)


async def test_what_is_unusual_is_warned_of_before_it_is_confirmed(world: World) -> None:
    olga = owner(world)
    for words, told in (
        ("6/11 3:00", ["leí 03:00", "A las 03:00 es de noche"]),
        ("9/11 15:00", ["Cae en fin de semana: sábado 9 de noviembre"]),
        ("28/10 15:00", ["Quedaría antes de la sesión 2"]),
        ("20/11 15:00", ["Quedaría después de la sesión 4"]),
        ("15:00-14:00", ["de 15:00 a 14:00", "Duraría 23 horas; ahora dura 1 hora y 30 minutos"]),
        ("15:00-15:05", ["Duraría 5 minutos"]),
        ("29/10 15:00", ["A la misma hora que la sesión 2: martes 29 de octubre de 2024, de 14:00 a 15:30"]),
        ("una semana después", ["A la misma hora que la sesión 4: martes 12 de noviembre"]),
    ):
        await asks_for_a_time(olga)
        await olga.says(words)
        assert olga.heard("todavía no cambió nada", *told), (words, olga.last)


@pytest.mark.parametrize("words", ["6/11 15:00-17:00", "29/10 15:30-17:00"])
async def test_a_longer_session_or_one_right_behind_another_is_nothing_unusual(world: World, words: str) -> None:
    olga = owner(world)
    await asks_for_a_time(olga)
    await olga.says(words)
    assert olga.heard("todavía no cambió nada"), olga.last
    assert not olga.heard("Duraría")
    assert not olga.heard("A la misma hora")


async def test_an_announcement_at_night_is_warned_of(world: World) -> None:
    olga = owner(world)
    await drafts(olga)
    await olga.says("5/11 a las 3")
    assert olga.heard("Buenos Aires 03:00", "A las 03:00 es de noche", "leí 03:00"), olga.last
