"""Telegram's limits in real seconds: a group gets 20 messages a minute at most, whoever else is written to."""

import pytest

from reminders.delivery.rate_limiter import RateLimiter


class Seconds:
    """Seconds that pass at once."""

    def __init__(self) -> None:
        self.now = 1000.0

    async def sleep(self, seconds: float) -> None:
        """Lets them pass."""
        self.now += seconds


async def reserved(chat: int, messages: int) -> float:
    """How long the last of so many messages to that chat waits."""
    seconds = Seconds()
    rate_limiter = RateLimiter(rate=1000, per_chat=30, time=lambda: seconds.now, sleep=seconds.sleep)
    for _ in range(messages):
        await rate_limiter.turn(chat)
    return seconds.now - 1000.0


async def test_a_group_gets_twenty_a_minute() -> None:
    assert await reserved(-1_001, 21) == pytest.approx(60, abs=0.5)
    assert await reserved(1_001, 21) < 1


class Line:
    """A Telegram that takes messages or refuses them, in seconds that pass at once."""

    def __init__(self) -> None:
        self.seconds = Seconds()
        sleep = self.seconds.sleep
        self.rate_limiter = RateLimiter(rate=28, per_chat=1000, time=lambda: self.now, sleep=sleep)
        self.chat = 0

    @property
    def now(self) -> float:
        """Seconds."""
        return self.seconds.now

    async def takes(self, messages: int) -> None:
        for _ in range(messages):
            self.chat += 1
            started = await self.rate_limiter.turn(self.chat)
            self.rate_limiter.answered(started)
            self.rate_limiter.worked(started)

    async def refuses(self, seconds: float = 1.0) -> bool:
        """One more; whether only its chat has to wait."""
        self.chat += 1
        self.rate_limiter.answered(await self.rate_limiter.turn(self.chat))
        return self.rate_limiter.refused(seconds, self.chat)

    async def fails(self) -> bool:
        """Telegram is out of order for one more; whether only its chat has to wait."""
        self.chat += 1
        self.rate_limiter.answered(await self.rate_limiter.turn(self.chat))
        return self.rate_limiter.failed(self.chat)

    async def has_refused_singly(self, times: int) -> None:
        for _ in range(times):
            await self.takes(40)
            await self.refuses()


async def test_a_short_429_halts_everything_for_as_long_as_telegram_says() -> None:
    line = Line()
    await line.takes(40)
    assert await line.refuses(1) is False
    assert line.rate_limiter.halted_for() == pytest.approx(1)
    before = line.now
    await line.takes(1)
    assert line.now - before >= 1


async def test_where_429s_keep_coming_singly_the_next_one_halts_its_own_chat() -> None:
    line = Line()
    await line.has_refused_singly(3)
    assert line.rate_limiter.halted_for() == pytest.approx(1)  # the first three are not believed yet
    await line.takes(40)
    assert await line.refuses() is True
    assert line.rate_limiter.halted_for() == 0
    refused, before = line.chat, line.now
    await line.takes(5)
    assert line.now - before < 0.5  # the others go on
    await line.rate_limiter.turn(refused)
    assert line.now - before >= 0.99


@pytest.mark.parametrize("seconds", [2.0, 30.0, 300.0])
async def test_one_that_asks_for_long_halts_everything_once_others_are_refused_too(seconds: float) -> None:
    line = Line()
    await line.has_refused_singly(6)
    assert await line.refuses(seconds) is True
    assert line.rate_limiter.halted_for() == pytest.approx(1)
    assert line.rate_limiter.chat_halted_for(line.chat) == pytest.approx(seconds)
    assert await line.refuses(seconds) is True
    assert line.rate_limiter.halted_for() == pytest.approx(2)
    assert await line.refuses(seconds) is False
    assert line.rate_limiter.halted_for() == pytest.approx(seconds)


@pytest.mark.parametrize("every", [2, 3, 7])
async def test_long_ones_among_others_that_are_taken_halt_their_own_chats_however_many(every: int) -> None:
    line = Line()
    for _ in range(12):
        await line.takes(every - 1)
        assert await line.refuses(300) is True
        assert line.rate_limiter.halted_for() <= 1


async def test_flooded_groups_in_a_row_hold_up_nobody_for_long() -> None:
    line = Line()
    for group in range(-5, 0):
        assert line.rate_limiter.refused(300, group) is True
    await line.takes(1)
    assert line.now - 1000 < 11


async def test_one_that_another_follows_at_once_halts_everything_after_all() -> None:
    line = Line()
    await line.has_refused_singly(6)
    await line.takes(3)
    assert await line.refuses() is False
    assert line.rate_limiter.halted_for() == pytest.approx(1)


async def test_a_failure_that_comes_alone_makes_only_its_chat_wait() -> None:
    line = Line()
    await line.takes(10)
    assert await line.fails()
    assert line.rate_limiter.halted_for() == 0
    begun, failed = line.now, line.chat
    await line.rate_limiter.turn(failed + 1)
    assert line.now - begun < 0.1, "others go on"
    await line.rate_limiter.turn(failed)
    assert line.now - begun >= 0.9


async def test_failures_in_a_row_halt_everybody_longer_each_time() -> None:
    line, pauses = Line(), []
    assert await line.fails()
    for _ in range(8):
        assert not await line.fails()
        for chat in range(5):
            assert not line.rate_limiter.failed(chat), "what was in the air with it teaches nothing new"
        pauses.append(line.rate_limiter.halted_for())
    assert pauses == pytest.approx([1, 2, 4, 8, 16, 30, 30, 30])
    line.rate_limiter.worked()
    await line.takes(1)
    assert await line.fails()
