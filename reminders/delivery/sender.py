"""One message to Telegram; every error gets a name."""

from datetime import timedelta
from typing import Any

import telegram
from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from db.delivery import outbox
from locales.markup import Message
from reminders.delivery.outcome import Outcome


class Sender:
    """Speaks first, in a private chat.

    `paid`: what is beyond Telegram's free rate is paid for, as the operator has asked.
    Source: https://core.telegram.org/bots/faq#how-can-i-message-all-of-my-bot-39s-subscribers-at-once
    """

    def __init__(self, bot: Bot, *, paid: bool = False) -> None:
        self._bot = bot
        # Only where it is asked for: a server of the Bot API that is older than this need not know the word.
        self._new: dict[str, Any] = {"parse_mode": "HTML"} | ({"allow_paid_broadcast": True} if paid else {})

    async def carry_out(self, kind: str, message_id: int | None, chat_id: int, message: Message) -> Outcome:
        """What a letter of that kind asks for: a new message, or an old one changed or deleted."""
        if message_id is not None and kind == outbox.RECALL:
            return await self.delete(chat_id, message_id)
        if message_id is not None and kind in {outbox.CORRECTION, outbox.AMENDMENT, outbox.REVISION}:
            return await self.correct(chat_id, message_id, message)
        return await self.send(chat_id, message)

    async def send(self, chat_id: int, message: Message) -> Outcome:
        """Tries once."""
        markup = InlineKeyboardMarkup.de_json(message.markup, self._bot) if message.markup else None
        try:
            sent = await self._say(chat_id, message, markup)
        except TelegramError as error:
            return outcome_of(error)
        return Outcome(outbox.SENT, message_id=sent.message_id)

    async def correct(self, chat_id: int, message_id: int, message: Message) -> Outcome:
        """Changes what a message of ours says, where it stands; of a picture or a file, what stands under it."""
        markup = InlineKeyboardMarkup.de_json(message.markup, self._bot) if message.markup else None
        how: dict[str, Any] = {"parse_mode": "HTML", "reply_markup": markup}
        try:
            if message.media is None:
                await self._bot.edit_message_text(message.html, chat_id, message_id, **how)
            else:
                await self._bot.edit_message_caption(chat_id, message_id, caption=message.html, **how)
        except BadRequest as error:
            # It says so already: an earlier try had arrived.
            done = "not modified" in error.message
            return Outcome(outbox.SENT, message_id=message_id) if done else outcome_of(error)
        except TelegramError as error:
            return outcome_of(error)
        return Outcome(outbox.SENT, message_id=message_id)

    async def delete(self, chat_id: int, message_id: int) -> Outcome:
        """Takes a message of ours back, which Telegram allows for 48 hours; one that is gone already is taken back."""
        try:
            await self._bot.delete_message(chat_id, message_id)
        except BadRequest as error:
            gone = "message to delete not found" in error.message.lower()
            return Outcome(outbox.SENT, message_id=message_id) if gone else outcome_of(error)
        except TelegramError as error:
            return outcome_of(error)
        return Outcome(outbox.SENT, message_id=message_id)

    async def _say(self, chat_id: int, message: Message, markup: InlineKeyboardMarkup | None) -> telegram.Message:
        if message.media is not None:
            known, how = message.media, {"caption": message.html, "reply_markup": markup} | self._new
            pass_on: Any = self._bot.send_photo if known.kind == "photo" else self._bot.send_document
            passed_on: telegram.Message = await pass_on(chat_id, known.file_id, **how)
            return passed_on
        if message.file is None:
            return await self._bot.send_message(chat_id, message.html, reply_markup=markup, **self._new)
        file, words = message.file, message.html
        send = self._bot.send_photo if file.picture else self._bot.send_document
        return await send(chat_id, file.content, filename=file.name, caption=words, reply_markup=markup, **self._new)


def outcome_of(error: TelegramError) -> Outcome:
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
