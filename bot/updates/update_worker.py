"""What is done with one update that this replica has in hand."""

import json
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog
from telegram import Bot

from bot.http.metrics import Metrics
from db.delivery.inbox import ClaimedUpdate
from telegram_io.updates import ReceivedUpdate, read_update

_log = structlog.get_logger(__name__)

# An update that was in the hands of so many processes that died brings down the next one, too.
_MOST_ATTEMPTS = 5
_REMEMBERED = 512


@dataclass
class UpdateWorker:
    """Answers it; or, where a replica died before its answer was said, says that first, in its chat's order."""

    bot: Bot
    handle: Callable[[ReceivedUpdate], Coroutine[Any, Any, None]]
    say_again: Callable[[int, str], Awaitable[None]]
    metrics: Metrics
    _known: OrderedDict[int, tuple[ReceivedUpdate, float]] = field(default_factory=OrderedDict)

    def remember(self, update: ReceivedUpdate) -> None:
        """It came here just now: it need not be read a second time."""
        self._known[update.update_id] = (update, time.monotonic())
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    async def do(self, taken: ClaimedUpdate) -> None:
        """Raises what must be tried again, by this replica or another."""
        if taken.attempts > _MOST_ATTEMPTS:
            _log.error("an update is given up: whoever had it in hand died", attempts=taken.attempts)
            return
        if taken.handled:
            await self.say_again(taken.update_id, taken.payload)
            return
        update, since = self._known.pop(taken.update_id, None) or (self._read(taken), None)
        if update is not None:
            with self.metrics.handling(since):
                await self.handle(update)

    def _read(self, taken: ClaimedUpdate) -> ReceivedUpdate | None:
        try:
            return read_update(json.loads(taken.payload), self.bot, taken.payload)
        except (ValueError, TypeError, KeyError, AttributeError):
            _log.exception("an update cannot be read")
            return None
