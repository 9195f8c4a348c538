"""The clock that the whole bot is given: the real time, or a rehearsal's."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


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
