"""A rehearsal with its cast, and a browser's way to it without a network."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from bot.config.settings import Organizers, Settings
from rehearsal.demo_people import add_people
from rehearsal.page.server import create_server
from rehearsal.world import Rehearsal
from tests.support.telegram.page_visitor import ORGANIZER, Visitor
from tests.support.world.databases import SqliteFiles
from tests.support.world.people import World


@pytest.fixture
def database_url(sqlite: SqliteFiles) -> Iterator[str]:
    """SQLite only: the page never sees which database the bot has."""
    with sqlite.fresh() as url:
        yield url


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The organizer of the cast is the organizer, as in the demo."""
    return settings.model_copy(update={"organizers": Organizers(ids=(ORGANIZER,))})


@pytest.fixture
def rehearsal(world: World) -> Rehearsal:
    """The whole bot, running, with the five people of the rehearsal; the clock stands still."""
    world.rehearsal.cast = add_people(world.telegram)
    return world.rehearsal


@pytest.fixture
async def visitor(rehearsal: Rehearsal) -> AsyncIterator[Visitor]:
    """Somebody who has the page open."""
    transport = httpx.ASGITransport(app=create_server(rehearsal))
    async with httpx.AsyncClient(transport=transport, base_url="http://page") as client:
        yield Visitor(client, rehearsal)
        # Whoever looks again at the clock finishes looking before the lights go out.
        await rehearsal.settle()
