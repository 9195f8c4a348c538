"""Telegram's answers come byte by byte: each call ends in time, nobody else waits, and no letter is lost."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from bot.app import build
from bot.config.settings import Settings
from rehearsal.clock import TurnableClock
from rehearsal.telegram.telegram import Limits, Telegram
from rehearsal.world import Rehearsal, running
from telegram_io.transport import AiohttpRequest
from tests.support.telegram.local_telegram import served, serving, until
from tests.support.world.people import START, TOKEN, Person, World
from tests.support.world.reminders import reminders

# Ten seconds in real life.
READ_SECONDS = 2.0
_BYTE_SECONDS = READ_SECONDS / 4


@dataclass
class Gateway:
    """Hands calls on to Telegram, and its answers back; those of some chats a byte at a time."""

    telegram: str
    client: aiohttp.ClientSession
    slow_chats: set[int] = field(default_factory=set)
    dripping: int = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Brings the call to Telegram, which does what it is asked, and then brings the answer back."""
        body = await request.read()
        there = self.telegram + request.path_qs
        async with self.client.request(request.method, there, data=body, headers=request.headers) as said:
            content = await said.read()
        if not self._is_slow(body):
            return web.Response(body=content, status=said.status, content_type="application/json")
        slow = web.StreamResponse(headers={"Content-Type": "application/json"})
        await slow.prepare(request)
        self.dripping += 1
        for each in content:
            await slow.write(bytes([each]))
            await asyncio.sleep(_BYTE_SECONDS)
        return slow

    def _is_slow(self, body: bytes) -> bool:
        asked = json.loads(body) if body.startswith(b"{") else {}
        return asked.get("chat_id") in self.slow_chats


@asynccontextmanager
async def gateway(telegram: str) -> AsyncIterator[tuple[Gateway, str]]:
    client = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
    there = Gateway(telegram, client)
    try:
        async with serving(there.answer, shutdown_seconds=0.1) as address:
            yield there, address
    finally:
        await client.close()


@asynccontextmanager
async def behind_a_gateway(settings: Settings) -> AsyncIterator[tuple[World, Gateway]]:
    """The whole bot, with a gateway between it and Telegram."""
    clock = TurnableClock(START, speed=0)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=Limits(enforced=False))
    async with served(telegram) as there, gateway(there) as (between, address):
        asked = settings.model_copy(update={"telegram": settings.telegram.model_copy(update={"base_url": address})})
        app = build(asked, clock=clock, request=AiohttpRequest(read_seconds=READ_SECONDS))
        async with running(Rehearsal(telegram, clock, app)) as rehearsal:
            yield World(rehearsal, asked), between


async def subscribed(world: World, name: str) -> Person:
    person = world.person(name)
    await person.says("/recordatorios")
    await person.presses("Activar")
    return person


async def test_a_reminder_whose_answer_drips_is_given_up_in_time_and_comes_again(settings: Settings) -> None:
    async with behind_a_gateway(settings) as (world, between):
        ana, beto = await subscribed(world, "Ana"), await subscribed(world, "Beto")
        between.slow_chats.add(ana.id)
        world.rehearsal.clock.reach(world.rehearsal.next_moment() or START)
        await until(lambda: bool(reminders(beto)) and between.dripping > 0, seconds=30)
        await until(lambda: between.dripping > 1, seconds=30)  # the first one was given up, and the letter sent again
        between.slow_chats.clear()
        await world.settle()
        assert len(reminders(beto)) == 1
        assert len(reminders(ana)) >= 2, "it may have arrived: a reminder is repeated then, never lost"


async def test_an_answer_that_drips_holds_up_nobody_else(settings: Settings) -> None:
    async with behind_a_gateway(settings) as (world, between):
        people = [world.person(f"P{number}") for number in range(80)]
        beto = world.person("Beto")
        between.slow_chats.update(each.id for each in people)
        for each in people:
            world.telegram.says(each.id, "/sesiones")
        await until(lambda: between.dripping > 50, seconds=60)
        world.telegram.says(beto.id, "/sesiones")
        await until(lambda: "Las sesiones" in beto.last, seconds=30)
        between.slow_chats.clear()
        await until(lambda: all("Las sesiones" in each.last for each in people), seconds=60)
