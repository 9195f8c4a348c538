"""The one retry policy: how often a message is tried, and how long one waits in between."""

import asyncio
from collections.abc import Awaitable, Callable

from telegram_io.errors import SendResult

_TRIES = 5
_LONGEST_PAUSE_SECONDS = 60.0
_FIRST_PAUSE_SECONDS = 0.5


def may_try_again(result: SendResult, tried: int) -> bool:
    """Returns whether a message that was tried so often may be tried once more: it has not arrived, nor is it wrong."""
    return result.state == "later" and tried < _TRIES


def pause_seconds(result: SendResult, tried: int) -> float:
    """Returns how long to wait after that many tries: what Telegram says, else twice as long each time."""
    return result.retry_after if result.retry_after is not None else _FIRST_PAUSE_SECONDS * 2 ** (tried - 1)


async def patiently(send: Callable[[], Awaitable[SendResult]]) -> SendResult:
    """Tries until it is clear what became of the message, or no more tries make sense; returns the last result."""
    tried = 1
    while True:
        result = await send()
        pause = pause_seconds(result, tried)
        if not may_try_again(result, tried) or pause > _LONGEST_PAUSE_SECONDS:
            return result
        await asyncio.sleep(pause)
        tried += 1
