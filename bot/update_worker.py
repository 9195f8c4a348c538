"""Works on one update that was claimed: has it answered, or says first what a dead replica had not said."""

import json
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from telegram import Bot

from bot.http.metrics import Metrics
from db.delivery.inbox import ClaimedUpdate
from telegram_io.updates import ReceivedUpdate, read_update

_log = structlog.get_logger(__name__)

# An update that was in the hands of so many processes that died brings down the next one, too.
_MOST_ATTEMPTS = 5
_REMEMBERED = 512


class Handler(Protocol):
    """What answers updates: the front door in handlers/updates.py."""

    async def __call__(self, received: ReceivedUpdate, /) -> None:
        """Answers an update."""

    async def say_again(self, update_id: int, left: str, /) -> None:
        """Says what was worked out and not said."""


@dataclass
class UpdateWorker:
    """Answers it; or, where a replica died before its answer was said, says that first, in its chat's order.

    What answers is made while Telegram is already asked: an update that comes sooner waits in the inbox.
    """

    bot: Bot
    metrics: Metrics
    handler: Handler | None = None
    _known: OrderedDict[int, tuple[ReceivedUpdate, float]] = field(default_factory=OrderedDict)

    def remember(self, update: ReceivedUpdate) -> None:
        """Remembers an update that came here just now: it need not be read a second time."""
        self._known[update.update_id] = (update, time.monotonic())
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    async def do(self, taken: ClaimedUpdate) -> None:
        """Raises what must be tried again, by this replica or another."""
        if taken.attempts > _MOST_ATTEMPTS:
            _log.error("an update is given up: whoever had it in hand died", attempts=taken.attempts)
            return
        if self.handler is None:
            raise RuntimeError("nothing is claimed before there is something that answers")
        if taken.handled:
            await self.handler.say_again(taken.update_id, taken.payload)
            return
        update, since = self._known.pop(taken.update_id, None) or (self._read(taken), None)
        if update is not None:
            with self.metrics.handling(since):
                await self.handler(update)

    def _read(self, taken: ClaimedUpdate) -> ReceivedUpdate | None:
        try:
            return read_update(json.loads(taken.payload), self.bot, taken.payload)
        except (ValueError, TypeError, KeyError, AttributeError):
            _log.exception("an update cannot be read")
            return None
