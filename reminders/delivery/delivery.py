"""Claims due messages, sends them in order of deadline, and records every outcome."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from db.delivery import outbox, outbox_claims
from db.delivery.outbox_claims import OutboxMessage
from db.engine.database import Database, Tx
from locales.translator import Message
from reminders.clock import Clock, wait_for_event
from reminders.delivery.leader_election import LeaderElection
from reminders.delivery.outcome_recorder import (
    OutcomeRecorder,
    failure_outcome,
    may_repeat,
    outcome_of,
    recorded_outcome,
)
from reminders.delivery.rate_limiter import RateLimiter
from reminders.messages import message_context
from reminders.messages.message_builder import BuiltMessage, MessageBuilder
from reminders.messages.message_context import Outcome
from telegram_io.sender import Sender, SendResult, may_try_again

_log = structlog.get_logger(__name__)

# No more is claimed than leaves within this time: a stop or a recall finds the rest still in the outbox.
_CLAIMED_AHEAD_SECONDS = 0.15
# As many may be in the air at once; a crash can repeat these and no more.
_MOST_IN_FLIGHT = 200
_LEASE = timedelta(minutes=2)
# A halt longer than this gives back what waits for it, long before its lease is over.
_LONGEST_WAIT_SECONDS = 20.0
_UNAUTHORIZED_SECONDS = 2.0
# Whoever waits longer than this for their own chat holds up no other message.
_SOON_SECONDS = 0.5
# A message that had to wait longer than this after it was built is built again.
_FRESH_SECONDS = 1.0
_LOOK_AGAIN_SECONDS, _TIDY_SECONDS = 30.0, 5.0
# Where other replicas may have written something, which wakes nobody here.
_LOOK_AGAIN_SOON_SECONDS = 0.5
_EDITS = frozenset({outbox.CORRECTION, outbox.AMENDMENT, outbox.REVISION})


@dataclass
class Delivery:
    """Sends everything in the outbox: the one mechanism by which Ciclo writes first."""

    database: Database
    builder: MessageBuilder
    sender: Sender
    rate_limiter: RateLimiter
    clock: Clock
    leader_election: LeaderElection
    outcome_recorder: OutcomeRecorder
    held: bool = False  # nothing may be sent: another process uses the same token
    settled: bool = False  # nothing is left to send at this moment
    on_done: Callable[[], None] = lambda: None  # called when all that was claimed is sent and recorded
    tidy_seconds: float = _TIDY_SECONDS  # so often it looks for what a dead sender has left
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _room: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _tidied_at: float = -_TIDY_SECONDS
    _next_moment: datetime | None = None  # from when on the next message that is kept back may be sent, in UTC
    _queued: "set[asyncio.Task[None]]" = field(default_factory=set)  # they wait for their turn
    _parked: "set[asyncio.Task[None]]" = field(default_factory=set)  # they wait for their own chat
    _in_flight: int = 0
    _sent_some: bool = False  # since it was done last

    def wake(self) -> None:
        """Looks at the outbox at once: there may be something to send."""
        self.settled = False
        self._woken.set()
        self._room.set()

    def hold(self, held: bool) -> None:
        """Sends nothing while held; what waits for its turn goes back to the outbox."""
        self.held = held
        for task in self._queued | self._parked if held else ():
            task.cancel()
        self.wake()

    def stop(self) -> None:
        """Stops: what is being sent is finished, what waits for its turn goes back to the outbox."""
        self._stopping = True
        self._woken.set()
        self._room.set()
        for task in self._queued | self._parked:
            task.cancel()

    async def run(self) -> None:
        """Sends until stopped. An error is logged, and the outbox is looked at again."""
        async with asyncio.TaskGroup() as group:
            recording, leading = (
                group.create_task(self.outcome_recorder.run()),
                group.create_task(self.leader_election.run()),
            )
            async with asyncio.TaskGroup() as sending:
                await self._feed(sending)
            self.outcome_recorder.stop()
            await recording
            # Everything that was in the air has landed: what is still claimed here was cancelled before it left.
            async with self.database.transaction() as tx:
                await outbox_claims.release(tx, self.leader_election.owner)
            self.leader_election.stop()
            await leading

    async def _feed(self, group: asyncio.TaskGroup) -> None:
        while not self._stopping:
            self._woken.clear()
            self._room.clear()
            if (pause := self._pause()) > 0:
                await wait_for_event(self._woken, pause)
                continue
            try:
                # Before the look: what is recorded meanwhile may be kept back until a moment that it did not see.
                calm = self.outcome_recorder.is_empty and not self._in_flight
                claimed = await self._claim(group)
            except Exception:
                _log.exception("delivery round failed")
                await wait_for_event(self._woken, 1)
                continue
            if claimed or self._in_flight:
                await self._wait_for_room(idle=not claimed)
            elif not self.outcome_recorder.is_empty:
                await self.outcome_recorder.write_the_last()
            elif calm:
                await self._rest()

    def _pause(self) -> float:
        """Returns for how many seconds nothing may be sent from here."""
        if self.leader_election.is_leader and not self.held:
            return self.rate_limiter.halted_for()
        self.settled = True
        return _LOOK_AGAIN_SOON_SECONDS

    async def _wait_for_room(self, *, idle: bool) -> None:
        """Waits until fewer wait for their turn than are sent in a moment; where idle, until one is done."""
        while not self._stopping and (idle or self._wanted_claims() < 1):
            await self._room.wait()
            self._room.clear()
            if idle:
                return

    def _wanted_claims(self) -> int:
        """Returns how many to claim: as many as are sent in a moment, less those that wait already."""
        ahead = max(1, round(self.rate_limiter.rate * _CLAIMED_AHEAD_SECONDS))
        few = ahead // 2 + 1  # not one by one, where many leave
        wanted = min(ahead - len(self._queued), _MOST_IN_FLIGHT - self._in_flight)
        return wanted if wanted >= min(few, _MOST_IN_FLIGHT // 2) or not self._queued else 0

    async def _rest(self) -> None:
        if self._sent_some:
            self._sent_some = False
            self.on_done()
        self.settled = not self._woken.is_set()
        wall = self.clock.wall(self._next_moment) if self._next_moment is not None else None
        there = self.clock.wall(self.clock.now())
        until = (wall - there).total_seconds() if wall is not None and there is not None else _LOOK_AGAIN_SECONDS
        longest = _LOOK_AGAIN_SECONDS if self.database.is_sqlite else _LOOK_AGAIN_SOON_SECONDS
        await wait_for_event(self._woken, min(max(until, 0.05), longest))

    async def _claim(self, group: asyncio.TaskGroup) -> int:
        """Claims what is sent next and builds it, in one transaction; returns how many.

        Where there is nothing, notes when the next message that is kept back may be sent.
        """
        wanted, now = self._wanted_claims(), self.clock.now()
        if wanted < 1:
            return 0
        async with self.database.transaction() as tx:
            await self._tidy(tx)
            claimed = await outbox_claims.claim(
                tx, owner=self.leader_election.owner, now=now, lease_until=now + _LEASE, limit=wanted
            )
            if not claimed:
                self._next_moment = await outbox_claims.next_not_before(tx, now=now)
                return 0
            context = await message_context.load_render_context(tx, claimed)
            built = [(each, await self.builder.build(tx, each, context)) for each in claimed]
        self._sent_some = True
        for message, content in built:
            self._in_flight += 1
            task = group.create_task(self._deliver(message, content, _time()))
            self._queued.add(task)
        return len(built)

    async def _tidy(self, tx: Tx) -> None:
        if _time() - self._tidied_at >= self.tidy_seconds:
            await outbox_claims.expire(tx, now=self.clock.now())
            await outbox_claims.recover_claims(tx, now=self.clock.now(), alive=self.leader_election.owner)
            self._tidied_at = _time()

    async def _deliver(self, message: OutboxMessage, content: BuiltMessage, built_at: float) -> None:
        task = asyncio.current_task()
        assert task is not None, "it runs in a task group"  # noqa: S101 - asyncio's own rule
        try:
            outcome = await self._wait_and_send(message, content, built_at, task)
        except asyncio.CancelledError:
            if task not in self._queued and task not in self._parked:
                raise  # it may have left: the next start finds it claimed, and knows what to do with its kind
            outcome = Outcome(None, reason="a stop")
        except Exception as error:
            _log.exception("delivery failed", outbox_id=message.id)
            outcome = failure_outcome(message, error)
        finally:
            self._queued.discard(task)
            self._parked.discard(task)
            self._in_flight -= 1
            self._room.set()
        self.outcome_recorder.add(
            message, recorded_outcome(message, outcome), unreachable=outcome.state == outbox.UNREACHABLE
        )

    async def _wait_and_send(
        self, message: OutboxMessage, content: BuiltMessage, built_at: float, task: "asyncio.Task[None]", tries: int = 1
    ) -> Outcome:
        if not isinstance(content, tuple):
            return _unsent(message, content)
        if (held := self._given_back(message.chat_id)) is not None:
            return held
        started = await self._turn(message.chat_id, task)
        if _time() - built_at > _FRESH_SECONDS:
            content, built_at = await self.builder.rebuild(message, self.leader_election.owner), _time()
        if not isinstance(content, tuple):
            return _unsent(message, content)
        result = await self._execute(message, *content)
        self.rate_limiter.answered(started)
        # Where only its chat has to wait it keeps what it has claimed, but not for ever.
        if self._learn(message, result, started) and may_try_again(result, tries):
            return await self._wait_and_send(message, content, built_at, task, tries + 1)
        if result.moved_to is not None:
            self.outcome_recorder.moved(chat_id=content[0], new_id=result.moved_to)
        outcome = outcome_of(message, result, content[1].language)
        if outcome.state == outbox.UNKNOWN and may_repeat(message):
            return Outcome(outbox.WAITING, reason=outcome.reason)
        return outcome

    def _given_back(self, chat_id: int) -> Outcome | None:
        """Returns how a message goes back that would wait longer than it may be held; None where it need not."""
        if self.rate_limiter.halted_for() > _LONGEST_WAIT_SECONDS:
            return Outcome(None, reason="halted")
        pause = self.rate_limiter.chat_halted_for(chat_id)
        if pause <= _LONGEST_WAIT_SECONDS:
            return None
        return Outcome(None, reason="its chat has to wait", not_before=self.clock.now() + timedelta(seconds=pause))

    async def _turn(self, chat_id: int, task: "asyncio.Task[None]") -> float:
        """Waits for that chat's turn, and for everybody's; a stop meanwhile gives the message back."""
        if self.rate_limiter.chat_halted_for(chat_id) > _SOON_SECONDS:
            self._queued.discard(task)
            self._parked.add(task)
            self._room.set()
        else:
            self._queued.add(task)
        if self._stopping:
            # Not task.cancel(): where no turn has to be waited for, the request would have left before it is noticed.
            raise asyncio.CancelledError
        started = await self.rate_limiter.turn(chat_id)
        self._queued.discard(task)
        self._parked.discard(task)
        self._room.set()
        return started

    async def _execute(self, message: OutboxMessage, chat_id: int, content: Message) -> SendResult:
        """Sends a new message, or edits or deletes an old one, by the kind of message."""
        if message.message_id is not None and message.kind == outbox.RECALL:
            return await self.sender.delete(chat_id, message.message_id)
        if message.message_id is not None and message.kind in _EDITS:
            return await self.sender.edit(chat_id, message.message_id, content)
        return await self.sender.send(chat_id, content)

    def _learn(self, message: OutboxMessage, result: SendResult, started: float) -> bool:
        """Tells the rate limiter; returns whether it may be tried again at once, since only its chat has to wait."""
        if result.state == "unauthorized":
            # Nothing else would arrive. Who runs the bot is told by whom made the call, and ends it where that lasts.
            self.rate_limiter.halt(_UNAUTHORIZED_SECONDS)
            return False
        if result.state != "later":
            if result.state != "unknown":
                self.rate_limiter.worked(started)
            return False
        _log.warning("not sent, will try again", outbox_id=message.id, reason=result.reason)
        if result.retry_after is not None:
            return self.rate_limiter.refused(result.retry_after, message.chat_id)
        return self.rate_limiter.failed(message.chat_id)


def _unsent(message: OutboxMessage, content: Outcome | Exception) -> Outcome:
    """Returns what becomes of a message that there is nothing to send for."""
    return failure_outcome(message, content) if isinstance(content, Exception) else content


def _time() -> float:
    return asyncio.get_running_loop().time()
