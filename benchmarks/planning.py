"""Planning a wave: one INSERT…SELECT beside a date job a person in APScheduler's memory store."""

import tempfile
import time
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from db.admin import schema
from db.delivery import reminder_batches
from db.engine.database import Database
from db.programme import live_programme
from db.tables import participants, subscriptions

PEOPLE = 20_000
START = datetime(2030, 1, 1, 17, tzinfo=UTC)
_SINCE = START - timedelta(days=30)
DUE = START - timedelta(hours=1)


async def planning() -> None:
    """Measures the seconds of each, and their ratio."""
    ours = await _outbox()
    stock = _jobs()
    print(f"planning   ours (outbox)   {ours:>9.3f} s for {PEOPLE} people")
    print(f"planning   stock (jobs)    {stock:>9.3f} s, in memory only: gone with the process")
    print(f"planning   ratio stock/ours {stock / ours:.1f}")


async def _outbox() -> float:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/bench.db")
        await schema.upgrade(database)
        async with database.transaction() as tx:
            await live_programme.update_from_content(tx, "c", [(1, START, START + timedelta(minutes=90))], now=_SINCE)
            session = (await live_programme.programme(tx, "c"))[1]
            people = [
                {"id": n, "telegram_id": n, "language": "es", "first_seen_at": _SINCE} for n in range(1, PEOPLE + 1)
            ]
            await tx.execute(participants.insert(), people)
            wanted = [
                {"participant_id": n, "session_id": session.id, "lead": "1h", "since": _SINCE}
                for n in range(1, PEOPLE + 1)
            ]
            await tx.execute(subscriptions.insert(), wanted)
        wave = reminder_batches.BatchRows("c/1/v1/1h", session.id, "1h", {"lead": "1h"}, DUE, DUE, START)
        started = time.perf_counter()
        async with database.transaction() as tx:
            assert await reminder_batches.insert_batch(tx, wave) == PEOPLE
        taken = time.perf_counter() - started
        await database.close()
        return taken


def _send(number: int) -> None:
    """Stands for the sending of one reminder. Not a built-in: inspecting one's signature costs more than the job."""


def _jobs() -> float:
    scheduler = AsyncIOScheduler(timezone=UTC)
    started = time.perf_counter()
    for number in range(PEOPLE):
        scheduler.add_job(_send, "date", run_date=START, args=[number], id=str(number))
    return time.perf_counter() - started
