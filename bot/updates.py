"""Receives updates by long polling, keeps them in the inbox, and has each chat's handled in their order."""

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog
from structlog.contextvars import bind_contextvars
from telegram import Bot
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.http.metrics import Metrics
from db.delivery import inbox
from db.delivery.inbox import ClaimedUpdate, NewUpdate
from db.engine.database import Database
from reminders.clock import cancel_on, wait_for_event
from telegram_io.sender import retry_seconds
from telegram_io.updates import ReceivedUpdate, UpdateFetcher, read_update

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


_AT_ONCE = 256
_CLAIMED_A_ROUND = 64
_LOOK_AGAIN_SECONDS, _LOOK_AGAIN_SOON_SECONDS, _WATCHED_SECONDS, _LESS_OFTEN = 1.0, 0.05, 2.0, 5
# While others are handled, rounds wait that long for company, or until there is enough: one transaction for many.
_GATHER_SECONDS, _COMPANY = 0.01, 32
_LONGEST_PAUSE_SECONDS = 5.0
_RELEASE_SECONDS, _RELEASE_AT_START_SECONDS = 0.7, 10.0  # a stop is short; at a start there is time


class FullError(Exception):
    """More waits than can be handled soon; Telegram keeps what it brings and comes again."""


@dataclass
class UpdateQueue:
    """Polling and webhook bring updates here; any number of replicas share the work through the inbox.

    One loop of rounds, each of them one transaction: keep what came, tick off what was said, take what is next.
    """

    database: Database
    worker: UpdateWorker
    now: Callable[[], datetime]
    owner: str
    metrics: Metrics
    most_waiting: int = 2_000  # not done with, on all replicas: no more are taken in until some are
    count_again_seconds: float = 0.25  # how many wait
    lease_seconds: float = 10.0  # a replica that stays silent for so long is dead, and others do what it had in hand
    most_at_once: int = _AT_ONCE
    _in_hand: set[int] = field(default_factory=set)
    _arrived: list[NewUpdate] = field(default_factory=list)
    _kept: "asyncio.Future[None] | None" = None
    _done: list[int] = field(default_factory=list)
    _work: asyncio.Event = field(default_factory=asyncio.Event)
    _company: asyncio.Event = field(default_factory=asyncio.Event)
    _room: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _more: bool = False
    _watched_until: float = 0.0
    _renewed: float = 0.0
    _counted: float = 0.0

    @property
    def idle(self) -> bool:
        """Whether everything that this replica knows of is done with."""
        return not (self._in_hand or self._arrived or self._done or self._more)

    async def take(self, updates: Sequence[ReceivedUpdate]) -> None:
        """Returns once they are in the inbox. Raises FullError, or what the database raises."""
        if self._stopping or not self._room.is_set():
            raise FullError(FullError.__doc__)
        for each in updates:
            self._arrived.append(NewUpdate(each.update_id, each.lane, each.raw))
            self.worker.remember(each)
            self.metrics.count_update(each.update)
        if self._kept is None:
            self._kept = asyncio.get_running_loop().create_future()
        self._work.set()
        if len(self._arrived) >= _COMPANY:
            self._company.set()
        await asyncio.shield(self._kept)

    async def room(self) -> None:
        """Waits while too many wait already, or it stops."""
        await self._room.wait()

    async def room_within(self, seconds: float) -> bool:
        """Waits as room() does, but no longer than that; returns whether there is room."""
        return await wait_for_event(self._room, seconds)

    def begin(self, handler: Handler) -> None:
        """Has updates answered by that from here on; until now they were only kept, for any replica that is ready."""
        self.worker.handler = handler
        self._more = True
        self._work.set()

    def stop(self) -> None:
        """Takes no more; what is in hand is finished, everything else stays in the inbox for any replica."""
        self._stopping = True
        self._room.set()
        self._work.set()

    async def run(self) -> None:
        """Runs until stopped. No error ends it."""
        if self.database.is_sqlite:  # one process, one file: whoever had something in hand is gone
            await self._release(None, _RELEASE_AT_START_SECONDS)
        self._room.set()
        failures = 0
        try:
            async with asyncio.TaskGroup() as group:
                while not (self._stopping and self.idle):
                    self._work.clear()
                    try:
                        await self._round(group)
                        failures = 0
                    except Exception:
                        failures += 1
                        _log.exception("the inbox could not be worked on")
                        await asyncio.sleep(min(0.1 * 2 ** min(failures, 10), _LONGEST_PAUSE_SECONDS))
                    await self._rest()
        finally:
            await self._release(self.owner)

    async def _rest(self) -> None:
        if self._more:
            return
        soon = asyncio.get_running_loop().time() < self._watched_until
        alone = self.database.is_sqlite and not self._in_hand  # nobody else brings anything
        seconds = _LOOK_AGAIN_SECONDS * (_LESS_OFTEN if alone else 1)
        await wait_for_event(self._work, _LOOK_AGAIN_SOON_SECONDS if soon else seconds)
        if self._in_hand and not self._stopping:
            await wait_for_event(self._company, _GATHER_SECONDS)

    async def _round(self, group: asyncio.TaskGroup) -> None:
        self._company.clear()
        arrived, self._arrived = self._arrived, []
        kept, self._kept = self._kept, None
        done, begun = list(self._done), self.worker.handler is not None
        try:
            taken = await self._transact(arrived, done, begun=begun)
        except BaseException:
            if kept is not None:
                kept.set_exception(FullError("it could not be kept"))
                kept.exception()  # looked at: whoever waited may have left
            raise
        if kept is not None:
            kept.set_result(None)
        del self._done[: len(done)]
        self._take_in_hand(taken, group)
        claimed = {each.update_id for each in taken}
        began_meanwhile = not begun and self.worker.handler is not None
        self._more = len(taken) == _CLAIMED_A_ROUND or began_meanwhile
        if any(each.update_id not in claimed for each in arrived):
            # Another replica has the chat in hand, and may finish without having seen these.
            self._watched_until = asyncio.get_running_loop().time() + _WATCHED_SECONDS

    def _take_in_hand(self, taken: Sequence[ClaimedUpdate], group: asyncio.TaskGroup) -> None:
        for each in taken:
            # The lease of what is on its way ran out while others had the database: it is ours all the same.
            if each.update_id in self._in_hand or each.update_id in self._done:
                continue
            self._in_hand.add(each.update_id)
            group.create_task(self._work_on(each))

    async def _transact(self, arrived: Sequence[NewUpdate], done: Sequence[int], *, begun: bool) -> list[ClaimedUpdate]:
        async with self.database.transaction() as tx:
            # Not before: while others write, it may have waited for longer than a lease.
            clock = asyncio.get_running_loop().time()
            if arrived:
                await inbox.insert_new(tx, arrived, now=self.now())
            if done:
                await inbox.mark_done(tx, done, owner=self.owner, now=self.now())
            if self._in_hand and clock > self._renewed + self.lease_seconds / 3:
                await inbox.renew_leases(
                    tx, self._in_hand.difference(done), owner=self.owner, seconds=self.lease_seconds
                )
                self._renewed = clock
            if clock > self._counted + self.count_again_seconds:
                self._check_capacity(await inbox.count_waiting(tx, most=self.most_waiting))
                self._counted = clock
            free = 0 if self._stopping or not begun else min(self.most_at_once - len(self._in_hand), _CLAIMED_A_ROUND)
            if free <= 0:
                return []
            return await inbox.claim(tx, owner=self.owner, seconds=self.lease_seconds, limit=free)

    def _check_capacity(self, waiting: int) -> None:
        self.metrics.waiting.set(waiting)
        if waiting < self.most_waiting or self._stopping:
            self._room.set()
        elif self._room.is_set():
            self._room.clear()
            _log.warning("too much waits: Telegram is told to come again later", waiting=waiting)

    async def _work_on(self, taken: ClaimedUpdate) -> None:
        bind_contextvars(update=taken.update_id)  # a task of its own, with a context of its own
        try:
            await self.worker.do(taken)
        except Exception:
            # Not ticked off: the lease runs out, and it is tried again.
            _log.exception("an update failed")
        else:
            self._done.append(taken.update_id)
        finally:
            self._in_hand.discard(taken.update_id)
            self._work.set()

    async def _release(self, owner: str | None, seconds: float = _RELEASE_SECONDS) -> None:
        try:
            async with asyncio.timeout(seconds), self.database.transaction() as tx:
                if self._done:
                    await inbox.mark_done(tx, self._done, owner=self.owner, now=self.now())
                await inbox.release(tx, owner=owner)
        except Exception:
            _log.exception("what was in hand could not be given back; its lease will run out")


_LONG_POLL_SECONDS = 25
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")


@dataclass
class Rivalry:
    """Another process that uses the same token: a change of processes is over soon; what lasts stops all sending.

    Telegram ends the older of two calls of getUpdates, so both processes meet 409s, again and again.
    Source: https://core.telegram.org/bots/api#getupdates
    """

    this_process: str
    lasting_seconds: float = 30.0
    over_seconds: float = 40.0  # without another 409: longer than a poll, and than the other's longest pause
    on_change: Callable[[bool], None] = lambda _lasts: None
    advice: str = ""  # what an operator should do; empty while there is nothing to do
    _since: float | None = None
    _last: float = 0.0

    def met(self, error: Conflict) -> None:
        """Notes a 409."""
        now = time.monotonic()
        if self._since is None or now - self._last > self.over_seconds:
            self._since = now
        self._last = now
        if not self.advice and now - self._since >= self.lasting_seconds:
            hook = "setWebhook" in error.message or "webhook is active" in error.message
            other = "has set a webhook" if hook else "polls"
            self.advice = (
                f"another process {other} with this token, so nothing is sent from here; of the two, the one that was "
                f"started last without being meant to is to go: this one is {self.this_process}. If it stays, stop "
                "the other; if the other one cannot be found, /revoke at @BotFather ends it, and gives a new token"
            )
            _log.error("another process uses this token: sending stops here", advice=self.advice)
            self.on_change(True)

    def met_none(self) -> None:
        """Notes that getUpdates was answered."""
        if self._since is not None and time.monotonic() - self._last > self.over_seconds:
            self._since = None
            if self.advice:
                self.advice = ""
                _log.info("no other process uses this token any more: sending goes on")
                self.on_change(False)


@dataclass
class Polling:
    """One reader of the bot's updates. A second one gets Telegram's 409."""

    bot: Bot
    fetcher: UpdateFetcher
    queue: UpdateQueue
    rivalry: Rivalry
    longest_pause_seconds: float = 30.0  # after a fault, before it asks again
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """Fetches no more."""
        self._stopped.set()

    async def run(self) -> None:
        """Takes updates in until stopped; waits out every fault. A token that is not known ends the bot elsewhere."""
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
            except Exception as error:
                failures += 1
                await self._pause(error, failures)
                continue
            failures = 0
            self.rivalry.met_none()
            offset = updates[-1].update_id + 1 if updates else offset

    async def _without_webhook(self) -> None:
        """Removes the webhook: Telegram does not answer getUpdates while one is set."""
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
            self.rivalry.met(error)
            _log.error("somebody else polls with this token, or a webhook is set: stop that one first")
        elif isinstance(error, TelegramError):
            _log.warning("Telegram does not answer", error=type(error).__name__, again_in=seconds)
        elif not isinstance(error, FullError):
            _log.exception("updates could not be taken in", exc_info=error)
        await wait_for_event(self._stopped, seconds)
