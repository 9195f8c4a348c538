"""Telegram's limits, as a bot meets them: 429 and how long to wait."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from rehearsal.telegram.records import ApiError

_REMEMBERED = 1_000
_FREE, _PAID = "free", "paid"


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages that may be sent. Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits

    The exact numbers are unpublished; a chat takes a short burst before its one a second is enforced.
    """

    per_chat_per_second: float = 1.0
    chat_burst: int = 3
    overall_per_second: float = 30.0
    overall_burst: int = 30
    group_per_minute: int = 20
    paid_per_second: int = 1000
    enforced: bool = True


class Limiter:
    """Counts in real seconds, whatever the rehearsal's clock shows."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._sent: dict[int | str, deque[float]] = {}
        self.paid = 0  # messages beyond what is free, which cost Stars

    def pass_or_refuse(self, chat_id: int, messages: int = 1, *, paid: bool = False) -> None:
        """Counts messages to that chat. Raises ApiError 429 where the first is too many, and then counts none.

        `paid`: what is above the free rate is paid for, a thousand a second in all; a chat's own limit stays.
        Source: https://core.telegram.org/bots/faq#how-can-i-message-all-of-my-bot-39s-subscribers-at-once
        """
        if not self._limits.enforced:
            return
        now = self._monotonic()
        allowed = self._limits
        free = self._wait(_FREE, allowed.overall_burst, allowed.overall_burst / allowed.overall_per_second, now)
        budget = _PAID if paid and free > 0 else _FREE
        waits = [
            free if budget is _FREE else self._wait(_PAID, allowed.paid_per_second, 1.0, now),
            self._wait(chat_id, allowed.chat_burst, allowed.chat_burst / allowed.per_chat_per_second, now),
        ]
        if chat_id < 0:
            waits.append(self._wait(chat_id, self._limits.group_per_minute, 60.0, now))
        if max(waits) > 0:
            seconds = max(1, math.ceil(max(waits)))
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        self.paid += messages if budget is _PAID else 0
        for key in (budget, chat_id):
            self._sent.setdefault(key, deque(maxlen=_REMEMBERED)).extend([now] * messages)

    def _wait(self, key: int | str, allowed: int, window: float, now: float) -> float:
        """Returns seconds until fewer than `allowed` messages lie within the last `window` seconds."""
        sent = self._sent.get(key)
        if sent is None or len(sent) < allowed:
            return 0.0
        return max(sent[-allowed] + window - now, 0.0)
