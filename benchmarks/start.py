"""How long a start takes until the first getUpdates, beside the import of telegram.ext: `python -m benchmarks start`.

Each round starts the real `bot run` with a new database and a Telegram that answers at once, and a Python that only
imports telegram.ext; in turn, so that both meet the same machine. The first getUpdates brings a question, and the time
of its answer is measured too: some of what an answer needs may still be in the making when the bot begins to ask.
"""

import asyncio
import os
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from aiohttp import web

from benchmarks.peers.peers_sending import TOKEN
from benchmarks.servers.bot_api import ME
from benchmarks.servers.processes import ROOT, environment
from reminders.clock import SystemClock
from tests.support.telegram.local_telegram import serving

ROUNDS = 9
_IMPORT = "import os, telegram.ext; os._exit(0)"  # without the end of the process: the bot's is not measured either
_LONGEST_SECONDS = 60.0
_WEBHOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
_FIXED: dict[str, object] = {"getMe": ME, "getWebhookInfo": _WEBHOOK}
_CHAT = {"id": 7, "type": "private", "first_name": "Ana"}
_ANA = {"id": 7, "is_bot": False, "first_name": "Ana", "language_code": "es"}


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds since a process was started: on the clock, and of processor time."""

    wall: float
    cpu: float


@dataclass
class _Telegram:
    """Answers every call at once; notes the first getUpdates and the first message."""

    began: float = field(default_factory=time.perf_counter)
    process: "asyncio.Future[Process]" = field(default_factory=asyncio.Future)
    asked: "asyncio.Future[Spent]" = field(default_factory=asyncio.Future)
    answered: "asyncio.Future[Spent]" = field(default_factory=asyncio.Future)
    over: asyncio.Event = field(default_factory=asyncio.Event)  # else the server waits a minute for the last call

    async def handle(self, request: web.Request) -> web.Response:
        """Answers one call."""
        method = request.path.rsplit("/", 1)[-1]
        result = _FIXED.get(method, True)
        if method == "getUpdates":
            if self.asked.done():
                await self.over.wait()
            await self._note(self.asked)
            result = [{"update_id": 1, "message": _message(1) | {"from": _ANA, "text": "¿cuándo es la sesión 2?"}}]
        elif method == "sendMessage":
            await self._note(self.answered)
            result = _message(2) | {"text": "."}
        return web.json_response({"ok": True, "result": result})

    async def _note(self, moment: "asyncio.Future[Spent]") -> None:
        process = await self.process
        if not moment.done():
            moment.set_result(Spent(time.perf_counter() - self.began, _processor_time(process)))

    @asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        """Serves over HTTP at that address."""
        async with serving(self.handle) as address:
            yield address


def _message(number: int) -> dict[str, object]:
    return {"message_id": number, "date": int(SystemClock().now().timestamp()), "chat": _CHAT}


def _processor_time(process: Process) -> float:
    """Returns the seconds of processor time of all its threads."""
    threads = Path(f"/proc/{process.pid}/task").glob("*/schedstat")
    return sum(int(each.read_text("ascii").split()[0]) for each in threads) / 1e9


def _environment(scratch: str) -> Mapping[str, str]:
    """Returns an operator's environment without our settings; compiled code is kept, as an installation has it."""
    return {**environment(scratch), "PYTHONDONTWRITEBYTECODE": ""}


async def _import() -> Spent:
    """Measures the import of telegram.ext in a Python of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        before, began = os.times(), time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _IMPORT, cwd=ROOT, env=_environment(scratch)
        )
        await process.wait()
        wall, after = time.perf_counter() - began, os.times()
    user, system = after.children_user - before.children_user, after.children_system - before.children_system
    return Spent(wall, user + system)


async def _start() -> tuple[Spent, Spent]:
    """Measures the real bot until its first getUpdates, and until its first answer."""
    telegram = _Telegram()
    with tempfile.TemporaryDirectory() as scratch:
        async with telegram.served() as address:
            config = Path(scratch) / "config.toml"
            lines = (
                f"[telegram]\ntoken = '{TOKEN}'\nbase_url = '{address}'",
                "[database]",
                f"url = 'sqlite:///{scratch}/b.db'",
            )
            await asyncio.to_thread(config.write_text, "\n".join(lines), "utf-8")
            command = ("-m", "bot", "run", "--config", str(config))
            telegram.began = time.perf_counter()
            process = await asyncio.create_subprocess_exec(
                sys.executable, *command, cwd=ROOT, env=_environment(scratch), stdout=DEVNULL, stderr=DEVNULL
            )
            telegram.process.set_result(process)
            try:
                async with asyncio.timeout(_LONGEST_SECONDS):
                    return await telegram.asked, await telegram.answered
            finally:
                telegram.over.set()
                process.kill()
                await process.wait()


async def start(rounds: int = ROUNDS) -> None:
    """Measures both in turn, and prints medians and ratios. One round before only compiles, and is not counted."""
    print(f"start      {rounds} rounds in turn, medians; load {os.getloadavg()[0]:.1f}")
    measured = [(await _import(), *await _start()) for _ in range(rounds + 1)][1:]
    alone, asked, answered = zip(*measured, strict=True)
    _print("import of telegram.ext", alone, alone)
    _print("Ciclo, first getUpdates", asked, alone)
    _print("Ciclo, first answer", answered, alone)
    print()


def _print(name: str, found: Sequence[Spent], alone: Sequence[Spent]) -> None:
    wall, cpu = median(each.wall for each in found), median(each.cpu for each in found)
    ratios = [median(each.wall for each in alone), median(each.cpu for each in alone)]
    print(
        f"start      {name:<24}{wall:>7.2f} s  {cpu:.2f} s CPU  ratio {wall / ratios[0]:.2f}, CPU {cpu / ratios[1]:.2f}"
    )
