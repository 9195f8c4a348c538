"""What receiving updates and all other work depend on: settings, content, clock, database, Telegram."""

from dataclasses import dataclass
from datetime import datetime

from bot.config.settings import Settings
from bot.http.health import Health
from bot.http.metrics import Metrics
from bot.http.panel_feed import PanelFeed
from bot.telegram import Telegram
from db.engine.database import Database
from knowledge.programme.cycle import Cycle
from knowledge.time.lead_time import LeadTime, parse_lead_time
from locales.translator import Translator
from reminders.clock import Clock


@dataclass(frozen=True)
class Dependencies:
    """What is made once and handed to every part of the bot."""

    settings: Settings
    cycle: Cycle
    clock: Clock
    built_at: datetime
    owner: str  # this process's name in the database
    database: Database
    translator: Translator
    telegram: Telegram
    metrics: Metrics
    health: Health
    panel_feed: PanelFeed

    @property
    def leads(self) -> tuple[LeadTime, ...]:
        """How long before a session its reminders go."""
        return tuple(parse_lead_time(code) for code in self.settings.cycle.reminders)
