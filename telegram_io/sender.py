"""Sends, edits and deletes messages, and answers presses; every error becomes a SendResult."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog
import telegram
from telegram import (
    Bot,
    ChatMember,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest, TelegramError

from locales.markup import Message
from telegram_io.send_result import (
    SendResult,
    result_of,
    says_deleted_already,
    says_no_topic,
    says_not_modified,
    send_with_retries,
)

_log = structlog.get_logger(__name__)

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
# What PTB raises where Telegram's answer to a message is no message.
_UNREADABLE = (KeyError, TypeError, AttributeError)
# A session that moves is right again in a minute, and a phone that types does not ask for every letter.
_INLINE_CACHE_SECONDS = 60
_LONGEST_TOAST = 200  # Source: https://core.telegram.org/bots/api#answercallbackquery
_NO_BUTTONS = ("inline_keyboard",)  # a message without any can be changed, too


class Sender:
    """Sends a message of ours, once.

    `paid`: what is beyond Telegram's free rate is paid for, as the operator has asked.
    Source: https://core.telegram.org/bots/faq#how-can-i-message-all-of-my-bot-39s-subscribers-at-once
    """

    def __init__(self, bot: Bot, *, paid: bool = False) -> None:
        self._bot = bot
        # Only where it is asked for: a server of the Bot API that is older than this need not know the word.
        self._new: dict[str, Any] = {"parse_mode": "HTML"} | ({"allow_paid_broadcast": True} if paid else {})

    async def send(self, chat_id: int, message: Message) -> SendResult:
        """Sends a new message; outside of its topic where that one takes nothing (any more)."""
        try:
            number = (await self._send(chat_id, message)).message_id
        except BadRequest as error:
            if message.topic is not None and says_no_topic(error):
                return await self.send(chat_id, replace(message, topic=None))
            return result_of(error)
        except TelegramError as error:
            return result_of(error)
        except _UNREADABLE as error:
            return SendResult("unknown", reason=type(error).__name__)
        return SendResult("sent", message_id=number)

    async def edit(self, chat_id: int, message_id: int, message: Message) -> SendResult:
        """Changes what a message of ours says, where it stands; of a picture or a file, what stands under it."""
        how: dict[str, Any] = {"parse_mode": "HTML", "reply_markup": inline_keyboard(message.markup)}

        async def change() -> object:
            if message.media is None:
                return await self._bot.edit_message_text(message.html, chat_id, message_id, **how)
            return await self._bot.edit_message_caption(chat_id, message_id, caption=message.html, **how)

        return await _change(message_id, change, done_already=says_not_modified)

    async def delete(self, chat_id: int, message_id: int) -> SendResult:
        """Deletes a message of ours, which Telegram allows for 48 hours; one that is gone already counts as deleted."""
        return await _change(
            message_id, lambda: self._bot.delete_message(chat_id, message_id), done_already=says_deleted_already
        )

    async def _send(self, chat_id: int, message: Message) -> telegram.Message:
        topic = {"message_thread_id": message.topic} if message.topic is not None else {}
        how = {"reply_markup": keyboard(message.markup)} | topic | self._new
        if message.media is not None:
            known = message.media
            pass_on: Any = self._bot.send_photo if known.kind == "photo" else self._bot.send_document
            passed_on: telegram.Message = await pass_on(chat_id, known.file_id, caption=message.html, **how)
            return passed_on
        if message.file is not None:
            file = message.file
            send: Any = self._bot.send_photo if file.picture else self._bot.send_document
            sent: telegram.Message = await send(chat_id, file.content, filename=file.name, caption=message.html, **how)
            return sent
        return await self._bot.send_message(chat_id, message.html, **how)


async def _change(
    message_id: int, call: Callable[[], Awaitable[object]], *, done_already: Callable[[BadRequest], bool]
) -> SendResult:
    try:
        await call()
    except BadRequest as error:
        return SendResult("sent", message_id=message_id) if done_already(error) else result_of(error)
    except TelegramError as error:
        return result_of(error)
    except _UNREADABLE as error:
        return SendResult("unknown", reason=type(error).__name__)
    return SendResult("sent", message_id=message_id)


@dataclass(frozen=True, slots=True)
class InlineCard:
    """A card in the list under an inline query, and the message it becomes."""

    id: str
    title: str
    description: str
    message: Message


@dataclass(frozen=True)
class ReplySender:
    """Sends answers to what somebody has just said or pressed: at once, past the rate limit of what we send first."""

    bot: Bot
    sender: Sender
    before_each: Callable[[int], None] = lambda _chat: None  # is told the chat before every try: it counts as a message

    @property
    def username(self) -> str:
        """Returns the bot's name in links and mentions. Raises RuntimeError before Telegram was asked for it."""
        return self.bot.username

    async def send(self, chat_id: int, message: Message) -> SendResult:
        """Sends a new message; tries again where Telegram says later or the line breaks, and where a group is now."""

        async def once() -> SendResult:
            self.before_each(chat_id)
            return await self.sender.send(chat_id, message)

        result = await send_with_retries(once)
        if result.moved_to is None or result.moved_to == chat_id:
            return result
        return replace(await self.send(result.moved_to, message), moved_to=result.moved_to)

    async def replace(self, chat_id: int, message_id: int, message: Message) -> SendResult:
        """Changes that message; sends a new one where it cannot be changed (any more)."""
        if not _fits_in_place(message):
            return await self.send(chat_id, message)

        async def once() -> SendResult:
            self.before_each(chat_id)
            return await self.sender.edit(chat_id, message_id, message)

        result = await send_with_retries(once)
        return await self.send(chat_id, message) if result.state in {"refused", "moved"} else result

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

    async def fetch_file(self, file_id: str, *, most: int) -> bytes | None:
        """Returns what is in that file; None where Telegram does not hand it over, or it is larger than that.

        Source: https://core.telegram.org/bots/api#getfile
        """
        try:
            file = await self.bot.get_file(file_id)
            if (file.file_size or 0) > most:
                return None
            return bytes(await file.download_as_bytearray())
        except (TelegramError, OSError) as error:
            _log.info("a file could not be fetched", error=type(error).__name__)
            return None

    async def is_administrator(self, chat_id: int, telegram_id: int) -> bool | None:
        """Asks Telegram whether that person administers that group; returns None where it does not say.

        Where members are hidden it tells a bot that is no administrator nothing of one of them, but who administers.
        Source: https://core.telegram.org/bots/api#getchatmember
        """
        try:
            member = await self.bot.get_chat_member(chat_id, telegram_id)
        except TelegramError:
            return await self._is_listed_administrator(chat_id, telegram_id)
        return member.status in {ChatMember.OWNER, ChatMember.ADMINISTRATOR}

    async def _is_listed_administrator(self, chat_id: int, telegram_id: int) -> bool | None:
        try:
            listed = await self.bot.get_chat_administrators(chat_id)
        except TelegramError:
            return None
        return any(each.user.id == telegram_id for each in listed)


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


def keyboard(markup: Mapping[str, Any] | None) -> Keyboard | None:
    """Returns what stands under a message or in place of the phone's keyboard; None for nothing."""
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        return inline_keyboard(markup)
    if "keyboard" in markup:
        rows = [[KeyboardButton(**each) for each in row] for row in markup["keyboard"]]
        return ReplyKeyboardMarkup(rows, **{name: value for name, value in markup.items() if name != "keyboard"})
    return ReplyKeyboardRemove()


def inline_keyboard(markup: Mapping[str, Any] | None) -> InlineKeyboardMarkup | None:
    """Returns the buttons under a message; None where there are none, or others."""
    if markup is None or "inline_keyboard" not in markup:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(**each) for each in row] for row in markup["inline_keyboard"]])
