"""Bots that are called by webhook, as many as wanted, behind a load balancer."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.app import App
from bot.config.settings import Settings
from rehearsal.telegram.telegram import Telegram
from rehearsal.telegram.webhook import Webhook
from reminders.clock import Clock
from tests.support.telegram.local_telegram import until
from tests.support.world.restart import built

PATH = "/telegram"


async def look(app: App, path: str) -> tuple[int, str]:
    """What a probe gets."""
    url = f"http://127.0.0.1:{app.settings.http.port or app.settings.telegram.webhook.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as reply:
        return reply.status, await reply.text()


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def by_webhook(settings: Settings, port: int, **more: object) -> Settings:
    """The same, called at that port."""
    values = settings.model_dump()
    hook = {"url": f"http://127.0.0.1:{port}{PATH}", "port": port, **more}
    return Settings(**(values | {"telegram": values["telegram"] | {"webhook": hook}}))


@dataclass
class Balancer:
    """Sends each call to the next replica that answers; what it had is counted."""

    ports: Sequence[int]
    session: aiohttp.ClientSession
    statuses: list[int] = field(default_factory=list)
    _turn: int = 0

    async def post(self, _url: str, update: dict[str, Any], headers: Mapping[str, str]) -> tuple[int, bytes]:
        """A webhook's status and reply. Raises OSError where no replica is there."""
        for _ in self.ports:
            self._turn += 1
            port = self.ports[self._turn % len(self.ports)]
            with contextlib.suppress(aiohttp.ClientConnectionError):
                async with self.session.post(f"http://127.0.0.1:{port}{PATH}", json=update, headers=headers) as reply:
                    self.statuses.append(reply.status)
                    return reply.status, await reply.read()
        raise ConnectionRefusedError("no replica")


@asynccontextmanager
async def carried(telegram: Telegram, ports: Sequence[int]) -> AsyncIterator[Balancer]:
    """Telegram brings updates to those replicas until the end of the block."""
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        balancer = Balancer(ports, session)
        carrying = group.create_task(Webhook(telegram, balancer.post, first_pause=0.05).run())
        try:
            yield balancer
        finally:
            carrying.cancel()


@asynccontextmanager
async def replicas(settings: Settings, telegram: Telegram, clock: Clock, number: int) -> AsyncIterator[list[App]]:
    """So many bots on one database, started, in this process."""
    stop = asyncio.Event()
    ports = [free_port() for _ in range(number)]
    apps = [built(by_webhook(settings, port), clock, telegram) for port in ports]
    async with carried(telegram, ports), asyncio.TaskGroup() as group:
        for app in apps:
            group.create_task(app.run(stop))
        await until(lambda: bool(telegram.webhook["url"]) and all(app.queue._room.is_set() for app in apps))
        for app in apps:
            await app.ready.wait()
        try:
            yield apps
        finally:
            stop.set()
