"""Long polling: updates come until they are confirmed, to one poller at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from rehearsal.telegram.telegram import LineCutError
from tests.support.telegram.rehearsal_stage import Stage

BESIDE_A_WEBHOOK = (
    "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER = "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def kinds(updates: list[dict[str, Any]]) -> list[str]:
    return [key for each in updates for key in each if key != "update_id"]


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [each["message"]["text"] for each in updates]


async def while_polling(stage: Stage, then: Callable[[], object], **params: Any) -> dict[str, Any]:  # noqa: ANN401 - any parameter
    """What a long poll gets that waits while something happens."""
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(stage.call("getUpdates", **{"offset": 2, "timeout": 30} | params))
        await asyncio.sleep(0.01)
        assert stage.telegram.getting_updates()
        happened = then()
        if isinstance(happened, Awaitable):
            await happened
    assert not stage.telegram.parked
    return poll.result()


async def test_updates_come_until_they_are_confirmed(stage: Stage) -> None:
    first = await stage.updates()
    assert texts(first) == ["/start"]
    assert await stage.updates() == first
    assert not stage.telegram.updates_settled()
    assert await stage.updates(offset=first[-1]["update_id"] + 1) == []
    assert stage.telegram.updates_settled()


async def test_as_many_as_asked_for_come_the_oldest_first(stage: Stage) -> None:
    for number in range(120):
        stage.telegram.says(stage.ana, str(number))
    assert texts(await stage.updates(limit=2)) == ["/start", "0"]
    assert len(await stage.updates(limit=0)) == 1
    for generous in ({}, {"limit": 100}, {"limit": 5000}):
        assert len(await stage.updates(**generous)) == 100


async def test_a_negative_offset_keeps_that_many_from_the_end(stage: Stage) -> None:
    for words in ("uno", "dos", "tres"):
        stage.telegram.says(stage.ana, words)
    assert texts(await stage.updates(offset=-2)) == ["dos", "tres"]
    assert texts(await stage.updates()) == ["dos", "tres"]


async def test_an_update_says_what_was_when_it_happened(stage: Stage) -> None:
    number = stage.telegram.says(stage.ana, "uno")
    stage.telegram.edits(stage.ana, number, "dos")
    _, said, edited = await stage.updates()
    assert (said["message"]["text"], edited["edited_message"]["text"]) == ("uno", "dos")


async def test_a_poll_waits_for_news_and_ends_with_the_first(stage: Stage) -> None:
    body = await while_polling(stage, lambda: stage.telegram.says(stage.ana, "hola"))
    assert texts(body["result"]) == ["hola"]


async def test_a_poll_ends_empty_when_its_time_is_over(stage: Stage) -> None:
    async with asyncio.timeout(0.5):
        assert await stage.updates(offset=2) == []
        assert await stage.updates(timeout=-1) == []
    assert await stage.updates(timeout=1) == []
    assert not stage.telegram.getting_updates()


async def test_a_second_poller_ends_the_first_with_409(stage: Stage) -> None:
    second: list[dict[str, Any]] = []

    async def polls() -> None:
        second.append(await stage.call("getUpdates", offset=2, timeout=0))

    first = await while_polling(stage, polls)
    assert f"{first['error_code']} {first['description']}" == OTHER
    assert second[0] == {"ok": True, "result": []}


async def test_telegram_sends_pollers_away_at_times(stage: Stage) -> None:
    assert (await while_polling(stage, stage.telegram.send_pollers_away))["error_code"] == 409
    stage.telegram.says(stage.ana, "hola")
    assert texts(await stage.updates()) == ["hola"]


async def test_polling_beside_a_webhook_is_409_and_a_new_webhook_ends_a_poll(stage: Stage) -> None:
    ended = await while_polling(stage, lambda: stage.does("setWebhook", url="https://example.org/hook"))
    assert f"{ended['error_code']} {ended['description']}" == "409 Conflict: terminated by setWebhook request"
    assert await stage.refusal("getUpdates") == BESIDE_A_WEBHOOK
    stage.telegram.says(stage.ana, "hola")
    await stage.does("deleteWebhook")
    assert texts(await stage.updates()) == ["hola"]


async def test_a_cut_line_cuts_a_poll_and_loses_nothing(stage: Stage) -> None:
    with pytest.raises(ExceptionGroup) as cut:
        await while_polling(stage, lambda: stage.telegram.cut_line(cut=True))
    assert cut.group_contains(LineCutError)
    stage.telegram.says(stage.ana, "hola")
    stage.telegram.cut_line(cut=False)
    assert texts(await stage.updates(offset=2)) == ["hola"]


async def test_only_the_wanted_kinds_come_and_the_wish_is_remembered(stage: Stage) -> None:
    await stage.updates(offset=2, allowed_updates=["callback_query", "message"])
    stage.telegram.edits(stage.ana, 1, "/start otra vez")
    stage.telegram.blocks(stage.ana)
    stage.telegram.unblocks(stage.ana)
    stage.telegram.says(stage.ana, "hola")
    assert kinds(await stage.updates()) == ["message"]
    assert (await stage.does("getWebhookInfo"))["allowed_updates"] == ["callback_query", "message"]


async def test_an_empty_list_wants_the_usual_kinds_again(stage: Stage) -> None:
    await stage.updates(offset=2, allowed_updates='["poll"]')
    stage.telegram.says(stage.ana, "nadie lo oye")
    await stage.updates(allowed_updates=[])
    stage.telegram.says(stage.ana, "hola")
    assert texts(await stage.updates()) == ["hola"]


async def test_reactions_and_other_members_come_only_on_request(stage: Stage) -> None:
    stage.telegram.put_update("chat_member", {"chat": {"id": stage.ana}})
    assert kinds(await stage.updates()) == ["message"]
    await stage.updates(allowed_updates=["chat_member"])
    stage.telegram.put_update("chat_member", {"chat": {"id": stage.ana}})
    assert kinds(await stage.updates()) == ["message", "chat_member"]
