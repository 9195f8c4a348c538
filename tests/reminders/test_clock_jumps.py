"""The machine's clock is set while the bot runs: what is due by it is looked at within seconds."""

import asyncio
from datetime import datetime, timedelta

import pytest

from reminders.clock import JumpWatch, SystemClock
from tests.support.telegram.local_telegram import until


@pytest.mark.parametrize("minutes", [40, -40])
async def test_a_jump_is_noticed_once_and_small_corrections_are_not(minutes: int) -> None:
    jumped: list[timedelta] = []
    shift = timedelta()

    def wall() -> datetime:
        return SystemClock().now() + shift

    watch = JumpWatch(lambda: jumped.append(shift), wall, look_seconds=0.01)
    async with asyncio.TaskGroup() as group:
        group.create_task(watch.run())
        await asyncio.sleep(0.05)
        shift += timedelta(seconds=1)
        await asyncio.sleep(0.05)
        assert jumped == []
        shift += timedelta(minutes=minutes)
        await until(lambda: bool(jumped))
        await asyncio.sleep(0.05)
        watch.stop()
    assert len(jumped) == 1
