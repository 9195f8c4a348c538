"""How many a move or a cancellation reaches now, later and not at all: told before and after, and so it happens."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from db import tables
from db.engine.database import Database
from tests.support.world.announcements import got, with_a_crowd
from tests.support.world.people import START, Person, World
from tests.support.world.sessions import asks_for_a_time, session
from tests.support.world.team import audit_of, owner

SPLIT = (
    "Ahora: 1 persona o grupo.",
    "Duermen: 4.",
    "En pausa: 2.",
    "No lo recibe: 1, porque",
    "No lo recibe: 1, que bloqueó",
)


pytestmark = pytest.mark.one_owner


async def changes_somebody(world: World, number: int, **values: object) -> None:
    database = Database(world.settings.database.url)
    async with database.transaction() as tx:
        who = tables.participants.c.telegram_id == 5_000_000 + number
        await tx.execute(update(tables.participants).where(who).values(**values))
    await database.close()


async def asleep_paused_and_gone(world: World) -> Person:
    """Olga is awake; of eight in Tokyo four sleep, two pause until tomorrow, one longer, one blocked the bot."""
    olga = await with_a_crowd(world, 8, zone="Asia/Tokyo")
    for number in (0, 1):
        await changes_somebody(world, number, paused_until=START + timedelta(days=1))
    await changes_somebody(world, 2, paused_until=START + timedelta(days=40))
    await changes_somebody(world, 3, unreachable_since=START)
    return olga


async def test_a_move_says_who_gets_it_now_later_and_not(world: World) -> None:
    olga = await asleep_paused_and_gone(world)
    await asks_for_a_time(olga)
    await olga.says("6/11 15:00")
    assert olga.heard("Se avisa a 7 personas o grupos.", *SPLIT), olga.last
    await olga.presses("Confirmar y avisar")
    assert olga.heard("Hecho. Se avisa a 7 personas o grupos.", *SPLIT), olga.last
    assert ("session_moved", {"session": 3, "messages": 7}) in await audit_of(world)
    assert got(world, "sesión 3") == []
    await world.turn_to("2024-10-23 00:00")
    assert len(got(world, "Cambio de fecha u hora")) + len(got(world, "sessão 3")) + len(got(world, "session 3")) == 4
    await world.turn_to("2024-10-24 00:00")
    found = {who for words in ("sesión 3", "sessão 3", "session 3") for who in got(world, words)}
    assert found == {5_000_000 + number for number in (0, 1, 4, 5, 6, 7)}


async def test_a_cancellation_says_it_too(world: World) -> None:
    olga = await asleep_paused_and_gone(world)
    await olga.says("/session 3")
    await olga.presses("Cancelar la sesión")
    assert olga.heard("Quedaría cancelada.", "Se avisa a 7 personas o grupos.", *SPLIT), olga.last
    await olga.presses("Sí, cancelar y avisar")
    assert olga.heard("Hecho. Se avisa a 7 personas o grupos.", *SPLIT), olga.last


async def test_who_has_not_heard_of_a_move_needs_no_word_when_it_is_taken_back(world: World) -> None:
    olga = await asleep_paused_and_gone(world)
    await asks_for_a_time(olga)
    await olga.says("6/11 15:00")
    await olga.presses("Confirmar y avisar")
    await olga.says("/session 3")
    await olga.presses("Volver a la hora del programa")
    assert olga.heard("Se avisa a 1 persona o grupo."), olga.last
    await olga.presses("Sí, volver y avisar")
    assert olga.heard("Hecho. Se avisa a 1 persona o grupo."), olga.last
    await world.turn_to("2024-10-24 00:00")
    assert [who for words in ("sesión 3", "sessão 3", "session 3") for who in got(world, words)] == []


async def test_where_everybody_gets_it_now_there_is_one_number(world: World) -> None:
    olga = owner(world)
    await olga.says("/start")
    await asks_for_a_time(olga)
    await olga.says("6/11 15:00")
    assert olga.heard("Se avisa a 1 persona o grupo."), olga.last
    assert not olga.heard("Ahora:")


async def test_back_to_the_programmes_hour_is_offered_only_where_it_is_at_another(world: World) -> None:
    olga = owner(world)
    await olga.says("/start")
    await asks_for_a_time(olga)
    await olga.presses("+1 h")
    await olga.presses("Confirmar")
    await olga.says("/session 3")
    assert "Volver a la hora del programa" in olga.buttons
    await asks_for_a_time(olga)
    await olga.presses("−1 h")
    await olga.presses("Confirmar")
    await olga.says("/session 3")
    assert "Volver a la hora del programa" not in olga.buttons, "it is there already: nobody would be told anything"
    live = await session(world, 3)
    await olga.forges("se:x:3:reset")
    assert olga.toasts[-1] == "Eso no es posible ahora"
    await olga.forges(f"se:x:3:reset:{live.version}")
    assert (await session(world, 3)).version == live.version
    await olga.says("/session 3")
    await olga.presses("Cancelar la sesión")
    await olga.presses("Sí, cancelar")
    await olga.says("/session 3")
    assert "Volver a la hora del programa" not in olga.buttons, "restoring it says the same"
