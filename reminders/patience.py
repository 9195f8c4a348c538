"""Waiting, but no longer than it makes sense."""

import asyncio


async def happens_within(event: asyncio.Event, seconds: float) -> bool:
    """Waits for the event, `seconds` of real time at most; whether it happened."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
