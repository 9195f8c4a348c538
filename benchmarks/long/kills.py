"""kill -9 at each step of a registration, twice: `python -m benchmarks.long.kills`.

The real process, on SQLite and on PostgreSQL. Each answer meets a kill within a tenth of a second after it was written,
and another after it was answered, with names as people have them; at the end everything must be kept as it was typed.
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import select

from db import tables
from db.engine.database import Database
from rehearsal.telegram.telegram import Limits, Telegram
from reminders.clock import RunningClock
from tests.support.telegram.local_telegram import BotProcess, served, until
from tests.support.world.databases import PostgresServer, postgres_address
from tests.support.world.people import TOKEN

START = datetime(2024, 10, 22, 15, tzinfo=UTC)
NAMES = ("María José Ñandú-Quispe", "João d'Ávila e Sousa", "Jean-Baptiste L’Ouverture", "Xóchitl Nuñez de la O")
_SOON = (0.0, 0.03, 0.1)


@dataclass
class Stage:
    """One database, one local Telegram, and the bot's process against it."""

    telegram: Telegram
    clock: RunningClock
    folder: Path
    api: str
    address: str
    rate: int = 1000  # messages a second
    more: str = ""  # further sections of its configuration

    async def start(self) -> BotProcess:
        """Starts the bot where the clock is now."""
        file = self.folder / "config.toml"
        file.write_text(
            f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{self.api}"\n'
            f'[database]\nurl = "{self.address.replace("+asyncpg", "")}"\n'
            f"[delivery]\nrate = {self.rate}\nper_chat = 30\n"
            f"[clock]\nstart = {self.clock.now().isoformat()}\nspeed = 1\n{self.more}",
            encoding="utf-8",
        )
        return await BotProcess.start(file, self.folder / "log")

    async def heard(self, person: int, words: str) -> None:
        """Waits until the newest message in somebody's chat holds those words; raises AssertionError."""
        try:
            await until(lambda: words in self.last(person), 300)
        except TimeoutError:
            raise AssertionError(f"{words!r} was not heard; the last was {self.last(person)!r}") from None

    def last(self, person: int) -> str:
        """Returns the newest words in somebody's chat."""
        said = [each.text for each in self.telegram.chat(person) if each.from_bot]
        return said[-1] if said else ""


Play: TypeAlias = Callable[[Stage], Awaitable[str]]


def _answers(name: str) -> list[tuple[str, str]]:
    return [
        ("/registrarme", "nombre completo"),
        (name, "organización"),
        ("Casa del Migrante", "sector"),
        ("sociedad civil", "país"),
        ("Bolivia", "correo"),
        ("ana@casa.org", "sesiones"),
        ("2 y 3", "interpretación"),
        ("Subtítulos", "todo bien"),
        ("acepto", "Listo: su inscripción está hecha"),
    ]


async def registration(stage: Stage) -> str:
    """Kills the process after each answer; returns what came of it."""
    kills, asked_twice = 0, 0
    people = {stage.telegram.joins(f"P{number}", language_code="es").id: name for number, name in enumerate(NAMES)}
    for step in range(len(_answers(""))):
        bot = await stage.start()
        for person, name in people.items():
            stage.telegram.says(person, _answers(name)[step][0])
        await asyncio.sleep(_SOON[step % len(_SOON)])
        await bot.kill()
        kills += 1
        again = await stage.start()
        for person, name in people.items():
            await stage.heard(person, _answers(name)[step][1])
        await again.kill()
        kills += 1
    for person in people:
        texts = Counter(each.text for each in stage.telegram.chat(person) if each.from_bot)
        asked_twice += sum(times - 1 for times in texts.values())
    kept = await _kept(stage.address)
    right = sum((name, "Casa del Migrante", "BO", "ana@casa.org", "Subtítulos") in kept for name in NAMES)
    whole = f"{right} of {len(NAMES)} registrations exactly as typed, {len(kept)} in all"
    return f"{kills} kills; {whole}; {asked_twice} answers repeated"


async def _kept(address: str) -> list[tuple[object, ...]]:
    database, found = Database(address), tables.registrations.c
    columns = (found.name, found.organization, found.country, found.email, found.needs)
    async with database.transaction() as tx:
        rows = [tuple(row) for row in await tx.execute(select(*columns))]
    await database.close()
    return rows


async def _once(start: datetime, play: Play, address: str, folder: Path) -> str:
    clock = RunningClock(start, 1)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=Limits(enforced=False))
    async with served(telegram) as api:
        return await play(Stage(telegram, clock, folder, api, address))


def on_both(name: str, start: datetime, play: Play) -> None:
    """Plays it on SQLite and on PostgreSQL, each from that moment (UTC) on, and prints what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(_once(start, play, f"sqlite:///{folder}/ciclo.db", Path(folder)))
        print(f"{name:10} SQLite     ", found, flush=True)
    with postgres_address() as server_address, tempfile.TemporaryDirectory() as folder:
        server = PostgresServer(server_address)
        with server.fresh() as address:
            print(f"{name:10} PostgreSQL ", asyncio.run(_once(start, play, address, Path(folder))), flush=True)
        server.close()


if __name__ == "__main__":
    on_both("kills", START, registration)
