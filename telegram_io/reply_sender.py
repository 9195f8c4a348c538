"""Sends answers to what somebody has just said or pressed: at once, past the pace of what we send first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from telegram import (
    Bot,
    ChatMember,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from telegram.error import BadRequest, TelegramError

from locales.markup import Message
from telegram_io.errors import SendResult
from telegram_io.keyboards import inline_keyboard
from telegram_io.retry import patiently
from telegram_io.sender import Sender

_log = structlog.get_logger(__name__)

# A session that moves is right again in a minute, and a phone that types does not ask for every letter.
_INLINE_CACHE_SECONDS = 60
_LONGEST_TOAST = 200  # Source: https://core.telegram.org/bots/api#answercallbackquery
_NO_BUTTONS = ("inline_keyboard",)  # a message without any can be changed, too


@dataclass(frozen=True, slots=True)
class InlineCard:
    """A card in the list under an inline query, and the message it becomes."""

    id: str
    title: str
    description: str
    message: Message


@dataclass(frozen=True)
class ReplySender:
    """Sends answers."""

    bot: Bot
    sender: Sender
    before_each: Callable[[int], None] = lambda _chat: None  # is told the chat before every try: it counts as a message

    async def send(self, chat_id: int, message: Message) -> SendResult:
        """Sends a new message; tries again where Telegram says later or the line breaks."""

        async def once() -> SendResult:
            self.before_each(chat_id)
            return await self.sender.send(chat_id, message)

        return await patiently(once)

    async def replace(self, chat_id: int, message_id: int, message: Message) -> SendResult:
        """Changes that message; sends a new one where it cannot be changed (any more)."""
        if not _fits_in_place(message):
            return await self.send(chat_id, message)

        async def once() -> SendResult:
            self.before_each(chat_id)
            return await self.sender.edit(chat_id, message_id, message)

        result = await patiently(once)
        return await self.send(chat_id, message) if result.state == "refused" else result

    async def acknowledge(self, callback_query_id: str, toast: str | None) -> bool:
        """Stops the button's clock, with a short word; returns False for a press too old for that."""
        try:
            await self.bot.answer_callback_query(callback_query_id, text=toast[:_LONGEST_TOAST] if toast else None)
        except BadRequest:
            return False
        except TelegramError as error:
            _log.debug("a press could not be acknowledged", error=type(error).__name__)
        return True

    async def offer(self, inline_query_id: str, cards: Sequence[InlineCard], open_label: str) -> None:
        """Lists the cards; what people typed meanwhile has made an old query moot."""
        button = InlineQueryResultsButton(open_label, start_parameter="inline")
        try:
            await self.bot.answer_inline_query(
                inline_query_id,
                [_article(each) for each in cards],
                cache_time=_INLINE_CACHE_SECONDS,
                is_personal=True,
                button=button,
            )
        except BadRequest:
            _log.debug("an inline query was too old to be answered")
        except TelegramError as error:
            _log.warning("an inline query was not answered", error=type(error).__name__)

    async def is_administrator(self, chat_id: int, telegram_id: int) -> bool:
        """Asks Telegram whether that person administers that group; returns False where it does not say."""
        try:
            member = await self.bot.get_chat_member(chat_id, telegram_id)
        except TelegramError:
            return False
        return member.status in {ChatMember.OWNER, ChatMember.ADMINISTRATOR}


def _fits_in_place(message: Message) -> bool:
    return message.file is None and message.media is None and "inline_keyboard" in (message.markup or _NO_BUTTONS)


def _article(card: InlineCard) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        card.id,
        card.title,
        InputTextMessageContent(card.message.html, parse_mode="HTML"),
        reply_markup=inline_keyboard(card.message.markup),
        description=card.description,
    )
