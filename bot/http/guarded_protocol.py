"""Limits what a stranger's connections can hold: how long headers may take, and how many may be open at once."""

import asyncio
import time
from typing import TYPE_CHECKING, Any

import structlog
from uvicorn.protocols.http.auto import AutoHTTPProtocol

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol as _Protocol
else:
    _Protocol = AutoHTTPProtocol

_log = structlog.get_logger(__name__)

# Telegram sends headers in one piece, over 100 connections at most; a load balancer has about as many.
HEADER_SECONDS, MOST_CONNECTIONS = 10.0, 400
_LOG_SECONDS = 60.0


class GuardedProtocol(_Protocol):
    """A connection of uvicorn's that is closed where its headers are slow, or where others need its room.

    A body's time limit is the webhook's own.
    """

    header_seconds = HEADER_SECONDS
    most_connections = MOST_CONNECTIONS
    _logged_at = float("-inf")  # of all connections
    _closed = 0
    _timer: "asyncio.TimerHandle | None" = None
    began = 0.0

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 - uvicorn narrows asyncio's type
        """Begins the time limit; beyond the most connections, closes the one that has waited longest for headers."""
        super().connection_made(transport)
        self.began = time.monotonic()
        if len(self.connections) > self.most_connections:
            silent = [each for each in self.connections if isinstance(each, GuardedProtocol) and each.is_waiting]
            min(silent, key=lambda each: each.began, default=self).give_up("too many connections")
        if not self.transport.is_closing():
            self._timer = self.loop.call_later(self.header_seconds, self._look)

    @property
    def is_waiting(self) -> bool:
        """Returns whether no request is being answered here."""
        return not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete)

    def data_received(self, data: bytes) -> None:
        """Reads on; headers that are not whole yet have their time from the first byte."""
        super().data_received(data)
        if not self.is_waiting:
            self._stop_timer()
        elif self._timer is None:
            self._timer = self.loop.call_later(self.header_seconds, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends the time limit."""
        self._stop_timer()
        super().connection_lost(exc)

    def give_up(self, why: str) -> None:
        """Closes it at once, with one line a minute for all of them."""
        self._stop_timer()
        self.transport.abort()
        self.connections.discard(self)
        cls = GuardedProtocol
        cls._closed += 1
        if time.monotonic() - cls._logged_at > _LOG_SECONDS:
            _log.warning("connections were closed", reason=why, closed=cls._closed)
            cls._logged_at, cls._closed = time.monotonic(), 0

    def _look(self) -> None:
        self._timer = None
        if self.is_waiting:
            self.give_up("slow headers")

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
