"""Keeps Telegram's limits, overall and per chat, and adapts to its 429s."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from reminders.clock import wait_for_event

_REMEMBERED_CHATS = 10_000
# A timer that fires late may be made good for this long; after a 429 it may not, where bursts are punished.
# A third of the gap at usual rates; at hundreds a second no timer is that exact.
_SLACK_SHARE, _SLACK_SECONDS, _MANY_A_SECOND = 0.3, 0.05, 100
# Just below what is permitted, so that two clocks that differ a little do not meet at the limit.
_BELOW = 0.99
# A 429 now and then may be chance: a little slower, for a little while. Many say that the limit is far lower.
_LOWER, _LOW, _MUCH_LOWER, _LOWEST, _MANY = 0.95, 0.8, 0.8, 0.05, 0.05
_CALLS_REMEMBERED = 200
# How long the answer to the one before is waited for, where it usually comes at once.
_LATE_GAPS, _LEARNED = 4, 0.1
# After a 429: how long nothing is tried that is faster. Longer each time that a raise is punished.
_PATIENCE_SECONDS, _MOST_PATIENCE_SECONDS, _PUNISHED_SECONDS, _AFTER_A_RAISE = 3.0, 600.0, 2.0, 10.0
_RAISE, _RAISE_SECONDS = 1.03, 1.0
# A 429 after so many messages went through, that asks for so little, may concern its own chat alone. It takes more
# than so many of them to be believed.
_CALM, _SHORT_SECONDS, _PROOFS, _HARDLY_LOWER = 8, 1.0, 3, 0.9
# A 429 that asks for longer is its chat's own until others are refused, too, and none taken meanwhile. Each puts off
# everybody for a moment, longer each time, so that what is in the air can be judged. A group has a limit of its own
# (20 a minute) and proves less.
_OTHERS, _WEIGHT, _WEIGHT_OF_GROUPS, _DOUBT_SECONDS, _MOST_DOUBT_SECONDS = 3.0, 1.0, 0.5, 1.0, 2.0
# Where Telegram is out of order: how long one chat waits after a failure that came alone, and everybody after more.
_FAILED_SECONDS, _LONGEST_PAUSE_SECONDS = 1.0, 30.0
# Answers to people come first, but never leave the others less than this share.
_SHARE_OF_OTHERS = 0.5


def loop_time() -> float:
    """Returns the running event loop's seconds."""
    return asyncio.get_running_loop().time()


class RateLimiter:
    """Hands out turns to send: `rate` a second over all chats, `per_chat` a second to one, 20 a minute to a group.

    One after another, never a burst: where Telegram punishes them, every one costs more than it gains. A short 429
    halts everything for as long as Telegram says, lowers the rate, and only slowly lets it rise again. Where 429s come
    singly for a while, the next halts its own chat, and everything only if another follows at once. One that asks
    for longer halts its own chat, and everything only where three chats in a row are refused. Measured in real seconds,
    even in a rehearsal whose clock runs faster.
    Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits
    """

    def __init__(
        self,
        *,
        rate: float,
        per_chat: float,
        group_gap_seconds: float = 60 / 20,
        time: Callable[[], float] = loop_time,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Starts with a full rate. `time` and `sleep` are real seconds unless a test lets them pass at once."""
        self._most = rate * _BELOW
        self._rate = self._most
        self._chat_gap = 1 / per_chat
        self.group_gap_seconds = group_gap_seconds
        self._time, self._sleep = time, sleep
        self._slack = _SLACK_SECONDS if rate >= _MANY_A_SECOND else _SLACK_SHARE / rate
        self._strict = False  # bursts are punished, even of milliseconds
        self._quickest = self._usual = 1.0  # seconds from a request to its answer
        self._last = 0.0  # when the last turn was taken
        self._answer, self._patience = asyncio.Event(), _PATIENCE_SECONDS  # set: the answer to that one is here
        self._next = self._halted_until = self._refused = 0.0  # the last: share of the last calls that were
        self._calm = 0  # messages taken since the last 429
        self._single = 0  # how often 429s have come singly of late; others count against it twice
        self._failures = 0  # in a row
        self._doubted: dict[int, float] = {}  # chats with a long 429 since the last message that was taken; the weights
        # When the last of these answers came; when the rate rose last, or may rise again.
        self._doubted_at, self._raised_at = -1.0, -_AFTER_A_RAISE
        self._replies = 0.0  # what answers have taken from the others' budget, in turns
        self._gate = asyncio.Lock()
        self._chats: OrderedDict[int, float] = OrderedDict()

    @property
    def rate(self) -> float:
        """Returns the permitted messages a second, as far as is known now."""
        return self._rate

    def halted_for(self) -> float:
        """Returns the seconds until sending goes on; 0 where it is not halted."""
        return max(self._halted_until - self._time(), 0.0)

    def chat_halted_for(self, chat_id: int) -> float:
        """Returns the seconds until that chat may be written to, as far as its own limits go."""
        return max(self._chats.get(chat_id, 0.0) - self._time(), 0.0)

    async def turn(self, chat_id: int) -> float:
        """Waits until that chat may be written to; returns the moment, for `answered`."""
        await self._wait_until(self._reserve_chat(chat_id))
        async with self._gate:  # asyncio's locks are fair: first come, first served
            # No event to wait for: only a moment, that a halt may put off meanwhile.
            while (wait := max(self._next, self._halted_until) - self._time()) > 0:
                await self._sleep(wait)
                if self._strict and not self._answer.is_set():
                    await self._await_answer()
            return self._take()

    async def _await_answer(self) -> None:
        """Waits for the answer to the last request, which may be late on its way: the next must not catch up with it.

        Not where answers always take long: then most of the permitted rate would be lost by it.
        """
        gap = 1 / self._rate
        if self._usual < gap / 2:
            await wait_for_event(self._answer, _LATE_GAPS * gap)

    def _take(self) -> float:
        self._last = now = self._time()
        self._answer.clear()
        self._refused -= self._refused / _CALLS_REMEMBERED
        self._raise_rate(now)
        gap = 1 / self._rate
        self._next = max(self._next + gap, now + gap - self._slack)
        if self._replies > 0:  # an answer has taken a turn of ours: wait for one more, but not for all
            given = min(self._replies, 1 / _SHARE_OF_OTHERS - 1)
            self._replies -= given
            self._next += given * gap
        return now

    def answered(self, started: float) -> None:
        """Notes that the request of that moment is answered. Where bursts are punished, the next is timed from it.

        A request may have been late on its way, never later than its answer: so the next cannot come too early.
        """
        now = self._time()
        self._calm += 1
        self._quickest = min(self._quickest, now - started)
        self._usual += (now - started - self._usual) * _LEARNED
        if started < self._last:
            return
        self._answer.set()
        if self._strict:
            self._next = max(self._next, now - self._quickest + 1 / self._rate)

    def reply(self, chat_id: int) -> None:
        """Counts a reply that was sent past the queue."""
        self._replies = min(self._replies + 1, self._rate)
        self._reserve_chat(chat_id)

    def halt(self, seconds: float) -> None:
        """Halts all sending for that many seconds: Telegram does not answer."""
        self._halted_until = max(self._halted_until, self._time() + seconds)

    def failed(self, chat_id: int) -> bool:
        """Notes that Telegram failed or was out of reach; failures in a row halt all sending, longer each time.

        Returns True for a single failure: only that chat has to wait, which `turn` sees to.
        """
        if self.halted_for() > 0:
            return False  # it was in the air with those that halted everybody
        self._failures += 1
        if self._failures == 1:
            self._halt_chat(chat_id, _FAILED_SECONDS)
            return True
        self.halt(min(_FAILED_SECONDS * 2 ** min(self._failures - 2, 10), _LONGEST_PAUSE_SECONDS))
        return False

    def worked(self, started: float | None = None) -> None:
        """Notes that Telegram has answered, whatever it said, to the request of that moment."""
        self._failures = 0
        if started is None or started > self._doubted_at:  # one that was in the air before proves nothing
            self._doubted.clear()

    def refused(self, retry_after: float, chat_id: int) -> bool:
        """Notes a 429: halts all sending for that long, and lowers the rate. Others that were in flight change nothing.

        Returns True where only that chat has to wait, which `turn` sees to.
        """
        now = self._time()
        if retry_after > _SHORT_SECONDS:
            return self._refused_for_long(now, retry_after, chat_id)
        known = now < self._halted_until
        alone = self._is_alone(retry_after) and not known
        if alone:
            self._halt_chat(chat_id, retry_after)
        else:
            self.halt(retry_after)
        if not known:
            self._slow_down(now, retry_after, _HARDLY_LOWER if alone else _LOW)
        return alone

    def _refused_for_long(self, now: float, retry_after: float, chat_id: int) -> bool:
        self._calm = 0
        self._halt_chat(chat_id, retry_after)
        if not self._doubted:
            self._slow_down(now, retry_after, _HARDLY_LOWER)
        self._doubted[chat_id] = _WEIGHT if chat_id > 0 else _WEIGHT_OF_GROUPS
        self._doubted_at = now
        if sum(self._doubted.values()) < _OTHERS:
            self.halt(min(_DOUBT_SECONDS * 2 ** (len(self._doubted) - 1), _MOST_DOUBT_SECONDS, retry_after))
            return True
        self.halt(retry_after)
        self._slow_down(now, retry_after, _LOW)
        self._doubted.clear()
        return False

    def _halt_chat(self, chat_id: int, seconds: float) -> None:
        self._chats[chat_id] = max(self._chats.get(chat_id, 0.0), self._time() + seconds)

    def _is_alone(self, retry_after: float) -> bool:
        """Returns whether a 429 concerns its chat alone, judged by earlier ones."""
        single = self._calm >= _CALM and retry_after <= _SHORT_SECONDS
        self._calm = 0
        self._single = min(self._single + 1, 2 * _PROOFS) if single else max(self._single - 2, 0)
        return single and self._single > _PROOFS

    def _slow_down(self, now: float, retry_after: float, low: float) -> None:
        self._refused += (1 - self._refused) / _CALLS_REMEMBERED
        lower, lowest = (_MUCH_LOWER, _LOWEST) if self._refused > _MANY else (_LOWER, low)
        self._rate = min(self._rate, max(self._rate * lower, self._most * lowest))
        self._slack, self._strict = 0.0, True
        punished = retry_after >= _PUNISHED_SECONDS and now - self._raised_at < _AFTER_A_RAISE
        self._patience = min(self._patience * 2, _MOST_PATIENCE_SECONDS) if punished else self._patience
        self._raised_at = max(self._halted_until, now) + self._patience

    def _raise_rate(self, now: float) -> None:
        """Raises the rate a little once nothing was refused for long enough."""
        if self._rate < self._most and now >= self._raised_at:
            self._rate = min(self._rate * _RAISE, self._most)
            self._raised_at = now + _RAISE_SECONDS

    def _reserve_chat(self, chat_id: int) -> float:
        now = self._time()
        reserved = max(now, self._chats.pop(chat_id, 0.0))
        gap = max(self._chat_gap, self.group_gap_seconds) if chat_id < 0 else self._chat_gap
        self._chats[chat_id] = reserved + gap
        while len(self._chats) > _REMEMBERED_CHATS:
            self._chats.popitem(last=False)
        return reserved

    async def _wait_until(self, moment: float) -> None:
        delay = moment - self._time()
        if delay > 0:
            await self._sleep(delay)
