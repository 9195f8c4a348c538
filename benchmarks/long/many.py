"""A million subscribers: `python -m benchmarks.long.many [PEOPLE]`; start-up, memory, idle CPU, planning."""

import asyncio
import resource
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from benchmarks.peers.peers_sending import TOKEN
from bot.app import App, build
from bot.config.settings import DatabaseSettings, DeliverySettings, Privacy, Settings, Telegram
from db.admin import schema
from db.engine.database import Database
from db.programme import live_programme
from rehearsal.clock import TurnableClock
from rehearsal.telegram.request import RehearsalRequest
from rehearsal.telegram.telegram import Limits
from rehearsal.telegram.telegram import Telegram as Local

NOON = datetime(2024, 10, 21, 15, tzinfo=UTC)
ZONES = ("America/Lima", "America/Mexico_City", "America/Argentina/Buenos_Aires", "Europe/Madrid", "America/Havana")
LEADS = ("24h", "1h", "10m", "09:00")
_IDLE_SECONDS = 20.0


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def _fill(path: Path, people: int, cycle: str, times: list[tuple[int, datetime, datetime]]) -> None:
    database = Database(f"sqlite:///{path}")
    await schema.upgrade(database)
    async with database.transaction() as tx:
        await live_programme.update_from_content(tx, cycle, times, now=NOON)
    await database.close()
    with sqlite3.connect(path) as raw:
        since = (NOON - timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
        rows = ((n, n, "es", ZONES[n % len(ZONES)], since, "22:00-07:00") for n in range(1, people + 1))
        into = "INSERT INTO participants (id, telegram_id, language, zone, first_seen_at, quiet) VALUES (?,?,?,?,?,?)"
        raw.executemany(into, rows)
        wants = ((n, s, lead, since) for n in range(1, people + 1) for s in range(1, 5) for lead in LEADS)
        raw.executemany("INSERT INTO subscriptions (participant_id, session_id, lead, since) VALUES (?,?,?,?)", wants)


def _app(path: Path, clock: TurnableClock) -> App:
    settings = Settings(
        telegram=Telegram(token=SecretStr(TOKEN)),
        database=DatabaseSettings(url=f"sqlite:///{path}"),
        delivery=DeliverySettings(rate=1000),
        privacy=Privacy(retention_days=3650),
    )
    local = Local(token=TOKEN, now=clock.now, limits=Limits(enforced=False))
    return build(settings, clock=clock, request=RehearsalRequest(local))


async def _measure(path: Path, people: int) -> None:
    clock = TurnableClock(NOON, 1)
    app = _app(path, clock)
    before = _peak_mb()
    stop, begun = asyncio.Event(), time.perf_counter()
    running = asyncio.ensure_future(app.run(stop))  # noqa: TID251 - awaited below
    while not app.work.scheduler.settled:  # noqa: ASYNC110 - what is measured knows nothing of the measuring
        await asyncio.sleep(0.005)
    print(
        f"many       {people} subscribers × 4 sessions × {len(LEADS)} leads: started in "
        f"{time.perf_counter() - begun:.2f} s"
    )
    used = time.process_time()
    await asyncio.sleep(_IDLE_SECONDS)
    idle = (time.process_time() - used) / _IDLE_SECONDS
    print(f"many       idle CPU {idle:.2%}; memory {before:.0f} MB before, {_peak_mb():.0f} MB at most")
    stop.set()
    await running


async def _plan(path: Path) -> None:
    """Plans the reminders of a day before for everybody, in slices."""
    clock = TurnableClock(NOON, 0)
    app = _app(path, clock)
    planner, due = app.work.scheduler._planner, datetime(2024, 10, 22, 17, 0, 1, tzinfo=UTC)  # noqa: SLF001 - its part alone
    before, begun = _peak_mb(), time.perf_counter()
    async with planner.database.transaction() as tx:
        waves = await planner.batches(tx, due)
    planned = await planner.plan_due(due, [each for each in waves if each[1].lead.code == "24h"])
    taken = time.perf_counter() - begun
    print(
        f"many       planned {planned} rows in {taken:.1f} s, {planned / taken:.0f} rows/s; "
        f"memory {before:.0f} MB before, {_peak_mb():.0f} MB at most"
    )
    await app.database.close()


async def many(people: int) -> None:
    """Measures start, idling and planning."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.db"
        probe = _app(Path(folder) / "none.db", TurnableClock(NOON, 0))
        times = [(each.number, each.starts_at, each.ends_at) for each in probe.cycle.sessions]
        await probe.database.close()
        await _fill(path, people, probe.cycle.key, times)
        await _measure(path, people)
        await _plan(path)


if __name__ == "__main__":
    asyncio.run(many(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
