"""Fetches updates by long polling: kept in the inbox before Telegram is told to forget them."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.ordering import InOrder
from db import inbox
from db.database import Database
from reminders.patience import happens_within, unless
from reminders.sender import retry_seconds

_log = structlog.get_logger(__name__)

_LONG_POLL_SECONDS = 25
_LONGEST_PAUSE_SECONDS = 30.0
# More than that waiting to be handled: fetch no more until some are done.
_ENOUGH = 512
ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member", "inline_query")


@dataclass
class Polling:
    """One reader of the bot's updates. A second one gets Telegram's 409."""

    bot: Bot
    database: Database
    ordering: InOrder
    handle: Callable[[Update, object], Coroutine[Any, Any, None]]
    now: Callable[[], datetime]
    in_flight: int = 0
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)
    _room: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """Fetches no more; what was fetched is finished, or stays in the inbox for the next start."""
        self._stopped.set()
        self._room.set()

    async def run(self) -> None:
        """Takes updates in until stopped. Raises InvalidToken; waits out every other fault."""
        self._room.set()
        async with asyncio.TaskGroup() as group:
            await self._left_behind(group)
            offset: int | None = None
            failures = 0
            while not self._stopped.is_set():
                try:
                    updates = await self._fetch(offset)
                    await self._take_in(group, updates)
                except InvalidToken:
                    raise
                except Exception as error:
                    failures += 1
                    await self._pause(error, failures)
                    continue
                failures = 0
                offset = updates[-1].update_id + 1 if updates else offset
                await self._room.wait()

    async def _fetch(self, offset: int | None) -> Sequence[Update]:
        call = self.bot.get_updates(offset, timeout=_LONG_POLL_SECONDS, allowed_updates=ALLOWED_UPDATES)
        return await unless(self._stopped, call) or ()

    async def _left_behind(self, group: asyncio.TaskGroup) -> None:
        """What a stop or a crash left unanswered goes first."""
        async with self.database.transaction() as tx:
            payloads = await inbox.unhandled(tx)
        for payload in payloads:
            try:
                update = Update.de_json(json.loads(payload), self.bot)
            except (ValueError, TypeError, KeyError):
                _log.exception("an update that was left behind cannot be read any more")
            else:
                self._begin(group, update)

    async def _take_in(self, group: asyncio.TaskGroup, updates: Sequence[Update]) -> None:
        if not updates:
            return
        async with self.database.transaction() as tx:
            new = await inbox.take_in(tx, {each.update_id: each.to_json() for each in updates}, now=self.now())
        for update in updates:
            if update.update_id in new:
                self._begin(group, update)

    def _begin(self, group: asyncio.TaskGroup, update: Update) -> None:
        self.in_flight += 1
        if self.in_flight > _ENOUGH:
            self._room.clear()
        group.create_task(self._handle(update))

    async def _handle(self, update: Update) -> None:
        try:
            await self.ordering.process_update(update, self.handle(update, None))
        except Exception:
            _log.exception("an update failed", update=update.update_id)
        finally:
            self.in_flight -= 1
            if self.in_flight <= _ENOUGH:
                self._room.set()

    async def _pause(self, error: Exception, failures: int) -> None:
        seconds = min(0.5 * 2 ** min(failures, 10), _LONGEST_PAUSE_SECONDS)
        if isinstance(error, RetryAfter):
            seconds = retry_seconds(error)
        if isinstance(error, Conflict):
            _log.error("somebody else polls with this token, or a webhook is set: stop that one first")
        elif isinstance(error, TelegramError):
            _log.warning("Telegram does not answer", error=type(error).__name__, again_in=seconds)
        else:
            _log.exception("updates could not be taken in", exc_info=error)
        await happens_within(self._stopped, seconds)
