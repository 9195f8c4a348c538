"""Claims due messages, sends them in order of deadline, notes every outcome."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog

from db import outbox, participants
from db.database import Database, Tx
from db.outbox import Letter
from locales.markup import Message
from reminders.clock import Clock
from reminders.pace import Pace
from reminders.patience import happens_within
from reminders.sender import Outcome, Sender
from reminders.words import Words

_log = structlog.get_logger(__name__)

# As many as may be in the air at once; a crash can repeat these and no more.
_BATCH = 16
_LEASE = timedelta(seconds=60)
_LOOK_AGAIN_SECONDS = 30.0
_LONGEST_PAUSE_SECONDS = 30.0
# A message that may have arrived is repeated once: a reminder twice is a nuisance, a lost one is harm.
_ATTEMPTS_WHEN_UNKNOWN = 2
# A letter that fails on our side must not be tried in circles.
_ATTEMPTS_WHEN_BROKEN = 3
_AFTER_A_FAILURE_SECONDS = 0.2


@dataclass
class Delivery:
    """The one mechanism by which Ciclo speaks first."""

    database: Database
    words: Words
    sender: Sender
    pace: Pace
    clock: Clock
    owner: str
    settled: bool = False  # nothing is left to send at this moment
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _failures: int = 0
    _waiting_their_turn: "dict[int, asyncio.Task[Any]]" = field(default_factory=dict)

    def wake(self) -> None:
        """There may be something to send."""
        self.settled = False
        self._woken.set()

    def stop(self) -> None:
        """What is being sent is finished; what waits for its turn goes back to the outbox."""
        self._stopping = True
        self._woken.set()
        for task in self._waiting_their_turn.values():
            task.cancel()

    async def run(self) -> None:
        """Sends until stopped. No error ends it: it is noted, and the outbox is looked at again."""
        if self.database.is_sqlite:
            await self._recover()
        while not self._stopping:
            self._woken.clear()
            try:
                busy = await self._round()
            except Exception:
                _log.exception("delivery round failed")
                await asyncio.sleep(1)
                continue
            if not busy:
                await self._rest()

    async def _recover(self) -> None:
        # One process, one file: whoever held these leases is gone.
        async with self.database.transaction() as tx:
            await outbox.give_back(tx)

    async def _rest(self) -> None:
        self.settled = not self._woken.is_set()
        await happens_within(self._woken, _LOOK_AGAIN_SECONDS)

    async def _round(self) -> bool:
        """One batch; whether there was any."""
        letters = await self._claim()
        undone = {letter.id for letter in letters}
        try:
            async with asyncio.TaskGroup() as group:
                for letter in letters:
                    group.create_task(self._deliver(letter, undone))
        finally:
            await self._give_back(undone)
        return bool(letters)

    async def _claim(self) -> Sequence[Letter]:
        now = self.clock.now()
        async with self.database.transaction() as tx:
            await outbox.expire(tx, now=now)
            return await outbox.claim(tx, owner=self.owner, now=now, lease_until=now + _LEASE, limit=_BATCH)

    async def _give_back(self, undone: set[int]) -> None:
        if undone:
            async with self.database.transaction() as tx:
                await outbox.give_back(tx, undone)

    async def _deliver(self, letter: Letter, undone: set[int]) -> None:
        try:
            await self._my_turn(letter)
            written = await self._write(letter)
            outcome = written if isinstance(written, Outcome) else await self.sender.send(*written)
            outcome = self._learn(letter, outcome)
            if outcome.state is not None:
                await self._note(letter, outcome)
                undone.discard(letter.id)
        except Exception as error:
            _log.exception("delivery failed", letter=letter.id)
            if letter.attempts >= _ATTEMPTS_WHEN_BROKEN:
                await self._note(letter, Outcome(outbox.REFUSED, reason=f"failed here: {type(error).__name__}"))
                undone.discard(letter.id)
            else:
                await asyncio.sleep(_AFTER_A_FAILURE_SECONDS)

    async def _my_turn(self, letter: Letter) -> None:
        task = asyncio.current_task()
        assert task is not None, "it runs in a task group"  # noqa: S101 - asyncio's own rule
        self._waiting_their_turn[letter.id] = task
        try:
            await self.pace.turn(letter.chat_id)
        finally:
            del self._waiting_their_turn[letter.id]

    async def _write(self, letter: Letter) -> tuple[int, Message] | Outcome:
        """The words as they are true now, or why there is nothing to say any more."""
        async with self.database.transaction() as tx:
            person = await participants.get(tx, letter.participant_id)
            if person is None or person.unreachable_since is not None:
                return Outcome(outbox.UNREACHABLE, reason="blocked or gone before it was sent")
            said = await self.words.of(tx, letter, person, self.clock.now())
        return said if isinstance(said, Outcome) else (person.telegram_id, said)

    def _learn(self, letter: Letter, outcome: Outcome) -> Outcome:
        if outcome.state is None:
            self._failures += 1
            pause = min(0.5 * 2 ** min(self._failures, 10), _LONGEST_PAUSE_SECONDS)
            self.pace.halt(outcome.retry_after if outcome.retry_after is not None else pause)
            _log.warning("not sent, will try again", letter=letter.id, reason=outcome.reason)
        elif outcome.state == outbox.UNKNOWN and letter.attempts < _ATTEMPTS_WHEN_UNKNOWN:
            return Outcome(None, reason=outcome.reason)
        else:
            self._failures = 0
        return outcome

    async def _note(self, letter: Letter, outcome: Outcome) -> None:
        assert outcome.state is not None, "the caller has looked"  # noqa: S101 - for the type checker
        now = self.clock.now()
        async with self.database.transaction() as tx:
            found = outcome.message_id, outcome.reason
            await outbox.note(tx, letter.id, outcome.state, now=now, message_id=found[0], reason=found[1])
            if letter.kind == outbox.REPLY:
                await outbox.forget_words(tx, letter.id)
            if outcome.state == outbox.UNREACHABLE:
                await _unreachable(tx, letter)


async def _unreachable(tx: Tx, letter: Letter) -> None:
    """Nothing more is planned for them until they write again; of a group that took us out nothing stays."""
    person = await participants.get(tx, letter.participant_id)
    if person is not None and person.is_group:
        await participants.remove(tx, person.telegram_id)
    elif person is not None and person.unreachable_since is None:
        await participants.set_reachable(tx, person.telegram_id, now=letter.due_at)
