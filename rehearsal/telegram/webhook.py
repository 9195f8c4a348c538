"""Brings updates to the bot's webhook: one chat in order, many chats at once, each again until it arrives."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp

from rehearsal.telegram.records import Json
from rehearsal.telegram.telegram import Telegram

# A webhook's status and the body of its reply, for an address, an update and headers.
Post = Callable[[str, Json, Mapping[str, str]], Awaitable[tuple[int, bytes]]]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 1.0, 60.0
_PATIENCE = aiohttp.ClientTimeout(total=60)


def posting(session: aiohttp.ClientSession) -> Post:
    """Posts over HTTP, through that session."""

    async def post(url: str, update: Json, headers: Mapping[str, str]) -> tuple[int, bytes]:
        async with session.post(url, json=update, headers=headers, timeout=_PATIENCE) as response:
            return response.status, await response.read()

    return post


class Webhook:
    """Carries what waits to the address that setWebhook named; does nothing while there is none.

    Source: https://core.telegram.org/bots/api#setwebhook; the pauses are real seconds and double at each failure.
    """

    def __init__(self, telegram: Telegram, post: Post, *, first_pause: float = _FIRST_PAUSE_SECONDS) -> None:
        self._telegram = telegram
        self._deliver = post
        self._first_pause = first_pause
        self._carried: set[int] = set()  # the numbers of updates on their way
        self._busy: set[int] = set()  # the chats that they belong to

    async def run(self) -> None:
        """Runs until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._telegram.news.clear()
                for update in self._next_ones():
                    group.create_task(self._carry(update))
                await self._telegram.news.wait()

    def _next_ones(self) -> list[Json]:
        """Returns the oldest update of each chat that has none on its way, as far as there are connections."""
        chosen = []
        for update in self._telegram.waiting if self._telegram.webhook["url"] else ():
            lane = _chat_of(update)
            if update["update_id"] in self._carried or lane in self._busy:
                continue
            if len(self._carried) >= self._telegram.webhook["max_connections"]:
                break
            self._carried.add(update["update_id"])
            self._busy.add(lane)
            chosen.append(update)
        return chosen

    async def _carry(self, update: Json) -> None:
        pause = self._first_pause
        try:
            while self._still_wanted(update) and not await self._arrives(update):
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
        finally:
            self._carried.discard(update["update_id"])
            self._busy.discard(_chat_of(update))
            self._telegram.news.set()

    def _still_wanted(self, update: Json) -> bool:
        """Returns whether it is still wanted: not once the webhook is deleted, or what waited is dropped."""
        return bool(self._telegram.webhook["url"]) and any(each is update for each in self._telegram.waiting)

    async def _arrives(self, update: Json) -> bool:
        hook = self._telegram.webhook
        headers = {SECRET_HEADER: hook["secret_token"]} if hook["secret_token"] else {}
        try:
            if self._telegram.line_cut:
                raise ConnectionResetError("the line is cut")
            status, reply = await self._deliver(hook["url"], update, headers)
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            self._note(f"Connection failed: {type(error).__name__}")
            return False
        if not 200 <= status < 300:  # noqa: PLR2004 - HTTP's successes
            self._note(f"Wrong response from the webhook: {status}")
            return False
        if self._still_wanted(update):
            self._telegram.waiting.remove(update)
        await self._do_what_it_says(reply)
        return True

    def _note(self, words: str) -> None:
        self._telegram.webhook |= {"last_error_date": self._telegram.unix(), "last_error_message": words}

    async def _do_what_it_says(self, reply: bytes) -> None:
        """Calls the method that a webhook may answer with; nobody hears what became of it."""
        call = _call_in(reply)
        if call is not None:
            await self._telegram.call(self._telegram.token, call.pop("method"), call)


def _call_in(reply: bytes) -> Json | None:
    try:
        read = json.loads(reply)
    except ValueError:
        return None
    return read if isinstance(read, dict) and isinstance(read.get("method"), str) else None


def _chat_of(update: Json) -> int:
    """Returns the chat, or else the person, that an update belongs to."""
    content: Any = next(value for key, value in update.items() if key != "update_id")
    chat = content.get("chat") or content.get("message", {}).get("chat") or content["from"]
    number: int = chat["id"]
    return number
