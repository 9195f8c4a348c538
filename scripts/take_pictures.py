"""Takes the README's and the guides' pictures: `python scripts/take_pictures.py [page|guide]` (needs Chromium)."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from rehearsal.launcher import launched
from rehearsal.world import Rehearsal
from scripts.guide_scenes import play

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
PAGE, GUIDE = PICTURES / "page", PICTURES / "guide"  # for the READMEs, and for the organizers' guides
# One hour before session 1: 13:00 in Port-au-Prince, 11:00 in Mexico City, 19:00 in Geneva.
MOMENT = datetime(2024, 10, 23, 16, 0, tzinfo=UTC)
DESK, PHONE, TALL_PHONE = (1440, 900), (390, 844), (390, 1500)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """Finds Chromium on this machine; None where it is not."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Starts a headless Chromium."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield opened
        await opened.close()


async def take(opened: Browser, address: str, name: str, *, size: tuple[int, int], dark: bool = False) -> None:
    """Takes one picture of the page as it is now."""
    width, height = size
    page: Page = await opened.new_page(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
    )
    await page.goto(f"{address}/?tour=no")
    await page.wait_for_timeout(1500)  # fonts and the first drawing
    await page.screenshot(path=PAGE / name)
    await page.close()


async def asks(rehearsal: Rehearsal) -> None:
    """Types questions as the last of the cast, in their own words."""
    for words in ("¿de qué habla la sesión de inclusión?", "¿y en Lima a qué hora es?", "¿van a grabarla?"):
        rehearsal.telegram.says(rehearsal.cast[-1].id, words)
        await rehearsal.settle()


async def registers(rehearsal: Rehearsal) -> None:
    """Registers the last of the cast, up to the choice of sessions."""
    for words in (
        "/registrarme",
        "Rosa Díaz",
        "¿quién ve mis datos?",
        "Casa del Migrante",
        "sociedad civil",
        "Haití",
        "saltar",
    ):
        rehearsal.telegram.says(rehearsal.cast[-1].id, words)
        await rehearsal.settle()


async def of_the_guide() -> None:
    """Takes the pictures of the organizers' guide, in the rehearsal."""
    with tempfile.TemporaryDirectory() as folder:
        async with launched("127.0.0.1", 0, Path(folder) / "guide.db") as (rehearsal, address), browser() as opened:
            await play(rehearsal, opened, address, GUIDE)


async def of_the_page() -> None:
    """Takes the page on a desk and on a phone, in light and dark."""
    with tempfile.TemporaryDirectory() as folder:
        async with launched("127.0.0.1", 0, Path(folder) / "pictures.db") as (rehearsal, address), browser() as opened:
            await asks(rehearsal)
            await take(opened, address, "questions.png", size=TALL_PHONE)
            await registers(rehearsal)
            await take(opened, address, "registration.png", size=TALL_PHONE)
            rehearsal.telegram.says(rehearsal.cast[-1].id, "cancelar")
            await rehearsal.settle()
            await rehearsal.everyone_subscribes()
            await rehearsal.turn_to(MOMENT)
            rehearsal.clock.set_speed(0)
            await take(opened, address, "rehearsal.png", size=DESK)
            await take(opened, address, "rehearsal-dark.png", size=DESK, dark=True)
            await take(opened, address, "rehearsal-phone.png", size=PHONE)


async def main(wanted: str) -> None:
    """Takes all pictures, or those of the page, or of the guides."""
    for folder in (PAGE, GUIDE):
        folder.mkdir(parents=True, exist_ok=True)
    if wanted != "guide":
        await of_the_page()
    if wanted != "page":
        await of_the_guide()


if __name__ == "__main__":
    asyncio.run(main("".join(sys.argv[1:2])))
