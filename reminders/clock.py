"""What this wing asks of a clock; bot/app.py hands one over."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time of the cycle, which in a rehearsal is not the time on the wall."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...

    def wall(self, instant: datetime) -> datetime | None:
        """When, in real UTC time, this clock will show `instant`; None while it stands still before it."""
        ...

    def on_turn(self, listener: Callable[[], None]) -> None:
        """Calls the listener whenever somebody turns the clock or changes its speed."""
        ...
