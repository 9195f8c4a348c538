"""Answers are nobody's, counted once, and come into the figures five or more at a time, whatever their order."""

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime
from typing import TypeAlias

import pytest

from db.admin import schema
from db.engine.database import Database
from db.feedback import feedback, feedback_turns
from db.feedback.feedback import Answer
from db.people import participants
from knowledge.summary.summary import PRACTICES
from tests.support.thorough import one_in

NOW = datetime(2024, 10, 23, 19, tzinfo=UTC)


Shown: TypeAlias = Counter[tuple[str | None, int, str]]


async def shown(database: Database) -> Shown:
    """What the figures show: how many there are of each kind."""
    async with database.transaction() as tx:
        found = await feedback.groups(tx, "c")
    return Counter({(each.language, each.usefulness, each.practice): each.answers for each in found})


@pytest.mark.parametrize("seed", one_in(2, range(6)))
async def test_who_watches_the_figures_learns_nothing_of_one_answer(database_url: str, seed: int) -> None:
    """Between any two looks nothing has changed, or five or more answers have come, in every language that changed."""
    chance, database = random.Random(seed), Database(database_url)  # noqa: S311 - the same for the same seed
    before: Shown = Counter()
    given = 0
    await schema.ready(database)
    for _ in range(60):
        async with database.transaction() as tx:
            if chance.random() < 0.1:
                await feedback.count_the_rest(tx, "c", 1)
            else:
                spoken = chance.choice(("es", "es", "es", "pt", "fr", "en"))
                answer = chance.choice(PRACTICES)
                await feedback.add(tx, Answer("c", 1, spoken, chance.randint(1, 5), answer, "2024-10-23"))
                given += 1
        now, new = await shown(database), Counter[str | None]()
        for (language, _, _), number in (now - before).items():
            new[language] += number
        assert not before - now, "nothing that was shown goes"
        assert all(number >= feedback.FEWEST for number in new.values()), new
        before = now
    async with database.transaction() as tx:
        assert await feedback.totals(tx, "c") == {1: given}
    await database.close()


async def test_taps_at_the_same_moment_count_once(database_url: str) -> None:
    database = Database(database_url)
    await schema.ready(database)
    async with database.transaction() as tx:
        ana = await participants.meet(tx, 7, language="es", now=NOW)

    async def tap(mark: int) -> bool:
        async with database.transaction() as tx:
            first = await feedback_turns.give(tx, ana.id, "c", 1)
            if first:
                await feedback.add(tx, Answer("c", 1, "es", mark, "yes", "2024-10-23"))
        return first

    async with asyncio.TaskGroup() as group:
        taps = [group.create_task(tap(mark)) for mark in (1, 2, 3, 4, 5)]
    assert sum(each.result() for each in taps) == 1
    async with database.transaction() as tx:
        assert await feedback.totals(tx, "c") == {1: 1}
        assert not await feedback_turns.decline(tx, ana.id, "c", 1)
        assert await feedback_turns.write_once(tx, ana.id, "c", 1)
        assert not await feedback_turns.write_once(tx, ana.id, "c", 1)
    await database.close()
