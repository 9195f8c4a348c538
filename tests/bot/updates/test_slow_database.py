"""A database that is busy for longer than a lease: what this process has in hand is answered once."""

import asyncio

from tests.support.telegram.local_telegram import until
from tests.support.world.people import World


async def test_an_answer_on_its_way_is_not_said_again_after_a_wait_for_the_database(world: World) -> None:
    queue, telegram = world.rehearsal.app.queue, world.telegram
    queue.lease_seconds = 0.3
    ana, bea = world.person("Ana"), world.person("Bea")
    telegram.latency = 0.8  # the answer is on its way that long
    telegram.says(ana.id, "/start")
    await until(lambda: bool(queue._in_hand))
    telegram.says(bea.id, "/start")  # a round begins, and waits for the database
    async with world.rehearsal.app.database.transaction():
        await asyncio.sleep(0.6)
    telegram.latency = 0
    await world.settle()
    assert sum(1 for each in ana.chat if each.from_bot) == 1, [each.text[:30] for each in ana.chat]
