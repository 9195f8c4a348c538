"""Zones, quiet hours and leads that there are: read through the index, the same as reading every row."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from db import tables
from db.admin import schema
from db.engine.database import Database
from db.people import participants, subscriptions
from db.programme import live_programme

NOW = datetime(2024, 10, 22, 15, tzinfo=UTC)
ZONES = (None, "America/Lima", "America/Tijuana", "Europe/Zurich")
QUIET = ("", "21:00-08:00", "22:00-07:00")


@pytest.mark.parametrize("people", [0, 1, 40])
async def test_read_through_the_index_they_are_what_all_rows_hold(database_url: str, people: int) -> None:
    chance, database = random.Random(people), Database(database_url)  # noqa: S311 - a test's dice
    await schema.ready(database)
    async with database.transaction() as tx:
        times = [(number, NOW, NOW + timedelta(hours=1)) for number in (1, 2)]
        await live_programme.update_from_content(tx, "c", times, now=NOW)
        live = await live_programme.programme(tx, "c")
        for number in range(people):
            row = {"zone": chance.choice(ZONES), "quiet": chance.choice(QUIET), "language": "es", "first_seen_at": NOW}
            added = insert(tables.participants).values(telegram_id=number, **row).returning(tables.participants.c.id)
            person = (await tx.execute(added)).scalar_one()
            await subscriptions.turn_on(tx, person, [live[2].id], chance.sample(["24h", "1h", "10m"], 2), now=NOW)
        pairs = select(tables.participants.c.zone, tables.participants.c.quiet).distinct()
        leads = select(tables.subscriptions.c.lead).distinct()
        found = await participants.zones_and_quiet_hours(tx)
        assert len(found) == len(set(found))
        assert set(found) == {tuple(row) for row in await tx.execute(pairs)}
        assert await subscriptions.wanted_leads(tx) == set((await tx.execute(leads)).scalars())
    await database.close()
