"""Whatever Telegram may bring, of every kind and broken in every way: the loop goes on and the next is answered."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from telegram import Update

from db.tables import inbox
from rehearsal.world import running
from tests.support.world.any_update import ANA, Json, fields, updates
from tests.support.world.people import Person, World

EXAMPLES = settings(
    max_examples=settings().max_examples,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # making a counterexample smaller would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """One loop for all examples of a test: the same bot meets them all."""
    with asyncio.Runner() as made:
        yield made


class Bench:
    """A bot that has been started, and Ana, who asks after each batch of odd updates."""

    def __init__(self, stage: World, runner: asyncio.Runner) -> None:
        self.world, self.runner = stage, runner
        self.ana = stage.telegram.joins("Ana", user_id=ANA)
        stage.telegram.started.add(ANA)  # what the bot says to her arrives
        self.person = Person(stage, ANA)
        self._running = running(stage.rehearsal)
        runner.run(self._running.__aenter__())
        runner.run(stage.settle())

    def brings(self, batch: list[Json]) -> None:
        telegram = self.world.telegram
        for each in batch:
            telegram.waiting.append({"update_id": telegram.number("update"), **each})
        telegram.news.set()
        self.runner.run(self._is_answered())

    async def _is_answered(self) -> None:
        await self.world.settle()
        await self.person.says("/sesiones")
        assert self.person.heard("Las sesiones")
        async with self.world.rehearsal.app.database.transaction() as tx:
            left = select(func.count()).select_from(inbox).where(inbox.c.handled_at.is_(None))
            assert (await tx.execute(left)).scalar_one() == 0, "ticked off, so that no start meets it again"

    def close(self) -> None:
        self.runner.run(self._running.__aexit__(None, None, None))


@pytest.fixture
def bench(stage: World, runner: asyncio.Runner) -> Iterator[Bench]:
    made = Bench(stage, runner)
    yield made
    made.close()


@EXAMPLES
@given(batch=st.lists(updates(), min_size=1, max_size=12))
def test_no_update_stops_the_next(bench: Bench, batch: list[Json]) -> None:
    with structlog.testing.capture_logs() as logs:
        bench.brings(batch)
    failed = [each for each in logs if each["event"] == "an update failed"]
    assert not failed, (failed, batch)


def test_every_kind_of_update_is_tried() -> None:
    """The strategy is made from PTB's types: a newer Bot API is tried as soon as PTB knows it."""
    kinds = set(fields(Update)) - {"update_id"}
    assert {str(each) for each in Update.ALL_TYPES} <= kinds


def test_an_update_without_words_in_the_log(bench: Bench) -> None:
    """What cannot be read is not written down either."""
    broken: dict[str, Any] = {"message": {"message_id": 1, "text": "secret words", "from": {"id": ANA}}}
    with structlog.testing.capture_logs() as logs:
        bench.brings([broken])
    assert [each["event"] for each in logs if each["log_level"] == "warning"] == ["an update that cannot be read"]
    assert "secret" not in str(logs)


def test_what_ptb_cannot_write_down_again_is_kept_as_it_came(bench: Bench) -> None:
    """PTB forgets to turn some moments into numbers; one such update would have kept its whole batch out for ever."""
    ana = {"id": ANA, "is_bot": False, "first_name": "Ana"}
    user_chat = {"message_id": 1, "date": 0, "chat": {"id": ANA, "type": "private"}, "from": ana}
    bench.brings([{"message": user_chat | {"text": "\ud800 \0 /help"}}, {"message": user_chat | {"text": "x" * 9_000}}])
    assert len(bench.person.chat) >= 3  # written long ago: answered once, then "/sesiones" and its answer
