"""A random schedule of everything that can go wrong with a delivery, from a seed, and the accounts at its end."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from telegram import Bot

from db.delivery import outbox
from db.delivery.outbox_claims import OutboxMessage
from db.engine.database import Database, Tx, insert_into
from db.people import participants, subscriptions
from db.programme import live_programme
from db.tables import outbox as rows_table
from db.tables import participants as people_table
from knowledge.programme.cycle import Cycle
from knowledge.time.lead_time import parse_lead_time
from locales.reply import Reply, reply
from locales.translator import Message, Translator, load_catalogues
from rehearsal.clock import TurnableClock
from rehearsal.telegram.request import RehearsalRequest
from rehearsal.telegram.telegram import Limits, Telegram
from reminders.delivery.delivery import Delivery
from reminders.delivery.leader_election import LeaderElection
from reminders.delivery.outcome_recorder import OutcomeRecorder
from reminders.delivery.rate_limiter import RateLimiter
from reminders.messages import message_builder
from reminders.messages.message_builder import MessageBuilder, MessageWriter
from reminders.messages.message_context import MessageContext, Outcome, RenderContext
from reminders.planning.planner import Planner
from telegram_io.sender import Sender
from tests.support.world.people import TOKEN

START = datetime(2024, 10, 22, 12, tzinfo=UTC)
SESSION = datetime(2024, 10, 23, 17, tzinfo=UTC)
LEADS = tuple(parse_lead_time(code) for code in ("24h", "1h", "10m"))
PEOPLE, ACTS = 8, 12
# Seconds of halts and pauses pass that much faster than on the wall.
_FASTER = 200.0


class Marked(MessageWriter):
    """Says the number of the letter, where the real words would say anything."""

    async def write(
        self, tx: Tx, outbox_message: OutboxMessage, context: RenderContext, now: datetime
    ) -> Message | Outcome:
        said = await super().write(tx, outbox_message, context, now)
        return said if isinstance(said, Outcome) else Message(f"#{outbox_message.id}", None)


class ShakyDatabase(Database):
    """Says "database is locked" as often as it is told to; dead, it commits nothing any more, as after a kill."""

    locked = 0
    dead = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        if self.locked > 0 or self.dead:
            self.locked -= 1
            raise _failing()
        async with super().transaction() as tx:
            yield tx
            if self.dead:
                raise _failing()


def _failing() -> OperationalError:
    return OperationalError("BEGIN", {}, Exception("database is locked"))


async def _announced(_writing: MessageContext) -> Reply:
    return reply("an announcement")


@dataclass
class Chaos:
    """One schedule: the same seed does the same again."""

    seed: int
    url: str
    cycle: Cycle
    telegram: Telegram = field(init=False)
    clock: TurnableClock = field(init=False)
    may_repeat: int = 0  # messages whose answer was lost, or that were in the air at a crash
    in_time: bool = False  # whether all trouble was over before the session began
    blocked_once: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - the same schedule for the same seed
        self.clock = TurnableClock(START, 0)
        self.telegram = Telegram(token=TOKEN, now=self.clock.now, limits=Limits(enforced=False))

    async def run(self) -> None:
        """Everything, from the first subscription to the end of the session."""
        with patch.dict(message_builder._BY_KIND, {outbox.ANNOUNCEMENT: _announced}):
            await self._people()
            for _ in range(ACTS):
                await self._lifetime()
            self.telegram.faults.clear()
            self.in_time = self.clock.now() < SESSION
            await self._calm()

    async def _people(self) -> None:
        database = Database(self.url)
        async with database.transaction() as tx:
            times = [(1, SESSION, SESSION + timedelta(minutes=90))]
            await live_programme.update_from_content(tx, self.cycle.key, times, now=START)
            session = (await live_programme.programme(tx, self.cycle.key))[1]
            for number in range(PEOPLE):
                user = self.telegram.joins(f"P{number}", language_code="es")
                self.telegram.says(user.id, "/start")
                person = await participants.meet(tx, user.id, language="es", now=START)
                await subscriptions.turn_on(tx, person.id, [session.id], ["24h", "1h", "10m"], now=START)
                await participants.set_quiet(tx, person.id, "")
        await database.close()

    async def _announce(self, database: Database) -> None:
        now = self.clock.now()
        async with database.transaction() as tx:
            people = (await tx.execute(select(people_table.c.id))).scalars().all()
            values = [
                {"kind": outbox.ANNOUNCEMENT, "subject": now.isoformat(), "participant_id": each,
                 "payload": {"announcement": 0}, "due_at": now, "deadline": now + timedelta(hours=1),
                 "good_until": now + timedelta(days=1),
                 "state": outbox.WAITING, "attempts": 0}
                for each in people
            ]  # fmt: skip
            await tx.execute(insert_into(tx, rows_table).on_conflict_do_nothing(), values)

    async def _lifetime(self) -> None:
        """From a start to a stop or a crash, with some trouble in between."""
        database = ShakyDatabase(self.url)
        delivery, planner = self._built(database)
        sending = asyncio.ensure_future(delivery.run())  # noqa: TID251 - killed below, as a machine would
        try:
            for _ in range(self.chance.randint(1, 3)):
                await self._act(database, delivery, planner)
            if self.chance.random() < 0.5:
                await self._kill(database, sending)
            else:
                delivery.stop()
                await asyncio.wait([sending], timeout=5)
        finally:
            sending.cancel()
            await database.close()

    async def _kill(self, database: ShakyDatabase, sending: "asyncio.Future[None]") -> None:
        """From one moment to the next nothing is written and nothing leaves; what was claimed may have left."""
        database.dead = True
        self.telegram.cut_line(cut=True)
        await asyncio.sleep(0.03)  # nobody is in the middle of a statement any more
        sending.cancel()
        await asyncio.wait([sending], timeout=5)
        self.telegram.cut_line(cut=False)
        database.dead = False
        async with database.transaction() as tx:
            claimed = select(func.count()).where(rows_table.c.state == outbox.CLAIMED)
            self.may_repeat += (await tx.execute(claimed)).scalar_one()

    def _built(self, database: Database) -> tuple[Delivery, Planner]:
        line = RehearsalRequest(self.telegram)
        bot = Bot(TOKEN, request=line, get_updates_request=RehearsalRequest(self.telegram))
        said = Marked(self.cycle, Translator(load_catalogues, self.cycle.zone))
        steps, outcome_recorder = _hurried(), OutcomeRecorder(database, self.clock)
        leader_election = LeaderElection(database, str(self.chance.random()), self.clock)
        drafts = MessageBuilder(database, said, self.clock)
        delivery = Delivery(database, drafts, Sender(bot), steps, self.clock, leader_election, outcome_recorder)
        return delivery, Planner(database, self.cycle.key, self.cycle.zone, LEADS)

    async def _act(self, database: ShakyDatabase, delivery: Delivery, planner: Planner) -> None:
        match self.chance.choice(("time", "time", "429", "5xx", "lost", "block", "locked", "announce")):
            case "time":
                self.clock.jump(self.clock.now() + timedelta(minutes=self.chance.randint(10, 240)))
            case "429":
                self.telegram.fails("sendMessage", status=429, retry_after=1, times=self.chance.randint(1, 3))
            case "5xx":
                self.telegram.fails("sendMessage", status=502, times=self.chance.randint(1, 3))
            case "lost":
                self.may_repeat += 1
                self.telegram.fails("sendMessage", status=0, after_effect=True)
            case "block":
                self._block_or_not()
            case "locked":
                database.locked = self.chance.randint(1, 3)
            case "announce":
                await _patiently(lambda: self._announce(database))
        await _patiently(lambda: _plan(planner, self.clock.now()))
        delivery.wake()
        await asyncio.sleep(self.chance.random() * 0.02)

    def _block_or_not(self) -> None:
        person = self.chance.choice(list(self.telegram.users))
        if person in self.telegram.blocked:
            self.telegram.unblocks(person)
        else:
            self.telegram.blocks(person)
        self.blocked_once.add(person)

    async def _calm(self) -> None:
        """Nothing goes wrong any more: what is still of use leaves, the rest expires."""
        database = Database(self.url)
        delivery, planner = self._built(database)
        sending = asyncio.ensure_future(delivery.run())  # noqa: TID251 - stopped below
        for moment in (self.clock.now(), SESSION - timedelta(minutes=5), SESSION + timedelta(days=3)):
            if moment >= self.clock.now():
                self.clock.jump(moment)
            await _plan(planner, self.clock.now())
            delivery._tidied_at = -60
            delivery.wake()
            async with asyncio.timeout(20):
                while not delivery.settled:  # noqa: ASYNC110 - as a bystander would
                    await asyncio.sleep(0.01)
        delivery.stop()
        await sending
        await database.close()

    async def accounts(self) -> "Accounts":
        """What the outbox says, and what the phones show."""
        database = Database(self.url)
        async with database.transaction() as tx:
            found = (await tx.execute(select(rows_table))).all()
        await database.close()
        shown = Counter(
            int(each.text[1:])
            for user in self.telegram.users
            for each in self.telegram.chat(user)
            if each.from_bot and each.text.startswith("#")
        )
        wanted = set(self.telegram.users) - self.blocked_once if self.in_time else set()
        rows = {row.id: (row.kind, row.state) for row in found}
        reached = {
            user
            for user in wanted
            if any(each.text.startswith("#") and rows[int(each.text[1:])][0] == outbox.REMINDER
                   for each in self.telegram.chat(user))
        }  # fmt: skip
        return Accounts(rows, shown, wanted - reached)


@dataclass(frozen=True)
class Accounts:
    """Every row with its kind and state, and how often each is seen on a phone."""

    rows: dict[int, tuple[str, str]]
    shown: Counter[int]
    forgotten: set[int]  # who was there all the time, in time, and got no reminder at all

    def states(self) -> Counter[str]:
        """How many rows ended how."""
        return Counter(state for _, state in self.rows.values())

    def lost(self) -> list[int]:
        """Rows that are said to be sent, and that nobody has seen; or that nobody cares for any more."""
        unseen = [number for number, (_, state) in self.rows.items() if state == outbox.SENT and not self.shown[number]]
        stuck = [number for number, (_, state) in self.rows.items() if state in {outbox.WAITING, outbox.CLAIMED}]
        return unseen + stuck

    def twice(self, kind: str) -> int:
        """How many messages of that kind came more than once, counted by the surplus."""
        return sum(times - 1 for number, times in self.shown.items() if self.rows[number][0] == kind)


async def _plan(planner: Planner, now: datetime) -> None:
    async with planner.database.transaction() as tx:
        planned = await planner.batches(tx, now)
    await planner.plan_due(now, planned)


async def _patiently(work: Callable[[], Awaitable[None]]) -> None:
    for _ in range(5):
        try:
            await work()
        except OperationalError:
            await asyncio.sleep(0)
        else:
            break


def _hurried() -> RateLimiter:
    """Halts and pauses in hundredths of seconds: the schedule is what matters, not the waiting."""

    async def short(seconds: float) -> None:
        await asyncio.sleep(seconds / _FASTER)

    def now() -> float:
        return asyncio.get_running_loop().time() * _FASTER

    return RateLimiter(rate=1000, per_chat=1000, group_gap_seconds=0.05, time=now, sleep=short)
