"""A panel that 300 people use at once: `python -m benchmarks.long.panel_crowd [PEOPLE]`.

Two real processes on a real PostgreSQL, called by webhook. Everybody asks, then everybody votes with double taps while
one process is killed (-9) and starts again: no vote may be lost or counted twice. Then everybody votes and asks once
more at once: how long until the page of the big screen, at either process, shows what is kept. Then, while nobody
hurries, how long from asking to the moderator's card, and from a vote to the page.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import aiohttp
from sqlalchemy import func, select

from db import tables
from db.engine.database import Database
from db.panel import screens
from rehearsal.telegram.telegram import Limits, Telegram
from reminders.clock import RunningClock
from tests.support.telegram.local_telegram import BotProcess, served, until
from tests.support.telegram.webhook_bots import PATH, carried, free_port
from tests.support.world.databases import PostgresServer, postgres_address
from tests.support.world.people import TOKEN

START = datetime(2024, 10, 23, 16, 30, tzinfo=UTC)  # half an hour before session 1
OLGA, PEOPLE, ONE_BY_ONE = 900_001, 300, 30
_PATIENCE = 300.0
_ON_THE_LIST = 20
_LOOK_SECONDS = 0.05
_STEPS = (4, 5)  # who has voted for the questions at 1, 7 and 13 places further votes for these
_Seen: TypeAlias = tuple[float, int]  # a moment, and how many votes
_GAP_SECONDS = 0.7  # between those who ask or vote one by one


@dataclass
class Stage:
    """One database, one local Telegram, two processes against it."""

    telegram: Telegram
    clock: RunningClock
    folder: Path
    api: str
    database: Database
    address: str
    ports: tuple[int, int]

    async def start(self, port: int) -> BotProcess:
        """Starts a process at that port, where the clock is now, and waits until it is ready."""
        file = self.folder / f"{port}.toml"
        file.write_text(
            f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{self.api}"\n'
            f'[telegram.webhook]\nurl = "http://127.0.0.1:{port}{PATH}"\nport = {port}\n'
            f'[database]\nurl = "{self.address.replace("+asyncpg", "")}"\n[organizers]\nids = [{OLGA}]\n'
            f"[delivery]\nrate = 1000\nper_chat = 30\n[limits]\nmessages = 1000000\n"
            f"[clock]\nstart = {self.clock.now().isoformat()}\nspeed = 1\n",
            encoding="utf-8",
        )
        started = await BotProcess.start(file, self.folder / "log")
        await self._ready(port)
        return started

    async def _ready(self, port: int) -> None:
        async with aiohttp.ClientSession() as session, asyncio.timeout(_PATIENCE):
            while True:
                try:
                    async with session.get(f"http://127.0.0.1:{port}/readyz") as reply:
                        if reply.ok:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.2)

    async def answered(self) -> None:
        """Waits until every update is answered."""
        open_rows = select(func.count()).select_from(tables.inbox).where(tables.inbox.c.lane.is_not(None))
        async with asyncio.timeout(_PATIENCE):
            left = 1
            while left or not self.telegram.updates_settled():
                await asyncio.sleep(0.2)
                async with self.database.transaction() as tx:
                    left = (await tx.execute(open_rows)).scalar_one()

    def press(self, person: int, address: str) -> None:
        """Presses a button with that address under the newest message."""
        self.telegram.forges_press(person, max(each.id for each in self.telegram.chat(person)), address)

    def press_newest(self, person: int, address: str) -> None:
        """Presses the newest button whose address begins so."""
        for message in reversed(self.telegram.chat(person)):
            for row, buttons in enumerate(message.keyboard):
                for column, button in enumerate(buttons):
                    if str(button.get("callback_data", "")).startswith(address):
                        self.telegram.presses(person, message.id, row, column)
                        return
        raise LookupError(f"{person} has no button {address}")


async def _all_ask(stage: Stage, people: list[int]) -> dict[str, int]:
    """Lets everybody ask at once; returns the words with who asked."""
    asked = {f"¿Cómo se financia el programa {person}?": person for person in people}
    for person in people:
        stage.press(person, "pq:a:1")
    await stage.answered()
    for words, person in asked.items():
        stage.telegram.says(person, words)
    await stage.answered()
    for person in people:
        stage.press_newest(person, "pq:ok:")
    await stage.answered()
    return asked


async def _kept(stage: Stage) -> dict[str, tuple[int, int]]:
    """Returns the questions: words to number and votes."""
    questions, votes = tables.panel_questions, tables.panel_votes
    counted = select(func.count()).where(votes.c.question_id == questions.c.id).scalar_subquery().label("votes")
    async with stage.database.transaction() as tx:
        rows = (await tx.execute(select(questions.c.words, questions.c.id, counted))).all()
    return {row.words: (row.id, row.votes) for row in rows}


async def _all_vote(stage: Stage, asked: dict[str, int], bots: list[BotProcess]) -> str:
    """Lets everybody vote at once, twice each, while a process is killed; returns what came of it."""
    kept = await _kept(stage)
    listed = list(asked)[:_ON_THE_LIST]
    for words in listed:
        stage.press(OLGA, f"pm:d:1:{kept[words][0]}:1:approve")
    await stage.answered()
    right = dict.fromkeys(listed, 0)
    began = time.perf_counter()
    for place, person in enumerate(asked.values()):
        for step in (1, 7, 13):
            words = listed[(place + step) % len(listed)]
            for _ in range(2):
                stage.press(person, f"pq:v:{kept[words][0]}:0:on")
            right[words] += asked[words] != person
    whole = len(stage.telegram.waiting)
    await until(lambda: len(stage.telegram.waiting) < whole * 2 // 3, _PATIENCE)
    await bots[0].kill()
    bots[0] = await stage.start(stage.ports[0])
    await stage.answered()
    taken = time.perf_counter() - began
    found = {words: votes for words, (_, votes) in (await _kept(stage)).items() if words in right}
    lost = sum(max(right[each] - found.get(each, 0), 0) for each in right)
    more = sum(max(found.get(each, 0) - right[each], 0) for each in right)
    return f"{whole} presses, {sum(right.values())} votes in {taken:.0f} s; lost {lost}, too many {more}"


def _spread(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    p95 = ordered[min(round(0.95 * len(ordered)), len(ordered) - 1)]
    return f"p50 {ordered[len(ordered) // 2]:.2f} s, p95 {p95:.2f} s, most {ordered[-1]:.2f} s"


async def _to_the_card(stage: Stage, people: list[int]) -> list[float]:
    """Returns the seconds from sending a question to the moderator's card, one person after the other."""
    stage.press(OLGA, "pm:1:0")
    await stage.answered()
    found = []
    for number, person in enumerate(people):
        stage.press(person, "pq:a:1")
        await stage.answered()
        stage.telegram.says(person, f"¿Quién responde por el punto {number}?")
        await stage.answered()
        before = _waiting(stage)
        began = time.perf_counter()
        stage.press_newest(person, "pq:ok:")
        await until(lambda: _waiting(stage) > before, 60)  # noqa: B023 - called before the next round
        found.append(time.perf_counter() - began)
    return found


def _waiting(stage: Stage) -> int:
    """Returns how many questions wait, as the card says."""
    card = next(each.text for each in reversed(stage.telegram.chat(OLGA)) if "Esperan: " in each.text)
    return int(card.partition("Esperan: ")[2].split()[0].strip(".·;,"))


async def _to_the_screen(stage: Stage, people: list[int], port: int) -> list[float]:
    """Returns the seconds from a vote to the page of the big screen at that process."""
    async with stage.database.transaction() as tx:
        opened = await screens.open_panels(tx)
    kept = await _kept(stage)
    words = f"¿Cómo se financia el programa {people[0]}?"  # is on the list, and who asked it has no vote for it
    question, _ = kept[words]
    voters = people[1:]
    found, latest = [], ""
    for person in voters:
        stage.press(person, f"pq:v:{question}:0:off")
    await stage.answered()
    async with _events(f"http://127.0.0.1:{port}/panel/{next(iter(opened.values())).secret}/events") as lines:

        async def changed() -> None:
            nonlocal latest
            async for line in lines:
                if line.startswith("data: ") and line != latest:
                    latest = line
                    return

        await changed()
        for person in voters:
            began = time.perf_counter()
            stage.press(person, f"pq:v:{question}:0:on")
            async with asyncio.timeout(60):
                await changed()
            found.append(time.perf_counter() - began)
            await asyncio.sleep(_GAP_SECONDS)
    assert words in latest, "the page shows that question"
    return found


async def _crowd_to_the_screen(stage: Stage, asked: dict[str, int], port: int, step: int) -> list[float]:
    """Lets everybody vote and ask at once; returns for each moment how long after it the page showed its votes."""
    kept, listed = await _kept(stage), list(asked)[:_ON_THE_LIST]
    before, made, shown = sum(votes for _, votes in kept.values()), list[_Seen](), list[_Seen]()
    async with asyncio.TaskGroup() as group:
        watching = [group.create_task(_watch(stage, port, shown)), group.create_task(_look(stage, made))]
        await until(lambda: bool(shown and made))
        for place, person in enumerate(asked.values()):
            question, _ = kept[listed[(place + step) % len(listed)]]
            stage.press(person, f"pq:v:{question}:0:on")
            stage.telegram.says(person, f"pregunta para el panel: ¿Qué falta en el programa {person}?")
        await stage.answered()
        await until(lambda: shown[-1][1] >= made[-1][1] > before)
        for each in watching:
            each.cancel()
    return [next(when for when, seen in shown if seen >= votes) - at for at, votes in _first(made, before)]


def _first(made: list[_Seen], before: int) -> list[_Seen]:
    """Returns when each number of votes was seen first in the database."""
    found: dict[int, float] = {}
    for at, votes in made:
        found.setdefault(votes, at)
    return [(at, votes) for votes, at in found.items() if votes > before]


async def _watch(stage: Stage, port: int, shown: list[_Seen]) -> None:
    """Notes when the page at that process shows how many votes there are on the list."""
    async with stage.database.transaction() as tx:
        opened = await screens.open_panels(tx)
    async with _events(f"http://127.0.0.1:{port}/panel/{next(iter(opened.values())).secret}/events") as lines:
        async for line in lines:
            if line.startswith("data: "):
                panel = json.loads(line.removeprefix("data: "))
                shown.append((time.perf_counter(), sum(each["votes"] for each in panel["list"])))


async def _look(stage: Stage, made: list[_Seen]) -> None:
    """Notes how many votes are kept, twenty times a second; the moment is the one before it looked."""
    while True:
        asked = time.perf_counter()
        async with stage.database.transaction() as tx:
            counted = await tx.execute(select(func.count()).select_from(tables.panel_votes))
        made.append((asked, counted.scalar_one()))
        await asyncio.sleep(_LOOK_SECONDS)


@asynccontextmanager
async def _events(address: str) -> AsyncIterator[AsyncIterator[str]]:
    """Opens that stream; gives its lines."""
    patience = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(timeout=patience, read_bufsize=2**20) as session, session.get(address) as reply:

        async def lines() -> AsyncIterator[str]:
            async for raw in reply.content:
                yield raw.decode().rstrip("\n")

        yield lines()


async def crowd(stage: Stage, number: int, say: Callable[[str], None]) -> None:
    """Plays all of it, and says what came of it."""
    olga = stage.telegram.joins("Olga", language_code="es", user_id=OLGA)
    people = [stage.telegram.joins(f"P{each}", language_code="es").id for each in range(number)]
    bots = [await stage.start(port) for port in stage.ports]
    async with carried(stage.telegram, stage.ports):
        for person in (olga.id, *people):
            stage.telegram.says(person, "/start")
        await stage.answered()
        for address in ("pm:1:0", "pm:s:1:on"):
            stage.press(OLGA, address)
            await stage.answered()
        began = time.perf_counter()
        asked = await _all_ask(stage, people)
        found = await _kept(stage)
        say(f"{len(asked)} asked in {time.perf_counter() - began:.0f} s; lost {len(set(asked) - set(found))}")
        say(await _all_vote(stage, asked, bots))
        for port, step in zip(stage.ports, _STEPS, strict=True):
            crowded = await _crowd_to_the_screen(stage, asked, port, step)
            say(f"to the screen, while all vote and ask: {_spread(crowded)}, {len(crowded)} changes")
        some = people[:ONE_BY_ONE]
        say("to the screen: " + _spread(await _to_the_screen(stage, some, stage.ports[1])))
        say("to the card:   " + _spread(await _to_the_card(stage, some)))
    for bot in bots:
        await bot.stop()


async def _once(address: str, folder: Path, number: int) -> None:
    clock = RunningClock(START, 1)
    telegram = Telegram(token=TOKEN, now=clock.now, limits=Limits(enforced=False))
    async with served(telegram) as api:
        database = Database(address)
        stage = Stage(telegram, clock, folder, api, database, address, (free_port(), free_port()))
        await crowd(stage, number, lambda words: print(f"panel      {words}", flush=True))
        await database.close()


def main(number: int) -> None:
    """Plays it with so many people."""
    with postgres_address() as server_address, tempfile.TemporaryDirectory() as folder:
        server = PostgresServer(server_address)
        with server.fresh() as address:
            asyncio.run(_once(address, Path(folder), number))
        server.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
