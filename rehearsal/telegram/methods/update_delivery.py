"""How the bot gets its updates: long polling, or a webhook."""

import asyncio
import re
from typing import Any

from rehearsal.telegram.params import Params
from rehearsal.telegram.people import People
from rehearsal.telegram.records import ApiError, Json, refused

_MOST_UPDATES = 100
_LONGEST_POLL_SECONDS = 50
_USUAL_CONNECTIONS, _MOST_CONNECTIONS = 40, 100
_OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_NEW_WEBHOOK = "Conflict: terminated by setWebhook request"
_WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_LONGEST_SECRET = 256
# Telegram itself takes HTTPS only, its own server in --local mode takes HTTP, too, which is what a rehearsal needs.
_URL = re.compile(r"https://[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?|http://(?:127\.0\.0\.1|localhost)(?::\d+)?(?:/\S*)?")
_PORT = re.compile(r"https://[^/?#]+:(\d+)(?:[/?#].*)?")
_PORTS = {"80", "88", "443", "8443"}


async def get_updates(telegram: People, params: Params) -> list[Json]:
    """Answers as https://core.telegram.org/bots/api#getupdates says: waits for news.

    A newer call ends an older one (409).
    """
    if telegram.webhook["url"]:
        raise ApiError(409, _WEBHOOK_SET)
    mine = _take_turn(telegram, _OTHER_POLLER)
    _confirm(telegram, params.integer("offset"))
    _want(telegram, params)
    limit = min(max(params.integer("limit", _MOST_UPDATES), 1), _MOST_UPDATES)
    await _wait(telegram, mine, min(max(params.integer("timeout"), 0), _LONGEST_POLL_SECONDS))
    if telegram.poller != mine:
        raise ApiError(409, telegram.ousted_by)
    return list(telegram.waiting)[:limit]


def _take_turn(telegram: People, words: str) -> int:
    """Ends the long poll before this one, which is told in those words."""
    telegram.poller += 1
    telegram.ousted_by = words
    telegram.news.set()
    return telegram.poller


async def _wait(telegram: People, mine: int, seconds: int) -> None:
    telegram.parked += 1
    try:
        async with asyncio.timeout(seconds):
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


def _want(telegram: People, params: Params) -> None:
    """Remembers which kinds of updates are wanted; an empty list is the usual ones, no list is as before."""
    if params.text("allowed_updates"):
        given = params.structure("allowed_updates") or []
        telegram.allowed = [str(each) for each in given] or None if isinstance(given, list) else telegram.allowed


def set_webhook(telegram: People, params: Params) -> bool:
    """Does what https://core.telegram.org/bots/api#setwebhook says. How updates get there is in webhook.py."""
    url, secret = params.text("url"), params.text("secret_token")
    if url:
        _refuse_bad_webhook(url, secret)
        _take_turn(telegram, _NEW_WEBHOOK)
    if params.flag("drop_pending_updates"):
        telegram.waiting.clear()
    _want(telegram, params)
    connections = min(max(params.integer("max_connections", _USUAL_CONNECTIONS), 1), _MOST_CONNECTIONS)
    fresh: Json = {"url": url, "has_custom_certificate": "certificate" in params.files, "secret_token": secret}
    telegram.webhook = fresh | ({"max_connections": connections} if url else {})
    telegram.news.set()
    return True


def _refuse_bad_webhook(url: str, secret: str) -> None:
    if url.startswith("http://") and not _URL.fullmatch(url):
        raise refused("bad webhook: An HTTPS URL must be provided for webhook")
    if not _URL.fullmatch(url):
        raise refused("invalid webhook URL specified")
    port = _PORT.fullmatch(url)
    if port and port[1] not in _PORTS:
        raise refused("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > _LONGEST_SECRET:
        raise refused("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise refused("secret token contains unallowed characters")


def delete_webhook(telegram: People, params: Params) -> bool:
    """Does what https://core.telegram.org/bots/api#deletewebhook says."""
    kept: dict[str, Any] = {key: value for key, value in params.values.items() if key == "drop_pending_updates"}
    return set_webhook(telegram, Params(kept, {}))


def webhook_info(telegram: People, _params: Params) -> Json:
    """Does what https://core.telegram.org/bots/api#getwebhookinfo says."""
    info = {key: value for key, value in telegram.webhook.items() if key != "secret_token"}
    allowed = {"allowed_updates": list(telegram.allowed)} if telegram.allowed else {}
    return info | {"pending_update_count": len(telegram.waiting)} | allowed


METHODS = {"setwebhook": set_webhook, "deletewebhook": delete_webhook, "getwebhookinfo": webhook_info}
