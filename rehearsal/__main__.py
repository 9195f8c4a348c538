"""python -m rehearsal: the whole cycle, without a token."""

import asyncio
import contextlib
import signal
import socket
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from bot.app import build
from bot.clock import SystemClock
from bot.logs import set_up_logs
from bot.settings import ClockSettings, DatabaseSettings, DeliverySettings, Organizers, Settings
from bot.settings import Telegram as TelegramSettings
from rehearsal.cast import TOKEN, invite
from rehearsal.clock import TurnableClock
from rehearsal.server import create_server
from rehearsal.telegram import Telegram
from rehearsal.world import Rehearsal

# 22 October 2024, 12:00 in Argentina: the day before the first session.
START = datetime(2024, 10, 22, 15, 0, tzinfo=UTC)
_READY_SECONDS = 0.05
_BOT_STOPS_SECONDS = 3.0


def main(
    port: Annotated[int, typer.Option(help="Where the page is; a free port where this one is taken.")] = 8020,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    database: Annotated[
        Path | None, typer.Option(help="An SQLite file to keep; a new one each time without it.")
    ] = None,
) -> None:
    """Starts a Telegram of our own, the bot against it over HTTP, and a page with everybody's chats."""
    set_up_logs()
    with tempfile.TemporaryDirectory(prefix="ciclo-rehearsal-") as folder:
        asyncio.run(rehearse(host, port, database or Path(folder) / "rehearsal.db"))


async def rehearse(host: str, port: int, database: Path) -> None:
    """Runs until Ctrl-C."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    clock = TurnableClock(START, speed=1, wall=SystemClock().now)
    telegram = Telegram(token=TOKEN, now=clock.now)
    cast = invite(telegram)
    page = _Page(host, port)
    rehearsal = Rehearsal(telegram, clock, build(_settings(page.address, database, cast[3].id), clock=clock), cast)
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(page.serve(rehearsal))
        await page.started()
        bot = group.create_task(rehearsal.app.run(stop))
        typer.echo(f"\nThe rehearsal is open: {page.address}\nStop it with Ctrl-C.\n")
        await asyncio.wait((bot, serving), return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        await asyncio.wait((bot,), timeout=_BOT_STOPS_SECONDS)
        telegram.send_pollers_away()
        page.stop()


class _Page:
    """The server of the page and of the Bot API, on one port that is taken before anything starts."""

    def __init__(self, host: str, port: int) -> None:
        self._config = uvicorn.Config("", log_level="warning", log_config=None, lifespan="off")
        self._socket = _bound(host, port)
        self._host = host
        self._server: uvicorn.Server | None = None

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://{self._host}:{self._socket.getsockname()[1]}"

    async def serve(self, rehearsal: Rehearsal) -> None:
        """Answers until stopped."""
        self._config.app = create_server(rehearsal)
        self._server = _Quiet(self._config)
        await self._server.serve(sockets=[self._socket])

    async def started(self) -> None:
        """Waits until it answers."""
        while self._server is None or not self._server.started:  # noqa: ASYNC110 - uvicorn has a flag, not an event
            await asyncio.sleep(_READY_SECONDS)

    def stop(self) -> None:
        """Answers no more; open pages are let go."""
        if self._server is not None:
            self._server.should_exit = True
            self._server.force_exit = True


def _bound(host: str, port: int) -> socket.socket:
    """That port, or a free one where somebody else has it."""
    try:
        return socket.create_server((host, port))
    except OSError:
        return socket.create_server((host, 0))


class _Quiet(uvicorn.Server):
    """Leaves the signals to us: the bot stops first, then its Telegram."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None of its business here."""
        yield


def _settings(address: str, database: Path, organizer: int) -> Settings:
    return Settings(
        telegram=TelegramSettings(token=TOKEN, base_url=address),  # type: ignore[arg-type] # pydantic wraps the text
        database=DatabaseSettings(url=f"sqlite:///{database}"),
        organizers=Organizers(ids=(organizer,)),
        delivery=DeliverySettings(),
        clock=ClockSettings(),
    )


if __name__ == "__main__":
    typer.run(main)
