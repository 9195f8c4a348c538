"""Fetches updates by long polling: kept in the inbox before Telegram is told to forget them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.updates.update_queue import FullError, UpdateQueue
from reminders.delivery.waiting import cancel_on, wait_for_event
from telegram_io.send_result import retry_seconds
from telegram_io.updates import ReceivedUpdate, UpdateFetcher

_log = structlog.get_logger(__name__)

_LONG_POLL_SECONDS = 25
ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member", "inline_query")


@dataclass
class Polling:
    """One reader of the bot's updates. A second one gets Telegram's 409."""

    bot: Bot
    fetcher: UpdateFetcher
    queue: UpdateQueue
    longest_pause_seconds: float = 30.0  # after a fault, before it asks again
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """Fetches no more."""
        self._stopped.set()

    async def run(self) -> None:
        """Takes updates in until stopped. Raises InvalidToken; waits out every other fault."""
        offset: int | None = None
        failures, looked = 0, False
        while not self._stopped.is_set():
            await self.queue.room()
            try:
                if not looked:
                    await self._without_webhook()
                    looked = True
                updates = await self._fetch(offset)
                if updates:
                    await self.queue.take(updates)
            except InvalidToken:
                raise
            except Exception as error:
                failures += 1
                await self._pause(error, failures)
                continue
            failures = 0
            offset = updates[-1].update_id + 1 if updates else offset

    async def _without_webhook(self) -> None:
        """Telegram does not answer getUpdates while one is set."""
        info = await cancel_on(self._stopped, self.bot.get_webhook_info())
        if info is not None and info.url:
            _log.warning("a webhook was set: it is taken away, because this bot polls")
            await self.bot.delete_webhook()

    async def _fetch(self, offset: int | None) -> Sequence[ReceivedUpdate]:
        call = self.fetcher.fetch(offset, wait_seconds=_LONG_POLL_SECONDS, allowed_updates=ALLOWED_UPDATES)
        return await cancel_on(self._stopped, call) or ()

    async def _pause(self, error: Exception, failures: int) -> None:
        seconds = min(0.5 * 2 ** min(failures, 10), self.longest_pause_seconds)
        if isinstance(error, RetryAfter):
            seconds = retry_seconds(error)
        if isinstance(error, Conflict):
            _log.error("somebody else polls with this token, or a webhook is set: stop that one first")
        elif isinstance(error, TelegramError):
            _log.warning("Telegram does not answer", error=type(error).__name__, again_in=seconds)
        elif not isinstance(error, FullError):
            _log.exception("updates could not be taken in", exc_info=error)
        await wait_for_event(self._stopped, seconds)
