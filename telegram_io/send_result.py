"""Names what an attempt to send came to, and says whether and when the message is tried again."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    PassportDecryptionError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

State = Literal["sent", "unreachable", "refused", "moved", "unknown", "later", "unauthorized"]
_LONGEST_REASON = 200
_TRIES = 5
_LONGEST_PAUSE_SECONDS = 60.0
_FIRST_PAUSE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class SendResult:
    """`state`: "sent"; "unreachable", they blocked the bot; "refused", Telegram takes it from nobody; "moved", the
    group has become a supergroup, whose number is `moved_to`; "unknown", it may have arrived; "later", it has not, and
    may be tried again (after `retry_after` seconds, where Telegram says so); "unauthorized", Telegram does not know the
    token: no message is to blame, and none will leave until that is mended.
    """

    state: State
    message_id: int | None = None
    reason: str | None = None
    retry_after: float | None = None
    moved_to: int | None = None


# Every class of PTB's; the nearest one counts. docs/operations.md has the same table for operators. Only what is about
# that chat or message is final. What timed out may have been delivered (python-telegram-bot #1045).
MEANINGS: Mapping[type[TelegramError], State] = {
    BadRequest: "refused",
    ChatMigrated: "moved",
    Forbidden: "unreachable",
    RetryAfter: "later",
    Conflict: "later",
    NetworkError: "later",
    TimedOut: "unknown",
    TelegramError: "unknown",  # alone it stands for an answer that could not be read
    PassportDecryptionError: "unknown",  # no call of ours meets it
    InvalidToken: "unauthorized",
    EndPointNotFound: "unauthorized",  # 404, as InvalidToken: the server knows neither
}
# A 400 that is about the whole bot. Source: https://core.telegram.org/bots/api#logout
_LOGGED_OUT = "logged out"


def result_of(error: TelegramError) -> SendResult:
    """Returns what that error means for the message that was being sent."""
    state = next(MEANINGS[kind] for kind in type(error).__mro__ if kind in MEANINGS)
    if state == "refused" and _LOGGED_OUT in error.message.lower():
        state = "later"
    final = state in {"unreachable", "refused"}
    return SendResult(
        state,
        reason=error.message[:_LONGEST_REASON] if final else type(error).__name__,
        retry_after=retry_seconds(error) if isinstance(error, RetryAfter) else None,
        moved_to=error.new_chat_id if isinstance(error, ChatMigrated) else None,
    )


def says_no_topic(error: BadRequest) -> bool:
    """Returns whether a forum's topic takes nothing (any more): it is gone, or closed."""
    words = error.message.lower()
    return "message thread not found" in words or "topic_closed" in words or "topic_deleted" in words


def says_not_modified(error: BadRequest) -> bool:
    """Returns whether an edit found the message as it should be: an earlier try had arrived."""
    return "not modified" in error.message


def says_deleted_already(error: BadRequest) -> bool:
    """Returns whether a message that was to be deleted is gone."""
    return "message to delete not found" in error.message.lower()


def retry_seconds(error: RetryAfter) -> float:
    """Returns how many seconds Telegram says to wait; PTB gives a number or a timedelta, as its settings have it."""
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)


def may_try_again(result: SendResult, tried: int) -> bool:
    """Returns whether a message that was tried so often may be tried once more: it has not arrived, nor is it wrong."""
    return result.state == "later" and tried < _TRIES


def pause_seconds(result: SendResult, tried: int) -> float:
    """Returns how long to wait after that many tries: what Telegram says, else twice as long each time."""
    return result.retry_after if result.retry_after is not None else _FIRST_PAUSE_SECONDS * 2 ** (tried - 1)


async def send_with_retries(send: Callable[[], Awaitable[SendResult]]) -> SendResult:
    """Tries until it is clear what became of the message, or no more tries make sense; returns the last result."""
    tried = 1
    while True:
        result = await send()
        pause = pause_seconds(result, tried)
        if not may_try_again(result, tried) or pause > _LONGEST_PAUSE_SECONDS:
            return result
        await asyncio.sleep(pause)
        tried += 1
