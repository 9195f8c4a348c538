"""Decides how updates come, and what the HTTP server shows beside them; a bot that only polls loads no server."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.config.settings import Settings
from bot.http.health import Health
from bot.http.panel_feed import PanelFeed
from bot.telegram import Telegram
from bot.updates import Polling, UpdateQueue
from db.engine.database import Database
from knowledge.programme.cycle import Cycle
from locales.translator import Translator

if TYPE_CHECKING:
    from starlette.routing import Route

    from bot.http.http_server import HttpServer
    from bot.http.webhook import Webhook


def make_update_source(
    settings: Settings, telegram: Telegram, queue: UpdateQueue, health: Health, *, pages: "Callable[[], list[Route]]"
) -> "tuple[Polling | Webhook, HttpServer | None]":
    """Returns polling, or the webhook if the operator has given an address.

    The second value is the HTTP server, where one is wanted.
    """
    url, bot, fetcher = settings.telegram.webhook.url, telegram.bot, telegram.fetcher
    if not url and not settings.http.port:
        return Polling(bot, fetcher, queue, health.rivalry), None
    # A bot that only polls starts without the server's modules.
    from bot.http.http_server import make_http_server  # noqa: PLC0415 - see above
    from bot.http.webhook import Webhook, secret_of  # noqa: PLC0415 - the same

    if not url:
        return Polling(bot, fetcher, queue, health.rivalry), make_http_server(settings, health, None, pages())
    webhook = Webhook(bot, queue, health.metrics, url, secret_of(settings))
    return webhook, make_http_server(settings, health, webhook.route(), pages())


def make_pages(database: Database, cycle: Cycle, translator: Translator, feed: PanelFeed) -> "list[Route]":
    """Returns the pages that everybody may open: verifying a certificate, and a panel, behind its secret link."""
    from bot.http.panel_pages import panel_routes  # noqa: PLC0415 - the server's modules, as above
    from bot.http.verify_page import VerifyPage  # noqa: PLC0415 - the server's modules, as above

    return VerifyPage(database, cycle, translator).routes() + panel_routes(feed)
