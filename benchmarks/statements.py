"""What an update asks of the database, and what it costs where nobody has asked the same: `… benchmarks statements`."""

import asyncio
import os
import tempfile
import time
from pathlib import Path

from sqlalchemy import event

from benchmarks.echo import QUESTIONS
from benchmarks.ours.sending import fill, settings
from benchmarks.servers.processes import Server, served
from benchmarks.servers.rules import Rules
from bot.app import App, build
from knowledge.answering import answering

_WARM_SECONDS = 2.0
_CROWDS = (1, 512)


async def statements(seconds: float) -> None:
    """Measures one person, and many at once.

    With the answers of the minute remembered, and with each of them worked out.
    """
    print(f"statements this process is the bot, no latency, {seconds:.0f} s each; load {os.getloadavg()[0]:.1f}")
    longest = answering._LONGEST_CACHED  # noqa: SLF001 - set to nothing below, so that nothing is remembered
    for told, remembered in (("remembered for the minute", longest), ("each one worked out", 0)):
        answering._LONGEST_CACHED = remembered  # noqa: SLF001 - see above
        for people in _CROWDS:
            await _one(people, told, seconds)
    answering._LONGEST_CACHED = longest  # noqa: SLF001 - see above
    print()


async def _one(people: int, told: str, seconds: float) -> None:
    async with served(Rules()) as server:
        with tempfile.TemporaryDirectory() as folder:
            app = _built(server.address, Path(folder))
            await fill(app.database, app.cycle.key, 0)
            stop = asyncio.Event()
            async with asyncio.TaskGroup() as group:
                group.create_task(app.run(stop))
                await _measure(app, server, people, told, seconds)
                stop.set()


def _built(address: str, folder: Path) -> App:
    usual = settings(address, folder, 28)
    no_flood = usual.limits.model_copy(update={"messages": 1_000_000})
    return build(usual.model_copy(update={"limits": no_flood}))


async def _measure(app: App, server: Server, people: int, told: str, seconds: float) -> None:
    asked = 0

    @event.listens_for(app.database.engine.sync_engine, "before_cursor_execute")
    def _note(*_anything: object) -> None:
        nonlocal asked
        asked += 1

    await server.control("crowd", people=people, text=QUESTIONS)
    await asyncio.sleep(_WARM_SECONDS)
    before, spent, asked = await server.control("totals"), time.process_time(), 0
    await asyncio.sleep(seconds)
    used, statements = time.process_time() - spent, asked
    after = await server.control("totals")
    answered = max(after["waits"]["answered"] - before["waits"]["answered"], 1)
    cost = f"{statements / answered:.2f} statements and {used / answered * 1000:.2f} ms CPU an update"
    print(f"statements {people:>4} people, answers {told:<26} {cost}, {answered / seconds:.0f}/s", flush=True)
