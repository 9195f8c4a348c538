"""Log lines carry the number of the update or the letter they belong to."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from structlog.contextvars import bound_contextvars

from bot.logs import set_up_logs


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged during the test; the settings of before come back."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    set_up_logs(stream)
    yield stream
    structlog.configure(**before)
    root.handlers, root.level = handlers, level


async def test_every_line_says_which_update_it_belongs_to_our_own_and_the_libraries(lines: io.StringIO) -> None:
    async def answer(number: int) -> None:
        with bound_contextvars(update=number):
            await asyncio.sleep(0)
            structlog.get_logger("ours").info("answered")
            await asyncio.sleep(0)
            logging.getLogger("theirs").warning("slow")

    async with asyncio.TaskGroup() as group:
        group.create_task(answer(7))
        group.create_task(answer(8))
    structlog.get_logger("ours").info("nothing in particular")
    read = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert sorted((each["logger"], each["event"], each.get("update")) for each in read[:-1]) == [
        ("ours", "answered", 7),
        ("ours", "answered", 8),
        ("theirs", "a library's message", 7),
        ("theirs", "a library's message", 8),
    ]
    assert "update" not in read[-1]
