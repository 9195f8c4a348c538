"""The links of panels' screens: what a stranger who guesses them may cost."""

import asyncio

import httpx
import pytest

from db.panel import screens
from tests.support.panel import in_time
from tests.support.world.people import Person, World
from tests.support.world.registration import rows
from tests.support.world.team import organizer

pytestmark = pytest.mark.one_owner


async def opened(world: World, olga: Person) -> str:
    """The address of the screen of session 1, opened anew."""
    await olga.forges("pm:s:1:on")
    (kept,) = await rows(world, "panel_screens")
    async with world.rehearsal.app.database.transaction() as tx:
        return f"/panel/{await screens.token_of_session(tx, kept['session_id'])}"


async def test_guesses_do_not_wait_for_the_database_nor_hold_it_up(world: World, browser: httpx.AsyncClient) -> None:
    olga = await organizer(world)
    await in_time(world)
    address = await opened(world, olga)
    assert (await browser.get(address)).status_code == 200
    async with world.rehearsal.app.database.transaction(), asyncio.timeout(5):
        for path in ("/panel/guess", "/panel/guess/sheet", "/panel/guess/events"):
            assert (await browser.get(path)).status_code == 404, path


async def test_a_withdrawn_link_shows_nothing_at_once_and_a_new_one_works(
    world: World, browser: httpx.AsyncClient
) -> None:
    olga = await organizer(world)
    await in_time(world)
    first = await opened(world, olga)
    assert (await browser.get(first)).status_code == 200
    second = await opened(world, olga)
    assert (await browser.get(first)).status_code == 404
    assert (await browser.get(second)).status_code == 200
    await olga.forges("pm:s:1:off")
    assert (await browser.get(second)).status_code == 404
