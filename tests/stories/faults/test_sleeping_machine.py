"""The machine sleeps, or its clock is set, while messages are on their way: each comes once."""

import asyncio
from datetime import datetime, timedelta

import pytest

from db.delivery import outbox
from tests.support.afterwards import asked, registered_ana
from tests.support.world.people import Person, World
from tests.support.world.reminders import reminders, subscribes, totals


async def subscribed_ana(world: World) -> Person:
    ana = world.person("Ana")
    await subscribes(ana)
    return ana


async def sleeps_while_sending(world: World, moment: str, slept: timedelta) -> None:
    """What is due at that moment is in the air, and the clock goes on by so much before Telegram answers."""
    app, telegram, clock = world.rehearsal.app, world.telegram, world.rehearsal.clock
    app.work.delivery.tidy_seconds = 0.0
    telegram.answering.clear()
    clock.reach(datetime.fromisoformat(f"{moment}+00:00"))
    await _claimed(world)
    clock.reach(clock.now() + slept)
    for _ in range(5):  # it looks after old claims meanwhile
        app.work.delivery.wake()
        await asyncio.sleep(0.02)
    telegram.answering.set()
    await world.settle()


async def _claimed(world: World) -> None:
    async with asyncio.timeout(30):
        while not (await totals(world)).get(outbox.CLAIMED):  # noqa: ASYNC110 - a claim tells nobody
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("slept", [timedelta(minutes=3), timedelta(minutes=30)])
async def test_a_reminder_on_its_way_while_the_machine_sleeps_comes_once(world: World, slept: timedelta) -> None:
    ana = await subscribed_ana(world)
    await sleeps_while_sending(world, "2024-10-23 16:00", slept)
    assert reminders(ana) == ["Recordatorio: sesión 1 / Inicio: en 1 hora"]
    assert (await totals(world)).get(outbox.SENT) == 1


async def test_thanks_on_their_way_while_the_machine_sleeps_come_once_and_are_known(world: World) -> None:
    ana = await registered_ana(world)
    await world.turn_to("2024-10-23 18:40")
    before = await totals(world)
    await sleeps_while_sending(world, "2024-10-23 18:50", timedelta(minutes=30))
    assert asked(ana) == 1
    after = await totals(world)
    assert outbox.UNKNOWN not in after, after
    assert after[outbox.SENT] == before.get(outbox.SENT, 0) + 1
