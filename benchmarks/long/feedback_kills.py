"""kill -9 while people are thanked and while they answer: `python -m benchmarks.long.feedback_kills`.

The real process, on SQLite and on PostgreSQL: killed at the moment of the message after a session, and again and again
while everybody taps their second answer twice. Everybody is written to, and each answer counts once.

What was in hand at a kill is sent again after the next start, so that some get the message twice: at a rate of 1000 a
second up to 150 are claimed at once, at the usual 25 a second about four.
"""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, insert, select

from benchmarks.long.kills import Stage, on_both
from db import tables
from db.engine.database import Database
from tests.support.telegram.local_telegram import until

PEOPLE, ROUNDS = 40, 5
DUE = datetime(2024, 10, 23, 18, 45, tzinfo=UTC)  # fifteen minutes after session 1
_LONG_AGO, _STARTING = DUE - timedelta(days=3), timedelta(seconds=20)
_AMID = 1.5  # seconds from a start to a kill, a little more each time
_PATIENCE = 300.0  # on a machine with much to do a start alone took half a minute
_LOOK_SECONDS = 0.5


async def _with_places(stage: Stage) -> list[int]:
    """Gives so many people a place in session 1, once the process has made the tables."""
    first = await stage.start()
    await until(stage.telegram.getting_updates, _PATIENCE)  # its tables are made
    await first.kill()
    people = [stage.telegram.joins(f"P{number}", language_code="es").id for number in range(PEOPLE)]
    stage.telegram.started.update(people)
    database = Database(stage.address)
    async with database.transaction() as tx:
        session = (await tx.execute(select(tables.sessions.c.id).where(tables.sessions.c.number == 1))).scalar_one()
        for number, telegram_id in enumerate(people):
            values = {"telegram_id": telegram_id, "language": "es", "first_seen_at": _LONG_AGO}
            put = insert(tables.participants).values(values).returning(tables.participants.c.id)
            person = (await tx.execute(put)).scalar_one()
            place = {"participant_id": person, "session_id": session, "state": "going", "turn": number}
            await tx.execute(insert(tables.attendances).values(since=_LONG_AGO, **place))
    await database.close()
    return people


def _asked(stage: Stage, people: list[int]) -> int:
    """Returns how many messages in those people's chats ask for feedback."""
    return sum(1 for one in people for each in stage.telegram.chat(one) if each.from_bot and "útil le" in each.text)


async def feedback(stage: Stage) -> str:
    """Kills amid the messages, then amid each round of taps; returns what came of it."""
    people, kills = await _with_places(stage), 1
    bot = await stage.start()
    await until(lambda: _asked(stage, people) > 0, _PATIENCE)
    await bot.kill()
    kills += 1
    bot = await stage.start()
    for one in people:  # a message to tap on
        stage.telegram.says(one, "/start")
    await _all_done(stage)
    asked = Counter(_asked(stage, [one]) for one in people)
    for number in range(ROUNDS):
        for one in people:
            newest = max((each.id for each in stage.telegram.chat(one)), default=1)
            for _ in range(2):
                stage.telegram.forges_press(one, newest, f"fb:1:{1 + number % 5}:yes")
        await asyncio.sleep(_AMID + 0.3 * number)
        await bot.kill()
        kills += 1
        bot = await stage.start()
    await _all_done(stage)
    await bot.kill()
    answers, given = await _kept(stage.address)
    messages = ", ".join(f"{times} × {number}" for number, times in sorted(asked.items()))
    assert asked[0] == 0, f"{asked[0]} people were not thanked"
    return f"{kills + 1} kills; messages a person: {messages}; {answers} answers of {given} people who gave one"


async def _all_done(stage: Stage) -> None:
    """Waits until every update is answered and every message settled. Raises TimeoutError.

    A fixed time was too short where the machine had other work: all the taps still waited, and 0 answers were counted.
    """
    database, inbox, outbox = Database(stage.address), tables.inbox, tables.outbox
    waiting = select(func.count()).select_from(inbox).where(inbox.c.lane.is_not(None)).scalar_subquery()
    unsent = select(func.count()).select_from(outbox).where(outbox.c.state.in_(("waiting", "claimed")))
    try:
        async with asyncio.timeout(_PATIENCE):
            left = 1
            while left or not stage.telegram.updates_settled():
                await asyncio.sleep(_LOOK_SECONDS)
                async with database.transaction() as tx:
                    left = sum((await tx.execute(select(waiting, unsent.scalar_subquery()))).one())
    finally:
        await database.close()


async def _kept(address: str) -> tuple[int, int]:
    database, turns = Database(address), tables.feedback_turns
    async with database.transaction() as tx:
        answers = (await tx.execute(select(func.count()).select_from(tables.feedback))).scalar_one()
        given = select(func.count()).select_from(turns).where(turns.c.state == "given")
        people = (await tx.execute(given)).scalar_one()
    await database.close()
    return answers, people


if __name__ == "__main__":
    on_both("feedback", DUE - _STARTING, feedback)
