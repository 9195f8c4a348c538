"""Runs our delivery with all it records: a full outbox, sent by what bot/app.py builds.

`python -m benchmarks.ours.sending ADDRESS MESSAGES RATE SECONDS` is one contender: every message is claimed, written,
and its outcome recorded.
"""

import asyncio
import json
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from benchmarks.peers.peers_sending import TOKEN, spent
from bot.app import App, build
from bot.config.settings import CycleSettings, DatabaseSettings, DeliverySettings, Privacy, Settings, Telegram
from db.admin import schema
from db.delivery import reminder_batches
from db.engine.database import Database, Tx
from db.programme import live_programme
from db.programme.live_programme import LiveSession
from db.tables import participants, subscriptions
from reminders.clock import SystemClock

LEAD, NUMBER = "1h", 3
_BEGINS_IN, _LASTS, _SINCE = timedelta(minutes=50), timedelta(minutes=90), timedelta(days=30)


def settings(address: str, folder: Path, rate: float) -> Settings:
    """Returns the settings that an operator would choose for that server."""
    return Settings(
        telegram=Telegram(token=SecretStr(TOKEN), base_url=address),
        database=DatabaseSettings(url=f"sqlite:///{folder}/bench.db"),
        cycle=CycleSettings(reminders=(LEAD,)),
        delivery=DeliverySettings(rate=rate or 1000),
        privacy=Privacy(retention_days=3650),
    )


async def begins_at(tx: Tx, cycle: str, begins: datetime, *, since: datetime) -> LiveSession:
    """Moves that session to that moment, known since `since`."""
    await live_programme.update_from_content(tx, cycle, [(NUMBER, begins, begins + _LASTS)], now=since)
    # As if an organizer had moved it: the content's own time is long past, and must not win.
    session = (await live_programme.programme(tx, cycle))[NUMBER]
    await live_programme.move(tx, session.id, begins, begins + _LASTS, now=since)
    return session


async def fill(database: Database, cycle: str, people: int) -> LiveSession:
    """Adds people who want the reminder of a session that begins soon; it became due a few minutes ago."""
    now = SystemClock().now()
    await schema.upgrade(database)
    async with database.transaction() as tx:
        since = now - _SINCE
        session = await begins_at(tx, cycle, now + _BEGINS_IN, since=since)
        languages = ("es", "pt", "en", "fr")
        numbers = range(1, people + 1)
        who: list[dict[str, Any]] = [
            {"id": n, "telegram_id": n, "language": languages[n % 4], "first_seen_at": since, "zone": "America/Lima"}
            for n in numbers
        ]
        wants = [{"participant_id": n, "session_id": session.id, "lead": LEAD, "since": since} for n in numbers]
        if people:
            await tx.execute(participants.insert(), [person | {"quiet": ""} for person in who])
            await tx.execute(subscriptions.insert(), wants)
        return (await live_programme.programme(tx, cycle))[NUMBER]


async def plan(tx: Tx, session: LiveSession) -> int:
    """Plans one row for each of them, as the planner does it."""
    due = session.starts_at - timedelta(hours=1)
    payload = {"lead": LEAD, "version": session.version}
    wave = reminder_batches.BatchRows(
        f"bench/{session.version}", session.id, LEAD, payload, due, due, session.starts_at
    )
    return await reminder_batches.insert_batch(tx, wave)


async def deliver(app: App, seconds: float) -> None:
    """Sends until nothing is left, or the time is up."""
    try:
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            group.create_task(app.work.delivery.run())
            while not app.work.delivery.settled:  # noqa: ASYNC110 - what is measured knows nothing of the measuring
                await asyncio.sleep(0.05)
            app.work.delivery.stop()
    except TimeoutError:
        return


async def _contend(address: str, messages: int, rate: float, seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = build(settings(address, Path(folder), rate))
        session = await fill(app.database, app.cycle.key, messages)
        begun = time.perf_counter()
        async with app.database.transaction() as tx:
            assert await plan(tx, session) == messages
        planned = time.perf_counter() - begun
        await app.bot.initialize()
        before = time.process_time()
        await deliver(app, seconds)
        print(json.dumps(json.loads(spent(before)) | {"planned": planned}))
        await app.bot.shutdown()
        await app.database.close()


if __name__ == "__main__":
    asyncio.run(_contend(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])))
