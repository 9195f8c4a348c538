"""Runs the whole of Ciclo as a contender: `bot run` with a database of its own, empty or full of people to remind.

`python -m benchmarks.ours.our_bot ADDRESS PEOPLE RATE` runs until it is killed. All those people are due a reminder at
once.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks.ours.sending import fill, settings
from bot.app import build
from bot.logs import set_up_logs
from bot.process import event_loop
from bot.process.garbage import without_garbage_collection


async def _run(address: str, people: int, rate: float) -> None:
    set_up_logs()
    with tempfile.TemporaryDirectory() as folder:
        app = build(settings(address, Path(folder), rate))
        app.making = without_garbage_collection
        await fill(app.database, app.cycle.key, people)
        await app.run(asyncio.Event())


if __name__ == "__main__":
    event_loop.run(_run(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
