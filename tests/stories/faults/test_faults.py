"""Faults on our side while somebody is answered: tried again where they pass, and never in circles."""

from db import tables
from db.delivery import inbox
from db.delivery.inbox import NewUpdate
from rehearsal.world import running
from tests.support.telegram.local_telegram import until
from tests.support.world.databases import failing
from tests.support.world.people import World


async def test_a_fault_of_the_database_is_tried_again_without_sorry(world: World) -> None:
    world.rehearsal.app.queue.lease_seconds = 0.2
    ana = world.person("Ana")
    await ana.says("/start")
    with failing(world.rehearsal.app.database, table="participants", times=2):
        world.telegram.says(ana.id, "/sesiones")
        await until(lambda: "Las sesiones" in ana.last)
    assert len([each for each in ana.news if "Las sesiones" in each.text]) == 1


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
