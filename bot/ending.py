"""Why the process ends before it is told to: something that only an operator can mend."""

import asyncio
from dataclasses import dataclass, field

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
