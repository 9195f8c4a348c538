"""The bot's client: python-telegram-bot's Bot on our transport, and updates fetched one by one."""

import json
from collections.abc import Sequence
from urllib.parse import urlencode

from telegram import Bot
from telegram.request import BaseRequest

from telegram_io.received import ReceivedUpdate, read_update


def make_bot(token: str, server: str, request: BaseRequest, updates_request: BaseRequest) -> Bot:
    """Returns PTB's Bot for the Bot API at `server`; it also opens `updates_request`, which UpdateFetcher shares."""
    return Bot(
        token,
        base_url=f"{server}/bot",
        base_file_url=f"{server}/file/bot",
        request=request,
        get_updates_request=updates_request,
    )


class UpdateFetcher:
    """Fetches updates by getUpdates.

    Bot.get_updates() reads all or none: a single update of a shape that PTB does not know would be fetched again and
    again for a day, together with everything that came after it, and be written whole into the log.
    """

    def __init__(self, bot: Bot, request: BaseRequest) -> None:
        self._bot = bot
        self._updates_request = request

    async def fetch(
        self, offset: int | None = None, *, wait_seconds: int = 0, allowed_updates: Sequence[str] = ()
    ) -> tuple[ReceivedUpdate, ...]:
        """Returns what waits, after `wait_seconds` at most. Raises PTB's errors.

        Source: https://core.telegram.org/bots/api#getupdates
        """
        asked: dict[str, object] = {"timeout": wait_seconds, "allowed_updates": json.dumps(list(allowed_updates))}
        if offset is not None:
            asked["offset"] = offset
        url = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        answer_within = (self._updates_request.read_timeout or 0) + wait_seconds
        found = await self._updates_request.post(url, read_timeout=answer_within)
        return tuple(read_update(each, self._bot) for each in found) if isinstance(found, list) else ()
