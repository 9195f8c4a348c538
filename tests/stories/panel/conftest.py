"""What stories of the panel's big screen share."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.http.panel_pages import panel_routes
from tests.support.world.people import World


@pytest.fixture
async def browser(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody's browser."""
    transport = httpx.ASGITransport(Starlette(routes=panel_routes(world.rehearsal.app.panel_feed)))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.example.org") as client:
        yield client
