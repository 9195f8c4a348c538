"""The clocks that the bot is given (the real time, or a rehearsal's), their jumps, and waiting seconds for an event."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

import structlog


class Clock(Protocol):
    """The time of the cycle, which in a rehearsal is not real time."""

    def now(self) -> datetime:
        """Returns the present moment, in UTC."""
        ...

    def wall(self, instant: datetime) -> datetime | None:
        """Returns when, in real UTC time, this clock will show `instant`; None while it stands still before it."""
        ...

    def on_turn(self, listener: Callable[[], None]) -> None:
        """Calls the listener whenever somebody turns the clock or changes its speed."""
        ...


class SystemClock:
    """The real time. The only place that asks the machine for it."""

    def now(self) -> datetime:
        """Returns the present moment, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the clock that everybody else is told to use

    def wall(self, instant: datetime) -> datetime | None:
        """Returns the same instant: here the clock and the real time agree."""
        return instant

    def on_turn(self, listener: Callable[[], None]) -> None:
        """Does nothing: nobody turns the real time."""


class RunningClock:
    """Starts at `start` and runs `speed` times as fast as the real one (`[clock]` in config.toml)."""

    def __init__(self, start: datetime, speed: float, wall: Callable[[], datetime] | None = None) -> None:
        self._wall_now = wall or SystemClock().now
        self._shown = start.astimezone(UTC)
        self._since = self._wall_now()
        self._speed = speed
        self._listeners: list[Callable[[], None]] = []

    @property
    def speed(self) -> float:
        """Seconds shown for each real second; 0 stands still."""
        return self._speed

    def now(self) -> datetime:
        """Returns the moment it shows, in UTC."""
        return self._shown + (self._wall_now() - self._since) * self._speed

    def wall(self, instant: datetime) -> datetime | None:
        """Returns when, in real UTC time, it will show `instant`; None while it stands still before it."""
        remaining = instant - self.now()
        if remaining <= timedelta(0):
            return self._wall_now()
        return self._wall_now() + remaining / self._speed if self._speed else None

    def on_turn(self, listener: Callable[[], None]) -> None:
        """Calls the listener whenever it is turned."""
        self._listeners.append(listener)

    def forget_listeners(self) -> None:
        """Forgets its listeners: they are told of no more turns."""
        self._listeners.clear()

    def _turned(self, shown: datetime, speed: float) -> None:
        self._shown, self._since, self._speed = shown, self._wall_now(), speed
        for listener in self._listeners:
            listener()


T = TypeVar("T")


async def wait_for_event(event: asyncio.Event, seconds: float) -> bool:
    """Waits for the event, `seconds` of real time at most; returns whether it happened."""
    if event.is_set():  # no timer for what has happened: it is asked with every update
        return True
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True


async def cancel_on(event: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """Returns the work's result; None where the event happens first and cancels it. Raises what the work raises."""
    # Not a TaskGroup: its failure would come wrapped, and both tasks end right here.
    working = asyncio.ensure_future(work)  # noqa: TID251 - awaited or cancelled in the lines below
    happening = asyncio.ensure_future(event.wait())  # noqa: TID251 - the same
    try:
        await asyncio.wait((working, happening), return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, happening):
            task.cancel()


_log = structlog.get_logger(__name__)


@dataclass
class JumpWatch:
    """Compares the wall clock with the seconds that have passed: it was set, or the machine has slept."""

    on_jump: Callable[[], None]
    wall: Callable[[], datetime] = field(default_factory=lambda: SystemClock().now)
    look_seconds: float = 1.0
    least_seconds: float = 2.0  # less is what time servers correct
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """Stops looking."""
        self._stopped.set()

    async def run(self) -> None:
        """Calls on_jump after each jump, in either direction, until stopped."""
        offset = self._offset()
        while not await wait_for_event(self._stopped, self.look_seconds):
            now = self._offset()
            if abs(now - offset) >= self.least_seconds:
                _log.warning("the machine's clock has jumped: what is due is looked at again", seconds=now - offset)
                self.on_jump()
            offset = now

    def _offset(self) -> float:
        return self.wall().timestamp() - asyncio.get_running_loop().time()
