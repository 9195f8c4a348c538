"""Finds what a start would refuse, before it: `ciclo check`."""

import asyncio
import re
import socket
from pathlib import Path

from bot.config.settings import TELEGRAM, ConfigError, Settings, token_of
from bot.http.webhook_address import LOCAL_TOKEN, TOKEN
from bot.process.sentry import report_to
from db.admin import checking, schema
from db.admin.transfer import TransferError
from db.engine.database_url import DatabaseUrlError
from knowledge.loading.cycle_loader import ContentError, load_cycle
from locales.translator import CatalogueError, load_catalogues

# What an operator can mend. One line, exit code 2; anything else is a bug and shows where it happened.
MENDABLE = (
    ConfigError,
    ContentError,
    CatalogueError,
    schema.DatabaseUnavailableError,
    schema.DatabaseFromTheFutureError,
    schema.DatabaseOutdatedError,
    TransferError,
    DatabaseUrlError,
)


def problems(settings: Settings, content: Path) -> list[str]:
    """Tries each thing that a start needs, with the content packs of that folder; a line for each that fails."""
    found = []
    for step in (
        lambda: check_token(token_of(settings), settings.telegram.base_url),
        lambda: load_cycle(content / settings.cycle.content),
        load_catalogues,
        lambda: asyncio.run(checking.check(settings.database.url)),
        lambda: _check_listening(settings),
        lambda: _check_reports(settings),
    ):
        try:
            step()
        except MENDABLE as error:
            found.append(str(error))
    return found


def check_token(token: str, base_url: str = TELEGRAM) -> str:
    """Returns the token. Raises ConfigError where that Bot API server can have given no such token."""
    shape: re.Pattern[str] = TOKEN if base_url == TELEGRAM else LOCAL_TOKEN
    if shape.fullmatch(token):
        return token
    raise ConfigError(
        "telegram.token is no token of a bot: copy all of it from @BotFather, digits, a colon and some 35 signs"
    )


def _check_listening(settings: Settings) -> None:
    """Raises ConfigError where an address to listen on is none of this machine's; a port may be our own bot's."""
    webhook, http = settings.telegram.webhook, settings.http
    wanted = {"telegram.webhook.listen": (webhook.listen, webhook.url), "http.listen": (http.listen, http.port)}
    for key, (host, used) in wanted.items():
        if not used:
            continue
        try:
            socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
        except OSError as error:
            raise ConfigError(f"{key}: cannot listen on {host}: {error.strerror}; choose another") from error


def _check_reports(settings: Settings) -> None:
    if dsn := settings.reports.sentry_dsn.get_secret_value():
        report_to(dsn)
