"""Sends, edits and deletes messages, and answers presses; names every error, with the one policy for trying again."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal

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
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    PassportDecryptionError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from locales.translator import Message

State = Literal["sent", "unreachable", "refused", "moved", "unknown", "later", "unauthorized"]
_LONGEST_REASON = 200
_TRIES = 5
_LONGEST_PAUSE_SECONDS = 60.0
_FIRST_PAUSE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class SendResult:
    """`state`: "sent"; "unreachable", they blocked the bot; "refused", Telegram takes it from nobody; "moved", the
    group has become a supergroup, whose number is `moved_to`; "unknown", it may have arrived; "later", it has not, and
    may be tried again (after `retry_after` seconds, where Telegram says so); "unauthorized", Telegram does not know the
    token: no message is to blame, and none will leave until that is mended.
    """

    state: State
    message_id: int | None = None
    reason: str | None = None
    retry_after: float | None = None
    moved_to: int | None = None


# Every class of PTB's; the nearest one counts. docs/operations.md has the same table for operators. Only what is about
# that chat or message is final. What timed out may have been delivered (python-telegram-bot #1045).
MEANINGS: Mapping[type[TelegramError], State] = {
    BadRequest: "refused",
    ChatMigrated: "moved",
    Forbidden: "unreachable",
    RetryAfter: "later",
    Conflict: "later",
    NetworkError: "later",
    TimedOut: "unknown",
    TelegramError: "unknown",  # alone it stands for an answer that could not be read
    PassportDecryptionError: "unknown",  # no call of ours meets it
    InvalidToken: "unauthorized",
    EndPointNotFound: "unauthorized",  # 404, as InvalidToken: the server knows neither
}
# A 400 that is about the whole bot. Source: https://core.telegram.org/bots/api#logout
_LOGGED_OUT = "logged out"


def result_of(error: TelegramError) -> SendResult:
    """Returns what that error means for the message that was being sent."""
    state = next(MEANINGS[kind] for kind in type(error).__mro__ if kind in MEANINGS)
    if state == "refused" and _LOGGED_OUT in error.message.lower():
        state = "later"
    final = state in {"unreachable", "refused"}
    return SendResult(
        state,
        reason=error.message[:_LONGEST_REASON] if final else type(error).__name__,
        retry_after=retry_seconds(error) if isinstance(error, RetryAfter) else None,
        moved_to=error.new_chat_id if isinstance(error, ChatMigrated) else None,
    )


def says_no_topic(error: BadRequest) -> bool:
    """Returns whether a forum's topic takes nothing (any more): it is gone, or closed."""
    words = error.message.lower()
    return "message thread not found" in words or "topic_closed" in words or "topic_deleted" in words


def says_not_modified(error: BadRequest) -> bool:
    """Returns whether an edit found the message as it should be: an earlier try had arrived."""
    return "not modified" in error.message


def says_deleted_already(error: BadRequest) -> bool:
    """Returns whether a message that was to be deleted is gone."""
    return "message to delete not found" in error.message.lower()


def retry_seconds(error: RetryAfter) -> float:
    """Returns how many seconds Telegram says to wait; PTB gives a number or a timedelta, as its settings have it."""
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)


def may_try_again(result: SendResult, tried: int) -> bool:
    """Returns whether a message that was tried so often may be tried once more: it has not arrived, nor is it wrong."""
    return result.state == "later" and tried < _TRIES


def pause_seconds(result: SendResult, tried: int) -> float:
    """Returns how long to wait after that many tries: what Telegram says, else twice as long each time."""
    return result.retry_after if result.retry_after is not None else _FIRST_PAUSE_SECONDS * 2 ** (tried - 1)


async def send_with_retries(send: Callable[[], Awaitable[SendResult]]) -> SendResult:
    """Tries until it is clear what became of the message, or no more tries make sense; returns the last result."""
    tried = 1
    while True:
        result = await send()
        pause = pause_seconds(result, tried)
        if not may_try_again(result, tried) or pause > _LONGEST_PAUSE_SECONDS:
            return result
        await asyncio.sleep(pause)
        tried += 1


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
