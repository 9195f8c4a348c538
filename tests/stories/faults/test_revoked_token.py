"""The token is revoked in the middle of everything: nothing becomes final or is lost, and the bot ends at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from telegram.error import InvalidToken

from bot.config.settings import Organizers, Settings
from rehearsal.world import running
from tests.support.telegram.local_telegram import until
from tests.support.world.announcements import drafted, got, later, states, with_a_crowd
from tests.support.world.people import Person, World
from tests.support.world.reminders import reminders, subscribes, totals
from tests.support.world.restart import again
from tests.support.world.team import OWNER

PEOPLE = 12
DUE = datetime(2024, 10, 22, 17, tzinfo=UTC)
REVOKED = "73195:another-token-since"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The same, with one owner, and few messages a second, so that a wave can be cut."""
    slowly = settings.delivery.model_copy(update={"rate": 20})
    return settings.model_copy(update={"organizers": Organizers(ids=(OWNER,), confirm_above=50), "delivery": slowly})


@asynccontextmanager
async def running_until_it_ends(stage: World) -> AsyncIterator[None]:
    """The bot, which ends without being told to, since Telegram does not know its token; then it is known again."""
    token = stage.telegram.token
    with pytest.raises(ExceptionGroup) as ended:  # noqa: PT012 - the block is the caller's
        async with running(stage.rehearsal):
            await stage.settle()
            yield
            await asyncio.sleep(10)
    assert ended.group_contains(InvalidToken)
    stage.telegram.token = token


async def subscribed(stage: World, number: int = PEOPLE) -> list[Person]:
    people = [stage.person(f"P{each}") for each in range(number)]
    async with running(stage.rehearsal):
        await stage.settle()
        for each in people:
            await subscribes(each)
    again(stage)
    return people


async def test_a_wave_of_reminders_leaves_once_there_is_a_token_again(stage: World) -> None:
    people = await subscribed(stage)
    async with running_until_it_ends(stage):
        stage.rehearsal.clock.jump(DUE)
        await until(lambda: sum(bool(reminders(each)) for each in people) >= 3)
        stage.telegram.token = REVOKED
    assert set(await totals(stage)) == {"sent", "waiting"}
    async with running(again(stage).rehearsal):
        await stage.settle()
    assert await totals(stage) == {"sent": PEOPLE}
    assert [len(reminders(each)) for each in people] == [1] * PEOPLE


async def test_a_single_401_loses_no_reminder(stage: World) -> None:
    (ana,) = await subscribed(stage, 1)
    async with running_until_it_ends(stage):
        stage.telegram.fails("sendMessage", status=401, description="Unauthorized")
        stage.rehearsal.clock.jump(DUE)
    assert await totals(stage) == {"waiting": 1}
    async with running(again(stage).rehearsal):
        await stage.settle()
    assert len(reminders(ana)) == 1


async def test_an_answer_that_meets_it_is_kept_for_later(stage: World) -> None:
    ana = stage.person("Ana")
    async with running_until_it_ends(stage):
        stage.telegram.fails("sendMessage", status=401, description="Unauthorized")
        stage.telegram.says(ana.id, "/sesiones")
    assert not [each for each in ana.chat if each.from_bot]
    async with running(again(stage).rehearsal):
        await stage.settle()
    assert ["Las sesiones" in each.text for each in ana.chat if each.from_bot] == [True]


async def test_an_announcement_that_meets_it_goes_on_and_nobody_gets_it_twice(stage: World) -> None:
    async with running_until_it_ends(stage):
        olga = await with_a_crowd(stage)
        await drafted(olga)
        await olga.presses("Enviar")
        turning = asyncio.ensure_future(later(stage))  # noqa: TID251 - given up below
        await until(lambda: len(got(stage, "sala nueva")) >= 4)
        stage.telegram.token = REVOKED
        await asyncio.wait([turning], timeout=1)
        turning.cancel()
    before = await states(stage)
    assert set(before) <= {"sent", "waiting", "held"}
    async with running(again(stage).rehearsal):
        await stage.settle()
        await later(stage)
    assert await states(stage) == {"sent": 21}
    assert len(set(got(stage, "sala nueva"))) == len(got(stage, "sala nueva")) == 20


async def test_one_who_only_waits_for_updates_ends_too(stage: World) -> None:
    async with running_until_it_ends(stage):
        stage.telegram.token = REVOKED
        stage.telegram.send_pollers_away()
