"""A clock one can turn: forward, never back."""

from datetime import datetime

from reminders.clock import RunningClock


class TurnableClock(RunningClock):
    """The rehearsal's time: it runs as fast as one likes, stands still, or jumps ahead."""

    def set_speed(self, speed: float) -> None:
        """Runs that many times as fast from here on; 0 stands still. Raises ValueError below 0."""
        if speed < 0:
            raise ValueError("time does not run backwards")
        self._turned(self.now(), speed)

    def reach(self, instant: datetime) -> None:
        """Shows `instant` at least: a clock that runs may be further by itself."""
        self._turned(max(instant, self.now()), self.speed)

    def jump(self, instant: datetime) -> None:
        """Shows `instant` at once. Raises ValueError for the past: what was sent cannot be unsent."""
        if instant < self.now():
            raise ValueError("the clock only turns forward")
        self._turned(instant, self.speed)
