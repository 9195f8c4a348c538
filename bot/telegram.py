"""Makes the bot's ways to Telegram: what fetches updates, what sends, and what is told of a token that has ended."""

from dataclasses import dataclass

from telegram import Bot

from bot.config.settings import Settings, token_of
from bot.http.metrics import InstrumentedRequest, Metrics
from bot.process.stopping import Ending
from telegram_io.sender import Sender
from telegram_io.transport import AiohttpRequest, DiscreetRequest, make_bot
from telegram_io.updates import UpdateFetcher


@dataclass(frozen=True)
class Telegram:
    """The bot, what fetches its updates, and its senders."""

    bot: Bot
    fetcher: UpdateFetcher
    replies: Sender
    first: Sender  # of what we send first, which may be paid for
    ending: Ending  # is told of a token that is not known any more


def make_telegram(settings: Settings, request: DiscreetRequest | None, metrics: Metrics) -> Telegram:
    """Returns the ways to Telegram, metered."""
    ending = Ending()
    speaking = InstrumentedRequest(request or AiohttpRequest(), metrics, ending)
    listening = InstrumentedRequest(request or AiohttpRequest(connections=1), metrics, ending)
    bot = make_bot(token_of(settings), settings.telegram.base_url, speaking, listening)
    paid = settings.delivery.paid
    return Telegram(bot, UpdateFetcher(bot, listening), Sender(bot), Sender(bot, paid=paid), ending)
