"""Nothing is left in the inbox while a hand is free, however full all hands were when it came."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from telegram import Bot

from bot.http.metrics import Metrics
from bot.updates import UpdateQueue, UpdateWorker
from db.engine.database import Database
from rehearsal.telegram.request import RehearsalRequest
from rehearsal.telegram.telegram import Telegram
from telegram_io.updates import ReceivedUpdate, read_update
from tests.support.telegram.local_telegram import until
from tests.support.world.people import START, TOKEN

HANDS, CHATS, ACTS = 3, 5, 40
# Calls nobody. One with ways of its own to Telegram reads all certificates twice: 0.2 s, for every update that is read.
_WAY = RehearsalRequest(Telegram(token=TOKEN, now=lambda: START))
BOT = Bot(TOKEN, request=_WAY, get_updates_request=_WAY)


@dataclass
class Desk:
    """Holds what is in hand until it is told to let go."""

    holding: dict[int, asyncio.Event] = field(default_factory=dict)
    done: list[tuple[int, int]] = field(default_factory=list)  # chat and number

    async def __call__(self, update: ReceivedUpdate) -> None:
        """Takes until somebody says that it is done."""
        self.holding[update.update_id] = asyncio.Event()
        await self.holding[update.update_id].wait()
        del self.holding[update.update_id]
        self.done.append((update.lane, update.update_id))

    async def say_again(self, _number: int, _left: str) -> None:
        """Is never asked to."""
        raise AssertionError("nothing was half said")

    def let_go(self, number: int) -> None:
        """Lets that one be done."""
        self.holding[number].set()


@asynccontextmanager
async def at_work(database_url: str, desk: Desk) -> AsyncIterator[UpdateQueue]:
    """A queue with few hands, which works until the end of the block."""
    database, metrics = Database(database_url), Metrics()
    worker = UpdateWorker(BOT, metrics, desk)
    queue = UpdateQueue(database, worker, lambda: START, "one", metrics, most_at_once=HANDS)
    async with asyncio.TaskGroup() as group:
        working = group.create_task(queue.run())
        await queue.room()
        yield queue
        queue.stop()
        await working
    await database.close()


def written(number: int, chat: int) -> ReceivedUpdate:
    """Somebody writes in their chat."""
    person = {"id": chat, "is_bot": False, "first_name": "Ana"}
    message = {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}, "from": person, "text": "hola"}
    return read_update({"update_id": number, "message": message}, BOT)


async def test_what_comes_while_all_hands_are_full_is_taken_when_one_is_free(database_url: str) -> None:
    desk = Desk()
    async with at_work(database_url, desk) as queue:
        await queue.take([written(number, chat=number) for number in range(1, HANDS + 1)])
        await until(lambda: len(desk.holding) == HANDS)
        await queue.take([written(10, chat=10)])
        for number in list(desk.holding):
            desk.let_go(number)
        await until(lambda: 10 in desk.holding or queue.idle)
        assert 10 in desk.holding, "it was left in the inbox"
        desk.let_go(10)
        await until(lambda: queue.idle)


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_comes_and_whatever_is_done_first_all_is_done_once_and_in_order(
    database_url: str, seed: int
) -> None:
    chance, desk, sent = random.Random(seed), Desk(), list[tuple[int, int]]()  # noqa: S311 - the same again for a seed
    async with at_work(database_url, desk) as queue:
        for _ in range(ACTS):
            if chance.random() < 0.5:  # some at once; now and then Telegram brings again what it has brought
                new = [(chance.randint(1, CHATS), len(sent) + each) for each in range(1, chance.randint(2, 4))]
                again = chance.sample(sent, min(len(sent), chance.choice([0, 0, 1])))
                await queue.take([written(number, chat) for chat, number in (*again, *new)])
                sent += new
            elif desk.holding:
                desk.let_go(chance.choice(list(desk.holding)))
            for _ in range(chance.choice([0, 1, 20])):
                await asyncio.sleep(0)
        while not queue.idle:
            for number in list(desk.holding):
                desk.let_go(number)
            await asyncio.sleep(0)
        assert sorted(desk.done) == sorted(sent), "it rests, and something is left or was done twice"
    for chat in range(1, CHATS + 1):
        numbers = [number for lane, number in desk.done if lane == chat]
        assert numbers == sorted(numbers)
