"""Reminders: the right ones, once, true when they come, and never after they are unwanted."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from db.delivery import outbox
from db.programme import live_programme
from tests.support.world.people import World
from tests.support.world.reminders import reminders, subscribes, totals


async def test_a_reminder_says_what_remains_and_where(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    ana.listen()
    await world.turn_to("2024-10-23 16:00")
    assert ana.heard(
        "Recordatorio: sesión 1\nInicio: en 1 hora",
        "Motores de la migración y vías regulares",
        "de 14:00 a 15:30, hora de Argentina",
        "enlace",
    )
    assert ana.buttons == ["Ver detalles", "No recordarme la sesión 1"]


async def test_the_phone_keeps_what_remains_true_for_whoever_reads_later(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    await world.turn_to("2024-10-23 16:00")
    entities = [each for each in ana.chat[-1].entities if each["type"] == "date_time"]
    assert {(each["unix_time"], each["date_time_format"]) for each in entities} == {
        (1729702800, "r"),
        (1729702800, "wDt"),
    }


async def test_the_reminder_stays_when_its_buttons_are_pressed(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    await world.turn_to("2024-10-23 16:00")
    await ana.presses("Ver detalles")
    assert ana.heard("Sesión 1", "Áreas y objetivos")
    assert reminders(ana) == [
        "Recordatorio: sesión 1 / Inicio: en 1 día",
        "Recordatorio: sesión 1 / Inicio: en 1 hora",
    ]


async def test_stopping_one_session_leaves_the_others(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    await world.turn_to("2024-10-22 17:00")
    await ana.presses("No recordarme la sesión 1")
    assert ana.toasts[-1] == "Listo: ya no le recuerdo la sesión 1."
    await world.turn_to("2024-10-29 17:00")
    assert reminders(ana) == [
        "Recordatorio: sesión 1 / Inicio: en 1 día",
        "Recordatorio: sesión 2 / Inicio: en 1 día",
        "Recordatorio: sesión 2 / Inicio: en 1 hora",
        "Recordatorio: sesión 2 / Inicio: en 10 minutos",
    ]


async def test_one_lead_of_one_session(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("/recordatorios")
    await ana.presses("Elegir los de la sesión 2")
    await ana.presses("1 hora antes")
    await ana.presses("1 hora antes")  # off again
    await ana.presses("10 minutos antes")
    assert ana.heard("Sesión 2. Inclusión")
    await world.turn_to("2024-11-13 00:00")
    assert reminders(ana) == ["Recordatorio: sesión 2 / Inicio: en 10 minutos"]


async def test_pressing_a_switch_twice_is_pressing_it_once(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("/recordatorios")
    for _ in range(2):
        await ana.forges("rem:1:1h:on")
    await world.turn_to("2024-10-23 16:30")
    assert reminders(ana) == ["Recordatorio: sesión 1 / Inicio: en 1 hora"]


@pytest.mark.parametrize(("place", "due"), [("Puerto Príncipe", "2024-10-23 13:00"), ("Ginebra", "2024-10-23 07:00")])
async def test_nine_oclock_comes_at_nine_where_each_one_is(world: World, place: str, due: str) -> None:
    ana = world.person("Ana")
    await ana.says("/zonahoraria")
    await ana.says(place)
    await ana.presses("Sí, usar")
    await ana.says("/recordatorios")
    await ana.presses("Elegir los de la sesión 1")
    await ana.presses("ese día a las 09:00")
    moment = datetime.fromisoformat(f"{due}+00:00")
    await world.rehearsal.turn_to(moment - timedelta(seconds=1))
    assert reminders(ana) == []
    await world.rehearsal.turn_to(moment)
    assert len(reminders(ana)) == 1


async def test_who_subscribes_late_gets_the_next_lead_not_the_missed_ones(world: World) -> None:
    ana = world.person("Ana")
    await world.turn_to("2024-10-23 16:20")
    await subscribes(ana)
    assert reminders(ana) == []
    await world.turn_to("2024-10-23 17:00")
    assert reminders(ana) == ["Recordatorio: sesión 1 / Inicio: en 10 minutos"]


async def test_the_language_and_the_zone_are_those_of_the_moment_of_sending(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    await ana.says("/idioma")
    await ana.presses("Français")
    await ana.says("/timezone")
    await ana.says("Port-au-Prince")
    await ana.presses("Oui")
    ana.listen()
    await world.turn_to("2024-10-23 16:00")
    assert ana.heard(
        "Rappel : session 1".replace(" :", "\u00a0:"), "dans 1 heure", "De 13:00 à 14:30", "heure de Port-au-Prince"
    )


async def test_who_blocked_the_bot_is_left_alone_and_comes_back_by_writing(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    await ana.does(lambda telegram, person: telegram.blocks(person))
    await world.turn_to("2024-10-30 00:00")
    assert await totals(world) == {}
    await ana.does(lambda telegram, person: telegram.unblocks(person))
    await world.turn_to("2024-11-05 16:55")
    assert reminders(ana)[-1] == "Recordatorio: sesión 3 / Inicio: en 10 minutos"


async def test_a_block_that_telegram_never_told_is_learnt_from_the_refusal(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    world.telegram.blocked.add(ana.id)
    await world.turn_to("2024-10-22 17:00")
    assert await totals(world) == {"unreachable": 1}
    await world.turn_to("2024-10-23 17:00")
    assert await totals(world) == {"unreachable": 1}


async def test_a_429_delays_a_reminder_and_loses_none(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    world.telegram.fails("sendMessage", status=429, retry_after=1)
    await world.turn_to("2024-10-22 17:00")
    assert reminders(ana) == ["Recordatorio: sesión 1 / Inicio: en 1 día"]


async def test_a_server_error_is_tried_again(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    world.telegram.fails("sendMessage", status=502, description="Bad Gateway")
    await world.turn_to("2024-10-22 17:00")
    assert reminders(ana) == ["Recordatorio: sesión 1 / Inicio: en 1 día"]


async def test_an_answer_that_is_lost_may_repeat_a_reminder_once_and_no_more(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    world.telegram.fails("sendMessage", status=500, after_effect=True, times=5)
    await world.turn_to("2024-10-22 17:00")
    assert reminders(ana) == ["Recordatorio: sesión 1 / Inicio: en 1 día"] * 2
    assert await totals(world) == {"unknown": 1}


async def test_a_refused_message_is_noted_with_its_reason(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    world.telegram.fails("sendMessage", status=400, description="Bad Request: something new")
    await world.turn_to("2024-10-22 17:00")
    assert await totals(world) == {"refused": 1}


async def test_a_moved_session_is_reminded_at_its_new_time_only(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    await world.turn_to("2024-10-28 17:00")
    async with world.rehearsal.app.database.transaction() as tx:
        two = (await live_programme.programme(tx, "pmm-2024"))[2]
        await live_programme.move(
            tx,
            two.id,
            two.starts_at + timedelta(days=1),
            two.ends_at + timedelta(days=1),
            now=world.rehearsal.clock.now(),
        )
    await world.turn_to("2024-10-29 17:00")
    await ana.says("/start s2")
    assert ana.heard("miércoles 30 de octubre de 2024")
    await world.turn_to("2024-10-30 17:00")
    # The one that had come for the old time is corrected: it reminds of nothing any more.
    assert [each for each in reminders(ana) if "sesión 2" in each] == [
        "Recordatorio: sesión 2 / Inicio: en 1 día",
        "Recordatorio: sesión 2 / Inicio: en 1 hora",
        "Recordatorio: sesión 2 / Inicio: en 10 minutos",
    ]


async def test_totals_add_up_at_the_end_of_the_cycle(world: World) -> None:
    people = [world.person(f"P{number}") for number in range(5)]
    for each in people:
        await subscribes(each)
    await people[0].does(lambda telegram, person: telegram.blocks(person))
    await world.turn_to("2024-11-13 00:00")
    assert await totals(world) == {"sent": 4 * 4 * 3}


async def test_some_days_after_the_cycle_everybody_is_forgotten(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    await world.turn_to("2025-02-15 00:00")
    await world.rehearsal.app.work.scheduler.tidy()
    await ana.says("/recordatorios")
    async with world.rehearsal.app.database.transaction() as tx:
        assert await outbox.totals(tx) == {}


async def test_what_becomes_due_while_the_bot_plans_is_planned_at_once(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    app, clock = world.rehearsal.app, world.rehearsal.clock
    async with app.database.transaction():  # the database is busy: planning that has begun waits
        app.work.scheduler.refresh()
        await asyncio.sleep(0.05)
        clock.reach(datetime(2024, 10, 23, 16, tzinfo=UTC))
        await asyncio.sleep(0.05)
    await world.settle()
    assert reminders(ana) == ["Recordatorio: sesión 1 / Inicio: en 1 hora"]


async def test_what_becomes_due_while_time_goes_on_during_planning_is_planned_at_once(world: World) -> None:
    ana = world.person("Ana")
    await subscribes(ana)
    app, clock = world.rehearsal.app, world.rehearsal.clock
    clock.forget_listeners()  # it goes on by itself, and nobody says so
    async with app.database.transaction():
        app.work.scheduler.refresh()
        await asyncio.sleep(0.05)
        clock.reach(datetime(2024, 10, 23, 16, tzinfo=UTC))
        await asyncio.sleep(0.05)
    await world.settle()
    assert reminders(ana) == ["Recordatorio: sesión 1 / Inicio: en 1 hora"]


@pytest.mark.parametrize(
    ("language", "command", "told"),
    [
        ("es", "/recordatorios", "Le aviso: 1 día antes, 1 hora antes y 10 minutos antes."),
        ("pt", "/lembretes", "Aviso você: 1 dia antes, 1 hora antes e 10 minutos antes."),
        ("en", "/reminders", "I will remind you: 1 day before, 1 hour before and 10 minutes before."),
        ("fr", "/rappels", "Je vous préviens : 1 jour avant, 1 heure avant et 10 minutes avant."),
    ],
)
async def test_what_is_the_same_for_all_sessions_is_said_once(
    world: World, language: str, command: str, told: str
) -> None:
    """With a clock change, and the night, the card was longer than a phone's screen."""
    ana = world.person("Ana", language=language)
    await ana.forges("z:Europe/Madrid")
    await ana.forges("rem:all:on")
    await ana.says(command)
    assert ana.last.count(told.replace(" :", "\u00a0:")) == 1, ana.last
    assert len(ana.last) < 600
    await ana.forges("rem:2:10m:off")
    await ana.says(command)
    assert ana.last.count(told.replace(" :", "\u00a0:")) == 3, ana.last
