"""The page's stream of changes, its view of calls, and the files that a bot sends."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from rehearsal.page.live import Live
from rehearsal.telegram.telegram import Upload
from rehearsal.world import Rehearsal
from tests.support.telegram.page_visitor import MARIE, YOU, Visitor


class Page:
    """One open page, listening."""

    def __init__(self, stream: AsyncIterator[str]) -> None:
        self._stream = stream

    async def hears(self) -> dict[str, Any]:
        """The next event."""
        line = await anext(self._stream)
        assert line.startswith("data: ")
        assert line.endswith("\n\n")
        told: dict[str, Any] = json.loads(line.removeprefix("data: "))
        return told


@pytest.fixture
def live(rehearsal: Rehearsal) -> Live:
    return Live(rehearsal)


async def test_the_first_event_tells_everything_and_the_next_only_what_changed(
    live: Live, rehearsal: Rehearsal
) -> None:
    page = Page(live.stream())
    first = await page.hears()
    assert set(first["chats"]) == {user.id for user in rehearsal.cast}
    assert len(first["people"]) == len(rehearsal.cast)
    rehearsal.telegram.says(MARIE, "/start")
    second = await page.hears()
    assert second["chats"] == [MARIE]
    assert "people" not in second
    assert "programme" not in second


async def test_a_moved_session_reaches_every_open_page(live: Live, rehearsal: Rehearsal) -> None:
    page = Page(live.stream())
    was = (await page.hears())["programme"]["sessions"]
    await rehearsal.organizer_moves_a_session()
    now = (await page.hears())["programme"]["sessions"]
    assert (now[0] != was[0], now[1:] == was[1:]) == (True, True)


async def test_a_thousand_calls_are_a_handful_of_events(live: Live, rehearsal: Rehearsal) -> None:
    page = Page(live.stream())
    await page.hears()
    for _ in range(1000):
        await rehearsal.telegram.call(rehearsal.telegram.token, "getMe", {})
    assert (await page.hears())["last_call"] == rehearsal.telegram.calls[-1].number


async def test_the_answer_to_a_press_is_shown_once_on_every_open_page(live: Live, rehearsal: Rehearsal) -> None:
    telegram = rehearsal.telegram
    pages = [Page(live.stream()), Page(live.stream())]
    for page in pages:
        await page.hears()
    telegram.toasts[YOU] = [{"text": "Guardado.", "show_alert": False}]
    telegram.changed("toast", YOU)
    for page in pages:
        told = await page.hears()
        assert told["answered"] == [YOU]
        assert told["toasts"] == [{"user": YOU, "text": "Guardado.", "show_alert": False}]
    telegram.says(MARIE, "/start")
    assert (await pages[0].hears())["toasts"] == []


async def test_a_page_that_was_closed_is_forgotten(live: Live, rehearsal: Rehearsal) -> None:
    stream = live.stream()
    await Page(stream).hears()
    await stream.aclose()  # type: ignore[attr-defined] # it is a generator
    rehearsal.telegram.says(MARIE, "/start")
    assert not live._viewers


async def test_calls_are_shown_in_order_from_where_one_has_read(visitor: Visitor) -> None:
    await visitor.does(f"people/{YOU}/says", text="/start")
    seen = await visitor.looks("calls")
    sent = [each for each in seen["calls"] if each["method"] == "sendMessage"]
    assert sent[-1]["chat_id"] == YOU
    assert sent[-1]["status"] == 200
    assert visitor.rehearsal.telegram.token not in json.dumps(seen)
    await visitor.does(f"people/{YOU}/says", text="/help")
    news = await visitor.looks(f"calls?after={seen['last']}")
    assert news["calls"]
    assert all(each["number"] > seen["last"] for each in news["calls"])


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "٣", "9" * 40])
async def test_calls_after_nonsense_are_refused(visitor: Visitor, after: str) -> None:
    answer = await visitor.client.get("/rehearsal/calls", params={"after": after})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_value")


async def test_a_document_is_saved_and_never_opened_in_the_page(visitor: Visitor) -> None:
    kept = visitor.rehearsal.telegram.keep(Upload("año.html", b"<script>alert(1)</script>", "text/html"))
    answer = await visitor.client.get(f"/rehearsal/files/{kept['file_id']}")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''a%C3%B1o.html"
    assert (await visitor.client.get("/rehearsal/files/file-999999")).status_code == 404


async def test_the_page_runs_nothing_that_is_not_its_own(visitor: Visitor) -> None:
    answer = await visitor.client.get("/")
    assert answer.status_code == 200
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert (await visitor.looks("health"))["ok"]
