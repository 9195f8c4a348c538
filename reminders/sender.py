"""One message to Telegram; every error gets a name."""

from datetime import timedelta

import telegram
from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from db import outbox
from locales.markup import Message
from reminders.outcome import Outcome


class Sender:
    """Speaks first, in a private chat."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, chat_id: int, message: Message) -> Outcome:
        """Tries once."""
        markup = InlineKeyboardMarkup.de_json(message.markup, self._bot) if message.markup else None
        try:
            sent = await self._say(chat_id, message, markup)
        except TelegramError as error:
            return named(error)
        return Outcome(outbox.SENT, message_id=sent.message_id)

    async def correct(self, chat_id: int, message_id: int, message: Message) -> Outcome:
        """Changes what a message of ours says, where it stands."""
        markup = InlineKeyboardMarkup.de_json(message.markup, self._bot) if message.markup else None
        try:
            await self._bot.edit_message_text(message.html, chat_id, message_id, parse_mode="HTML", reply_markup=markup)
        except BadRequest as error:
            # It says so already: an earlier try had arrived.
            done = "not modified" in error.message
            return Outcome(outbox.SENT, message_id=message_id) if done else named(error)
        except TelegramError as error:
            return named(error)
        return Outcome(outbox.SENT, message_id=message_id)

    async def _say(self, chat_id: int, message: Message, markup: InlineKeyboardMarkup | None) -> telegram.Message:
        if message.file is None:
            return await self._bot.send_message(chat_id, message.html, parse_mode="HTML", reply_markup=markup)
        file, words = message.file, message.html
        send = self._bot.send_photo if file.picture else self._bot.send_document
        return await send(
            chat_id, file.content, filename=file.name, caption=words, parse_mode="HTML", reply_markup=markup
        )


def named(error: TelegramError) -> Outcome:
    """The outcome that an error of python-telegram-bot stands for."""
    reason = type(error).__name__
    match error:
        case RetryAfter():
            return Outcome(None, reason=reason, retry_after=retry_seconds(error))
        case Forbidden():
            return Outcome(outbox.UNREACHABLE, reason=error.message[:200])
        case BadRequest() | ChatMigrated():  # BadRequest is a NetworkError to PTB, but asking again will not help
            return Outcome(outbox.REFUSED, reason=error.message[:200])
        case TimedOut():  # it may have been delivered: python-telegram-bot #1045
            return Outcome(outbox.UNKNOWN, reason=reason)
        case NetworkError():
            return Outcome(None, reason=reason)
        case _:
            return Outcome(outbox.REFUSED, reason=error.message[:200])


def retry_seconds(error: RetryAfter) -> float:
    """How long Telegram says to wait; PTB gives a number or a timedelta, as its settings have it."""
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
