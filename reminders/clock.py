"""The clock that reminders/ needs; bot/app.py passes one in."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol


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
