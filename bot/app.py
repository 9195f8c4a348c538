"""Builds the whole bot and runs it; tests and the rehearsal call the same build()."""

import asyncio
import os
import socket
import zoneinfo
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.config.content import CONTENT, choose_meaning, load_content
from bot.config.settings import ConfigError, Settings
from bot.dependencies import Dependencies
from bot.http.health import Health
from bot.http.metrics import Metrics
from bot.http.panel_feed import PanelFeed
from bot.http.update_source import make_pages, make_update_source
from bot.process.file_watch import FileWatch
from bot.process.stopping import Ending, Stop
from bot.telegram import make_telegram
from bot.updates import Polling, Rivalry, UpdateQueue, UpdateWorker
from db.admin import schema
from db.admin.file_lock import FileLock
from db.engine.database import Database
from knowledge.meaning.lazy_meaning import LazyMeaning
from knowledge.programme.cycle import Cycle
from locales.translator import Translator, load_catalogues
from reminders.clock import Clock, RunningClock, SystemClock, cancel_on, wait_for_event
from telegram_io.transport import DiscreetRequest

if TYPE_CHECKING:
    from bot.http.http_server import HttpServer
    from bot.http.webhook import Webhook
    from bot.work import Work

_log = structlog.get_logger(__name__)


def make_clock(settings: Settings) -> Clock:
    """Returns the real clock, unless a rehearsal asks for another."""
    asked = settings.clock
    if asked.start is None and asked.speed == 1:
        return SystemClock()
    system = SystemClock()
    return RunningClock(asked.start or system.now(), asked.speed)


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
    queue: UpdateQueue
    fetching: "Polling | Webhook"
    health: Health
    panel_feed: PanelFeed
    http_server: "HttpServer | None"
    ending: Ending
    make_work: "Callable[[], Work]"
    meaning: LazyMeaning | None = None
    stop_seconds: float = 1.8  # so long what is being done may take to end by itself, of the three of a whole stop
    greet_again_seconds: float = 3.0  # while Telegram does not answer at start
    making: "Callable[[], AbstractContextManager[None]]" = nullcontext  # what is around the making of the work
    sets_menu: bool = True  # at the start: fifteen calls, which stories leave out where nobody looks at the menu
    ready: asyncio.Event = field(default_factory=asyncio.Event)  # people are answered from here on
    _begun: bool = False
    _lock: FileLock = field(init=False)
    _watch: FileWatch = field(init=False)
    _stop: Stop = field(init=False)

    def __post_init__(self) -> None:
        self._lock, self._watch, self._stop = FileLock(self.database), FileWatch(self.database), Stop()

    @cached_property
    def work(self) -> "Work":
        """All that it does beside receiving; made by whoever asks first, which is a thread where it runs."""
        return self.make_work()

    def idle(self) -> bool:
        """Returns whether nothing is being answered, planned or sent at this moment."""
        return self._begun and self.queue.idle and self.work.settled

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
                self._lock.take(SystemClock().now())
                await schema.ready(self.database)
                if await self._greet_telegram(stop):
                    await self._receive(group, stop)
                await self._close_doors(http_server)
            _log.info("stopped", seconds=round(self._stop.seconds, 2))
            if self.ending.error is not None:
                raise self.ending.error
        finally:
            await self._close()

    async def _receive(self, group: asyncio.TaskGroup, stop: asyncio.Event) -> None:
        jobs = (self.queue.run(), self.fetching.run(), self._watch.run(self.ending.report), self._do_the_work())
        running = [group.create_task(self._until_mended(each)) for each in jobs]
        loading = group.create_task(self._load_meaning())
        await cancel_on(stop, self.ending.event.wait())
        loading.cancel()
        await self._wind_down(running)

    async def _do_the_work(self) -> None:
        """Makes all that is not receiving in a thread, and then runs it; what comes meanwhile waits in the inbox."""
        with self.making():
            work = await asyncio.to_thread(lambda: self.work)
        if self.health.stopping:
            return
        self._begun = True
        await work.begin()
        self.health.warn_of_old_tzdata()
        self.queue.begin(work.handler)
        self.ready.set()
        _log.info("ready", cycle=self.cycle.key, sessions=len(self.cycle.sessions))
        async with asyncio.TaskGroup() as group:
            for each in work.jobs(sets_menu=self.sets_menu):
                group.create_task(self._until_mended(each))

    async def _load_meaning(self) -> None:
        """Loads the embedding in a quiet moment: its 0.2 s would fall into the first question that needs it."""
        if self.meaning is not None:
            await self.ready.wait()
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

    async def _wind_down(self, running: "list[asyncio.Task[None]]") -> None:
        self.health.stopping = True
        self._watch.stop()
        self.fetching.stop()
        self.queue.stop()
        self.panel_feed.stop()
        if self._begun:
            self.work.stop()
            running.append(asyncio.ensure_future(self.work.finish()))  # noqa: TID251 - waited for with all the others
        await self._stop.finish(running, self.database, seconds=self.stop_seconds)

    async def _close_doors(self, http_server: "list[asyncio.Task[None]]") -> None:
        if self.http_server is not None:
            self.http_server.stop()
            await self._stop.wait(http_server, _CLOSE_SECONDS)
            for task in http_server:
                task.cancel()

    async def _close(self) -> None:
        if self.http_server is not None:
            self.http_server.close()
        if self._begun:
            self.work.scheduler.stop()
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
    cycle, clock = load_content(CONTENT / settings.cycle.content), clock or make_clock(settings)
    metrics, database = Metrics(), Database(settings.database.url)
    telegram = make_telegram(settings, request, metrics)
    translator = Translator(load_catalogues, cycle.zone)
    days = settings.http.tzdata_warning_days
    health = Health(database, telegram.bot, metrics, SystemClock().now, days, _make_rivalry())
    feed = PanelFeed(database, cycle, translator)
    return _put_together(
        Dependencies(
            settings, cycle, clock, clock.now(), str(uuid4()), database, translator, telegram, metrics, health, feed
        )
    )


def _make_rivalry() -> Rivalry:
    """Returns what tells this process from another one that polls with the same token."""
    since = f"{SystemClock().now():%Y-%m-%d %H:%M} UTC"
    return Rivalry(f"process {os.getpid()} on {socket.gethostname()}, since {since}")


def _put_together(given: Dependencies) -> App:
    settings, cycle, database, telegram = given.settings, given.cycle, given.database, given.telegram
    worker = UpdateWorker(telegram.bot, given.metrics)
    queue = UpdateQueue(database, worker, given.clock.now, given.owner, given.metrics)
    pages = partial(make_pages, database, cycle, given.translator, given.panel_feed)
    fetching, http_server = make_update_source(settings, telegram, queue, given.health, pages=pages)

    def make() -> "Work":
        from bot.work import make_work  # noqa: PLC0415 - half of a start's modules, in a thread

        return make_work(given)

    inside = (settings, cycle, given.clock, database, telegram.bot, given.translator, queue, fetching)
    outside = (given.health, given.panel_feed, http_server, telegram.ending)
    return App(*inside, *outside, make, choose_meaning(settings))
