"""Checks whether the bot is well: its database, Telegram, its scheduler, and the rules of the time zones."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import structlog
import tzdata
from sqlalchemy import text
from telegram import Bot
from telegram.error import TelegramError

from bot.http.metrics import Metrics
from bot.updates import Rivalry
from db.delivery import outbox
from db.engine.database import Database

_log = structlog.get_logger(__name__)

_DATABASE_SECONDS, _TELEGRAM_SECONDS = 2.0, 3.0


def tzdata_from() -> date:
    """Returns the date from which the time zones' rules are: the package's year, or the last news on leap seconds."""
    year = date(int(tzdata.IANA_VERSION[:4]), 1, 1)
    found = re.search(r"^#updated\s+(\d+)", files("tzdata").joinpath("zoneinfo/leapseconds").read_text(), re.MULTILINE)
    return max(year, datetime.fromtimestamp(int(found[1]), UTC).date()) if found else year


@dataclass
class Health:
    """Answers /readyz, and fills in what /metrics has to look up."""

    database: Database
    bot: Bot
    metrics: Metrics
    wall: Callable[[], datetime]
    tzdata_days: int
    rivalry: Rivalry
    # Long polls answer every 25 seconds. Behind a webhook nobody may write for hours: then we ask.
    ask_telegram_after_seconds: float = 45.0
    telegram_silent_seconds: float = 90.0
    late_seconds: float = 120.0  # the scheduler looks up what is due every 30
    count_again_seconds: float = 15.0  # the outbox, for /metrics
    stopping: bool = False
    _planned: float | None = None
    _counted: float = float("-inf")

    def planned(self) -> None:
        """Notes that the scheduler has looked up what is due."""
        self._planned = time.monotonic()

    async def readiness(self) -> tuple[bool, dict[str, Any]]:
        """Returns whether work may be sent here, and what each part says."""
        lag = self._lag()
        age = self._tzdata_age()
        parts = {
            "running": not self.stopping,
            "database": await self._database_answers(),
            "telegram": await self._telegram_answers() and not self.rivalry.advice,
            "scheduler": lag is not None and lag < self.late_seconds,
        }
        ready = all(parts.values())
        told = {name: "ok" if well else "not ok" for name, well in parts.items()}
        warnings = [f"tzdata {tzdata.IANA_VERSION} is up to {age} days old"] if age > self.tzdata_days else []
        warnings += [self.rivalry.advice] if self.rivalry.advice else []
        return ready, {"ready": ready, **told, "scheduler_lag_seconds": lag and round(lag, 1), "warnings": warnings}

    async def figures(self) -> bytes:
        """Returns the page of /metrics.

        The outbox is counted every quarter of a minute, however often somebody asks.
        """
        self.metrics.scheduler_lag.set(self._lag() or 0.0)
        self.metrics.tzdata_age.set(self._tzdata_age())
        self.metrics.tasks.set(len(asyncio.all_tasks()))
        if time.monotonic() > self._counted + self.count_again_seconds:
            self._counted = time.monotonic()
            try:
                async with asyncio.timeout(_DATABASE_SECONDS), self.database.transaction() as tx:
                    self.metrics.set_outbox(await outbox.totals(tx))
            except Exception:
                _log.exception("the outbox could not be counted")
        return self.metrics.page()

    def warn_of_old_tzdata(self) -> None:
        """Says so once, at start."""
        age = self._tzdata_age()
        if age > self.tzdata_days:
            _log.warning("the rules of the time zones are old: update tzdata", version=tzdata.IANA_VERSION, days=age)

    def _lag(self) -> float | None:
        return None if self._planned is None else time.monotonic() - self._planned

    def _tzdata_age(self) -> int:
        return (self.wall().date() - tzdata_from()).days

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(_DATABASE_SECONDS), self.database.transaction() as tx:
                await tx.execute(text("SELECT 1"))
        except Exception as error:
            _log.warning("the database does not answer", error=type(error).__name__)
            return False
        return True

    async def _telegram_answers(self) -> bool:
        if self._silent_for() > self.ask_telegram_after_seconds:
            try:
                async with asyncio.timeout(_TELEGRAM_SECONDS):
                    await self.bot.get_me()
            except (TelegramError, TimeoutError) as error:
                _log.warning("Telegram does not answer", error=type(error).__name__)
        return self._silent_for() < self.telegram_silent_seconds

    def _silent_for(self) -> float:
        answered = self.metrics.telegram_answered
        return float("inf") if answered is None else time.monotonic() - answered
