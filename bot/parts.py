"""The parts that build() puts together and that need more than one line each."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from telegram import Bot
from telegram.request import BaseRequest

from bot.careful_bot import CarefulBot
from bot.clock import RunningClock, SystemClock
from bot.health import Health
from bot.intake import Intake
from bot.meter import Meter
from bot.metered import MeteredRequest
from bot.polling import Polling
from bot.settings import Settings, token_of
from bot.transport import AiohttpRequest
from db.database import Database
from handlers.knowing import Knowing
from handlers.turn import House
from knowledge.answer import Answering
from knowledge.lead import Lead
from knowledge.load import load
from knowledge.places import Places
from reminders.clock import Clock
from reminders.delivery import Delivery
from reminders.drafts import Drafts
from reminders.leadership import Leadership
from reminders.ledger import Ledger
from reminders.pace import Pace
from reminders.planner import Planner
from reminders.retention import Retention
from reminders.scheduler import ReminderScheduler
from reminders.sender import Sender
from reminders.words import Words

if TYPE_CHECKING:
    from bot.web import Doors
    from bot.webhook import Webhook


def both(one: Callable[[], None], other: Callable[[], None]) -> Callable[[], None]:
    """First one, then the other."""

    def in_turn() -> None:
        one()
        other()

    return in_turn


def ways_in(settings: Settings, bot: Bot, intake: Intake, health: Health) -> "tuple[Polling | Webhook, Doors | None]":
    """Polling, unless the operator has given an address; and the doors, where any are wanted."""
    url = settings.telegram.webhook.url
    if not url and not settings.http.port:
        return Polling(bot, intake), None
    # A bot that only polls starts without the server's modules.
    from bot.web import doors  # noqa: PLC0415 - see above
    from bot.webhook import Webhook, secret_of  # noqa: PLC0415 - the same

    if not url:
        return Polling(bot, intake), doors(settings, health, None)
    webhook = Webhook(bot, intake, health.meter, url, secret_of(settings))
    return webhook, doors(settings, health, webhook.route())


def clock_of(settings: Settings) -> Clock:
    """The real one, unless a rehearsal asks for another."""
    asked = settings.clock
    if asked.start is None and asked.speed == 1:
        return SystemClock()
    system = SystemClock()
    return RunningClock(asked.start or system.now(), asked.speed)


@cache
def known_of(folder: Path) -> Answering:
    """What is read from that content pack: it never changes while a process runs, however often it is built."""
    return Answering.of(load(folder), Places.load())


def house_of(settings: Settings, known: Answering, leads: tuple[Lead, ...], meter: Meter) -> House:
    """What every feature may look at."""
    return House(
        cycle=known.cycle,
        places=known.places,
        leads=leads,
        contact=settings.privacy.contact,
        retention_days=settings.privacy.retention_days,
        answering=known,
        knowing=Knowing(known),
        organizers=settings.organizers.ids,
        confirm_above=settings.organizers.confirm_above,
        tally=lambda answered: meter.asked(answered=answered),
    )


def bot_of(settings: Settings, request: BaseRequest | None, meter: Meter) -> CarefulBot:
    """PTB's, on our transport, metered."""
    base = settings.telegram.base_url
    return CarefulBot(
        token_of(settings),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=MeteredRequest(request or AiohttpRequest(), meter),
        get_updates_request=MeteredRequest(request or AiohttpRequest(connections=1), meter),
    )


def delivery_of(  # noqa: PLR0917 - build() is the only caller
    settings: Settings, database: Database, words: Words, bot: Bot, clock: Clock, owner: str
) -> Delivery:
    """The mechanism by which Ciclo speaks first."""
    pace = Pace(rate=settings.delivery.rate, per_chat=settings.delivery.per_chat)
    sender = Sender(bot, paid=settings.delivery.paid)
    ledger = Ledger(database, clock, settings.organizers.ids)
    leadership = Leadership(database, owner, clock)
    return Delivery(database, Drafts(database, words, clock), sender, pace, clock, leadership, ledger)


def scheduler_of(  # noqa: PLR0917 - build() is the only caller
    settings: Settings, database: Database, house: House, clock: Clock, pace: Pace, planned: Callable[[], None]
) -> ReminderScheduler:
    """What sets off reminders."""
    cycle, team = house.cycle, settings.organizers.ids
    planner = Planner(database, cycle.key, cycle.zone, house.leads, lambda: pace.rate, team)
    return ReminderScheduler(clock, planner, Retention(database, cycle.key, settings.privacy.retention_days), planned)
