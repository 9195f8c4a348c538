"""One Chromium for all stories of this folder that a worker runs, and a rehearsal for each file."""

import os
import warnings
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from rehearsal.launcher import launched
from rehearsal.world import Rehearsal
from scripts.take_pictures import browser, chromium

# A machine with two cores runs several tests at once.
expect.set_options(timeout=30_000)


@dataclass
class Stage:
    """A rehearsal that runs, and the browser that looks at it."""

    rehearsal: Rehearsal
    address: str
    chromium: Browser

    async def opens(self, width: int, height: int, *, show: Sequence[int] = (), tour: str = "no") -> Page:
        """Opens the page in a window of that size, in Spanish, as somebody who was never here."""
        window = {"width": width, "height": height}
        page = await self.chromium.new_page(viewport=window, locale="es-AR", reduced_motion="reduce")  # type: ignore[arg-type]
        people = ",".join(str(each) for each in show)
        await page.goto(f"{self.address}/?tour={tour}&show={people}")
        await page.locator("body[data-live=yes]").wait_for()
        return page


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def opened() -> AsyncIterator[Browser]:
    """A browser; without Chromium stories fail in CI, and are skipped with a warning elsewhere."""
    if chromium() is None:
        missing = "the page was NOT tested: Chromium is not installed (apt-get install chromium, as .ci/run does)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        warnings.warn(missing, stacklevel=1)
        pytest.skip(missing)
    async with browser() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def stage(opened: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """A rehearsal; its clock stands still until a story turns it."""
    file = tmp_path_factory.mktemp("page") / "page.db"
    async with launched("127.0.0.1", 0, file, hurried=True) as (rehearsal, address):
        rehearsal.clock.set_speed(0)
        yield Stage(rehearsal, address, opened)
