"""Faults on our side while somebody is answered: tried again where they pass, and never in circles."""

import pytest

from db import tables
from db.delivery import inbox
from db.delivery.inbox import NewUpdate
from handlers.conversation import Conversation
from rehearsal.world import running
from tests.support.telegram.local_telegram import until
from tests.support.world.people import World


async def test_a_fault_of_the_database_is_tried_again_without_sorry(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.updates.update_queue.LEASE_SECONDS", 0.2)
    faults = [OSError("the connection is lost"), TimeoutError()]
    reply = Conversation._reply

    async def at_first(*what: object) -> object:
        if faults:
            raise faults.pop()
        return await reply(*what)  # type: ignore[arg-type] # handed through

    monkeypatch.setattr(Conversation, "_reply", at_first)
    ana = world.person("Ana")
    world.telegram.says(ana.id, "/sesiones")
    await until(lambda: "Las sesiones" in ana.last)
    assert len([each for each in ana.chat if each.from_bot]) == 1


async def test_an_update_that_brings_every_process_down_is_given_up_and_the_next_is_answered(stage: World) -> None:
    ana = stage.person("Ana")
    database = stage.rehearsal.app.database
    async with database.transaction() as tx:
        await inbox.insert_new(tx, [NewUpdate(0, ana.id, "{}")], now=stage.rehearsal.clock.now())
        await tx.execute(tables.inbox.update().values(attempts=5))
    async with running(stage.rehearsal):
        await stage.settle()
        await ana.says("/sesiones")
        assert ana.heard("Las sesiones")
        async with database.transaction() as tx:
            assert await inbox.count_waiting(tx, most=9) == 0
