"""How long a stop takes, in the middle of a wave and with a frozen PostgreSQL: `python -m benchmarks.long.stopping`.

From SIGTERM to the end of the process on this machine, and what the process itself has waited for its jobs. Tests hold
the three seconds on a clock that only waiting moves on; how long a busy machine takes is seen here alone.
"""

import asyncio
import json
import os
import statistics
import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from benchmarks.long.kills import Stage, on_both
from tests.support.telegram.local_telegram import BotProcess, until
from tests.support.world.databases import backends, frozen
from tests.support.world.people import START

PEOPLE, STOPS, TALKERS = 150, 5, 12
_AMID, _FROZEN_FOR = 1.5, 0.5


async def _stopped(stage: Stage, bot: BotProcess) -> tuple[float, float]:
    """Sends SIGTERM; returns the seconds until the process has ended, and those that it waited itself."""
    begun = time.perf_counter()
    code = await bot.stop()
    seconds = time.perf_counter() - begun
    if code:
        raise AssertionError(f"the stop ended with {code}")
    lines = [json.loads(each) for each in (stage.folder / "log").read_text().splitlines() if each.startswith("{")]
    return seconds, [float(each["seconds"]) for each in lines if each.get("event") == "stopped"][-1]


def _ready(stage: Stage) -> int:
    """Returns how often a process has begun to work."""
    log = stage.folder / "log"
    return log.read_text().count('"event": "ready"') if log.exists() else 0


async def _busy(stage: Stage, people: list[int], meanwhile: Callable[[BotProcess], Coroutine[Any, Any, Any]]) -> Any:  # noqa: ANN401 - as told
    """Starts the process and has people talk to it; then does that."""
    known = _ready(stage)
    bot = await stage.start()
    await until(lambda: _ready(stage) > known, 300)
    for each in people:
        stage.telegram.says(each, "/sesiones")
    await asyncio.sleep(_AMID)
    return await meanwhile(bot)


async def stopping(stage: Stage) -> str:
    """Stops it again and again while people talk; then, on PostgreSQL, while the server is frozen."""
    people = [stage.telegram.joins(f"P{number}", language_code="es").id for number in range(PEOPLE)]
    stage.telegram.latency = 0.2
    found = [await _busy(stage, people, lambda bot: _stopped(stage, bot)) for _ in range(STOPS)]
    told = f"busy: {_line(found)}"
    if not stage.address.startswith("postgres"):
        return told

    async def freezes(bot: BotProcess) -> tuple[float, float]:
        with frozen(await backends(stage.address)):
            for each in people[:TALKERS]:
                stage.telegram.says(each, "/menu")
            await asyncio.sleep(_FROZEN_FOR)
            return await _stopped(stage, bot)

    found = [await _busy(stage, people, freezes) for _ in range(STOPS)]
    return f"{told}; frozen: {_line(found)}"


def _line(found: list[tuple[float, float]]) -> str:
    whole, own = [each for each, _ in found], [each for _, each in found]
    return (
        f"{len(found)} stops, {statistics.median(whole):.2f} s in the middle, {max(whole):.2f} s at most "
        f"(own waits at most {max(own):.2f} s; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)"
    )


if __name__ == "__main__":
    on_both("stopping", START + timedelta(minutes=1), stopping)
