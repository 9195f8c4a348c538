"""What is told of an audience (now, later, not at all) adds up, and is what then happens when the clock is turned."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from bot.config.content import CONTENT, load_content
from changes import announcements as follow_up
from changes.announcements import DueMoment
from changes.reach import Reach, split_announcement
from db.admin import schema
from db.announcements import announcements, audiences
from db.announcements.announcements import Body
from db.announcements.audiences import ALSO, ANYBODY, Audience
from db.delivery import outbox, outbox_claims
from db.engine.database import Database, Tx
from db.people.consents import ANNOUNCEMENTS
from db.tables import announcements as announcements_table
from db.tables import consents, participants, sessions, subscriptions
from db.tables import outbox as outbox_table
from reminders.delivery.outcome_recorder import recorded_outcome
from reminders.messages import message_context
from reminders.messages.message_context import MessageContext, Outcome
from reminders.messages.team_messages import write_announcement
from tests.support.world.databases import SqliteFiles

NOW = datetime(2024, 10, 22, 15, tzinfo=UTC)
CYCLE = load_content(CONTENT / "pmm-2024")
ZONES = ("America/Lima", "Europe/Zurich", "Asia/Tokyo", None)


@dataclass(frozen=True, slots=True)
class Someone:
    """One person or group of an audience."""

    zone: str | None
    quiet: str
    pause: int  # hours from now on; 0: none
    blocked: bool
    group: bool
    team: bool


PEOPLE = st.lists(
    st.builds(
        Someone,
        zone=st.sampled_from(ZONES),
        quiet=st.sampled_from(("22:00-07:00", "21:00-10:00", "")),
        pause=st.sampled_from((0, 0, 0, 7, 30, 46, 100)),
        blocked=st.sampled_from((False, False, True)),
        group=st.sampled_from((False, False, True)),
        team=st.sampled_from((False, False, False, True)),
    ).filter(lambda each: not (each.team and each.group)),
    max_size=14,
)
DUE = st.one_of(
    st.integers(0, 47).map(lambda hours: [DueMoment(NOW + timedelta(hours=hours))]),
    st.just(
        [DueMoment(NOW + timedelta(hours=3 * n), [zone or CYCLE.zone], CYCLE.zone) for n, zone in enumerate(ZONES)]
    ),
)


async def _people(tx: Tx, people: list[Someone]) -> None:
    for table in (outbox_table, announcements_table, consents, subscriptions, participants):
        await tx.execute(delete(table))
    session = (await tx.execute(select(sessions.c.id).limit(1))).scalar()
    if session is None:
        planned = {"cycle": "c", "number": 1, "starts_at": NOW, "ends_at": NOW + timedelta(hours=1), "version": 1}
        session = (await tx.execute(insert(sessions).values(**planned).returning(sessions.c.id))).scalar_one()
    for number, each in enumerate(people, start=1):
        person = {"id": number, "telegram_id": -number if each.group else number, "language": "es", "zone": each.zone}
        pause = NOW + timedelta(hours=each.pause) if each.pause else None
        more = {"quiet": each.quiet, "paused_until": pause, "unreachable_since": NOW if each.blocked else None}
        await tx.execute(insert(participants).values(**person, **more, first_seen_at=NOW))
        yes = {"purpose": ANNOUNCEMENTS, "version": 1, "asked_version": 1, "given": True, "decided_at": NOW}
        await tx.execute(insert(consents).values(participant_id=number, **yes))
        wants = {"participant_id": number, "session_id": session, "lead": "24h", "since": NOW}
        await tx.execute(insert(subscriptions).values(**wants))


async def _sends_all(database: Database, now: datetime) -> None:
    """Everything that may leave at that moment leaves."""
    while True:
        async with database.transaction() as tx:
            await outbox_claims.expire(tx, now=now)
            lease = now + timedelta(minutes=2)
            claimed = await outbox_claims.claim(tx, owner="me", now=now, lease_until=lease, limit=50)
            if not claimed:
                return
            found, outcomes = await message_context.load_render_context(tx, claimed), []
            for each in claimed:
                writing = MessageContext(tx, each, found.people[each.participant_id], now, CYCLE, found)
                written = await write_announcement(writing)
                outcome = written if isinstance(written, Outcome) else Outcome(outbox.SENT, message_id=each.id)
                outcomes.append(recorded_outcome(each, outcome))
            await outbox_claims.record_outcomes(tx, outcomes, now=now)


async def _happened(database: Database, due: list[DueMoment]) -> Counter[str]:
    """Turns the clock through all moments at which something may leave; counts what became of whom."""
    now: datetime | None = min(each.at for each in due)
    moments = sorted(each.at for each in due)
    while now is not None:
        await _sends_all(database, now)
        async with database.transaction() as tx:
            kept = await outbox_claims.next_not_before(tx, now=now)
        now = min([each for each in (*moments, kept) if each is not None and each > now], default=None)
    async with database.transaction() as tx:
        rows = (await tx.execute(select(outbox_table))).all()
    found = Counter[str]()
    for row in rows:
        at_once = row.state == outbox.SENT and (row.settled_at == row.due_at or row.payload.get("team"))
        found["now" if at_once else row.state] += 1
    return found


async def _told_and_happened(database: Database, people: list[Someone], due: list[DueMoment]) -> None:
    audience = Audience(who=ANYBODY, groups=ALSO)
    members = [number for number, each in enumerate(people, start=1) if each.team]
    async with database.transaction() as tx:
        await _people(tx, people)
        number = await announcements.create_draft(tx, "c", 1, audience.to_json(), now=NOW)
        await announcements.set_body(tx, number, "es", Body("Hola"), now=NOW)
        announcement = await announcements.get(tx, number)
        assert announcement is not None
        reachable = await audiences.audience_groups(tx, "c", audience, team=members)
        blocked = await audiences.audience_groups(tx, "c", audience, team=members, reachable=False)
        told: Reach = split_announcement([*reachable, *blocked], due, CYCLE.zone)
        rows = await follow_up.plan_deliveries(tx, announcement, members, due)
        await tx.execute(outbox_table.update().values(state=outbox.WAITING))
        await announcements.change_if(tx, number, {"draft"}, state="running", stage="everybody", starts_at=NOW)
    assert told.now + told.later + told.never + told.blocked == len(people)
    assert told.blocked == sum(each.blocked for each in people)
    assert rows == told.now + told.later + told.never
    happened = await _happened(database, due)
    assert happened["now"] == told.now, (told, happened)
    assert happened[outbox.SENT] == told.later, (told, happened)
    assert happened[outbox.CANCELLED] == told.never, (told, happened)


@pytest.fixture(scope="module")
def runner(sqlite: SqliteFiles) -> Iterator[tuple[asyncio.Runner, Database]]:
    """A database of its own and a loop that lasts."""
    with sqlite.fresh() as url, asyncio.Runner() as running:
        database = Database(url)
        running.run(schema.ready(database))
        yield running, database
        running.run(database.close())


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE.filter(bool), due=DUE)
def test_what_is_told_is_what_happens(
    runner: tuple[asyncio.Runner, Database], people: list[Someone], due: list[DueMoment]
) -> None:
    running, database = runner
    running.run(_told_and_happened(database, people, due))
