"""Waits for an event: for some seconds at most, or while some work runs."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def wait_for_event(event: asyncio.Event, seconds: float) -> bool:
    """Waits for the event, `seconds` of real time at most; returns whether it happened."""
    if event.is_set():  # no timer for what has happened: it is asked with every update
        return True
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True


async def cancel_on(event: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """Returns the work's result; None where the event happens first and cancels it. Raises what the work raises."""
    # Not a TaskGroup: its failure would come wrapped, and both tasks end right here.
    working = asyncio.ensure_future(work)  # noqa: TID251 - awaited or cancelled in the lines below
    happening = asyncio.ensure_future(event.wait())  # noqa: TID251 - the same
    try:
        await asyncio.wait((working, happening), return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, happening):
            task.cancel()
