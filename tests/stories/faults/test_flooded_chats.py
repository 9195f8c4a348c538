"""A 429 is its chat's own until others are refused, too: nobody's reminder waits for somebody else's flood."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.config.settings import Settings
from db.tables import outbox, participants
from rehearsal.world import running
from tests.support.telegram.local_telegram import until
from tests.support.world.people import Person, World
from tests.support.world.reminders import reminders, totals
from tests.support.world.restart import again

PEOPLE = 24
DUE = datetime(2024, 10, 22, 17, tzinfo=UTC)
LONG = 300  # seconds; longer than any lease


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The same, with the usual rate."""
    return settings.model_copy(update={"delivery": settings.delivery.model_copy(update={"rate": 28})})


async def subscribed(stage: World) -> list[Person]:
    people = [stage.person(f"P{each}") for each in range(PEOPLE)]
    async with running(stage.rehearsal):
        await stage.settle()
        await stage.all_say([(each, "/reminders") for each in people])
        await stage.all_press([(each, "Activar en todas las sesiones") for each in people])
    again(stage)
    return people


async def waiting(world: World) -> dict[int, bool]:
    """Whose messages wait, and whether each is kept back until a moment (and held by nobody)."""
    columns = (participants.c.telegram_id, outbox.c.not_before, outbox.c.owner)
    asked = (
        select(*columns).join(outbox, outbox.c.participant_id == participants.c.id).where(outbox.c.state == "waiting")
    )
    async with world.rehearsal.app.database.transaction() as tx:
        return {row[0]: row[1] is not None and row[2] is None for row in await tx.execute(asked)}


def refused(world: World) -> int:
    return sum(each.status == 429 for each in world.telegram.calls)


@pytest.mark.parametrize("flooded", [1, 2, 5])
async def test_everybody_else_is_reminded_while_some_chats_are_flooded(stage: World, flooded: int) -> None:
    people = await subscribed(stage)
    some = people[:: PEOPLE // flooded][:flooded]
    async with running(stage.rehearsal):
        await stage.settle()
        for each in some:
            stage.telegram.fails("sendMessage", status=429, retry_after=LONG, times=99, chat=each.id)
        stage.rehearsal.clock.jump(DUE)
        await until(lambda: sum(bool(reminders(each)) for each in people) == PEOPLE - flooded)
        await until(lambda: refused(stage) == flooded)
        await stage.settle()
        assert await waiting(stage) == dict.fromkeys((each.id for each in some), True)
    assert refused(stage) == flooded, "a flooded chat is left in peace"


async def test_what_was_given_back_leaves_when_its_chat_may_be_written_to_again(stage: World) -> None:
    people = await subscribed(stage)
    async with running(stage.rehearsal):
        await stage.settle()
        stage.telegram.fails("sendMessage", status=429, retry_after=LONG, chat=people[0].id)
        stage.rehearsal.clock.jump(DUE)
        await until(lambda: sum(bool(reminders(each)) for each in people) == PEOPLE - 1)
    async with running(again(stage).rehearsal):
        stage.rehearsal.clock.jump(DUE.replace(minute=6))
        await stage.settle()
        assert await totals(stage) == {"sent": PEOPLE}
    assert len(reminders(people[0])) == 1


async def test_where_everybody_is_refused_a_few_are_tried_and_no_more(stage: World) -> None:
    await subscribed(stage)
    async with running(stage.rehearsal):
        await stage.settle()
        stage.telegram.fails("sendMessage", status=429, retry_after=LONG, times=99)
        stage.rehearsal.clock.jump(DUE)
        await until(lambda: stage.rehearsal.app.work.delivery.rate_limiter.halted_for() > LONG / 2)
    assert 2 <= refused(stage) <= 4
    assert await totals(stage) == {"waiting": PEOPLE}
