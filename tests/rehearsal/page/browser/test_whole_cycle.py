"""Marie goes through the whole cycle in the page, used by hand in a real browser."""

import pytest

from tests.rehearsal.page.browser.conftest import Stage
from tests.support.telegram.page_visitor import MARIE

pytestmark = pytest.mark.asyncio(loop_scope="session")
HOURS = {1: "13:00", 2: "13:00", 3: "12:00", 4: "12:00"}


async def test_marie_subscribes_in_the_page_and_the_clock_turns_through_the_cycle(stage: Stage) -> None:
    """With the keyboard where a keyboard serves: every reminder once, in Haiti's hour."""
    page = await stage.opens(390, 844, show=(MARIE,))
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    chat = page.get_by_test_id(f"chat-{MARIE}")
    composer = page.get_by_test_id(f"composer-{MARIE}")
    field = composer.get_by_role("textbox")
    await composer.locator("button.instead").click()  # the phone's Start button
    await chat.get_by_text("Choisissez un thème").wait_for()
    for words in ("/timezone", "Port-au-Prince"):
        await field.fill(words)
        await field.press("Enter")
    await chat.get_by_role("button", name="Oui, utiliser l’heure de Port-au-Prince").click()
    await chat.get_by_text("Port-au-Prince. Il y est 11:").wait_for()
    await field.fill("/rappels")
    await field.press("Enter")
    await chat.get_by_role("button", name="Activer pour toutes les sessions").click()
    await chat.get_by_text("Je vous préviens").first.wait_for()
    await page.get_by_test_id("clock-toggle").click()  # the next reminder is in the clock's sheet
    for number in range(12):
        if number == 6:  # before session 3 comes the notice that clocks change
            said = await chat.get_by_text("Attention").count()
            await page.get_by_test_id("next-reminder").click()
            await chat.get_by_text("Attention").nth(said).wait_for()
        await page.get_by_test_id("next-reminder").click()
        await chat.get_by_text("Rappel\u00a0: session").nth(number).wait_for()
    came = [each.text for each in stage.rehearsal.telegram.chat(MARIE) if each.text.startswith("Rappel")]
    await page.close()
    assert faults == []
    expected = [(number, hour) for number, hour in HOURS.items() for _ in range(3)]
    for (number, hour), text in zip(expected, came, strict=True):
        assert f"session {number}" in text
        assert f"De {hour} à" in text
