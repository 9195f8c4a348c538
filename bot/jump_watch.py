"""Notices a jump of the machine's clock: timers count seconds and would let pass what has become due by it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from reminders.clock import SystemClock, wait_for_event

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
