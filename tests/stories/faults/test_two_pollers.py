"""Another process polls with the same token: what lasts stops sending and is said; nothing is lost meanwhile."""

import asyncio
from datetime import UTC, datetime

import pytest
from telegram.error import InvalidToken

from bot.updates import Polling
from rehearsal.world import running
from tests.support.telegram.local_telegram import until
from tests.support.world.people import Person, World
from tests.support.world.reminders import reminders, subscribes
from tests.support.world.restart import again

DUE = datetime(2024, 10, 22, 17, tzinfo=UTC)
OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def test_a_lasting_409_stops_sending_turns_readiness_red_and_says_what_to_do(stage: World) -> None:
    ana = stage.person("Ana")
    async with running(stage.rehearsal):
        await stage.settle()
        await subscribes(ana)
    app = again(stage).rehearsal.app
    rivalry, polling = app.health.rivalry, app.fetching
    assert isinstance(polling, Polling)
    rivalry.lasting_seconds, rivalry.over_seconds, polling.longest_pause_seconds = 0.2, 0.2, 0.05
    async with running(stage.rehearsal):
        await stage.settle()
        assert (await app.health.readiness())[0]
        stage.telegram.fails("getUpdates", status=409, description=OTHER, times=100_000)
        stage.telegram.send_pollers_away()
        await until(lambda: bool(rivalry.advice))
        ready, shown = await app.health.readiness()
        assert (ready, shown["telegram"]) == (False, "not ok")
        assert "is to go: this one is process" in shown["warnings"][-1]
        stage.rehearsal.clock.jump(DUE)
        await asyncio.sleep(1)
        assert reminders(ana) == []
        stage.telegram.faults.clear()
        await asyncio.sleep(0.3)
        stage.telegram.says(ana.id, "/sesiones")
        await until(lambda: not rivalry.advice)
        await until(lambda: len(reminders(ana)) == 1)
        assert (await app.health.readiness())[0]


async def test_lasting_404s_end_the_bot_as_a_revoked_token_does_and_a_single_one_does_not(stage: World) -> None:
    app = stage.rehearsal.app
    ana = stage.person("Ana")
    with pytest.RaisesGroup(InvalidToken):  # what operators are told, at the end
        async with running(stage.rehearsal):
            await _a_single_404_and_then_many(stage, ana)
    assert isinstance(app.ending.error, InvalidToken)


async def _a_single_404_and_then_many(stage: World, ana: Person) -> None:
    app = stage.rehearsal.app
    await stage.settle()
    await subscribes(ana)
    stage.telegram.fails("sendMessage", status=404, description="Not Found")
    stage.rehearsal.clock.jump(DUE)
    await until(lambda: len(reminders(ana)) == 1)
    assert app.ending.error is None
    stage.telegram.fails("*", status=404, description="Not Found", times=100)
    stage.telegram.fails("getUpdates", status=404, description="Not Found", times=100)
    stage.telegram.send_pollers_away()
    await until(lambda: app.ending.error is not None)
