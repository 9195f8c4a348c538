"""Runs asynchronous work on uvloop, where there is one: a hop to a database's thread and back costs less there."""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs the work on an event loop of its own until it ends; returns or raises what it does."""
    if sys.platform == "win32":  # uvloop does not exist there
        return asyncio.run(work)
    import uvloop  # noqa: PLC0415 - see above

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
