"""Runs the bot with its HTTP server and many people to remind, for soak.py.

`python -m benchmarks.ours.our_soak FOLDER PORT ADDRESS PEOPLE RATE` runs until it is killed.
"""

import asyncio
import sys
from pathlib import Path

from benchmarks.ours.sending import fill, settings
from bot.app import build
from bot.config.settings import Http, Limits
from bot.logs import set_up_logs


async def _run(folder: str, port: int, address: str, people: int, rate: float) -> None:
    set_up_logs()
    usual = settings(address, Path(folder), rate)
    with_server = usual.model_copy(update={"http": Http(port=port), "limits": Limits(messages=1_000_000)})
    app = build(with_server)
    await fill(app.database, app.cycle.key, people)
    await app.run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), float(sys.argv[5])))
