"""Claims due messages, sends them in order of deadline, notes every outcome."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from db.delivery import outbox, outbox_claims, render_context
from db.delivery.outbox_claims import OutboxMessage
from db.engine.database import Database, Tx
from locales.markup import Message
from reminders.clock import Clock
from reminders.delivery.leader_election import LeaderElection
from reminders.delivery.outcome import Outcome
from reminders.delivery.outcome_recorder import OutcomeRecorder
from reminders.delivery.rate_limiter import RateLimiter
from reminders.delivery.retry_policy import failure_outcome, may_repeat, recorded_outcome
from reminders.delivery.waiting import wait_for_event
from reminders.messages.message_builder import BuiltMessage, MessageBuilder
from telegram_io.send_result import SendResult, may_try_again
from telegram_io.sender import Sender

_log = structlog.get_logger(__name__)

# No more is claimed than leaves within this time: a stop or a recall finds the rest still in the outbox.
_AHEAD_SECONDS = 0.15
# As many may be in the air at once; a crash can repeat these and no more.
_IN_THE_AIR = 200
_LEASE = timedelta(minutes=2)
# A halt longer than this gives back what waits for it, long before its lease is over.
_LONGEST_WAIT_SECONDS = 20.0
# Words and wishes are looked up again where a letter had to wait longer than this since.
_FRESH_SECONDS = 1.0
_LOOK_AGAIN_SECONDS, _TIDY_SECONDS = 30.0, 5.0
# Where other replicas may have written something, which wakes nobody here.
_LOOK_AGAIN_SOON_SECONDS = 0.5
_EDITS = frozenset({outbox.CORRECTION, outbox.AMENDMENT, outbox.REVISION})


@dataclass
class Delivery:
    """The one mechanism by which Ciclo speaks first."""

    database: Database
    drafts: MessageBuilder
    sender: Sender
    rate_limiter: RateLimiter
    clock: Clock
    leader_election: LeaderElection
    outcome_recorder: OutcomeRecorder
    settled: bool = False  # nothing is left to send at this moment
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _room: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _tidied_at: float = -_TIDY_SECONDS
    _queued: "set[asyncio.Task[None]]" = field(default_factory=set)  # they wait for their turn
    _in_flight: int = 0

    def wake(self) -> None:
        """There may be something to send."""
        self.settled = False
        self._woken.set()
        self._room.set()

    def stop(self) -> None:
        """What is being sent is finished; what waits for its turn goes back to the outbox."""
        self._stopping = True
        self._woken.set()
        self._room.set()
        for task in self._queued:
            task.cancel()

    async def run(self) -> None:
        """Sends until stopped. No error ends it: it is noted, and the outbox is looked at again."""
        async with asyncio.TaskGroup() as group:
            noting, leading = (
                group.create_task(self.outcome_recorder.run()),
                group.create_task(self.leader_election.run()),
            )
            async with asyncio.TaskGroup() as sending:
                await self._feed(sending)
            self.outcome_recorder.stop()
            await noting
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
                claimed = await self._claim(group)
            except Exception:
                _log.exception("delivery round failed")
                await wait_for_event(self._woken, 1)
                continue
            if claimed or self._in_flight:
                await self._wait_for_room(idle=not claimed)
            elif not self.outcome_recorder.empty:
                await self.outcome_recorder.written()
            else:
                await self._rest()

    def _pause(self) -> float:
        """Seconds in which nothing may leave from here."""
        if self.leader_election.ours:
            return self.rate_limiter.halted_for()
        self.settled = True
        return _LOOK_AGAIN_SOON_SECONDS

    async def _wait_for_room(self, *, idle: bool) -> None:
        """Until fewer wait for their turn than leave in a moment; or, where there is no more, until one is done."""
        while not self._stopping and (idle or self._how_many() < 1):
            await self._room.wait()
            self._room.clear()
            if idle:
                return

    def _how_many(self) -> int:
        """As many as leave in a moment, less those that wait already; only as many as may be in the air."""
        ahead = max(1, round(self.rate_limiter.rate * _AHEAD_SECONDS))
        few = ahead // 2 + 1  # not one by one, where many leave
        wanted = min(ahead - len(self._queued), _IN_THE_AIR - self._in_flight)
        return wanted if wanted >= min(few, _IN_THE_AIR // 2) or not self._queued else 0

    async def _rest(self) -> None:
        async with self.database.transaction() as tx:
            later = await outbox_claims.next_not_before(tx, now=self.clock.now())
        self.settled = not self._woken.is_set()
        wall = self.clock.wall(later) if later is not None else None
        there = self.clock.wall(self.clock.now())
        until = (wall - there).total_seconds() if wall is not None and there is not None else _LOOK_AGAIN_SECONDS
        longest = _LOOK_AGAIN_SECONDS if self.database.is_sqlite else _LOOK_AGAIN_SOON_SECONDS
        await wait_for_event(self._woken, min(max(until, 0.05), longest))

    async def _claim(self, group: asyncio.TaskGroup) -> int:
        """Takes what leaves next, with its words, in one transaction; how many."""
        wanted, now = self._how_many(), self.clock.now()
        if wanted < 1:
            return 0
        async with self.database.transaction() as tx:
            await self._tidy(tx)
            mine = await outbox_claims.claim(
                tx, owner=self.leader_election.owner, now=now, lease_until=now + _LEASE, limit=wanted
            )
            found = await render_context.load_render_context(tx, mine)
            written = [(each, await self.drafts.of(tx, each, found)) for each in mine]
        for letter, said in written:
            self._in_flight += 1
            task = group.create_task(self._deliver(letter, said, _time()))
            self._queued.add(task)
        return len(written)

    async def _tidy(self, tx: Tx) -> None:
        if _time() - self._tidied_at >= _TIDY_SECONDS:
            await outbox_claims.expire(tx, now=self.clock.now())
            await outbox_claims.recover_claims(tx, now=self.clock.now())
            self._tidied_at = _time()

    async def _deliver(self, letter: OutboxMessage, said: BuiltMessage, written_at: float) -> None:
        task = asyncio.current_task()
        assert task is not None, "it runs in a task group"  # noqa: S101 - asyncio's own rule
        try:
            outcome = await self._turn_and_send(letter, said, written_at, task)
        except asyncio.CancelledError:
            if task not in self._queued:
                raise  # it may have left: the next start finds it claimed, and knows what to do with its kind
            outcome = Outcome(None, reason="a stop")
        except Exception as error:
            _log.exception("delivery failed", letter=letter.id)
            outcome = failure_outcome(letter, error)
        finally:
            self._queued.discard(task)
            self._in_flight -= 1
            self._room.set()
        self.outcome_recorder.note(
            letter, recorded_outcome(letter, outcome), unreachable=outcome.state == outbox.UNREACHABLE
        )

    async def _turn_and_send(
        self, letter: OutboxMessage, said: BuiltMessage, written_at: float, task: "asyncio.Task[None]", tries: int = 1
    ) -> Outcome:
        if not isinstance(said, tuple):
            return _unsent(letter, said)
        if self.rate_limiter.halted_for() > _LONGEST_WAIT_SECONDS:
            return Outcome(None, reason="halted")
        started = await self.rate_limiter.turn(letter.chat_id)
        self._queued.discard(task)
        self._room.set()
        if _time() - written_at > _FRESH_SECONDS:
            said, written_at = await self.drafts.again(letter, self.leader_election.owner), _time()
        if not isinstance(said, tuple):
            return _unsent(letter, said)
        result = await self._carry_out(letter, *said)
        self.rate_limiter.answered(started)
        # Where only its chat has to wait it keeps what it has claimed, but not for ever.
        if self._learn(letter, result) and may_try_again(result, tries):
            return await self._turn_and_send(letter, said, written_at, task, tries + 1)
        outcome = Outcome.of(result)
        if outcome.state == outbox.UNKNOWN and may_repeat(letter):
            return Outcome(outbox.WAITING, reason=outcome.reason)
        return outcome

    async def _carry_out(self, letter: OutboxMessage, chat_id: int, message: Message) -> SendResult:
        """Does what a letter of that kind asks for: sends a new message, or edits or deletes an old one."""
        if letter.message_id is not None and letter.kind == outbox.RECALL:
            return await self.sender.delete(chat_id, letter.message_id)
        if letter.message_id is not None and letter.kind in _EDITS:
            return await self.sender.edit(chat_id, letter.message_id, message)
        return await self.sender.send(chat_id, message)

    def _learn(self, letter: OutboxMessage, result: SendResult) -> bool:
        """Whether it may be tried again at once, since only its chat has to wait."""
        if result.state != "later":
            if result.state != "unknown":
                self.rate_limiter.worked()
            return False
        _log.warning("not sent, will try again", letter=letter.id, reason=result.reason)
        if result.retry_after is not None:
            return self.rate_limiter.refused(result.retry_after, letter.chat_id)
        return self.rate_limiter.failed(letter.chat_id)


def _unsent(letter: OutboxMessage, draft: Outcome | Exception) -> Outcome:
    """What becomes of a letter that has no words to leave with."""
    return failure_outcome(letter, draft) if isinstance(draft, Exception) else draft


def _time() -> float:
    return asyncio.get_running_loop().time()
