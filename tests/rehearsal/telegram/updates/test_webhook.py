"""A webhook: each update once, in order within a chat, again until it arrives."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

import aiohttp
import pytest

from rehearsal.telegram.webhook import SECRET_HEADER, Webhook
from tests.support.telegram.local_telegram import until
from tests.support.telegram.rehearsal_stage import Stage

HOOK = "https://example.org/hook"
Answers = Callable[[dict[str, Any]], Awaitable[tuple[int, bytes]]]


class Bot:
    """What stands at the webhook's address; answers 200 unless told otherwise."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: Answers | None = None

    async def post(self, url: str, update: dict[str, Any], headers: Mapping[str, str]) -> tuple[int, bytes]:
        assert url == HOOK
        self.heard.append(update)
        self.headers.append(dict(headers))
        return await self.answers(update) if self.answers else (200, b"")

    @property
    def texts(self) -> list[str]:
        return [each["message"]["text"] for each in self.heard]


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture(autouse=True)
async def carrying(stage: Stage, bot: Bot) -> AsyncIterator[None]:
    """The webhook carries while the test runs."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(Webhook(stage.telegram, bot.post, first_pause=0.001).run())
        yield
        task.cancel()


async def hooked(stage: Stage, **more: Any) -> None:  # noqa: ANN401 - any parameter
    await stage.does("setWebhook", url=HOOK, **more)


async def test_updates_are_brought_and_then_confirmed(stage: Stage, bot: Bot) -> None:
    await asyncio.sleep(0.01)
    assert bot.heard == []
    await hooked(stage)
    assert stage.telegram.getting_updates()
    await until(stage.telegram.updates_settled)
    stage.telegram.says(stage.ana, "hola")
    await until(stage.telegram.updates_settled)
    assert bot.texts == ["/start", "hola"]
    assert [each["update_id"] for each in bot.heard] == [1, 2]
    assert (await stage.does("getWebhookInfo"))["pending_update_count"] == 0


async def test_the_secret_comes_along_and_is_told_to_nobody(stage: Stage, bot: Bot) -> None:
    await hooked(stage, secret_token="Pst-1_")  # noqa: S106 - nobody's
    await until(stage.telegram.updates_settled)
    assert bot.headers == [{SECRET_HEADER: "Pst-1_"}]
    assert "Pst-1_" not in json.dumps(await stage.does("getWebhookInfo"))
    await hooked(stage)
    stage.telegram.says(stage.ana, "hola")
    await until(stage.telegram.updates_settled)
    assert bot.headers[-1] == {}


async def test_what_is_not_taken_comes_again_until_it_is(stage: Stage, bot: Bot) -> None:
    async def answers(_update: dict[str, Any]) -> tuple[int, bytes]:
        if len(bot.heard) == 1:
            raise TimeoutError
        if len(bot.heard) == 2:
            raise aiohttp.ServerDisconnectedError
        return ([500, 302, 404, 204][len(bot.heard) - 3], b"")

    bot.answers = answers
    await hooked(stage)
    await until(stage.telegram.updates_settled)
    assert bot.texts == ["/start"] * 6
    info = await stage.does("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 404"
    assert info["last_error_date"] == stage.telegram.unix()


async def test_one_chat_waits_for_its_turn_and_others_do_not(stage: Stage, bot: Bot) -> None:
    may_answer = asyncio.Event()

    async def answers(update: dict[str, Any]) -> tuple[int, bytes]:
        if update["message"]["from"]["id"] == stage.ana:
            await may_answer.wait()
        return 200, b""

    bot.answers = answers
    stage.telegram.says(stage.ana, "dos")
    stage.telegram.says(stage.beto, "hola")
    await hooked(stage)
    await until(lambda: len(bot.heard) == 2)
    await asyncio.sleep(0.01)
    assert sorted(bot.texts) == ["/start", "hola"]
    may_answer.set()
    await until(stage.telegram.updates_settled)
    assert bot.texts[-1] == "dos"


async def test_no_more_at_once_than_it_has_connections(stage: Stage, bot: Bot) -> None:
    at_once: list[int] = []

    async def answers(_update: dict[str, Any]) -> tuple[int, bytes]:
        at_once.append(1)
        busy = sum(at_once)
        await asyncio.sleep(0.005)
        at_once.append(-1)
        assert busy <= 2
        return 200, b""

    bot.answers = answers
    for number in range(10):
        stage.telegram.says(stage.telegram.joins(f"P{number}").id, "hola")
    await hooked(stage, max_connections=2)
    await until(stage.telegram.updates_settled)
    assert len(bot.heard) == 11
    assert (await stage.does("getWebhookInfo"))["max_connections"] == 2


async def test_a_webhook_may_answer_with_a_call(stage: Stage, bot: Bot) -> None:
    replies = {
        "/start": json.dumps({"method": "sendMessage", "chat_id": stage.ana, "text": "¡hola!"}).encode(),
        "1": b"[]",
        "2": b"OK",
        "3": b'{"method": 7}',
        "4": b'{"method": "sendTelepathy"}',
    }

    async def answers(update: dict[str, Any]) -> tuple[int, bytes]:
        return 200, replies[update["message"]["text"]]

    bot.answers = answers
    for words in ("1", "2", "3", "4"):
        stage.telegram.says(stage.ana, words)
    await hooked(stage)
    await until(stage.telegram.updates_settled)
    await until(lambda: stage.telegram.calls[-1].method == "sendTelepathy")
    assert [each.text for each in stage.telegram.chat(stage.ana) if each.from_bot] == ["¡hola!"]


async def test_behind_a_cut_line_updates_wait(stage: Stage, bot: Bot) -> None:
    await hooked(stage)
    await until(stage.telegram.updates_settled)
    stage.telegram.cut_line(cut=True)
    stage.telegram.says(stage.ana, "hola")
    await until(lambda: "last_error_message" in stage.telegram.webhook)
    assert bot.texts == ["/start"]
    stage.telegram.cut_line(cut=False)
    await until(stage.telegram.updates_settled)
    assert bot.texts == ["/start", "hola"]


async def test_a_deleted_webhook_gets_nothing_more_and_dropped_updates_are_gone(stage: Stage, bot: Bot) -> None:
    async def answers(_update: dict[str, Any]) -> tuple[int, bytes]:
        return 500, b""

    bot.answers = answers
    await hooked(stage)
    await until(lambda: len(bot.heard) > 1)
    await stage.does("deleteWebhook")
    await asyncio.sleep(0.02)
    heard = len(bot.heard)
    await asyncio.sleep(0.02)
    assert len(bot.heard) == heard
    assert len(await stage.updates()) == 1
    await stage.does("deleteWebhook", drop_pending_updates=True)
    assert await stage.updates() == []
    bot.answers = None
    await hooked(stage)
    stage.telegram.says(stage.ana, "hola")
    await until(stage.telegram.updates_settled)
    assert bot.texts[heard:] == ["hola"]


async def test_every_kind_of_update_has_its_lane(stage: Stage, bot: Bot) -> None:
    stage.telegram.forges_press(stage.ana, 1, "s1")
    stage.telegram.asks_inline(stage.ana, "datos")
    stage.telegram.blocks(stage.ana)
    await hooked(stage)
    await until(stage.telegram.updates_settled)
    kinds = [key for each in bot.heard for key in each if key != "update_id"]
    assert kinds == ["message", "callback_query", "inline_query", "my_chat_member"]
