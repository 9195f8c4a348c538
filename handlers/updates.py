"""Telegram's updates in, Telegram's messages out: with hearing.py the only file of this wing that speaks PTB."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import structlog
from telegram import (
    Bot,
    CallbackQuery,
    ChatMember,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from db.team.team import Role
from handlers.conversation import Conversation
from handlers.groups.groups import asks_administrator
from handlers.incoming import IncomingMessage
from handlers.pending_replies import written
from handlers.rendering import InlineCard, RenderedReply
from handlers.update_parser import UpdateParser, is_anonymous_administrator
from locales import markup

_log = structlog.get_logger(__name__)

_TRIES = 5
_LONGEST_WAIT_SECONDS = 60.0
# A session that moves is right again in a minute, and a phone that types does not ask for every letter.
_INLINE_CACHE_SECONDS = 60
_NO_BUTTONS = ("inline_keyboard",)  # a message without any can be redrawn, too


@dataclass(frozen=True)
class UpdateHandler:
    """The front door: every update passes here, once."""

    bot: Bot
    conversation: Conversation
    ears: UpdateParser
    say: Callable[[int, str, Mapping[str, Any] | None, int | None], Awaitable[None]]  # to whom, HTML, buttons, where
    show_menu: Callable[[int, Role | None], Awaitable[None]]  # the commands of one person, by their Telegram id
    said: Callable[[int], None] = lambda _chat: None  # told of every answer: it counts against Telegram's limits

    async def __call__(self, update: Update, _context: object) -> None:
        """Hears, answers, and only then, with no transaction open, speaks."""
        heard = await self._who_administers(update, self.ears(update, self.bot.username))
        answer = await self.conversation.answer(heard, f"https://t.me/{self.bot.username}")
        unsaid = list(answer.messages) if answer is not None else []
        try:
            await self._speak(update, answer, unsaid)
        except asyncio.CancelledError:
            # A stop that could not wait: what was not said is said at the next start.
            if answer is not None and answer.participant_id is not None and unsaid:
                await self.conversation.say_later(update.update_id, written(answer.participant_id, unsaid))
            raise
        except Forbidden:
            _log.info("not said: the person blocked the bot meanwhile", update=update.update_id)
        except TelegramError as error:
            _log.warning("not said", update=update.update_id, error=type(error).__name__)
            if answer is not None and answer.participant_id is not None and _may_be_said_later(error):
                await self.conversation.say_later(update.update_id, written(answer.participant_id, unsaid))
        for telegram_id, role in (answer.menus if answer is not None else {}).items():
            await self.show_menu(telegram_id, role)

    async def say_again(self, update_id: int, left: str) -> None:
        """Says what a crash kept from being said, before anything later in that chat; it may have been said already."""
        found = await self.conversation.still_to_say(left)
        if found is None:
            return
        chat, messages = found
        try:
            for each in messages:
                await self._send(chat, each)
        except TelegramError as error:
            _log.warning("not said again", update=update_id, error=type(error).__name__)
            if _may_be_said_later(error):
                await self.conversation.say_later(update_id, left)

    async def _who_administers(self, update: Update, heard: IncomingMessage) -> IncomingMessage:
        """Asks Telegram, where it matters, whether who speaks administers the group; no where it does not say."""
        if not asks_administrator(heard.kind, heard.words):
            return heard
        if is_anonymous_administrator(update):
            return replace(heard, administrator=True)
        try:
            member = await self.bot.get_chat_member(heard.chat_id, heard.telegram_id)
        except TelegramError:
            return heard
        return replace(heard, administrator=member.status in {ChatMember.OWNER, ChatMember.ADMINISTRATOR})

    async def _speak(self, update: Update, answer: RenderedReply | None, unsaid: list[markup.Message]) -> None:
        """Says one message after the other; `unsaid` keeps those that are still to be said."""
        if update.inline_query is not None and answer is not None and answer.cards is not None:
            await self._offer(update.inline_query, answer)
        query = update.callback_query
        in_time = query is not None and await self._acknowledge(query, answer)
        if answer is None or update.effective_chat is None:
            return
        # Much may stand below a card whose press is answered late: there it would change unseen.
        in_place = in_time and query is not None and query.message is not None and not answer.fresh
        for said in answer.messages:
            if in_place and query is not None:
                await self._in_place(query, said)
            else:
                await self._send(update.effective_chat.id, said)
            unsaid.remove(said)
            in_place = False

    async def _offer(self, query: InlineQuery, answer: RenderedReply) -> None:
        """Lists the cards; what people typed meanwhile has made an old query moot."""
        results = [_article(each, self.bot) for each in answer.cards or ()]
        button = InlineQueryResultsButton(answer.open_label, start_parameter="inline")
        try:
            await self.bot.answer_inline_query(
                query.id, results, cache_time=_INLINE_CACHE_SECONDS, is_personal=True, button=button
            )
        except BadRequest:
            _log.debug("an inline query was too old to be answered")

    async def _acknowledge(self, query: CallbackQuery, answer: RenderedReply | None) -> bool:
        """Stops the button's clock; False for a press too old for that, which is answered all the same."""
        toast = answer.toast[:200] if answer is not None and answer.toast else None
        try:
            await self.bot.answer_callback_query(query.id, text=toast)
        except BadRequest:
            return False
        except NetworkError:
            _log.debug("a press could not be acknowledged")
        return True

    async def _in_place(self, query: CallbackQuery, said: markup.Message) -> None:
        """Redraws the card; sends a new one where the old one cannot be changed any more."""
        assert query.message is not None, "the caller has looked"  # noqa: S101 - for the type checker
        chat, number = query.message.chat.id, query.message.message_id
        if said.file is not None or said.media is not None or "inline_keyboard" not in (said.markup or _NO_BUTTONS):
            return await self._send(chat, said)
        try:
            await self._patiently(chat, lambda: self.say(chat, said.html, said.markup, number))
        except BadRequest as error:
            if "not modified" not in error.message:
                await self._send(chat, said)

    async def _send(self, chat: int, said: markup.Message) -> None:
        if said.file is None and said.media is None:
            await self._patiently(chat, lambda: self.say(chat, said.html, said.markup, None))
            return
        buttons = _buttons(said, self.bot)
        if said.media is not None:
            known, again = said.media, {"caption": said.html, "parse_mode": "HTML", "reply_markup": buttons}
            pass_on: Any = self.bot.send_photo if known.kind == "photo" else self.bot.send_document
            await self._patiently(chat, lambda: pass_on(chat, known.file_id, **again))
            return
        assert said.file is not None, "nothing else is left"  # noqa: S101 - for the type checker
        file, words = said.file, said.html
        send = self.bot.send_photo if file.picture else self.bot.send_document
        how: dict[str, Any] = {"caption": words, "parse_mode": "HTML", "reply_markup": buttons}
        await self._patiently(chat, lambda: send(chat, file.content, filename=file.name, **how))

    async def _patiently(self, chat: int, call: Any) -> None:  # noqa: ANN401 - any of Bot's methods, already filled in
        """Calls again when Telegram says later or the line breaks; not when the message may have arrived."""
        for tried in range(1, _TRIES + 1):
            self.said(chat)
            try:
                await call()
            except RetryAfter as error:
                # One person who writes too fast is refused alone: that must not halt what others are sent.
                if tried == _TRIES or _seconds(error) > _LONGEST_WAIT_SECONDS:
                    raise
                await asyncio.sleep(_seconds(error))
            except (BadRequest, TimedOut):
                raise
            except NetworkError:
                if tried == _TRIES:
                    raise
                await asyncio.sleep(0.25 * 2**tried)
            else:
                return


def _article(offered: InlineCard, bot: Bot) -> InlineQueryResultArticle:
    said = offered.message
    content = InputTextMessageContent(said.html, parse_mode="HTML")
    buttons = _buttons(said, bot)
    return InlineQueryResultArticle(
        offered.id,
        offered.title,
        content,
        reply_markup=buttons if isinstance(buttons, InlineKeyboardMarkup) else None,
        description=offered.description,
    )


def _buttons(said: markup.Message, bot: Bot) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    if said.markup is None:
        return None
    if "inline_keyboard" in said.markup:
        return InlineKeyboardMarkup.de_json(said.markup, bot)
    if "keyboard" in said.markup:
        return ReplyKeyboardMarkup(**said.markup)
    return ReplyKeyboardRemove()


def _may_be_said_later(error: TelegramError) -> bool:
    """Whether it has not arrived, and nothing is wrong with it."""
    return isinstance(error, RetryAfter) or (
        isinstance(error, NetworkError) and not isinstance(error, BadRequest | TimedOut)
    )


def _seconds(error: RetryAfter) -> float:
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
