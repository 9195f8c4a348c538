"""The rehearsal's page, used by hand in a real browser."""

import os
import warnings
from pathlib import Path

import pytest

from rehearsal.launcher import launched
from scripts.take_pictures import browser, chromium


@pytest.fixture(autouse=True)
def a_browser() -> None:
    """Fails in CI, and is skipped with a warning elsewhere, where Chromium is not installed."""
    if chromium() is None:
        missing = "the page was NOT tested: Chromium is not installed (apt-get install chromium, as .ci/run does)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        warnings.warn(missing, stacklevel=1)
        pytest.skip(missing)


MARIE, HOURS = 1001, {1: "13:00", 2: "13:00", 3: "12:00", 4: "12:00"}


async def test_marie_subscribes_in_the_page_and_the_clock_turns_through_the_cycle(tmp_path: Path) -> None:
    """On a phone's width, with the keyboard where a keyboard serves: every reminder once, in Haiti's hour."""
    async with launched("127.0.0.1", 0, tmp_path / "page.db") as (rehearsal, address), browser() as opened:
        page = await opened.new_page(viewport={"width": 1280, "height": 860}, locale="es-AR")
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto(address)
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
        for number in range(12):
            if number == 6:  # before session 3 comes the notice that clocks change
                said = await chat.get_by_text("Attention").count()
                await page.get_by_test_id("next-reminder").click()
                await chat.get_by_text("Attention").nth(said).wait_for()
            await page.get_by_test_id("next-reminder").click()
            await chat.get_by_text("Rappel\u00a0: session").nth(number).wait_for()
        came = [each.text for each in rehearsal.telegram.chat(MARIE) if each.text.startswith("Rappel")]
        assert faults == []
    expected = [(number, hour) for number, hour in HOURS.items() for _ in range(3)]
    for (number, hour), text in zip(expected, came, strict=True):
        assert f"session {number}" in text
        assert f"De {hour} à" in text
