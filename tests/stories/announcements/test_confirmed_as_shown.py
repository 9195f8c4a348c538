"""Who sends or confirms an announcement agrees to what their card shows: its words, its audience and its moments."""

import pytest
from sqlalchemy import update

from db import tables
from db.engine.database import Database
from tests.support.world.announcements import FIRST_OF_THE_CROWD, drafted, got, later, with_a_crowd
from tests.support.world.people import Person, World
from tests.support.world.team import joined

CHANGED = "Cambió desde"


pytestmark = pytest.mark.one_owner(confirm_above=5)


async def asked(world: World, way: str = "A las 09:00 de cada quien") -> tuple[Person, Person]:
    """Olga, whose announcement waits for Vera to confirm it."""
    olga = await with_a_crowd(world, 8, zone="Asia/Tokyo")
    vera = await joined(world, olga)
    await drafted(olga)
    await olga.presses("Cuándo")
    await (olga.presses(way) if way.startswith("A las") else olga.says(way))
    await olga.presses("Enviar")
    return olga, vera


async def test_the_second_organizer_sees_the_dates_as_the_first_did(world: World) -> None:
    olga, vera = await asked(world)
    await olga.presses("Ver el anuncio")
    await vera.presses("Ver el anuncio")
    for each in (olga, vera):
        assert each.heard("a las 09:00 de cada quien, el miércoles 23", "21:00", "personas o grupos: 8")
    await vera.presses("Confirmar")
    await world.turn_to("2024-10-22 23:59")
    assert got(world, "sala nueva") == []
    await world.turn_to("2024-10-23 00:01")
    assert len(got(world, "sala nueva")) == 8


async def test_somebody_in_another_zone_does_not_void_a_card_whose_date_stays(world: World) -> None:
    _, vera = await asked(world)
    await vera.presses("Ver el anuncio")
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        theirs = update(tables.participants).where(tables.participants.c.telegram_id == FIRST_OF_THE_CROWD)
        await tx.execute(theirs.values(zone="America/Lima"))
    await database.close()
    await vera.presses("Confirmar")
    assert not any(CHANGED in each for each in vera.toasts)
    await world.turn_to("2024-10-23 00:01")
    assert len(got(world, "sala nueva")) == 7
    await world.turn_to("2024-10-23 14:01")
    assert len(got(world, "sala nueva")) == 8


async def test_an_old_card_does_not_confirm_another_date(world: World) -> None:
    """Shown: the 23rd. A day later the same press would mean the 24th."""
    _, vera = await asked(world)
    await vera.presses("Ver el anuncio")
    await world.turn_to("2024-10-23 12:00")
    await vera.presses("Confirmar")
    assert CHANGED in vera.toasts[-1]
    assert vera.heard("el jueves 24")
    await world.turn_to("2024-10-23 15:00")
    await vera.presses("Confirmar")
    await world.turn_to("2024-10-24 00:01")
    assert len(got(world, "sala nueva")) == 8


async def test_a_moment_that_has_passed_while_it_waited_is_said_and_confirmed_anew(world: World) -> None:
    _, vera = await asked(world, "mañana 9:00")
    await vera.presses("Ver el anuncio")
    assert vera.heard("miércoles 23")
    await world.turn_to("2024-10-23 13:00")
    await vera.presses("Confirmar")
    assert CHANGED in vera.toasts[-1]
    assert vera.heard("ya pasó")
    await later(world)
    assert got(world, "sala nueva") == []


async def test_an_old_card_does_not_confirm_words_that_were_changed(world: World) -> None:
    olga, vera = await asked(world)
    await vera.presses("Ver el anuncio")
    old = vera.chat[-1].id
    await olga.presses("Ver el anuncio")
    await olga.presses("Volver a borrador")
    await olga.presses("ES")
    await olga.says("Otra cosa muy distinta.")
    await olga.presses("Enviar")
    await vera.does(lambda telegram, user: telegram.presses(user, old, 1, 0))
    assert CHANGED in vera.toasts[-1]
    assert vera.heard("espera a otra persona")
    await world.turn_to("2024-10-22 20:00")
    assert got(world, "distinta") == []
    await vera.presses("Confirmar")
    await world.turn_to("2024-10-23 00:01")
    assert len(got(world, "distinta")) == 8


async def test_an_old_draft_does_not_send_to_an_audience_that_was_changed(world: World) -> None:
    olga = await with_a_crowd(world, 4)
    vera = await joined(world, olga)
    await drafted(olga)
    await vera.says("/anunciar")
    await vera.presses("Anuncio 1")
    old = vera.chat[-1].id
    await olga.presses("Para quién")
    await olga.presses("País")
    await olga.presses("Brasil")
    keyboard = next(each for each in vera.chat if each.id == old).keyboard
    labels = [[button["text"] for button in row] for row in keyboard]
    place = next((row, each.index("Enviar")) for row, each in enumerate(labels) if "Enviar" in each)
    await vera.does(lambda telegram, user: telegram.presses(user, old, *place))
    assert CHANGED in vera.toasts[-1]
    assert vera.heard("Brasil")
    await later(world)
    assert got(world, "sala nueva") == []
