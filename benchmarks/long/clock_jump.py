"""The machine's clock jumps over the moment of 2,000 reminders: `python -m benchmarks.long.clock_jump [PEOPLE]`.

The real process on SQLite and on PostgreSQL; its wall clock, and nothing else, is shifted as a time server or a machine
that wakes up shifts it (shifted_clock.c, which needs `cc`).
"""

import asyncio
import contextlib
import os
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from rehearsal.telegram.telegram import Limits, Telegram
from reminders.clock import SystemClock
from tests.support.telegram.local_telegram import BotProcess, served, until
from tests.support.telegram.reminder_wave import DUE, subscribed
from tests.support.world.databases import PostgresServer, postgres_address
from tests.support.world.people import TOKEN

_SOURCE = Path(__file__).parent / "shifted_clock.c"
_RATE, _REST_SECONDS, _LOOKED_AT_SECONDS = 200, 5.0, 120.0


@dataclass
class Wall:
    """The wall clock of the bot's process."""

    folder: Path

    def __post_init__(self) -> None:
        self.show(SystemClock().now())
        library = self.folder / "shifted_clock.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, _SOURCE], check=True)  # noqa: S603, S607 - ours
        self._asked = {"LD_PRELOAD": str(library), "SHIFTED_CLOCK": str(self._shift)}

    @property
    def _shift(self) -> Path:
        return self.folder / "shift"

    @contextlib.contextmanager
    def preloaded(self) -> Iterator[None]:
        """Processes that start meanwhile see this clock."""
        os.environ.update(self._asked)
        try:
            yield
        finally:
            for name in self._asked:
                del os.environ[name]

    def show(self, moment: datetime) -> None:
        """Shows that moment now, and goes on from there."""
        seconds = round((moment - SystemClock().now()).total_seconds())
        with self._shift.open("r+b" if self._shift.exists() else "wb") as file:  # mapped: written in place
            file.write(struct.pack("q", seconds))


def _config(folder: Path, api: str, address: str) -> Path:
    file = folder / "config.toml"
    file.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{api}"\n[database]\nurl = "{address.replace("+asyncpg", "")}"\n'
        f'[delivery]\nrate = {_RATE}\n[cycle]\nreminders = ["1h"]\n',
        encoding="utf-8",
    )
    return file


def _told(telegram: Telegram, people: list[int]) -> tuple[int, int]:
    """Returns how many people were reminded, and how many messages too many there are."""
    sent = Counter(
        each.chat_id for each in telegram.calls if each.method == "sendMessage" and each.status == HTTPStatus.OK
    )
    return len(sent.keys() & set(people)), sum(sent.values()) - len(sent)


async def _once(name: str, address: str, folder: Path, *, people: int, shows: list[timedelta]) -> None:
    """Lets the clock show each of those moments, counted from the due one, one after the other."""
    telegram = Telegram(token=TOKEN, now=lambda: DUE, limits=Limits(enforced=False))
    crowd, wall, log = await subscribed(address, telegram, people), Wall(folder), folder / "log"
    async with served(telegram) as api:
        wall.show(DUE + shows[0])
        with wall.preloaded():
            bot = await BotProcess.start(_config(folder, api, address), log)
        await until(lambda: '"event": "ready"' in log.read_text(encoding="utf-8"))
        for each in shows[1:]:
            await asyncio.sleep(_REST_SECONDS)
            wall.show(DUE + each)
        jumped = time.perf_counter()
        await until(lambda: _told(telegram, crowd)[0] > 0)
        first = time.perf_counter() - jumped
        with contextlib.suppress(TimeoutError):
            await until(lambda: _told(telegram, crowd)[0] == people, _LOOKED_AT_SECONDS)
        taken = time.perf_counter() - jumped
        await asyncio.sleep(_REST_SECONDS)
        told = _told(telegram, crowd)
        code = await bot.stop()
    path = ", ".join(f"{each.total_seconds() / 60:+.0f} min" for each in shows)
    print(
        f"jump       {name:<11}clock at {path} of the due moment; {people} people: first after {first:.1f} s, "
        f"all looked at after {taken:.1f} s; unsent {people - told[0]}, twice {told[1]}; exit {code}",
        flush=True,
    )


PATHS = ([-30, 10], [-5, 35], [-10, -50, 10])


def main(people: int) -> None:
    """Runs every path on both databases."""
    with postgres_address() as found:
        server = PostgresServer(found)
        for path in PATHS:
            shows = [timedelta(minutes=each) for each in path]
            with tempfile.TemporaryDirectory() as folder:
                lite = f"sqlite:///{folder}/ciclo.db"
                asyncio.run(_once("SQLite", lite, Path(folder), people=people, shows=shows))
            with server.fresh() as address, tempfile.TemporaryDirectory() as folder:
                asyncio.run(_once("PostgreSQL", address, Path(folder), people=people, shows=shows))
        server.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
