"""Where a webhook may be, and how updates get there over real HTTP."""

import asyncio
from typing import Any

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rehearsal.telegram.webhook import SECRET_HEADER, Webhook, posting
from tests.support.telegram.local_telegram import until
from tests.support.telegram.rehearsal_http import serving
from tests.support.telegram.rehearsal_stage import Stage


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "https://example.org:8443/x", "http://127.0.0.1:8080/hook", "http://localhost/hook"],
)
async def test_addresses_that_a_webhook_may_have(stage: Stage, url: str) -> None:
    await stage.does("setWebhook", url=url)
    info = await stage.does("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (url, 1, 40)


async def test_a_secret_is_not_too_long(stage: Stage) -> None:
    await stage.does("setWebhook", url="https://example.org", secret_token="x" * 256)
    words = "400 Bad Request: secret token is too long"
    assert await stage.refusal("setWebhook", url="https://example.org", secret_token="x" * 257) == words


async def test_a_webhook_takes_what_waits_or_drops_it(stage: Stage) -> None:
    await stage.does("setWebhook", url="https://example.org", drop_pending_updates=True)
    assert stage.telegram.updates_settled()
    await stage.does("setWebhook", url="https://example.org", allowed_updates=["message"])
    stage.telegram.blocks(stage.ana)
    assert stage.telegram.updates_settled()


async def test_updates_are_posted_as_json_with_the_secret_and_the_reply_is_read(stage: Stage) -> None:
    seen: list[tuple[Any, str | None]] = []

    async def hook(request: Request) -> Response:
        seen.append((await request.json(), request.headers.get(SECRET_HEADER)))
        return JSONResponse({"method": "sendMessage", "chat_id": stage.ana, "text": "¡hola!"})

    app = Starlette(routes=[Route("/hook", hook, methods=["POST"])])
    async with serving(app) as address, aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        carrying = group.create_task(Webhook(stage.telegram, posting(session)).run())
        await stage.does("setWebhook", url=f"{address}/hook", secret_token="pst")  # noqa: S106 - nobody's
        await until(lambda: stage.telegram.chat(stage.ana)[-1].text == "¡hola!")
        carrying.cancel()
    assert [(update["message"]["text"], secret) for update, secret in seen] == [("/start", "pst")]


async def test_an_address_where_nobody_listens_is_noted(stage: Stage) -> None:
    async with serving(Starlette()) as gone:
        pass
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        carrying = group.create_task(Webhook(stage.telegram, posting(session)).run())
        await stage.does("setWebhook", url=gone)
        await until(lambda: "last_error_message" in stage.telegram.webhook)
        carrying.cancel()
    info = await stage.does("getWebhookInfo")
    assert info["last_error_message"].startswith("Connection failed")
    assert info["pending_update_count"] == 1
