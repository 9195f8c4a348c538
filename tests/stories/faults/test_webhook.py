"""Telegram brings what people say to the bot's webhook; they notice nothing of it."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from bot.app import build
from bot.config.settings import Settings
from rehearsal.clock import TurnableClock
from rehearsal.telegram.request import RehearsalRequest
from rehearsal.telegram.telegram import Limits, Telegram
from rehearsal.world import Rehearsal, running
from tests.support.telegram.local_telegram import until
from tests.support.telegram.webhook_bots import Balancer, by_webhook, carried, free_port
from tests.support.world.databases import failing
from tests.support.world.people import START, TOKEN, World
from tests.support.world.registration import registers
from tests.support.world.reminders import reminders, subscribes
from tests.support.world.restart import again


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return by_webhook(settings, free_port())


@pytest.fixture
async def balancer(stage: World) -> AsyncIterator[Balancer]:
    port = urlsplit(stage.settings.telegram.webhook.url).port
    assert port is not None
    async with carried(stage.telegram, [port]) as balancer:
        yield balancer


@pytest.fixture
async def hooked(stage: World, balancer: Balancer) -> AsyncIterator[World]:  # noqa: ARG001 - it carries
    async with running(stage.rehearsal):
        await until(lambda: bool(stage.telegram.webhook["url"]))
        await stage.settle()
        yield stage


async def test_people_register_ask_and_are_reminded(hooked: World) -> None:
    ana = hooked.person("Ana", last_name="Quiñones", language="es-AR")
    await ana.says("¿cuándo es la sesión 2?")
    assert ana.heard("sesión 2", "29 de octubre")
    await registers(ana)
    assert ana.heard("su inscripción está hecha")
    await subscribes(ana)
    await hooked.turn_to("2024-10-23 16:30")
    assert reminders(ana)[-1].startswith("Recordatorio: sesión 1")


async def test_one_chat_is_answered_in_order(hooked: World) -> None:
    ana = hooked.person("Ana")
    for number in (1, 2, 3, 4) * 5:
        hooked.telegram.says(ana.id, f"/start s{number}")
    await hooked.settle()
    assert [each.text[:8] for each in ana.chat if each.from_bot] == [f"Sesión {number}" for number in (1, 2, 3, 4) * 5]


async def test_an_update_that_is_brought_twice_is_answered_once(hooked: World) -> None:
    ana = hooked.person("Ana")
    hooked.telegram.says(ana.id, "/sesiones")
    update = dict(hooked.telegram.waiting[-1])
    await hooked.settle()
    hooked.telegram.waiting.append(update)
    hooked.telegram.news.set()
    await hooked.settle()
    assert [each.text[:12] for each in ana.chat if each.from_bot] == ["Las sesiones"]


async def test_what_was_said_while_the_bot_was_down_is_answered_when_it_is_back(
    stage: World, balancer: Balancer
) -> None:
    async with running(stage.rehearsal):
        await until(lambda: bool(stage.telegram.webhook["url"]))
        ana = stage.person("Ana")
        await ana.says("/start")
    assert stage.telegram.webhook["url"], "it stays with Telegram: another replica may be there"
    stage.telegram.says(ana.id, "/sesiones")
    await until(lambda: "last_error_message" in stage.telegram.webhook)
    async with running(again(stage).rehearsal):
        await until(lambda: "Las sesiones" in ana.last)
    assert set(balancer.statuses) <= {200, 503}, "503 until it is ready again"


async def test_a_database_that_fails_delays_answers_and_loses_none(hooked: World, balancer: Balancer) -> None:
    ana = hooked.person("Ana")
    await ana.says("/start")
    with failing(hooked.rehearsal.app.database):
        hooked.telegram.says(ana.id, "/sesiones")
        await until(lambda: 503 in balancer.statuses)
    await until(lambda: "Las sesiones" in ana.last)


async def test_a_bot_that_polls_takes_a_webhook_away(settings: Settings) -> None:
    clock = TurnableClock(START, speed=0)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=Limits(enforced=False))
    await telegram.call(TOKEN, "setWebhook", {"url": "https://old.example.org/hook"})
    polls = Settings(**settings.model_dump() | {"telegram": {"token": TOKEN}})
    world = World(Rehearsal(telegram, clock, build(polls, clock=clock, request=RehearsalRequest(telegram))), polls)
    async with running(world.rehearsal):
        ana = world.person("Ana")
        await until(telegram.getting_updates)
        await ana.says("/sesiones")
        assert ana.heard("Las sesiones")
    assert telegram.webhook["url"] == ""
