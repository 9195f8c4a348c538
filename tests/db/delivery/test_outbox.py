"""Claims: the soonest deadline first, nobody's twice, a dead sender's again."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from db import tables
from db.delivery import outbox, outbox_claims, reminder_batches
from db.delivery.outbox_claims import RecordedOutcome
from db.engine.database import Database
from db.people import participants, subscriptions
from db.programme import live_programme

NOW = datetime(2024, 10, 23, 16, tzinfo=UTC)
START = NOW + timedelta(hours=1)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Forty people who want to hear of one session an hour before."""
    database = Database(database_url)
    async with database.transaction() as tx:
        await live_programme.update_from_content(tx, "c", [(1, START, START + timedelta(minutes=90))], now=NOW)
        session = (await live_programme.programme(tx, "c"))[1]
        for number in range(40):
            person = await participants.meet(tx, number + 1, language="es", now=NOW - timedelta(days=1))
            await subscriptions.turn_on(tx, person.id, [session.id], ["1h"], now=NOW - timedelta(days=1))
        assert await reminder_batches.insert_batch(tx, wave(session.id)) == 40
    yield database
    await database.close()


def wave(session_id: int, lead: str = "1h") -> reminder_batches.BatchRows:
    return reminder_batches.BatchRows(f"c/1/v1/{lead}", session_id, lead, {"lead": lead, "version": 1}, NOW, NOW, START)


async def claim(database: Database, owner: str, *, now: datetime = NOW, limit: int = 10) -> list[int]:
    async with database.transaction() as tx:
        lease = now + timedelta(seconds=60)
        await outbox_claims.recover_claims(tx, now=now)
        letters = await outbox_claims.claim(tx, owner=owner, now=now, lease_until=lease, limit=limit)
    return [letter.id for letter in letters]


async def test_planning_a_wave_twice_changes_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        session = (await live_programme.programme(tx, "c"))[1]
        assert await reminder_batches.insert_batch(tx, wave(session.id)) == 0
        assert await outbox.totals(tx) == {"waiting": 40}
    await database.close()


async def test_racing_senders_never_claim_the_same_letter(database: Database) -> None:
    async with asyncio.TaskGroup() as group:
        claims = [group.create_task(claim(database, f"sender {number}", limit=7)) for number in range(8)]
    taken = [letter for each in claims for letter in each.result()]
    assert len(taken) == len(set(taken)) == 40
    await database.close()


async def test_what_a_dead_sender_left_is_claimed_again_after_its_lease_and_not_before(database: Database) -> None:
    first = await claim(database, "dead", limit=40)
    assert await claim(database, "alive", now=NOW + timedelta(seconds=59), limit=40) == []
    assert await claim(database, "alive", now=NOW + timedelta(seconds=61), limit=40) == first
    await database.close()


_AGAIN = (outbox.REMINDER, outbox.AFTER, outbox.SURVEY, outbox.LETTER, outbox.PANEL_ANSWER, outbox.MOVED, outbox.PLACE)
_NEVER_AGAIN = (outbox.ANNOUNCEMENT, outbox.ANSWER, outbox.NUDGE)


@pytest.mark.parametrize(
    ("kind", "state"), [*((each, "waiting") for each in _AGAIN), *((each, "unknown") for each in _NEVER_AGAIN)]
)
async def test_in_hand_at_a_kill_is_sent_again_but_for_what_the_team_can_repeat_and_a_nudge(
    database: Database, kind: str, state: str
) -> None:
    async with database.transaction() as tx:
        await tx.execute(update(tables.outbox).values(kind=kind))
    await claim(database, "dead", limit=40)
    async with database.transaction() as tx:
        await outbox_claims.recover_claims(tx, now=NOW, owner_is_gone=True)
        assert await outbox.totals(tx) == {state: 40}
    await database.close()


async def test_what_is_past_its_deadline_is_never_claimed(database: Database) -> None:
    assert await claim(database, "late", now=START) == []
    async with database.transaction() as tx:
        assert await outbox_claims.expire(tx, now=START) == 40
        assert await outbox.totals(tx) == {"expired": 40}
    await database.close()


async def test_an_outcome_is_noted_once(database: Database) -> None:
    (letter,) = await claim(database, "me", limit=1)
    async with database.transaction() as tx:
        await outbox_claims.record_outcomes(tx, [RecordedOutcome(letter, outbox.SENT, message_id=5)], now=NOW)
        await outbox_claims.record_outcomes(tx, [RecordedOutcome(letter, outbox.REFUSED)], now=NOW)
        await outbox_claims.recover_claims(tx, now=NOW, owner_is_gone=True)
        assert await outbox.totals(tx, outbox.REMINDER) == {"sent": 1, "waiting": 39}
    await database.close()
