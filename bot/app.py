"""The one place where everything meets; tests and the rehearsal call the same build()."""

import asyncio
import os
import zoneinfo
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.clock import SystemClock
from bot.command_menu import show_menu, show_team_menu
from bot.config.settings import Settings
from bot.factories import (
    call_in_order,
    load_answering,
    make_clock,
    make_delivery,
    make_scheduler,
    make_services,
    make_telegram,
    make_update_source,
    wake_on_changes,
)
from bot.http.health import Health
from bot.http.metrics import InstrumentedMessages, Metrics
from bot.updates.polling import Polling
from bot.updates.update_queue import UpdateQueue, UpdateWorker
from changes import waiting_list
from db.admin import schema
from db.engine.database import Database, Tx
from db.people import participants
from db.programme import live_programme
from db.team import team
from handlers.conversation import Conversation
from handlers.flood import FloodFilter, FloodGuard
from handlers.router import Router
from handlers.updates import UpdateHandler
from knowledge.programme.cycle import Cycle
from knowledge.time.lead_time import parse_lead_time
from locales.catalogue import load_catalogues
from locales.translator import Translator
from reminders.announcements.announcer import Announcer
from reminders.clock import Clock
from reminders.delivery.delivery import Delivery
from reminders.delivery.waiting import cancel_on, wait_for_event
from reminders.planning.scheduler import ReminderScheduler
from telegram_io.sender import ReplySender
from telegram_io.transport import DiscreetRequest

if TYPE_CHECKING:
    from bot.http.http_server import HttpServer
    from bot.http.webhook import Webhook

_log = structlog.get_logger(__name__)

CONTENT = Path(__file__).parent.parent / "knowledge" / "content"
_CLOSE_SECONDS = 0.5


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
    queue: UpdateQueue
    fetching: "Polling | Webhook"
    health: Health
    http_server: "HttpServer | None"
    # A clean stop takes less than this, however slow Telegram is; systemd and people wait no longer.
    stop_seconds: float = 2.0
    greet_again_seconds: float = 3.0  # while Telegram does not answer at start

    def idle(self) -> bool:
        """Whether nothing is being answered, planned or sent at this moment."""
        return self.queue.idle and self.scheduler.settled and self.announcer.settled and self.delivery.settled

    async def run(self, stop: asyncio.Event) -> None:
        """Runs until `stop` is set; then finishes what is in the air within seconds, and loses nothing."""
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
            _log.info("stopped")
        finally:
            await self._close()

    async def _work(self, group: asyncio.TaskGroup, stop: asyncio.Event) -> None:
        await self.delivery.leader_election.acquire()
        # Planned before anything is sent: what an outage made stale must not leave first.
        await self.scheduler.start()
        self.health.warn_of_old_tzdata()
        _log.info("ready", cycle=self.cycle.key, sessions=len(self.cycle.sessions))
        jobs = (self._announce(), self.delivery.run(), self.announcer.run(), self.queue.run(), self.fetching.run())
        work = [group.create_task(each) for each in jobs]
        await stop.wait()
        await self._wind_down(work)

    async def _open(self) -> None:
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
        """The content may give a session more places than it had."""
        for number, live in (await live_programme.programme(tx, self.cycle.key)).items():
            planned = next((each for each in self.cycle.sessions if each.number == number), None)
            if planned is not None:
                await waiting_list.move_up(tx, live, planned.capacity, now=self.clock.now())

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
        await show_menu(self.bot, self.translator)
        async with self.database.transaction() as tx:
            met = await team.members(tx, self.settings.organizers.ids)
        for each in met:
            await show_team_menu(self.bot, self.translator, each.telegram_id, each.role)

    async def _wind_down(self, work: "list[asyncio.Task[None]]") -> None:
        self.health.stopping = True
        self.scheduler.stop()
        self.fetching.stop()
        self.queue.stop()
        self.announcer.stop()
        self.delivery.stop()
        await asyncio.wait(work, timeout=self.stop_seconds)
        for task in work:
            task.cancel()

    async def _close_doors(self, http_server: "list[asyncio.Task[None]]") -> None:
        if self.http_server is not None:
            self.http_server.stop()
            await asyncio.wait(http_server, timeout=_CLOSE_SECONDS)
            for task in http_server:
                task.cancel()

    async def _close(self) -> None:
        if self.http_server is not None:
            self.http_server.close()
        self.scheduler.stop()
        await self.bot.shutdown()
        await self.database.close()


def _set_libraries_up() -> None:
    # The tzdata package, not the system's older copy: they disagree, and a wrong hour harms.
    zoneinfo.reset_tzpath(to=())
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # what PTB's next major version does


def build(settings: Settings, *, clock: Clock | None = None, request: DiscreetRequest | None = None) -> App:
    """Ciclo from its settings; a rehearsal or a test hands over its own clock and its own way to Telegram.

    Raises ConfigError, and ContentError for a content pack that cannot be used.
    """
    _set_libraries_up()
    clock = clock or make_clock(settings)
    known = load_answering(CONTENT / settings.cycle.content)
    cycle = known.cycle
    leads = tuple(parse_lead_time(code) for code in settings.cycle.reminders)
    database = Database(settings.database.url)
    translator = Translator(load_catalogues(), cycle.zone)
    metrics, owner = Metrics(), str(uuid4())
    telegram = make_telegram(settings, request, metrics)
    bot = telegram.bot
    health = Health(database, bot, metrics, SystemClock().now, settings.http.tzdata_warning_days)
    words = InstrumentedMessages(cycle, translator, metrics=metrics)
    delivery = make_delivery(settings, database, words, telegram.first, clock, owner)
    announcer = Announcer(database, translator, delivery.sender, clock, delivery.leader_election)
    services = make_services(settings, known, leads, metrics)
    scheduler = make_scheduler(
        settings, database, services, clock, delivery.rate_limiter, call_in_order(health.planned, delivery.wake)
    )
    wake_on_changes(database, delivery, announcer, scheduler)
    conversation = Conversation(database, services, translator, Router(), clock.now, owner, clock.now())
    flood = FloodFilter(FloodGuard(settings.limits.messages), clock.now)
    menus, replies = (
        partial(show_team_menu, bot, translator),
        ReplySender(bot, telegram.replies, delivery.rate_limiter.reply),
    )
    updates = UpdateHandler(lambda: bot.username, conversation, flood, replies, menus)
    queue = UpdateQueue(database, UpdateWorker(bot, updates, updates.say_again, metrics), clock.now, owner, metrics)
    fetching, http_server = make_update_source(settings, bot, telegram.fetcher, queue, health)
    spoken = (delivery, announcer)
    return App(
        settings, cycle, clock, database, bot, translator, scheduler, *spoken, queue, fetching, health, http_server
    )
