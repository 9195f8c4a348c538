"""At every usual width nothing that can be pressed is covered, overlaps, or is cut off."""

from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.rehearsal.page.browser.conftest import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
WIDTHS = {360: 640, 390: 844, 768: 1024, 1280: 800, 1366: 768, 1920: 1080}
BOXES = (Path(__file__).parent / "boxes.js").read_text(encoding="utf-8")
NARROW = 760


async def faults(page: Page) -> list[str]:
    """What is wrong with the page once it is drawn as it is now."""
    await page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    found: list[str] = await page.evaluate(BOXES)
    return found


async def notices(page: Page) -> None:
    """Makes the page say something, and waits until it is said."""
    await page.evaluate(
        "import('./panels/notices.js').then((it) => it.notice('La sesión 1 se cambió: cada chat recibió el aviso.'))"
    )
    await page.locator(".notice").wait_for()


async def test_nothing_overlaps_or_is_cut_off_at_any_width_in_any_language(stage: Stage) -> None:
    """One look at each width: as it opens with the tour's invitation, with a notice, and with the clock's sheet."""
    await stage.rehearsal.everyone_subscribes()
    await stage.rehearsal.turn_to_next()
    await stage.rehearsal.organizer_moves_a_session()
    page = await stage.opens(1280, 800, tour="")
    found: dict[str, list[str]] = {}
    for width, height in WIDTHS.items():
        await page.set_viewport_size({"width": width, "height": height})
        for language in ("es", "pt", "en", "fr"):
            await page.get_by_test_id("language").select_option(language)
            found[f"{width} {language}"] = await faults(page)
        await notices(page)
        found[f"{width} with a notice"] = await faults(page)
        if width <= NARROW:
            await page.get_by_test_id("clock-toggle").click()
            found[f"{width} with the clock's sheet"] = await faults(page)
            await notices(page)
            found[f"{width} with the sheet and a notice"] = await faults(page)
            sheet = page.locator("#clock-panel")
            assert await sheet.evaluate("it => it.scrollHeight <= it.clientHeight"), f"the sheet scrolls at {width}"
            await page.locator("#clock-panel [data-close]").click()
    await page.close()
    assert {where: what for where, what in found.items() if what} == {}


LONG_NOTICE = "La sesión 1 se cambió, y quien duerme lo leerá por la mañana: " + "cada chat recibió el aviso. " * 6
SHOW_LONG_NOTICE = "words => import('./panels/notices.js').then((it) => it.notice(words))"
SHOW_STEP = "step => import('./panels/tour.js').then((it) => new it.Tour({ end() {} }).show(step, false))"
STEPS = ("subscribe", "next", "move", "watch", "panel", "certificate")


async def test_the_tour_with_full_chats_and_a_long_notice_covers_nothing(stage: Stage) -> None:
    """Each step's words in each language at each width, over chats that are full, while a notice is still shown."""
    for _ in range(6):
        for person in stage.rehearsal.cast:
            stage.rehearsal.telegram.says(person.id, "/help")
        await stage.rehearsal.settle()
    page = await stage.opens(1280, 800, tour="")
    found: dict[str, list[str]] = {}
    for width, height in WIDTHS.items():
        await page.evaluate(SHOW_LONG_NOTICE, LONG_NOTICE)
        await page.set_viewport_size({"width": width, "height": height})
        for language in ("es", "pt", "en", "fr"):
            await page.get_by_test_id("language").select_option(language)
            for step in range(len(STEPS)):
                await page.evaluate(SHOW_STEP, step)
                found[f"{width} {language} {STEPS[step]}"] = await faults(page)
        wide = await page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"the page is wider than the screen at {width}"
    await page.close()
    assert {where: what for where, what in found.items() if what} == {}
