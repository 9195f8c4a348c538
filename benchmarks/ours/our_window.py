"""Runs the whole of Ciclo as a contender: with people to remind at a moment to come, and others to inform before it.

`python -m benchmarks.ours.our_window ADDRESS PEOPLE RATE TELL_AT REMIND_AT` runs until it is killed; moments are in
seconds since 1970.
"""

import asyncio
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.ours.sending import LEAD, begins_at, settings
from bot.app import App, build
from bot.logs import set_up_logs
from changes import announcements as follow_up
from db.admin import schema
from db.announcements import announcement_deliveries, announcements
from db.announcements.announcements import Body
from db.announcements.audiences import Audience
from db.engine.database import Tx
from db.people.consents import ANNOUNCEMENTS
from db.tables import consents, participants, subscriptions
from reminders.clock import SystemClock

_SINCE, _HOUR = timedelta(days=30), timedelta(hours=1)
_WORDS = Body("La sala abre diez minutos antes.")


async def _people(tx: Tx, cycle: str, people: int, begins: datetime) -> None:
    """Makes people: one half is to be reminded, the other gets an announcement; none has quiet hours."""
    since = SystemClock().now() - _SINCE
    session = await begins_at(tx, cycle, begins, since=since)
    usual = {"first_seen_at": since, "zone": "America/Lima", "quiet": "", "language": "es"}
    everybody = [{"id": number, "telegram_id": number, **usual} for number in range(1, 2 * people + 1)]
    wants = [
        {"participant_id": n, "session_id": session.id, "lead": LEAD, "since": since} for n in range(1, people + 1)
    ]
    allow = [
        {"participant_id": n, "purpose": ANNOUNCEMENTS, "version": 1, "given": True, "decided_at": since}
        | {"asked_version": 1}
        for n in range(people + 1, 2 * people + 1)
    ]
    await tx.execute(participants.insert(), everybody)
    await tx.execute(subscriptions.insert(), wants)
    await tx.execute(consents.insert(), allow)


async def _announce(app: App) -> None:
    """Releases every row, as after an organizer's hold and first slice."""
    now = app.clock.now()
    async with app.database.transaction() as tx:
        number = await announcements.create_draft(tx, app.cycle.key, 1, Audience(who="anybody").to_json(), now=now)
        await announcements.set_body(tx, number, "es", _WORDS, now=now)
        told = await announcements.get(tx, number)
        assert told is not None
        await follow_up.plan_deliveries(tx, told, (), [follow_up.DueMoment(now)])
        await announcements.change_if(
            tx, number, {announcements.DRAFT}, state="running", stage="everybody", starts_at=now
        )
        await announcement_deliveries.release(tx, number, None)
    app.work.announcer.wake()
    app.work.delivery.wake()


async def _run(address: str, people: int, rate: float, tell_at: float, remind_at: float) -> None:
    set_up_logs()
    with tempfile.TemporaryDirectory() as folder:
        app = build(settings(address, Path(folder), rate))
        await schema.upgrade(app.database)
        async with app.database.transaction() as tx:
            await _people(tx, app.cycle.key, people, datetime.fromtimestamp(remind_at, UTC) + _HOUR)
        async with asyncio.TaskGroup() as group:
            group.create_task(app.run(asyncio.Event()))
            await asyncio.sleep(tell_at - SystemClock().now().timestamp())
            await _announce(app)


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], *(int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5]))))
