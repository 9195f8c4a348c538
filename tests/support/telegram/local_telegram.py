"""A Bot API server on this machine, for tests that run the bot as a process of its own."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from rehearsal.telegram.bot_api import bot_api_routes
from rehearsal.telegram.telegram import Telegram

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
            telegram.send_pollers_away()
            server.should_exit = server.force_exit = True
            await serving


@dataclass
class BotProcess:
    """`python -m bot run`, as an operator starts it."""

    process: asyncio.subprocess.Process

    @classmethod
    async def start(cls, config: Path, log: Path) -> "BotProcess":
        """Starts it; what it logs goes into that file."""
        with log.open("ab") as sink:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", "--config", str(config), cwd=ROOT, stdout=sink, stderr=sink
            )
        return cls(process)

    async def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """Sends SIGTERM; gives the exit code. Raises TimeoutError after ten seconds: three are promised.

        A stop that waits for what does not answer would take fifteen and more.
        """
        self.process.terminate()
        async with asyncio.timeout(10):
            return await self.process.wait()


async def until(happened: Callable[[], bool], seconds: float = 90.0) -> None:
    """Waits until it is so. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110 - the world outside has no event to wait for
            await asyncio.sleep(0.01)
