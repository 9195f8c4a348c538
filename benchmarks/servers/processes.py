"""Servers and contenders as processes of their own, so that none of them pays for another."""

import asyncio
import json
import os
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from benchmarks.servers.rules import Rules

ROOT = Path(__file__).parents[2]
# A Python with the peers in it: python -m venv elsewhere; elsewhere/bin/pip install aiogram \
# 'python-telegram-bot[rate-limiter,job-queue]'. They are no dependencies of ours.
PEERS = os.environ.get("BENCH_PEERS", sys.executable)
NOT_INSTALLED = 3
_GRACE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running limited_server."""

    address: str

    async def control(self, what: str, **values: object) -> Mapping[str, Any]:
        """Tells it something, and gives its totals."""
        address = URL(f"{self.address}/control/{what}?{urlencode(values, doseq=True)}", encoded=True)
        async with aiohttp.ClientSession() as client, client.get(address) as said:
            totals: Mapping[str, Any] = await said.json()
            return totals


@asynccontextmanager
async def served(rules: Rules) -> AsyncIterator[Server]:
    """Starts a server with those rules."""
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.servers.limited_server", rules.as_json(), cwd=ROOT, stdin=PIPE, stdout=PIPE
    )
    assert started.stdout is not None
    try:
        yield Server(f"http://127.0.0.1:{int(await started.stdout.readline())}")
    finally:
        await _end(started)


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to do it: a module that is started with its arguments."""

    name: str
    module: str
    way: Sequence[str] = ()
    python: str = PEERS

    @asynccontextmanager
    async def running(self, *arguments: object) -> AsyncIterator[Process]:
        """Runs meanwhile."""
        words = [*self.way, *(str(each) for each in arguments)]
        with tempfile.TemporaryDirectory() as scratch:
            started = await asyncio.create_subprocess_exec(
                self.python,
                "-m",
                self.module,
                *words,
                cwd=ROOT,
                env=environment(scratch),
                stdout=PIPE,
                stderr=_errors(),
            )
            try:
                yield started
            finally:
                await _end(started)

    async def finish(self, seconds: float, *arguments: object) -> Mapping[str, Any] | None:
        """Runs it to its end and gives what it says about itself; None where it is not installed."""
        async with self.running(*arguments) as process:
            try:
                async with asyncio.timeout(seconds + _GRACE_SECONDS):
                    said, _ = await process.communicate()
            except TimeoutError:
                return {}
            if process.returncode == NOT_INSTALLED:
                return None
            lines = said.decode().strip().splitlines()
            found: Mapping[str, Any] = json.loads(lines[-1]) if lines and process.returncode == 0 else {}
            return found


def environment(scratch: str) -> Mapping[str, str]:
    """Returns an environment without an operator's settings.

    What it leaves behind when it is killed goes with `scratch`.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("CICLO_")} | {"TMPDIR": scratch}


def _errors() -> int | None:
    """Hides errors: stock libraries write a traceback for each refusal; BENCH_LOUD=1 shows what they say."""
    return None if os.environ.get("BENCH_LOUD") else DEVNULL


async def _end(process: Process) -> None:
    if process.stdin is not None:
        process.stdin.close()
    elif process.returncode is None:
        process.kill()
    await process.wait()
