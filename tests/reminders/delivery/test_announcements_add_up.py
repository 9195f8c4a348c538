"""Whatever happens on the way (crash, stop, pause, 403, 429, lost answers), an announcement adds up and comes once."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from bot.config.content import CONTENT, load_content
from changes import announcements as follow_up
from changes.announcements import DueMoment
from db.admin import schema
from db.announcements import announcement_deliveries, announcements
from db.announcements.announcements import Announcement, Body
from db.announcements.audiences import Audience
from db.delivery import outbox, outbox_claims
from db.delivery.outbox_claims import OutboxMessage
from db.engine.database import Database
from db.tables import announcements as announcements_table
from db.tables import consents, participants, registrations
from db.tables import outbox as outbox_table
from knowledge.programme.announcement_card import count_outcomes
from reminders.announcements import announcement_rollout
from reminders.delivery.outcome_recorder import may_repeat
from reminders.delivery.outcome_recorder import recorded_outcome as as_noted
from reminders.messages import message_context
from reminders.messages.message_context import MessageContext, Outcome
from reminders.messages.team_messages import write_announcement
from tests.support.world.databases import PostgresServer, SqliteFiles

NOW = datetime(2024, 10, 22, 15, tzinfo=UTC)
CYCLE = load_content(CONTENT / "pmm-2024")
PEOPLE, TEAM = 12, 2
ROWS = PEOPLE + TEAM

EVENTS = st.lists(
    st.sampled_from(
        [
            "send",
            "send",
            "send",
            "send",
            "403",
            "400",
            "429",
            "lost",
            "crash",
            "pause",
            "resume",
            "stop",
            "rest",
            "time",
        ]
    ),
    min_size=5,
    max_size=40,
)


@dataclass
class Way:
    """One announcement on its way, and a Telegram that counts who got it."""

    database: Database
    number: int
    now: datetime = NOW
    arrived: Counter[int] = field(default_factory=Counter)
    stopped_with: int | None = None  # how many had it when it was stopped

    async def advance(self) -> Announcement:
        async with self.database.transaction() as tx:
            told = await announcements.get(tx, self.number, lock=True)
            assert told is not None
            return await announcement_rollout.advance(tx, told, now=self.now)

    async def happens(self, event: str) -> None:
        await self.advance()
        if event in {"pause", "resume", "stop"}:
            await self.brake(event)
        elif event == "rest":
            await self.goes_on()
        elif event == "time":
            self.now += timedelta(minutes=10)
        elif event == "crash":
            await self.crashes()
        else:
            await self.sends(event)

    async def brake(self, event: str) -> None:
        moving, still = {announcements.RUNNING}, {announcements.PAUSED, announcements.HALTED}
        states = {"pause": (moving, "paused"), "resume": (still, "running"), "stop": (moving | still, "stopped")}
        before, after = states[event]
        async with self.database.transaction() as tx:
            if await announcements.change_if(tx, self.number, before, state=after):
                if event == "pause":
                    await announcement_deliveries.hold(tx, self.number)
                if event == "stop":
                    await announcement_deliveries.cancel_unsent(tx, self.number, now=self.now)
                    self.stopped_with = self.arrived.total()

    async def goes_on(self) -> None:
        """To the rest, after a stop or an end."""
        async with self.database.transaction() as tx:
            told = await announcements.get(tx, self.number, lock=True)
            if told is not None and told.state in {announcements.STOPPED, announcements.DONE}:
                await follow_up.hold_unsent(tx, told, "rest", at=self.now)
                await announcements.change_if(
                    tx, self.number, {told.state},
                    state="running", stage="hold", starts_at=self.now, open=True, forgiven=ROWS,
                )  # fmt: skip
                self.stopped_with = None

    async def claims(self, limit: int) -> list[OutboxMessage]:
        async with self.database.transaction() as tx:
            await outbox_claims.recover_claims(tx, now=self.now)
            until = self.now + timedelta(minutes=2)
            return await outbox_claims.claim(tx, owner="me", now=self.now, lease_until=until, limit=limit)

    async def crashes(self) -> None:
        """Between sending and noting: one has arrived, one has not, and nobody knows which."""
        mine = [each for each in await self.claims(2) if each.kind == outbox.ANNOUNCEMENT]
        for letter in mine[:1]:
            self.arrived[letter.participant_id] += 1
        async with self.database.transaction() as tx:
            await outbox_claims.recover_claims(tx, now=self.now, owner_is_gone=True)

    async def sends(self, event: str) -> None:
        outcomes = []
        for letter in await self.claims(3):
            async with self.database.transaction() as tx:
                found = await message_context.load_render_context(tx, [letter])
                person = found.people[letter.participant_id]
                writing = MessageContext(tx, letter, person, self.now, CYCLE, found)
                said = await write_announcement(writing) if letter.kind == outbox.ANNOUNCEMENT else Outcome(outbox.SENT)
            outcomes.append(as_noted(letter, said if isinstance(said, Outcome) else self.telegram(event, letter)))
        if outcomes:
            async with self.database.transaction() as tx:
                await outbox_claims.record_outcomes(tx, outcomes, now=self.now)

    def telegram(self, event: str, letter: OutboxMessage) -> Outcome:
        """What it says to one message."""
        refusals = {"403": Outcome(outbox.UNREACHABLE), "400": Outcome(outbox.REFUSED), "429": Outcome(None)}
        if event in refusals:
            return refusals[event]
        self.arrived[letter.participant_id] += 1
        if event == "lost":
            assert not may_repeat(letter)
            return Outcome(outbox.UNKNOWN)
        return Outcome(outbox.SENT, message_id=letter.id)

    async def holds(self) -> None:
        """What must be true after every step."""
        async with self.database.transaction() as tx:
            counted = await announcement_deliveries.delivery_counts(tx, self.number, now=self.now)
        assert counted.rows == ROWS
        assert sum(count_outcomes(counted).values()) == ROWS
        assert max(self.arrived.values(), default=0) <= 1, "nobody gets it twice"
        assert counted.counts.get(outbox.SENT, 0) <= self.arrived.total()
        assert self.arrived.total() <= sum(counted.counts.get(each, 0) for each in (outbox.SENT, outbox.UNKNOWN))
        if self.stopped_with is not None:
            assert self.arrived.total() == self.stopped_with, "nothing leaves after a stop"

    async def ends(self) -> None:
        """Left alone, whatever was braked and halted is let go on until nothing moves any more."""
        for _ in range(ROWS * 4):
            told = await self.advance()
            if told.state in announcements.OVER:
                return
            if told.state in {announcements.PAUSED, announcements.HALTED}:
                async with self.database.transaction() as tx:
                    await announcements.change_if(tx, self.number, {told.state}, state="running", forgiven=ROWS)
            await self.sends("send")
        raise AssertionError("it never ends")


async def _prepared(url: str) -> Database:
    database = Database(url)
    await schema.ready(database)
    async with database.transaction() as tx:
        for number in range(1, ROWS + 1):
            person = {"id": number, "telegram_id": 100 + number, "language": "es", "first_seen_at": NOW}
            await tx.execute(insert(participants).values(**person))
            if number > TEAM:
                yes = {"purpose": "announcements", "version": 1, "asked_version": 1, "given": True, "decided_at": NOW}
                await tx.execute(insert(consents).values(participant_id=number, **yes))
                told = {"name": "x", "organization": "", "sector": "un", "country": "AR", "cycle": "c"}
                at = {"registered_at": NOW, "changed_at": NOW}
                await tx.execute(insert(registrations).values(participant_id=number, **told, **at))
    return database


async def _begun(database: Database) -> Way:
    async with database.transaction() as tx:
        await tx.execute(delete(outbox_table))
        await tx.execute(delete(announcements_table))
        number = await announcements.create_draft(tx, "c", 1, Audience().to_json(), now=NOW)
        await announcements.set_body(tx, number, "es", Body("Hola"), now=NOW)
        told = await announcements.get(tx, number)
        assert told is not None
        assert await follow_up.plan_deliveries(tx, told, [1, 2], [DueMoment(NOW)]) == ROWS
        assert await follow_up.plan_deliveries(tx, told, [1, 2], [DueMoment(NOW)]) == 0, "asked twice, planned once"
        await announcements.change_if(tx, number, {"draft"}, state="running", starts_at=NOW, open=True)
    return Way(database, number)


async def _story(database: Database, events: list[str]) -> None:
    way = await _begun(database)
    for event in events:
        await way.happens(event)
        await way.holds()
    await way.ends()
    await way.holds()
    async with database.transaction() as tx:
        left = (await announcement_deliveries.delivery_counts(tx, way.number, now=way.now)).counts
    assert not {outbox.WAITING, outbox.HELD, outbox.CLAIMED} & set(left)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def runner(request: pytest.FixtureRequest) -> Iterator[tuple[asyncio.Runner, Database]]:
    """A database of its own and a loop that lasts: a fresh one an example would take minutes."""
    server: SqliteFiles | PostgresServer = request.getfixturevalue(request.param)
    with server.fresh() as url, asyncio.Runner() as running:
        database = running.run(_prepared(url))
        yield running, database
        running.run(database.close())


@settings(
    max_examples=settings().max_examples // 4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events=EVENTS)
def test_it_adds_up_and_nobody_gets_it_twice(runner: tuple[asyncio.Runner, Database], events: list[str]) -> None:
    running, database = runner
    running.run(_story(database, events))


def test_the_card_has_every_row_in_one_place() -> None:
    every = ("waiting", "held", "claimed", "sent", "unreachable", "refused", "expired", "cancelled", "unknown")
    counted = announcement_deliveries.DeliveryCounts(
        {each: 2**number for number, each in enumerate(every)}, team=0, ready=0
    )
    assert sum(count_outcomes(counted).values()) == counted.rows == 2 ** len(every) - 1
