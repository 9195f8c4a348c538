"""What leaves beyond Telegram's free rate is paid for where the operator has asked for it, and only there."""

import pytest

from bot.config.settings import Settings
from db.delivery import outbox
from db.programme import live_programme
from rehearsal.telegram.limits import Limiter
from rehearsal.telegram.telegram import Limits
from rehearsal.world import running
from tests.support.world.crowd import wanting
from tests.support.world.people import World

PEOPLE = 45  # more than the free burst of 30


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    return settings.model_copy(update={"delivery": settings.delivery.model_copy(update={"paid": request.param})})


async def everybody_subscribes(world: World) -> None:
    """More people than may be reminded at once for free."""
    async with world.rehearsal.app.database.transaction() as tx:
        session = (await live_programme.programme(tx, "pmm-2024"))[1]
        await wanting(tx, world.telegram, session, "1h", PEOPLE)


@pytest.mark.parametrize("settings", [True], indirect=True)
async def test_a_wave_beyond_the_free_rate_leaves_at_once_where_it_is_paid_for(world: World) -> None:
    await everybody_subscribes(world)
    world.telegram.limiter = Limiter(Limits())
    await world.turn_to("2024-10-23 16:00")
    async with world.rehearsal.app.database.transaction() as tx:
        assert await outbox.totals(tx) == {"sent": PEOPLE}
    assert world.telegram.limiter.paid >= PEOPLE - 31
    assert not [each for each in world.telegram.calls if each.status == 429]


@pytest.mark.parametrize("settings", [False], indirect=True)
async def test_nothing_is_ever_paid_for_where_nobody_asked(stage: World) -> None:
    async with running(stage.rehearsal):
        await stage.settle()
        await everybody_subscribes(stage)
        stage.telegram.limiter = Limiter(Limits())
        await stage.turn_to("2024-10-23 16:00")
        assert stage.telegram.limiter.paid == 0
