"""Builds the whole bot and runs it; tests and the rehearsal call the same build()."""

import asyncio
import os
import socket
import zoneinfo
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.command_menu import show_menu, show_team_menu
from bot.config.settings import ConfigError, Settings, public_address
from bot.file_watch import FileWatch
from bot.http.health import Health
from bot.http.metrics import InstrumentedMessages, Metrics
from bot.http.panel_feed import PanelFeed
from bot.http.update_source import make_pages, make_update_source
from bot.stopping import Ending, Stop
from bot.telegram import Telegram, make_telegram
from bot.updates import Polling, Rivalry, UpdateQueue, UpdateWorker
from changes import waiting_list
from db.admin import schema
from db.admin.file_lock import FileLock
from db.engine.database import Database, Tx
from db.people import attendances, participants
from db.programme import live_programme
from db.team import team
from handlers.conversation import Conversation
from handlers.router import Router
from handlers.turn import PublishedKnowledge, Services
from handlers.updates import FloodFilter, FloodGuard, UpdateHandler
from knowledge.answering.answering import Answering
from knowledge.loading.cycle_loader import load_cycle
from knowledge.meaning.lazy_meaning import LazyMeaning
from knowledge.places.places import Places
from knowledge.programme.cycle import Cycle
from knowledge.programme.session_details import capacity_of
from knowledge.time.lead_time import LeadTime, parse_lead_time
from locales.translator import Translator, load_catalogues
from reminders.announcements.announcer import Announcer
from reminders.clock import Clock, JumpWatch, RunningClock, SystemClock, cancel_on, wait_for_event
from reminders.delivery.delivery import Delivery
from reminders.delivery.leader_election import LeaderElection
from reminders.delivery.outcome_recorder import OutcomeRecorder
from reminders.delivery.rate_limiter import RateLimiter
from reminders.messages.message_builder import MessageBuilder, MessageWriter
from reminders.panel.board_updates import BoardUpdates
from reminders.planning.endings import Endings
from reminders.planning.planner import Planner
from reminders.planning.retention import Retention
from reminders.planning.scheduler import ReminderScheduler
from telegram_io.sender import ReplySender, Sender
from telegram_io.transport import DiscreetRequest

if TYPE_CHECKING:
    from bot.http.http_server import HttpServer
    from bot.http.webhook import Webhook

_log = structlog.get_logger(__name__)


def call_in_order(*calls: Callable[[], None]) -> Callable[[], None]:
    """Returns a function that calls each of them in their order."""

    def in_turn() -> None:
        for call in calls:
            call()

    return in_turn


def make_clock(settings: Settings) -> Clock:
    """Returns the real clock, unless a rehearsal asks for another."""
    asked = settings.clock
    if asked.start is None and asked.speed == 1:
        return SystemClock()
    system = SystemClock()
    return RunningClock(asked.start or system.now(), asked.speed)


@cache
def load_answering(folder: Path) -> Answering:
    """Loads what answers need from that content pack. It never changes while a process runs, so it is loaded once."""
    return Answering.build(load_cycle(folder), Places.load())


@cache
def load_meaning(folder: Path) -> LazyMeaning:
    """Returns the embedding of that content pack; loaded once in a process, soon after the start."""
    return LazyMeaning(load_answering(folder).cycle, folder)


def choose_meaning(settings: Settings) -> LazyMeaning | None:
    """Returns the embedding of the cycle; None where it is switched off."""
    return load_meaning(CONTENT / settings.cycle.content) if settings.answers.meaning else None


def make_services(settings: Settings, known: Answering, leads: tuple[LeadTime, ...], metrics: Metrics) -> Services:
    """Returns what every feature may look at."""
    return Services(
        cycle=known.cycle,
        places=known.places,
        leads=leads,
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


def make_delivery(  # noqa: PLR0917 - build() is the only caller
    settings: Settings, database: Database, words: MessageWriter, sender: Sender, clock: Clock, owner: str
) -> Delivery:
    """Returns the mechanism by which Ciclo writes first."""
    rate_limiter = RateLimiter(rate=settings.delivery.rate, per_chat=settings.delivery.per_chat)
    outcome_recorder = OutcomeRecorder(database, clock, settings.organizers.ids)
    leader_election = LeaderElection(database, owner, clock)
    return Delivery(
        database, MessageBuilder(database, words, clock), sender, rate_limiter, clock, leader_election, outcome_recorder
    )


def make_scheduler(  # noqa: PLR0917 - build() is the only caller
    settings: Settings,
    database: Database,
    services: Services,
    clock: Clock,
    rate_limiter: RateLimiter,
    planned: Callable[[], None],
) -> ReminderScheduler:
    """Returns what sets off reminders."""
    cycle, team = services.cycle, settings.organizers.ids
    planner = Planner(database, cycle.key, cycle.zone, services.leads, lambda: rate_limiter.rate, team)
    retention = Retention(database, cycle.key, settings.privacy.retention_days)
    return ReminderScheduler(clock, planner, Endings(database, cycle.key, team), retention, planned)


def wake_on_changes(  # noqa: PLR0917 - build() is the only caller
    database: Database,
    delivery: Delivery,
    announcer: Announcer,
    boards: BoardUpdates,
    feed: PanelFeed,
    scheduler: ReminderScheduler,
) -> None:
    """Tells each of them what it waits for, once it is committed by whomever in this process."""
    database.changes.listen("outbox", delivery.wake)
    database.changes.listen("announcements", announcer.wake)
    database.changes.listen("programme", scheduler.refresh)
    database.changes.listen("panel", boards.wake)
    database.changes.listen("panel", feed.wake)


CONTENT = Path(__file__).parent.parent / "knowledge" / "content"
_CLOSE_SECONDS = 0.5
_LOAD_MEANING_AFTER = 1.0  # seconds: what waited for the start is answered first


@dataclass(repr=False)  # nobody wants all of it in a traceback; asyncio may draw it there
class App:
    """Ciclo, put together."""

    settings: Settings
    cycle: Cycle
    clock: Clock
    database: Database
    bot: Bot
    translator: Translator
    scheduler: ReminderScheduler
    delivery: Delivery
    announcer: Announcer
    boards: BoardUpdates
    queue: UpdateQueue
    fetching: "Polling | Webhook"
    health: Health
    panel_feed: PanelFeed
    http_server: "HttpServer | None"
    ending: Ending
    meaning: LazyMeaning | None = None
    stop_seconds: float = 1.8  # so long what is being done may take to end by itself, of the three of a whole stop
    greet_again_seconds: float = 3.0  # while Telegram does not answer at start
    sets_menu: bool = True  # at the start: fifteen calls, which stories leave out where nobody looks at the menu
    _lock: FileLock = field(init=False)
    _watch: FileWatch = field(init=False)
    _jumps: JumpWatch = field(init=False)
    _stop: Stop = field(init=False)

    def __post_init__(self) -> None:
        self._lock, self._watch, self._stop = FileLock(self.database), FileWatch(self.database), Stop()
        self._jumps = JumpWatch(call_in_order(self.scheduler.refresh, self.announcer.wake, self.delivery.wake))

    def idle(self) -> bool:
        """Returns whether nothing is being answered, planned or sent at this moment."""
        spoken = self.announcer.settled and self.boards.settled and self.delivery.settled
        return self.queue.idle and self.scheduler.settled and spoken

    async def run(self, stop: asyncio.Event) -> None:
        """Runs until `stop` is set; then finishes what is in the air within seconds, and loses nothing.

        Ends in the same way, and raises the reason, where something happens that only an operator can mend.
        """
        try:
            if self.http_server is not None:
                self.http_server.open()
            async with asyncio.TaskGroup() as group:
                # Before anything else: whoever asks is told that it lives and is not ready yet.
                http_server = [group.create_task(self.http_server.run())] if self.http_server is not None else []
                await self._open()
                if await self._greet_telegram(stop):
                    await self._work(group, stop)
                await self._close_doors(http_server)
            _log.info("stopped", seconds=round(self._stop.seconds, 2))
            if self.ending.error is not None:
                raise self.ending.error
        finally:
            await self._close()

    async def _work(self, group: asyncio.TaskGroup, stop: asyncio.Event) -> None:
        await self.delivery.leader_election.acquire()
        # Planned before anything is sent: what an outage made stale must not leave first.
        await self.scheduler.start()
        self.health.warn_of_old_tzdata()
        _log.info("ready", cycle=self.cycle.key, sessions=len(self.cycle.sessions))
        speaking = (self._announce(), self.delivery.run(), self.announcer.run(), self.boards.run())
        jobs = (*speaking, self.queue.run(), self.fetching.run())
        watching = (self._watch.run(self.ending.report), self._jumps.run())
        work = [group.create_task(self._until_mended(each)) for each in (*jobs, *watching)]
        loading = group.create_task(self._load_meaning())
        await cancel_on(stop, self.ending.event.wait())
        loading.cancel()
        await self._wind_down(work)

    async def _load_meaning(self) -> None:
        """Loads the embedding in a quiet moment: its 0.2 s would fall into the first question that needs it."""
        if self.meaning is not None:
            await asyncio.sleep(_LOAD_MEANING_AFTER)
            await asyncio.to_thread(self.meaning.load)

    async def _until_mended(self, job: Coroutine[Any, Any, None]) -> None:
        """Ends all jobs in order for what an operator has to mend, not in the middle of what each of them does."""
        try:
            await job
        except (InvalidToken, ConfigError) as error:
            self.ending.report(error)
        except Exception as error:
            if (harm := self._watch.harm()) is not None:  # a job met it before the watch looked
                self.ending.report(harm)
            elif not self._stop.has_cut_off and self.ending.error is None:
                raise
            _log.warning("a job was cut off by the stop", error=type(error).__name__)

    async def _open(self) -> None:
        self._lock.take(SystemClock().now())
        await schema.ready(self.database)
        times = ((each.number, each.starts_at, each.ends_at) for each in self.cycle.sessions)
        async with self.database.transaction() as tx:
            await schema.one_at_a_time(tx)
            await live_programme.update_from_content(tx, self.cycle.key, times, now=self.clock.now())
            await participants.create_deletion_key(tx)
            back = await participants.delete_restored(tx)
            await self._move_waiting_lists(tx)
        if back:
            _log.warning("a backup had brought deleted people back; they are deleted again", participants=back)

    async def _move_waiting_lists(self, tx: Tx) -> None:
        """Offers places from the waiting lists: the content may give a session more than it had.

        What the team has set wins.
        """
        waited_for = await attendances.sessions_waited_for(tx)
        if not waited_for:
            return
        told = await live_programme.details_by_number(tx, self.cycle.key)
        for number, live in (await live_programme.programme(tx, self.cycle.key)).items():
            if live.id in waited_for and any(each.number == number for each in self.cycle.sessions):
                capacity = capacity_of(told.get(number, {}), self.cycle.planned_capacity(number))
                await waiting_list.move_up(tx, live, capacity, now=self.clock.now())

    async def _greet_telegram(self, stop: asyncio.Event) -> bool:
        """Waits until Telegram answers; False where it was told to stop meanwhile. Raises InvalidToken."""
        while not stop.is_set():
            try:
                await cancel_on(stop, self.bot.initialize())
            except InvalidToken:
                raise
            except TelegramError as error:
                _log.warning("Telegram does not answer yet", error=type(error).__name__)
                await wait_for_event(stop, self.greet_again_seconds)
            else:
                return not stop.is_set()
        return False

    async def _announce(self) -> None:
        if self.sets_menu:
            await show_menu(self.bot, self.translator)
        async with self.database.transaction() as tx:
            met = await team.members(tx, self.settings.organizers.ids)
        for each in met:
            await show_team_menu(self.bot, self.translator, each.telegram_id, each.role)

    async def _wind_down(self, work: "list[asyncio.Task[None]]") -> None:
        self.health.stopping = True
        self._watch.stop()
        self._jumps.stop()
        planning = asyncio.ensure_future(self.scheduler.finish())  # noqa: TID251 - waited for below with all the others
        self.fetching.stop()
        self.queue.stop()
        self.announcer.stop()
        self.boards.stop()
        self.panel_feed.stop()
        self.delivery.stop()
        work.append(planning)
        await self._stop.finish(work, self.database, seconds=self.stop_seconds)

    async def _close_doors(self, http_server: "list[asyncio.Task[None]]") -> None:
        if self.http_server is not None:
            self.http_server.stop()
            await self._stop.wait(http_server, _CLOSE_SECONDS)
            for task in http_server:
                task.cancel()

    async def _close(self) -> None:
        if self.http_server is not None:
            self.http_server.close()
        self.scheduler.stop()
        await self.bot.shutdown()
        await self._stop.close(self.database)
        self._lock.release()


def _set_libraries_up() -> None:
    # The tzdata package, not the system's older copy: they disagree, and a wrong hour harms.
    zoneinfo.reset_tzpath(to=())
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # what PTB's next major version does


def build(settings: Settings, *, clock: Clock | None = None, request: DiscreetRequest | None = None) -> App:
    """Builds Ciclo from its settings; a rehearsal or a test hands over its own clock and its own way to Telegram.

    Raises ConfigError, and ContentError for a content pack that cannot be used.
    """
    _set_libraries_up()
    known, metrics = load_answering(CONTENT / settings.cycle.content), Metrics()
    return _put_together(
        settings, clock or make_clock(settings), known, make_telegram(settings, request, metrics), metrics
    )


def _make_rivalry() -> Rivalry:
    """Returns what tells this process from another one that polls with the same token."""
    since = f"{SystemClock().now():%Y-%m-%d %H:%M} UTC"
    return Rivalry(f"process {os.getpid()} on {socket.gethostname()}, since {since}")


def _put_together(settings: Settings, clock: Clock, known: Answering, telegram: Telegram, metrics: Metrics) -> App:
    cycle, owner = known.cycle, str(uuid4())
    leads = tuple(parse_lead_time(code) for code in settings.cycle.reminders)
    database, bot = Database(settings.database.url), telegram.bot
    translator = Translator(load_catalogues(), cycle.zone)
    health = Health(database, bot, metrics, SystemClock().now, settings.http.tzdata_warning_days, _make_rivalry())
    words = InstrumentedMessages(cycle, translator, metrics=metrics)
    delivery = make_delivery(settings, database, words, telegram.first, clock, owner)
    owners, election = settings.organizers.ids, delivery.leader_election
    announcer = Announcer(database, translator, delivery.sender, clock, election)
    boards = BoardUpdates(database, translator, delivery.sender, clock, election, owners)
    feed = PanelFeed(database, cycle, translator)
    services = make_services(settings, known, leads, metrics)
    scheduler = make_scheduler(
        settings, database, services, clock, delivery.rate_limiter, call_in_order(health.planned, delivery.wake)
    )
    health.rivalry.on_change = delivery.hold
    wake_on_changes(database, delivery, announcer, boards, feed, scheduler)
    conversation = Conversation(database, services, translator, Router(), clock.now, owner, clock.now())
    flood = FloodFilter(FloodGuard(settings.limits.messages), clock.now)
    replies = ReplySender(bot, telegram.replies, delivery.rate_limiter.reply)
    menus = partial(show_team_menu, bot, translator)
    updates = UpdateHandler(conversation, flood, replies, menus, lambda: bot.username)
    queue = UpdateQueue(database, UpdateWorker(bot, updates, updates.say_again, metrics), clock.now, owner, metrics)
    pages = partial(make_pages, database, cycle, translator, feed)
    fetching, http_server = make_update_source(settings, telegram, queue, health, pages=pages)
    spoken, outside = (delivery, announcer, boards), (feed, http_server, telegram.ending)
    inside = (settings, cycle, clock, database, bot, translator, scheduler)
    return App(*inside, *spoken, queue, fetching, health, *outside, choose_meaning(settings))
