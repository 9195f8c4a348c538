"""All that the bot does beside receiving: it answers, plans, and writes first.

It is half of a start, and nobody waits for it: it is imported and made in a thread, while Telegram is already asked.
The first getUpdates comes after half the processor time; the first answer is no sooner.
"""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import structlog

from bot.command_menu import show_menu, show_team_menu
from bot.config.content import CONTENT, choose_meaning, load_content
from bot.config.settings import public_address
from bot.dependencies import Dependencies
from bot.http.message_metrics import InstrumentedMessages
from changes import waiting_list
from db.admin import schema
from db.engine.database import Tx
from db.people import attendances, participants
from db.programme import live_programme
from db.team import team
from handlers.conversation import Conversation
from handlers.router import Router
from handlers.turn import PublishedKnowledge, Services
from handlers.updates import FloodFilter, FloodGuard, UpdateHandler
from knowledge.answering.answering import Answering
from knowledge.places.places import Places
from knowledge.programme.cycle import Cycle
from knowledge.programme.session_details import capacity_of
from reminders.announcements.announcer import Announcer
from reminders.clock import JumpWatch
from reminders.delivery.delivery import Delivery
from reminders.delivery.leader_election import LeaderElection
from reminders.delivery.outcome_recorder import OutcomeRecorder
from reminders.delivery.rate_limiter import RateLimiter
from reminders.messages.message_builder import MessageBuilder
from reminders.panel.board_updates import BoardUpdates
from reminders.planning.endings import Endings
from reminders.planning.planner import Planner
from reminders.planning.retention import Retention
from reminders.planning.scheduler import ReminderScheduler
from telegram_io.sender import ReplySender

_log = structlog.get_logger(__name__)


@dataclass(repr=False)
class Work:
    """What answers people, plans, and writes first."""

    given: Dependencies
    handler: UpdateHandler
    scheduler: ReminderScheduler
    delivery: Delivery
    announcer: Announcer
    boards: BoardUpdates
    _jumps: JumpWatch = field(init=False)

    def __post_init__(self) -> None:
        self._jumps = JumpWatch(call_in_order(self.scheduler.refresh, self.announcer.wake, self.delivery.wake))

    @property
    def settled(self) -> bool:
        """Whether nothing is being planned or sent at this moment."""
        return self.scheduler.settled and self.announcer.settled and self.boards.settled and self.delivery.settled

    async def begin(self) -> None:
        """Brings the database to the content and the moment: before anybody is answered or written to."""
        await self._update_from_content()
        await self.delivery.leader_election.acquire()
        # Planned before anything is sent: what an outage made stale must not leave first.
        await self.scheduler.start()

    def jobs(self, *, sets_menu: bool) -> Sequence[Coroutine[Any, Any, None]]:
        """Returns what runs until the stop, after begin()."""
        return (
            self._announce(everybody=sets_menu), self.delivery.run(), self.announcer.run(), self.boards.run(),
            self._jumps.run(),
        )  # fmt: skip

    def stop(self) -> None:
        """Has its jobs end; finish() is still to be waited for."""
        self._jumps.stop()
        self.announcer.stop()
        self.boards.stop()
        self.delivery.stop()

    async def finish(self) -> None:
        """Waits for what is being planned, and plans no more."""
        await self.scheduler.finish()

    async def _update_from_content(self) -> None:
        cycle, now = self.given.cycle, self.given.clock.now()
        times = ((each.number, each.starts_at, each.ends_at) for each in cycle.sessions)
        async with self.given.database.transaction() as tx:
            await schema.one_at_a_time(tx)
            await live_programme.update_from_content(tx, cycle.key, times, now=now)
            await participants.create_deletion_key(tx)
            back = await participants.delete_restored(tx)
            await move_waiting_lists(tx, cycle, now)
        if back:
            _log.warning("a backup had brought deleted people back; they are deleted again", participants=back)

    async def _announce(self, *, everybody: bool) -> None:
        bot, translator = self.given.telegram.bot, self.given.translator
        if everybody:
            await show_menu(bot, translator)
        async with self.given.database.transaction() as tx:
            met = await team.members(tx, self.given.settings.organizers.ids)
        for each in met:
            await show_team_menu(bot, translator, each.telegram_id, each.role)


async def move_waiting_lists(tx: Tx, cycle: Cycle, now: datetime) -> None:
    """Offers places from the waiting lists: the content may give a session more than it had.

    What the team has set wins.
    """
    waited_for = await attendances.sessions_waited_for(tx)
    if not waited_for:
        return
    told = await live_programme.details_by_number(tx, cycle.key)
    for number, live in (await live_programme.programme(tx, cycle.key)).items():
        if live.id in waited_for and any(each.number == number for each in cycle.sessions):
            capacity = capacity_of(told.get(number, {}), cycle.planned_capacity(number))
            await waiting_list.move_up(tx, live, capacity, now=now)


@cache
def load_answering(folder: Path) -> Answering:
    """Loads what answers need from that content pack. It never changes while a process runs, so it is loaded once."""
    return Answering.build(load_content(folder), Places.load())


def make_work(given: Dependencies) -> Work:
    """Reads and builds all that it needs: half a second. Raises CatalogueError."""
    given.translator.load()
    delivery = make_delivery(given)
    database, translator, clock = given.database, given.translator, given.clock
    owners, election, sender = given.settings.organizers.ids, delivery.leader_election, delivery.sender
    announcer = Announcer(database, translator, sender, clock, election)
    boards = BoardUpdates(database, translator, sender, clock, election, owners)
    work = Work(
        given, make_update_handler(given, delivery), make_scheduler(given, delivery), delivery, announcer, boards
    )
    wake_on_changes(work)
    given.health.rivalry.on_change = delivery.hold
    delivery.on_done = announcer.wake  # its card need not wait for the next look
    return work


def make_services(given: Dependencies) -> Services:
    """Returns what every feature may look at."""
    settings, metrics = given.settings, given.metrics
    known = load_answering(CONTENT / settings.cycle.content)
    return Services(
        cycle=known.cycle,
        places=known.places,
        leads=given.leads,
        contact=settings.privacy.contact,
        retention_days=settings.privacy.retention_days,
        answering=known,
        published=PublishedKnowledge(known),
        meaning=choose_meaning(settings),
        organizers=settings.organizers.ids,
        confirm_above=settings.organizers.confirm_above,
        public_url=settings.http.public_url,
        pages=public_address(settings),
        tally=lambda answered: metrics.count_question(answered=answered),
    )


def make_update_handler(given: Dependencies, delivery: Delivery) -> UpdateHandler:
    """Returns the front door, and everything behind it."""
    services, bot, now = make_services(given), given.telegram.bot, given.clock.now
    conversation = Conversation(given.database, services, given.translator, Router(), now, given.owner, given.built_at)
    flood = FloodFilter(FloodGuard(given.settings.limits.messages), now)
    replies = ReplySender(bot, given.telegram.replies, delivery.rate_limiter.reply)
    menus = partial(show_team_menu, bot, given.translator)
    return UpdateHandler(conversation, flood, replies, menus, lambda: bot.username)


def make_delivery(given: Dependencies) -> Delivery:
    """Returns the mechanism by which Ciclo writes first."""
    settings, database, clock = given.settings, given.database, given.clock
    words = InstrumentedMessages(given.cycle, given.translator, metrics=given.metrics)
    rate_limiter = RateLimiter(rate=settings.delivery.rate, per_chat=settings.delivery.per_chat)
    outcome_recorder = OutcomeRecorder(database, clock, settings.organizers.ids)
    leader_election = LeaderElection(database, given.owner, clock)
    builder = MessageBuilder(database, words, clock)
    return Delivery(database, builder, given.telegram.first, rate_limiter, clock, leader_election, outcome_recorder)


def make_scheduler(given: Dependencies, delivery: Delivery) -> ReminderScheduler:
    """Returns what sets off reminders."""
    settings, database, cycle = given.settings, given.database, given.cycle
    limiter, owners = delivery.rate_limiter, settings.organizers.ids
    planner = Planner(database, cycle.key, cycle.zone, given.leads, lambda: limiter.rate, owners)
    retention = Retention(database, cycle.key, settings.privacy.retention_days)
    endings, planned = Endings(database, cycle.key, owners), call_in_order(given.health.planned, delivery.wake)
    return ReminderScheduler(given.clock, planner, endings, retention, planned)


def call_in_order(*calls: Callable[[], None]) -> Callable[[], None]:
    """Returns a function that calls each of them in their order."""

    def in_turn() -> None:
        for call in calls:
            call()

    return in_turn


def wake_on_changes(work: Work) -> None:
    """Tells each of them what it waits for, once it is committed by whomever in this process."""
    changes = work.given.database.changes
    changes.listen("outbox", work.delivery.wake)
    changes.listen("announcements", work.announcer.wake)
    changes.listen("programme", work.scheduler.refresh)
    changes.listen("panel", work.boards.wake)
    changes.listen("panel", work.given.panel_feed.wake)
