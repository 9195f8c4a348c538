"""A Bot API server on this machine, for tests that run the bot as a process of its own."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import uvicorn
from aiohttp import web
from starlette.applications import Starlette

from bot.app import make_clock
from bot.config.settings import read_settings
from rehearsal.telegram.bot_api import bot_api_routes
from rehearsal.telegram.telegram import Telegram
from tests.support.telegram.forked_bot import forked
from tests.support.world.restart import built

ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def served(telegram: Telegram) -> AsyncIterator[str]:
    """That Telegram over HTTP; gives its address."""
    config = uvicorn.Config(Starlette(routes=bot_api_routes(telegram)), port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined] # pytest keeps its own
    socket = config.bind_socket()
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(server.serve(sockets=[socket]))
        await until(lambda: server.started)
        try:
            yield f"http://127.0.0.1:{socket.getsockname()[1]}"
        finally:
            for each in _started:
                each.leave_nothing_behind()
            _started.clear()
            telegram.send_pollers_away()
            server.should_exit = server.force_exit = True
            await serving


@asynccontextmanager
async def serving(
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]], *, shutdown_seconds: float = 0
) -> AsyncIterator[str]:
    """One handler for every call over HTTP, for servers that answer wrongly or are measured; gives its address."""
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(application, shutdown_timeout=shutdown_seconds)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


# Those of the test that runs: one that fails in the middle must not leave a bot that polls for ever.
_started: list["BotProcess"] = []


@asynccontextmanager
async def begun_again(config: Path, telegram: Telegram) -> AsyncIterator[None]:
    """The bot with that configuration, in this process: what a killed one left can be looked at without one more.

    A start as a process of its own costs two seconds and a half of processor.
    """
    settings, stop = read_settings(config), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(built(settings, make_clock(settings), telegram).run(stop))
        try:
            yield
        finally:
            stop.set()


class Running(Protocol):
    """A process that runs: asyncio's own, or a Forked."""

    @property
    def pid(self) -> int:
        """Its number."""

    @property
    def returncode(self) -> int | None:
        """How it ended; None while it runs."""

    def kill(self) -> None:
        """Sends SIGKILL."""

    def terminate(self) -> None:
        """Sends SIGTERM."""

    async def wait(self) -> int:
        """Returns how it ended."""


@dataclass
class BotProcess:
    """`python -m bot run`, as an operator starts it."""

    process: Running

    @classmethod
    async def start(cls, config: Path, log: Path, *options: str) -> "BotProcess":
        """Starts it, with further options of the command; what it logs goes into that file."""
        with log.open("ab") as sink:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                "--config",
                str(config),
                *options,
                cwd=ROOT,
                stdout=sink,
                stderr=sink,
            )
        return cls._noted(process)

    @classmethod
    async def fork(cls, config: Path, log: Path, *options: str) -> "BotProcess":
        """Starts the same, where the start is not what a test is about, with its imports done."""
        if sys.platform == "win32":
            return await cls.start(config, log, *options)
        return cls._noted(await forked("run", "--config", str(config), *options, log=log))

    @classmethod
    def _noted(cls, process: Running) -> "BotProcess":
        started = cls(process)
        _started.append(started)
        return started

    def leave_nothing_behind(self) -> None:
        """kill -9, where it still runs."""
        if self.process.returncode is None:
            self.process.kill()

    async def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """Sends SIGTERM; gives the exit code. Raises TimeoutError after a minute: only a stop that hangs takes that.

        The three seconds that are promised are not measured here: on a busy machine a process may need ten.
        """
        self.process.terminate()
        async with asyncio.timeout(60):
            return await self.process.wait()


async def until(happened: Callable[[], bool], seconds: float = 90.0) -> None:
    """Waits until it is so. Raises TimeoutError.

    The more it costs to look, the more seldom it looks: to look through many chats took more than the bot itself.
    """
    async with asyncio.timeout(seconds):
        started = time.thread_time()
        while not happened():
            await asyncio.sleep(max(0.01, 4 * (time.thread_time() - started)))
            started = time.thread_time()
