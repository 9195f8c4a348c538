"""Keeps a stop short where the database does not answer: what is not finished is done after the next start."""

import asyncio

import structlog

from db.engine.database import Database

_log = structlog.get_logger(__name__)

# How long what is cut off may take to end by itself before its connections to the database are cut, too.
_CUT_OFF_SECONDS, _CUTS = 0.2, 4
_CLOSE_SECONDS = 0.5


async def cut_off(late: "set[asyncio.Task[None]]", database: Database) -> None:
    """Ends what takes too long: what it has claimed goes back by its lease, or at the next start."""
    _log.warning("the stop takes too long: what is not finished is done after the next start", jobs=len(late))
    for task in late:
        task.cancel()
    for _ in range(_CUTS):
        _, late = await asyncio.wait(late, timeout=_CUT_OFF_SECONDS)
        if not late:
            return
        database.abort()  # it does not answer: whoever waits for it gets an error instead


async def close_database(database: Database, *, at_once: bool) -> None:
    """Says goodbye to it; hangs up where it does not answer, or is known not to."""
    if at_once:
        database.abort()
    closing = asyncio.ensure_future(database.close())  # noqa: TID251 - waited for here
    _, late = await asyncio.wait([closing], timeout=_CLOSE_SECONDS)
    if late:
        database.abort()
        await asyncio.wait([closing], timeout=_CLOSE_SECONDS)
