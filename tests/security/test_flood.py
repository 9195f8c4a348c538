"""Somebody writes faster than people do: told once, then passed over; nobody else waits, and it is over soon."""

from datetime import timedelta

import pytest

from bot.config.settings import Limits, Settings
from handlers.updates import FloodGuard
from tests.support.telegram.local_telegram import until
from tests.support.world.people import START, World

MOST = 20
WAIT = {"es": "Recibí muchos mensajes", "pt": "Recebi muitas mensagens", "en": "I received many", "fr": "J’ai reçu"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With the limit as it is shipped."""
    return settings.model_copy(update={"limits": Limits()})


def answers(world: World, who: int) -> list[str]:
    return [each.text for each in world.telegram.chat(who) if each.from_bot]


async def test_a_flood_is_told_once_and_then_passed_over(world: World) -> None:
    people = {language: world.person("Ana", language=language) for language in WAIT}
    for ana in people.values():
        for _ in range(MOST * 2):
            world.telegram.says(ana.id, "/help")
    await world.settle()
    for language, ana in people.items():
        said = answers(world, ana.id)
        assert len(said) == MOST + 1, language
        assert said[-1].startswith(WAIT[language])


async def test_it_is_over_after_a_pause(world: World) -> None:
    ana = world.person("Ana")
    for _ in range(MOST * 2):
        world.telegram.says(ana.id, "/ayuda")
    await world.settle()
    await world.turn_to("2024-10-22 15:00:11")
    await ana.says("/sesiones")
    assert ana.heard("Las sesiones")


async def test_presses_are_told_above_the_chat(world: World) -> None:
    ana = world.person("Ana")
    await ana.says("/start")
    for _ in range(MOST + 5):
        world.telegram.forges_press(ana.id, ana.chat[-1].id, "menu")
    await world.settle()
    assert ana.toasts.count("Demasiado rápido: espere unos segundos.") == 1
    await ana.says("/sesiones")
    assert ana.heard("Las sesiones"), "words are counted for themselves"


async def test_nobody_else_waits_for_whoever_floods(world: World) -> None:
    """Three hundred messages of one person, whose own answers come slowly; Beto is answered before they are through."""
    ana, beto = world.person("Ana"), world.person("Beto")
    world.telegram.latency = 0.05
    for _ in range(300):
        world.telegram.says(ana.id, "/ayuda")
    world.telegram.says(beto.id, "/sesiones")
    await until(lambda: bool(answers(world, beto.id)))
    assert len(answers(world, ana.id)) < MOST
    world.telegram.latency = 0.0
    await world.settle()
    assert len(answers(world, ana.id)) == MOST + 1


async def test_what_telegram_tells_of_a_chat_is_never_passed_over(world: World) -> None:
    ana = world.person("Ana")
    for _ in range(MOST * 2):
        world.telegram.says(ana.id, "/ayuda")
    world.telegram.blocks(ana.id)
    await world.settle()
    async with world.rehearsal.app.database.transaction() as tx:
        (row,) = await tx.exec_driver_sql("SELECT unreachable_since FROM participants")
    assert row[0] is not None


async def test_in_a_group_nobody_is_told(world: World) -> None:
    ana = world.person("Ana")
    group = world.telegram.group("Red", creator=ana.id)
    world.telegram.adds_bot(group, ana.id)
    await world.settle()
    for _ in range(MOST * 2):
        world.telegram.says(ana.id, "/ayuda@ciclo_bot", chat_id=group)
    await world.settle()
    said = answers(world, group)
    assert len(said) == 1 + MOST
    assert not any(each.startswith(WAIT["es"]) for each in said)


async def test_a_nights_messages_at_once_are_no_flood(world: World) -> None:
    """After an outage they all come together; Telegram says when they were written."""
    ana = world.person("Ana")
    world.telegram.cut_line(cut=True)
    for minute in range(MOST * 2):
        world.rehearsal.clock.reach(START + timedelta(minutes=minute))
        world.telegram.says(ana.id, "/ayuda")
    world.telegram.cut_line(cut=False)
    await world.settle()
    assert len(answers(world, ana.id)) == MOST * 2


def test_real_people_are_never_stopped() -> None:
    """Two messages a second, for an hour."""
    guard = FloodGuard(MOST)
    moments = (START + timedelta(seconds=number / 2) for number in range(7_200))
    assert {guard.arrives(1, "said", moment) for moment in moments} == {"heard"}


def test_whoever_goes_on_hammering_is_told_once_a_minute_at_most() -> None:
    guard = FloodGuard(MOST)
    verdicts = [guard.arrives(1, "said", START + timedelta(seconds=number / 100)) for number in range(30_000)]
    assert verdicts.count("heard") == MOST
    assert verdicts.count("told") == 5, "300 seconds"


def test_the_guards_memory_has_an_end() -> None:
    guard = FloodGuard(MOST, most_people=100)
    for person in range(300):
        guard.arrives(person, "said", START)
    assert len(guard._people) == 100
