"""Telegram's limits in real seconds: a group gets 20 messages a minute at most, whoever else is written to."""

import asyncio

import pytest

from reminders.pace import Pace


async def reserved(pace: Pace, chat: int, messages: int, monkeypatch: pytest.MonkeyPatch) -> float:
    """How long the last of so many messages to that chat waits, without waiting."""
    now = 1000.0

    async def pass_by(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr(asyncio, "sleep", pass_by)
    monkeypatch.setattr("reminders.pace._time", lambda: now)
    for _ in range(messages):
        await pace.turn(chat)
    return now - 1000.0


async def test_a_group_gets_twenty_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    pace = Pace(rate=1000, per_chat=30)
    assert await reserved(pace, -1_001, 21, monkeypatch) == pytest.approx(60, abs=0.5)
    assert await reserved(Pace(rate=1000, per_chat=30), 1_001, 21, monkeypatch) < 1
