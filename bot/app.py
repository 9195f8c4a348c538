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
from telegram.request import BaseRequest

from bot.clock import SystemClock
from bot.hands import Hands
from bot.health import Health
from bot.intake import Intake
from bot.menu import show_menu, show_team_menu
from bot.meter import Meter
from bot.metered import MeteredWords
from bot.parts import bot_of, both, clock_of, delivery_of, house_of, known_of, scheduler_of, ways_in
from bot.polling import Polling
from bot.settings import Settings
from db import attendances, programme, schema, team, tombstones
from db.database import Database, Tx
from handlers.conversation import Conversation
from handlers.finding import Routes
from handlers.flood import FloodGuard
from handlers.hearing import Ears
from handlers.updates import Updates
from knowledge.cycle import Cycle
from knowledge.lead import parse_lead
from locales.catalogue import load_catalogues
from locales.cldr import leave_out_the_unsaid
from locales.translator import Translator
from reminders.announcer import Announcer
from reminders.clock import Clock
from reminders.delivery import Delivery
from reminders.patience import happens_within, unless
from reminders.scheduler import ReminderScheduler

if TYPE_CHECKING:
    from bot.web import Doors
    from bot.webhook import Webhook

_log = structlog.get_logger(__name__)

CONTENT = Path(__file__).parent.parent / "knowledge" / "content"
# A clean stop takes less than this, however slow Telegram is; systemd and people wait no longer.
_STOP_SECONDS = 2.0
_CLOSE_SECONDS = 0.5
_TRY_TELEGRAM_AGAIN_SECONDS = 3.0


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
    intake: Intake
    fetching: "Polling | Webhook"
    health: Health
    doors: "Doors | None"

    def idle(self) -> bool:
        """Whether nothing is being answered, planned or sent at this moment."""
        return self.intake.idle and self.scheduler.settled and self.announcer.settled and self.delivery.settled

    async def run(self, stop: asyncio.Event) -> None:
        """Runs until `stop` is set; then finishes what is in the air within seconds, and loses nothing."""
        try:
            if self.doors is not None:
                self.doors.open()
            async with asyncio.TaskGroup() as group:
                # Before anything else: whoever asks is told that it lives and is not ready yet.
                doors = [group.create_task(self.doors.run())] if self.doors is not None else []
                await self._open()
                if await self._greet_telegram(stop):
                    await self._work(group, stop)
                await self._close_doors(doors)
            _log.info("stopped")
        finally:
            await self._close()

    async def _work(self, group: asyncio.TaskGroup, stop: asyncio.Event) -> None:
        await self.delivery.leadership.look()
        # Planned before anything is sent: what an outage made stale must not leave first.
        await self.scheduler.start()
        self.health.warn_of_old_tzdata()
        _log.info("ready", cycle=self.cycle.key, sessions=len(self.cycle.sessions))
        jobs = (self._announce(), self.delivery.run(), self.announcer.run(), self.intake.run(), self.fetching.run())
        work = [group.create_task(each) for each in jobs]
        await stop.wait()
        await self._wind_down(work)

    async def _open(self) -> None:
        await schema.ready(self.database)
        times = ((each.number, each.starts_at, each.ends_at) for each in self.cycle.sessions)
        async with self.database.transaction() as tx:
            await schema.one_at_a_time(tx)
            await programme.take_from_content(tx, self.cycle.key, times, now=self.clock.now())
            await tombstones.prepare(tx)
            back = await tombstones.sweep(tx)
            await self._move_waiting_lists(tx)
        if back:
            _log.warning("a backup had brought deleted people back; they are deleted again", participants=back)

    async def _move_waiting_lists(self, tx: Tx) -> None:
        """The content may give a session more places than it had."""
        for number, live in (await programme.programme(tx, self.cycle.key)).items():
            planned = next((each for each in self.cycle.sessions if each.number == number), None)
            if planned is not None:
                await attendances.move_up(tx, live, planned.capacity, now=self.clock.now())

    async def _greet_telegram(self, stop: asyncio.Event) -> bool:
        """Waits until Telegram answers; False where it was told to stop meanwhile. Raises InvalidToken."""
        while not stop.is_set():
            try:
                await unless(stop, self.bot.initialize())
            except InvalidToken:
                raise
            except TelegramError as error:
                _log.warning("Telegram does not answer yet", error=type(error).__name__)
                await happens_within(stop, _TRY_TELEGRAM_AGAIN_SECONDS)
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
        self.intake.stop()
        self.announcer.stop()
        self.delivery.stop()
        await asyncio.wait(work, timeout=_STOP_SECONDS)
        for task in work:
            task.cancel()

    async def _close_doors(self, doors: "list[asyncio.Task[None]]") -> None:
        if self.doors is not None:
            self.doors.stop()
            await asyncio.wait(doors, timeout=_CLOSE_SECONDS)
            for task in doors:
                task.cancel()

    async def _close(self) -> None:
        if self.doors is not None:
            self.doors.close()
        self.scheduler.stop()
        await self.bot.shutdown()
        await self.database.close()


def _set_libraries_up() -> None:
    # The tzdata package, not the system's older copy: they disagree, and a wrong hour harms.
    zoneinfo.reset_tzpath(to=())
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # what PTB's next major version does
    leave_out_the_unsaid()


def build(settings: Settings, *, clock: Clock | None = None, request: BaseRequest | None = None) -> App:
    """Ciclo from its settings; a rehearsal or a test hands over its own clock and its own way to Telegram.

    Raises ConfigError, and ContentError for a content pack that cannot be used.
    """
    _set_libraries_up()
    clock = clock or clock_of(settings)
    known = known_of(CONTENT / settings.cycle.content)
    cycle = known.cycle
    leads = tuple(parse_lead(code) for code in settings.cycle.reminders)
    database = Database(settings.database.url)
    translator = Translator(load_catalogues(), cycle.zone)
    meter, owner = Meter(), str(uuid4())
    bot = bot_of(settings, request, meter)
    health = Health(database, bot, meter, SystemClock().now, settings.http.tzdata_warning_days)
    words = MeteredWords(cycle, translator, meter=meter)
    delivery = delivery_of(settings, database, words, bot, clock, owner)
    announcer = Announcer(database, translator, delivery.sender, clock, delivery.wake, delivery.leadership)
    house = house_of(settings, known, leads, meter)
    scheduler = scheduler_of(settings, database, house, clock, delivery.pace, both(health.planned, delivery.wake))
    ways = (both(delivery.wake, announcer.wake), owner, clock.now(), scheduler.refresh)
    conversation = Conversation(database, house, translator, Routes(), clock.now, *ways)
    ears = Ears(FloodGuard(settings.limits.messages), clock.now)
    updates = Updates(bot, conversation, ears, bot.say, partial(show_team_menu, bot, translator), delivery.pace.reply)
    intake = Intake(database, Hands(bot, updates, updates.say_again, meter), clock.now, owner, meter)
    fetching, doors = ways_in(settings, bot, intake, health)
    spoken = (delivery, announcer)
    return App(settings, cycle, clock, database, bot, translator, scheduler, *spoken, intake, fetching, health, doors)
