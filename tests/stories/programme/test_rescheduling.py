"""A session moves, is called off, takes place after all: everybody who may know the old time hears of it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.config.settings import Organizers, Settings
from changes import session_time
from rehearsal.world import running
from tests.support.world.people import Person, World
from tests.support.world.registration import ana_of, registers
from tests.support.world.reminders import reminders, subscribes, totals
from tests.support.world.restart import again
from tests.support.world.sessions import is_called_off, lives, moves, session

OLD, NEW = "5 de noviembre", "6 de noviembre"


def old_time_uncorrected(person: Person) -> list[str]:
    """Messages of session 3 with its old day only, behind which no word of the change follows in that chat."""
    last_word = max((each.id for each in person.chat if "Cambio de fecha u hora: sesión 3" in each.text), default=0)
    return [
        each.text for each in person.chat if each.from_bot and each.id > last_word and OLD in each.text and
        NEW not in each.text
    ]  # fmt: skip


async def test_no_chat_shows_the_old_time_uncorrected(world: World) -> None:
    ana, eva, leo = world.person("Ana"), ana_of(world), world.person("Leo")
    await subscribes(ana)
    await lives(ana, "America/Port-au-Prince")
    await registers(eva)
    await leo.says("¿cuándo es la sesión 3?")  # no reminders, no registration: knows the old time all the same
    await world.turn_to("2024-11-04 17:00")
    assert reminders(ana)[-1] == "Recordatorio: sesión 3 / Inicio: en 1 día"
    ana.listen()
    await moves(world, 3, by=timedelta(days=1))
    assert ana.heard("Cambio de fecha u hora: sesión 3", "Antes: martes 5 de noviembre", "miércoles 6 de noviembre")
    for person in (ana, eva, leo):
        assert person.chat[-1].text.startswith("Cambio de fecha u hora: sesión 3"), person.last
        assert old_time_uncorrected(person) == []
    assert [each for each in reminders(ana) if "sesión 3" in each] == []  # corrected where it stood
    assert any(each.edited and NEW in each.text for each in ana.chat)


async def test_each_reads_the_change_in_their_own_zone(world: World) -> None:
    ana = world.person("Ana")
    await lives(ana, "America/Port-au-Prince")
    await moves(world, 3, by=timedelta(days=-3))  # to before the clocks go back there
    assert ana.heard(
        "Antes: martes 5 de noviembre de 2024, 12:00", "sábado 2 de noviembre de 2024\nDe 13:00 a 14:30"
    ), ana.last


async def test_moved_twice_it_is_told_from_what_people_know_and_not_at_all_where_it_came_back(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("/sesiones")
    world.telegram.blocks(ana.id)
    await world.settle()
    await moves(world, 3, by=timedelta(days=1))
    world.telegram.unblocks(ana.id)
    await world.settle()
    assert ana.heard("La sesión 3 cambió mientras tanto: es el miércoles 6 de noviembre")
    ana.listen()
    await moves(world, 3, by=timedelta(hours=2))
    assert ana.heard("Cambio de fecha u hora: sesión 3", "6 de noviembre de 2024, de 16:00 a 17:30")


async def test_reminders_come_at_the_new_time_and_none_for_a_session_that_is_called_off(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    await is_called_off(world, 2)
    assert ana.heard("La sesión 2 se canceló", "Estaba prevista para el martes 29 de octubre de 2024, 14:00")
    await world.turn_to("2024-10-29 20:00")
    assert [each for each in reminders(ana) if "sesión 2 /" in each] == []
    await ana.says("/sesiones")
    assert ana.heard("Cancelada (era martes 29 de octubre")
    await ana.says("¿cuándo es la sesión 2?")
    assert ana.heard("se canceló")
    await ana.says("/start s2")
    assert ana.heard("Cancelada. Estaba prevista así")


async def test_a_session_that_is_restored_is_announced_and_reminded(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    await is_called_off(world, 2)
    await moves(world, 2, by=timedelta(0))
    assert ana.heard("La sesión 2 sí se realiza", "martes 29 de octubre de 2024")
    await world.turn_to("2024-10-29 16:00")
    assert reminders(ana)[-1] == "Recordatorio: sesión 2 / Inicio: en 1 hora"


async def test_a_move_at_night_waits_for_the_morning_where_there_is_time(world: World) -> None:
    ana = world.person("Ana")
    await lives(ana, "America/Argentina/Buenos_Aires")
    await world.turn_to("2024-10-30 04:00")  # one in the morning there
    ana.listen()
    await moves(world, 3, by=timedelta(days=1))
    assert ana.news == []
    await world.turn_to("2024-10-30 10:00")  # seven
    assert ana.heard("Cambio de fecha u hora: sesión 3")


async def test_a_move_of_tomorrow_is_told_at_night_too(world: World) -> None:
    ana = world.person("Ana")
    await lives(ana, "Asia/Tokyo")
    await world.turn_to("2024-11-05 14:00")  # eleven at night there, three hours before the session
    ana.listen()
    await moves(world, 3, by=timedelta(hours=1))
    assert ana.heard("Cambio de fecha u hora: sesión 3")


async def test_a_dry_run_counts_whom_it_concerns_and_changes_nothing(world: World) -> None:
    ana, eva = world.person("Ana"), ana_of(world)
    await lives(ana, "America/Lima")
    await subscribes(ana)
    await registers(eva)
    live, before = await session(world, 3), await totals(world)
    async with world.rehearsal.app.database.transaction() as tx:
        found = await session_time.count_affected(tx, live, now=world.rehearsal.clock.now())
    assert (found.going, found.waiting, found.reminded, found.delivered) == (1, 0, 1, 0)
    assert sorted(found.zones, key=str) == [("America/Lima", 1), (None, 1)]
    assert await totals(world) == before


async def test_who_came_after_the_move_is_told_nothing(world: World) -> None:
    await moves(world, 3, by=timedelta(days=1))
    await world.turn_to("2024-10-22 15:10")
    ana = world.person("Ana")
    await ana.says("/sesiones")
    world.rehearsal.app.work.scheduler.refresh()
    await world.settle()
    assert len(ana.news) == 1
    assert ana.heard(NEW)


async def test_nobody_is_told_twice_however_often_the_bot_is_started(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        ana = stage.person("Ana")
        await ana.says("/sesiones")
        await moves(stage, 3, by=timedelta(days=1))
    for _ in range(2):
        async with running(again(stage).rehearsal):
            await stage.settle()
    assert len([each for each in ana.chat if each.text.startswith("Cambio de fecha")]) == 1


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Olga, the first to join, organizes."""
    return settings.model_copy(update={"organizers": Organizers(ids=(1_000_001,))})


async def test_organizers_hear_of_people_who_were_not_reminded(stage: World) -> None:
    """The bot was down from before the first reminder until after the session."""
    async with running(stage.rehearsal):
        await stage.settle()
        olga, ana = stage.person("Olga"), stage.person("Ana")
        await olga.says("/start")
        await subscribes(ana)
    stage.rehearsal.clock.jump(datetime(2024, 10, 23, 19, tzinfo=UTC))
    for _ in range(2):  # and once only
        async with running(again(stage).rehearsal):
            await stage.settle()
    told = [each.text for each in olga.chat if "ningún recordatorio" in each.text]
    assert told == ["La sesión 1 pasó mientras el bot no funcionaba: 1 persona no recibió ningún recordatorio."]
