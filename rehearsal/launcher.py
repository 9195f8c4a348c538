"""Launches the rehearsal: the local Telegram and its page on one port, and the bot against it over HTTP."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from bot.app import build
from bot.config.settings import DatabaseSettings, DeliverySettings, Http, Limits, Organizers, Settings
from bot.config.settings import Telegram as TelegramSettings
from rehearsal.clock import TurnableClock
from rehearsal.demo_people import TOKEN, add_people
from rehearsal.page.server import create_server
from rehearsal.telegram.limits import Limits as TelegramLimits
from rehearsal.telegram.telegram import Telegram
from rehearsal.world import Rehearsal, running

# 22 October 2024, 12:00 in Argentina: the day before the first session.
START = datetime(2024, 10, 22, 15, 0, tzinfo=UTC)
_LOOK_AGAIN_SECONDS = 0.02
_HURRIED = DeliverySettings(rate=1000, per_chat=30)
_ORGANIZER = 3  # the place in the cast


@contextlib.asynccontextmanager
async def launched(
    host: str, port: int, database: Path, *, hurried: bool = False
) -> AsyncIterator[tuple[Rehearsal, str]]:
    """Runs a rehearsal until the end of the block; gives the address of its page.

    A free port is taken where somebody else has `port`. The database is an SQLite file, made where there is none.
    `hurried` is for stories: this Telegram then refuses nobody for haste, and the bot does not wait between messages.
    """
    clock = TurnableClock(START, speed=1)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=TelegramLimits(enforced=not hurried))
    cast = add_people(telegram)
    listener = _bound(host, port)
    address = f"http://{host}:{listener.getsockname()[1]}"
    app = build(
        _settings(address, database, cast[_ORGANIZER].id, _HURRIED if hurried else DeliverySettings()), clock=clock
    )
    rehearsal = Rehearsal(telegram, clock, app, cast)
    async with _serving(rehearsal, listener):
        async with running(rehearsal):
            yield rehearsal, address
        telegram.send_pollers_away()


def _bound(host: str, port: int) -> socket.socket:
    """Binds that port, or a free one where somebody else has it."""
    try:
        return socket.create_server((host, port))
    except OSError:
        return socket.create_server((host, 0))


class _Quiet(uvicorn.Server):
    """Leaves the signals to us: the bot stops first, then its Telegram."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves signals to the caller."""
        yield


@contextlib.asynccontextmanager
async def _serving(rehearsal: Rehearsal, listener: socket.socket) -> AsyncIterator[None]:
    app = create_server(rehearsal)
    server = _Quiet(uvicorn.Config(app, log_level="warning", log_config=None, lifespan="off"))
    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110 - uvicorn has a flag, not an event
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        try:
            yield
        finally:
            server.should_exit = server.force_exit = True


def _settings(address: str, database: Path, organizer: int, delivery: DeliverySettings) -> Settings:
    return Settings(
        telegram=TelegramSettings(token=TOKEN, base_url=address),  # type: ignore[arg-type] # pydantic wraps the text
        database=DatabaseSettings(url=f"sqlite:///{database}"),
        organizers=Organizers(ids=(organizer,)),
        delivery=delivery,
        http=Http(public_url=address),
        limits=Limits(messages=1_000_000),  # the clock stands still while somebody presses button after button
    )
