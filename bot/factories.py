"""The parts that build() puts together and that need more than one line each."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from telegram import Bot

from bot.clock import RunningClock, SystemClock
from bot.config.settings import Settings, token_of
from bot.http.health import Health
from bot.http.metrics import InstrumentedRequest, Metrics
from bot.updates.polling import Polling
from bot.updates.update_queue import UpdateQueue
from db.engine.database import Database
from handlers.published_knowledge import PublishedKnowledge
from handlers.turn import Services
from knowledge.answers.answering import Answering
from knowledge.loading.cycle_loader import load_cycle
from knowledge.places.places import Places
from knowledge.time.lead_time import LeadTime
from reminders.announcements.announcer import Announcer
from reminders.clock import Clock
from reminders.delivery.delivery import Delivery
from reminders.delivery.leader_election import LeaderElection
from reminders.delivery.outcome_recorder import OutcomeRecorder
from reminders.delivery.rate_limiter import RateLimiter
from reminders.messages.message_builder import MessageBuilder, MessageWriter
from reminders.planning.planner import Planner
from reminders.planning.retention import Retention
from reminders.planning.scheduler import ReminderScheduler
from telegram_io.sender import Sender
from telegram_io.transport import AiohttpRequest, DiscreetRequest, make_bot
from telegram_io.updates import UpdateFetcher

if TYPE_CHECKING:
    from bot.http.http_server import HttpServer
    from bot.http.webhook import Webhook


def call_in_order(one: Callable[[], None], other: Callable[[], None]) -> Callable[[], None]:
    """First one, then the other."""

    def in_turn() -> None:
        one()
        other()

    return in_turn


def make_update_source(
    settings: Settings, bot: Bot, fetcher: UpdateFetcher, queue: UpdateQueue, health: Health
) -> "tuple[Polling | Webhook, HttpServer | None]":
    """Polling, unless the operator has given an address; and the doors, where any are wanted."""
    url = settings.telegram.webhook.url
    if not url and not settings.http.port:
        return Polling(bot, fetcher, queue), None
    # A bot that only polls starts without the server's modules.
    from bot.http.http_server import make_http_server  # noqa: PLC0415 - see above
    from bot.http.webhook import Webhook, secret_of  # noqa: PLC0415 - the same

    if not url:
        return Polling(bot, fetcher, queue), make_http_server(settings, health, None)
    webhook = Webhook(bot, queue, health.metrics, url, secret_of(settings))
    return webhook, make_http_server(settings, health, webhook.route())


def make_clock(settings: Settings) -> Clock:
    """The real one, unless a rehearsal asks for another."""
    asked = settings.clock
    if asked.start is None and asked.speed == 1:
        return SystemClock()
    system = SystemClock()
    return RunningClock(asked.start or system.now(), asked.speed)


@cache
def load_answering(folder: Path) -> Answering:
    """What is read from that content pack: it never changes while a process runs, however often it is built."""
    return Answering.build(load_cycle(folder), Places.load())


def make_services(settings: Settings, known: Answering, leads: tuple[LeadTime, ...], metrics: Metrics) -> Services:
    """What every feature may look at."""
    return Services(
        cycle=known.cycle,
        places=known.places,
        leads=leads,
        contact=settings.privacy.contact,
        retention_days=settings.privacy.retention_days,
        answering=known,
        published=PublishedKnowledge(known),
        organizers=settings.organizers.ids,
        confirm_above=settings.organizers.confirm_above,
        tally=lambda answered: metrics.asked(answered=answered),
    )


@dataclass(frozen=True)
class Telegram:
    """The bot, what fetches its updates, and its senders."""

    bot: Bot
    fetcher: UpdateFetcher
    replies: Sender
    first: Sender  # of what we send first, which may be paid for


def make_telegram(settings: Settings, request: DiscreetRequest | None, metrics: Metrics) -> "Telegram":
    """Returns the ways to Telegram, metered."""
    speaking = InstrumentedRequest(request or AiohttpRequest(), metrics)
    listening = InstrumentedRequest(request or AiohttpRequest(connections=1), metrics)
    bot = make_bot(token_of(settings), settings.telegram.base_url, speaking, listening)
    paid = settings.delivery.paid
    return Telegram(bot, UpdateFetcher(bot, listening), Sender(bot), Sender(bot, paid=paid))


def make_delivery(  # noqa: PLR0917 - build() is the only caller
    settings: Settings, database: Database, words: MessageWriter, sender: Sender, clock: Clock, owner: str
) -> Delivery:
    """The mechanism by which Ciclo speaks first."""
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
    """What sets off reminders."""
    cycle, team = services.cycle, settings.organizers.ids
    planner = Planner(database, cycle.key, cycle.zone, services.leads, lambda: rate_limiter.rate, team)
    return ReminderScheduler(clock, planner, Retention(database, cycle.key, settings.privacy.retention_days), planned)


def wake_on_changes(database: Database, delivery: Delivery, announcer: Announcer, scheduler: ReminderScheduler) -> None:
    """Tells each of them what it waits for, once it is committed by whomever in this process."""
    database.changes.listen("outbox", delivery.wake)
    database.changes.listen("announcements", announcer.wake)
    database.changes.listen("programme", scheduler.refresh)
