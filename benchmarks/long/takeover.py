"""How soon another replica sends after kill -9 of the one that did: `python -m benchmarks.long.takeover [TIMES]`."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from rehearsal.telegram.telegram import Limits, Telegram
from tests.support.telegram.local_telegram import BotProcess, served, until
from tests.support.telegram.reminder_wave import DUE, PEOPLE, reminded, subscribed, write_config
from tests.support.world.databases import PostgresServer, postgres_address
from tests.support.world.people import TOKEN


async def _once(address: str, folder: Path) -> tuple[float, int, int]:
    """Returns the seconds of silence, and how many people were not reminded, and how many twice."""
    telegram = Telegram(token=TOKEN, now=lambda: DUE, limits=Limits(enforced=False))
    people = await subscribed(address, telegram)
    async with served(telegram) as api:
        bots = {}
        for name in ("one", "two"):
            bots[name] = await BotProcess.start(write_config(folder / f"{name}.toml", api, address), folder / name)
        await until(lambda: len(reminded(telegram, people)) >= PEOPLE // 4)
        sending = next(name for name in bots if "this replica sends" in (folder / name).read_text())
        await bots.pop(sending).kill()
        before, killed = reminded(telegram, people).total(), time.perf_counter()
        await until(lambda: reminded(telegram, people).total() > before)
        silent = time.perf_counter() - killed
        await until(lambda: len(reminded(telegram, people)) == PEOPLE)
        for bot in bots.values():
            await bot.stop()
    told = reminded(telegram, people)
    return silent, PEOPLE - len(told), sum(times - 1 for times in told.values())


def takeover(server: PostgresServer, times: int) -> None:
    """Measures takeovers, each with a database of its own."""
    for _ in range(times):
        with server.fresh() as address, tempfile.TemporaryDirectory() as folder:
            silent, lost, twice = asyncio.run(_once(address, Path(folder)))
        told = f"silent for {silent:>5.1f} s of a lease of 10; {PEOPLE} people, lost {lost}, twice {twice}"
        print(f"takeover  {told}", flush=True)


if __name__ == "__main__":
    with postgres_address() as found:
        takeover(PostgresServer(found), int(sys.argv[1]) if len(sys.argv) > 1 else 3)
