"""Ends a run: for what only an operator can mend, and in how short a time, whatever does not answer."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog

_log = structlog.get_logger(__name__)


@dataclass
class Ending:
    """Whoever finds that nothing can work any more reports it; the app winds down as at a stop, then raises it."""

    error: Exception | None = None
    event: asyncio.Event = field(default_factory=asyncio.Event)

    def report(self, error: Exception) -> None:
        """Ends the process in order. Of several reports the first counts."""
        if self.error is None:
            _log.error("it ends by itself: an operator has to mend something", error=type(error).__name__)
            self.error = error
        self.event.set()


# A clean stop takes less than this, however slow Telegram or the database is; systemd and people wait no longer.
LONGEST_STOP_SECONDS = 3.0
# How long what is cut off may take to end by itself before its connections to the database are cut, too.
_CUT_OFF_SECONDS, _CUTS = 0.2, 4
_CLOSE_SECONDS = 0.5


class _Closable(Protocol):
    """What is said goodbye to at the end: the database."""

    def abort(self) -> None:
        """Cuts its connections: whoever waits for it gets an error instead."""

    async def close(self) -> None:
        """Closes its connections."""


class Stop:
    """One budget of seconds that all waits of a stop share; it begins with the first of them."""

    def __init__(self) -> None:
        self.has_cut_off = False  # errors of what was cut off are no faults
        self._begun: float | None = None

    @property
    def seconds(self) -> float:
        """Returns the seconds since the stop began, by the loop's own clock; 0 before."""
        return 0.0 if self._begun is None else asyncio.get_running_loop().time() - self._begun

    async def wait(self, tasks: "Collection[asyncio.Future[Any]]", at_most: float) -> "set[asyncio.Future[Any]]":
        """Waits for them that long, and never past the budget; returns those that are still late."""
        self._begun = asyncio.get_running_loop().time() if self._begun is None else self._begun
        if not tasks:
            return set()
        left = max(0.0, min(at_most, LONGEST_STOP_SECONDS - self.seconds))
        return (await asyncio.wait(tasks, timeout=left))[1]

    async def finish(self, work: "Collection[asyncio.Future[Any]]", database: _Closable, *, seconds: float) -> None:
        """Lets the jobs finish within so many seconds; ends what takes longer.

        What that has claimed goes back by its lease, or at the next start.
        """
        late = await self.wait(work, seconds)
        if not late:
            return
        self.has_cut_off = True
        _log.warning("the stop takes too long: what is not finished is done after the next start", jobs=len(late))
        for task in late:
            task.cancel()
        for _ in range(_CUTS):
            late = await self.wait(late, _CUT_OFF_SECONDS)
            if not late:
                return
            database.abort()  # it does not answer: whoever waits for it gets an error instead

    async def close(self, database: _Closable) -> None:
        """Says goodbye to the database; hangs up where it does not answer, or is known not to."""
        if self.has_cut_off:
            database.abort()
        closing = asyncio.ensure_future(database.close())  # noqa: TID251 - waited for here
        if await self.wait([closing], _CLOSE_SECONDS):
            database.abort()
            await self.wait([closing], _CLOSE_SECONDS)
