"""Somebody visits the page: the tour, what comes new, and the line of the cycle."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.rehearsal.page.browser.conftest import Stage
from tests.support.telegram.page_visitor import JOHN, LUPITA, MARIE, ORGANIZER, YOU

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_tour_goes_from_the_first_reminder_to_a_voted_question_and_a_certificate(stage: Stage) -> None:
    """Each step does one thing; then the visitor sees it: the reminder's first line, and the session's new day."""
    page = await stage.opens(1280, 800, tour="")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    session = page.get_by_test_id("session-1")
    await page.get_by_test_id("tour-begin").click()
    for step in ("subscribe", "next", "move", "watch", "panel", "certificate"):
        if step == "move":
            await expect(session).to_contain_text("23 de octubre, 14:00")
        await page.get_by_test_id(f"tour-{step}_do").click()
        await page.get_by_test_id("tour-end" if step == "certificate" else "tour-onward").wait_for()
        if step == "next":
            # The newest message is seen from its first line, though it is longer than the phone's screen.
            chat = page.get_by_test_id(f"chat-{MARIE}")
            reminder = chat.get_by_text("Rappel\u00a0: session 1").last
            await expect(reminder).to_be_in_viewport()
            above = await reminder.evaluate("it => it.closest('.line').offsetTop - it.closest('.log').scrollTop")
            assert 0 <= above < 60
        if step == "move":
            await expect(session).to_contain_text("24 de octubre, 14:00")
            for person in (MARIE, JOHN, YOU):
                assert "24" in stage.rehearsal.telegram.chat(person)[-1].text
        if step == "watch":
            assert stage.rehearsal.clock.speed > 1
        if step == "panel":
            assert "3 votos" in stage.rehearsal.telegram.chat(YOU)[-1].text
        if step != "certificate":
            await page.get_by_test_id("tour-onward").click()
    await expect(page.get_by_test_id(f"chat-{LUPITA}").get_by_text(".pdf").last).to_be_visible()
    await page.get_by_test_id("tour-end").click()
    await expect(page.get_by_test_id("tour")).to_be_hidden()
    await expect(page.locator("#speed-1")).to_be_checked()
    stage.rehearsal.clock.set_speed(0)
    assert faults == []
    await page.reload()  # who has seen it is not invited again
    await page.locator("body[data-live=yes]").wait_for()
    await expect(page.get_by_test_id("tour")).to_be_hidden()
    await page.close()


async def test_a_new_message_pulses_only_where_motion_is_wanted(stage: Stage) -> None:
    page = await stage.opens(1280, 800, show=(ORGANIZER,))
    pulse = "it => getComputedStyle(it.querySelector('.bubble')).animationName"
    await _newest_line(stage, page)  # what is there when a chat is drawn first has not just come
    for motion, seen in (("no-preference", "pulse"), ("reduce", "none")):
        await page.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
        assert await (await _newest_line(stage, page)).evaluate(pulse) == seen
    await page.close()


async def _newest_line(stage: Stage, page: Page) -> Locator:
    """What the bot says to /help, once it is shown."""
    before = len(stage.rehearsal.telegram.chat(ORGANIZER))
    stage.rehearsal.telegram.says(ORGANIZER, "/help")
    await stage.rehearsal.settle()
    messages = stage.rehearsal.telegram.chat(ORGANIZER)
    assert len(messages) > before
    line = page.get_by_test_id(f"chat-{ORGANIZER}").get_by_test_id(f"message-{messages[-1].id}")
    await line.wait_for()
    return line


async def test_the_tour_can_be_skipped_and_begun_again(stage: Stage) -> None:
    page = await stage.opens(390, 844, tour="")
    await page.get_by_test_id("tour-skip").click()
    await expect(page.get_by_test_id("tour")).to_be_hidden()
    await page.get_by_test_id("tour-button").click()
    await expect(page.get_by_test_id("tour-subscribe_do")).to_be_focused()
    await page.close()
