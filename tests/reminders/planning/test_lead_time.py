"""A wave opens early enough for its last recipient, and nobody is reached far from the promised moment."""

from datetime import UTC, datetime, timedelta

import pytest

from db.delivery import outbox
from db.engine.database import Database
from db.people import participants, subscriptions
from db.programme import live_programme
from db.tables import outbox as outbox_table
from knowledge.time.lead_time import parse_lead_time
from reminders.planning.lead_time import tolerance
from reminders.planning.planner import Planner
from reminders.planning.rules import Batch

START = datetime(2024, 10, 23, 17, tzinfo=UTC)
LONG_AGO = START - timedelta(days=30)
LEADS = tuple(parse_lead_time(code) for code in ("24h", "1h", "10m", "09:00"))


async def planner(url: str, people: int, rate: float) -> Planner:
    """Of one session that so many people want to be reminded of an hour before."""
    database = Database(url)
    async with database.transaction() as tx:
        await live_programme.update_from_content(tx, "c", [(1, START, START + timedelta(minutes=90))], now=LONG_AGO)
        session = (await live_programme.programme(tx, "c"))[1]
        for number in range(1, people + 1):
            person = await participants.meet(tx, number, language="es", now=LONG_AGO)
            await subscriptions.turn_on(tx, person.id, [session.id], ["1h"], now=LONG_AGO)
            await participants.set_quiet(tx, person.id, "")
    return Planner(database, "c", "America/Argentina/Buenos_Aires", LEADS, lambda: rate)


async def opening(plan: Planner, now: datetime) -> datetime:
    """When the wave of the hour before opens."""
    return next(opens_at for opens_at, wave in await batches(plan, now) if wave.lead.code == "1h")


async def batches(plan: Planner, now: datetime) -> list[tuple[datetime, Batch]]:
    """All waves, each with the moment when it opens."""
    async with plan.database.transaction() as tx:
        return await plan.batches(tx, now)


@pytest.mark.parametrize(
    ("people", "rate", "before"),
    [
        (20, 28, timedelta(0)),  # done within a second
        (60, 0.5, timedelta(minutes=1, seconds=21)),  # two minutes of sending and a little: half before, half after
        (60, 0.05, timedelta(minutes=21, seconds=3)),  # twenty, and six more: nobody more than five minutes late
    ],
)
async def test_a_wave_opens_as_much_earlier_as_sending_takes(
    database_url: str, people: int, rate: float, before: timedelta
) -> None:
    plan = await planner(database_url, people, rate)
    due = START - timedelta(hours=1)
    assert due - await opening(plan, due - before) == before
    await plan.database.close()


async def test_what_opens_early_is_planned_once_and_again_for_who_joins_until_it_is_due(database_url: str) -> None:
    plan, due = await planner(database_url, 60, 0.5), START - timedelta(hours=1)
    early = due - timedelta(minutes=1)
    waves = await batches(plan, early)
    assert await plan.plan_due(early, waves) == 60
    assert await plan.plan_due(early, waves) == 0
    async with plan.database.transaction() as tx:
        late = await participants.meet(tx, 99, language="es", now=early)
        session = (await live_programme.programme(tx, "c"))[1]
        await subscriptions.turn_on(tx, late.id, [session.id], ["1h"], now=early)
    assert await plan.plan_due(due, await batches(plan, due)) == 1
    async with plan.database.transaction() as tx:
        assert await outbox.totals(tx) == {"waiting": 61}
        rows = (await tx.execute(outbox_table.select())).all()
    assert {row.due_at for row in rows} == {due}
    assert {row.deadline for row in rows} == {due + timedelta(minutes=5)}
    await plan.database.close()


@pytest.mark.parametrize(("lead", "late"), [("24h", 300), ("1h", 300), ("10m", 50), ("09:00", 300)])
def test_how_late_is_still_in_time(lead: str, late: int) -> None:
    assert tolerance(parse_lead_time(lead)) == timedelta(seconds=late)
