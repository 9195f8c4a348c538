"""How the bot gets its updates: long polling, or a webhook."""

import asyncio
from typing import Any

from rehearsal.params import Params
from rehearsal.people import People
from rehearsal.records import ApiError, Json

_MOST_UPDATES = 100
_LONGEST_POLL_SECONDS = 50
_TWO_POLLERS = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(telegram: People, params: Params) -> list[Json]:
    """https://core.telegram.org/bots/api#getupdates: waits for news; a newer call ends an older one with 409."""
    if telegram.webhook["url"]:
        raise ApiError(409, _WEBHOOK_SET)
    mine = telegram.poller = telegram.poller + 1
    telegram.news.set()  # an older poll wakes up and sees that it is not the newest
    _confirm(telegram, params.integer("offset", 0))
    if "allowed_updates" in params.values:
        telegram.allowed = params.structure("allowed_updates") or None
    limit = min(max(params.integer("limit", _MOST_UPDATES), 1), _MOST_UPDATES)
    await _wait(telegram, mine, min(params.integer("timeout", 0), _LONGEST_POLL_SECONDS))
    if telegram.poller != mine:
        raise ApiError(409, _TWO_POLLERS)
    return list(telegram.waiting)[:limit]


async def _wait(telegram: People, mine: int, seconds: float) -> None:
    telegram.parked += 1
    try:
        async with asyncio.timeout(seconds if seconds > 0 else 0.0):
            while not telegram.waiting and telegram.poller == mine and not telegram.line_cut:
                telegram.news.clear()
                await telegram.news.wait()
    except TimeoutError:
        pass
    finally:
        telegram.parked -= 1


def _confirm(telegram: People, offset: int) -> None:
    """Forgets what is before the offset; a negative one keeps that many from the end."""
    if offset < 0:
        while len(telegram.waiting) > -offset:
            telegram.waiting.popleft()
        return
    while telegram.waiting and telegram.waiting[0]["update_id"] < offset:
        telegram.waiting.popleft()


def set_webhook(telegram: People, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setwebhook"""
    url = params.text("url")
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    telegram.webhook |= {"url": url, "secret_token": params.text("secret_token")}
    if params.flag("drop_pending_updates"):
        telegram.waiting.clear()
    if "allowed_updates" in params.values:
        telegram.allowed = params.structure("allowed_updates") or None
    telegram.poller += 1
    telegram.news.set()
    return True


def delete_webhook(telegram: People, params: Params) -> bool:
    """https://core.telegram.org/bots/api#deletewebhook"""
    return set_webhook(telegram, Params({"url": "", **_kept(params)}, {}))


def _kept(params: Params) -> dict[str, Any]:
    return {key: value for key, value in params.values.items() if key == "drop_pending_updates"}


def webhook_info(telegram: People, _params: Params) -> Json:
    """https://core.telegram.org/bots/api#getwebhookinfo"""
    info = {key: value for key, value in telegram.webhook.items() if key != "secret_token"}
    return info | {"pending_update_count": len(telegram.waiting)}


METHODS = {"setwebhook": set_webhook, "deletewebhook": delete_webhook, "getwebhookinfo": webhook_info}
