"""The one place where everything meets; tests and the rehearsal call the same build()."""

import asyncio
import os
import zoneinfo
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.careful_bot import CarefulBot
from bot.clock import RunningClock, SystemClock
from bot.menu import show_menu
from bot.ordering import InOrder
from bot.polling import Polling
from bot.settings import ConfigError, Settings, token_of
from bot.transport import AiohttpRequest
from db import attendances, programme, schema, tombstones
from db.database import Database, Tx
from handlers.conversation import Conversation
from handlers.finding import Routes
from handlers.flood import FloodGuard
from handlers.turn import House
from handlers.updates import Updates
from knowledge.answer import Answering
from knowledge.cycle import Cycle
from knowledge.lead import Lead, parse_lead
from knowledge.load import load
from knowledge.places import Places
from locales.catalogue import load_catalogues
from locales.translator import Translator
from reminders.clock import Clock
from reminders.delivery import Delivery
from reminders.pace import Pace
from reminders.patience import happens_within, unless
from reminders.planner import Planner
from reminders.retention import Retention
from reminders.scheduler import ReminderScheduler
from reminders.sender import Sender
from reminders.words import Words

_log = structlog.get_logger(__name__)

CONTENT = Path(__file__).parent.parent / "knowledge" / "content"
# A clean stop takes less than this, however slow Telegram is; systemd and people wait no longer.
_STOP_SECONDS = 2.0
_TRY_TELEGRAM_AGAIN_SECONDS = 3.0


@dataclass
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
    polling: Polling

    def idle(self) -> bool:
        """Whether nothing is being answered, planned or sent at this moment."""
        return not self.polling.in_flight and self.scheduler.settled and self.delivery.settled

    async def run(self, stop: asyncio.Event) -> None:
        """Runs until `stop` is set; then finishes what is in the air within seconds, and loses nothing."""
        try:
            await self._open()
            if not await self._greet_telegram(stop):
                return
            # Planned before anything is sent: what an outage made stale must not leave first.
            await self.scheduler.start()
            _log.info("ready", cycle=self.cycle.key, sessions=len(self.cycle.sessions))
            async with asyncio.TaskGroup() as group:
                work = [group.create_task(each) for each in (self._announce(), self.delivery.run(), self.polling.run())]
                await stop.wait()
                await self._wind_down(work)
            _log.info("stopped")
        finally:
            await self._close()

    async def _open(self) -> None:
        await schema.ready(self.database)
        times = ((each.number, each.starts_at, each.ends_at) for each in self.cycle.sessions)
        async with self.database.transaction() as tx:
            await programme.take_from_content(tx, self.cycle.key, times)
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

    async def _wind_down(self, work: "list[asyncio.Task[None]]") -> None:
        self.scheduler.stop()
        self.polling.stop()
        self.delivery.stop()
        await asyncio.wait(work, timeout=_STOP_SECONDS)
        for task in work:
            task.cancel()

    async def _close(self) -> None:
        self.scheduler.stop()
        await self.bot.shutdown()
        await self.database.close()


def build(settings: Settings, *, clock: Clock | None = None, request: BaseRequest | None = None) -> App:
    """Ciclo from its settings; a rehearsal or a test hands over its own clock and its own way to Telegram.

    Raises ConfigError, and ContentError for a content pack that cannot be used.
    """
    # The tzdata package, not the system's older copy: they disagree, and a wrong hour harms.
    zoneinfo.reset_tzpath(to=())
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # what PTB's next major version does
    clock = clock or _clock(settings)
    known = _known(CONTENT / settings.cycle.content)
    cycle = known.cycle
    leads = tuple(parse_lead(code) for code in settings.cycle.reminders)
    database = Database(settings.database.url)
    translator = Translator(load_catalogues(), cycle.zone)
    bot = _bot(settings, request)
    house = _house(settings, known, leads)
    delivery = _delivery(settings, database, Words(cycle, translator), Sender(bot), clock)
    conversation = Conversation(database, house, translator, Routes(), clock.now, delivery.wake)
    updates = Updates(bot, conversation, FloodGuard(settings.limits.messages))
    planner = Planner(database, cycle.key, cycle.zone, leads)
    retention = Retention(database, cycle.key, settings.privacy.retention_days)
    scheduler = ReminderScheduler(clock, planner, retention, delivery.wake)
    polling = Polling(bot, database, InOrder(hurries=updates.is_passed_over), updates, clock.now)
    return App(settings, cycle, clock, database, bot, translator, scheduler, delivery, polling)


def _delivery(settings: Settings, database: Database, words: Words, sender: Sender, clock: Clock) -> Delivery:
    pace = Pace(rate=settings.delivery.rate, per_chat=settings.delivery.per_chat)
    return Delivery(database, words, sender, pace, clock, owner=str(uuid4()))


def _clock(settings: Settings) -> Clock:
    asked = settings.clock
    if asked.start is None and asked.speed == 1:
        return SystemClock()
    system = SystemClock()
    return RunningClock(asked.start or system.now(), asked.speed)


@cache
def _known(folder: Path) -> Answering:
    """What is read from that content pack: it never changes while a process runs, however often it is built."""
    return Answering.of(load(folder), Places.load())


def _house(settings: Settings, known: Answering, leads: tuple[Lead, ...]) -> House:
    return House(
        cycle=known.cycle,
        places=known.places,
        leads=leads,
        contact=settings.privacy.contact,
        retention_days=settings.privacy.retention_days,
        answering=known,
        organizers=settings.organizers.ids,
    )


def _bot(settings: Settings, request: BaseRequest | None) -> Bot:
    if settings.telegram.webhook.url:
        raise ConfigError("telegram.webhook.url: this version only polls; leave it empty")
    base = settings.telegram.base_url
    return CarefulBot(
        token_of(settings),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request or AiohttpRequest(),
        get_updates_request=request or AiohttpRequest(connections=1),
    )
