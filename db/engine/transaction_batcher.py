"""Runs short pieces of work that come at the same moment in one transaction: they share the cost of a commit.

What it gains (`benchmarks echo`, `first`): 1.7 ms of processor an update instead of 3.7; in a hall 1.3 instead of 5.5.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from db.engine.database import Database, Tx

H = TypeVar("H")
T = TypeVar("T")
Work = Callable[[Tx], Awaitable[T]]

# More would keep the first of them waiting for the last.
_LARGEST_BATCH = 32


_LEAD, _ALONE = object(), object()


@dataclass(frozen=True, slots=True)
class _Waiting:
    subject: Any
    work: "Work[Any]"
    outcome: "asyncio.Future[Any]"  # its result; or _LEAD, to run what waits, or _ALONE, to run it by itself

    def settle(self, outcome: object) -> None:
        """Gives whoever waits the outcome, unless they were cancelled."""
        if not self.outcome.done():
            self.outcome.set_result(outcome)


@dataclass
class TransactionBatcher(Generic[H, T]):
    """Batches on SQLite, which has one writer. On PostgreSQL each piece has a transaction of its own.

    Where one piece fails, all are rolled back and each is run again by itself: so a piece may run twice, and may
    change nothing but its transaction.
    """

    database: Database
    prepare: Callable[[Tx, Sequence[H]], Awaitable[None]]  # runs before all of a transaction, with their subjects
    finish: Callable[[Tx, Sequence[T]], Awaitable[None]]  # runs after all of them, with their results
    _waiting: list[_Waiting] = field(default_factory=list)
    _busy: bool = False

    async def run(self, subject: H, work: "Work[T]") -> T:
        """Returns what the work returns, once it is committed. Raises what the work raises."""
        if not self.database.is_sqlite:
            return await self._alone(subject, work)
        own = _Waiting(subject, work, asyncio.get_running_loop().create_future())
        self._waiting.append(own)
        outcome = await self._outcome(own) if self._busy else _LEAD
        if outcome is _LEAD:
            outcome = await self._lead(own)
        if outcome is _ALONE:
            return await self._alone(subject, work)
        return cast("T", outcome)

    async def _alone(self, subject: H, work: "Work[T]") -> T:
        async with self.database.transaction() as tx:
            await self.prepare(tx, [subject])
            result = await work(tx)
            await self.finish(tx, [result])
        return result

    async def _outcome(self, own: _Waiting) -> object:
        try:
            return await own.outcome
        except asyncio.CancelledError:
            if not own.outcome.cancelled() and own.outcome.result() is _LEAD:
                self._hand_over()
            raise

    async def _lead(self, own: _Waiting) -> object:
        """Runs what waits, then leaves it to the next."""
        self._busy = True
        try:
            await asyncio.sleep(0)  # for those that begin in the same moment
            batch = [own, *(each for each in self._waiting if each is not own and not each.outcome.done())][
                :_LARGEST_BATCH
            ]
            self._waiting = [each for each in self._waiting if each not in batch]
            return await self._run_batch(own, batch)
        finally:
            self._waiting = [each for each in self._waiting if each is not own]
            self._hand_over()

    async def _run_batch(self, own: _Waiting, batch: list[_Waiting]) -> object:
        results: list[Any] = []
        try:
            async with self.database.transaction() as tx:
                await self.prepare(tx, [each.subject for each in batch])
                for each in batch:
                    results.append(await each.work(tx))  # noqa: PERF401 - one after the other
                await self.finish(tx, results)
        except BaseException as error:
            for each in batch:
                each.settle(_ALONE)
            if not isinstance(error, Exception):
                raise
            return _ALONE
        for each, result in zip(batch, results, strict=True):
            each.settle(result)
        return results[batch.index(own)]

    def _hand_over(self) -> None:
        following = next((each for each in self._waiting if not each.outcome.done()), None)
        self._busy = following is not None
        if following is not None:
            following.settle(_LEAD)
