"""Telegram's updates in, Telegram's messages out: the only file of this wing that speaks PTB."""

import asyncio
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import structlog
from telegram import (
    Bot,
    CallbackQuery,
    Chat,
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

from handlers.conversation import Answer, Conversation, Heard, Offered
from handlers.groups import asks_administrator
from locales import markup

_log = structlog.get_logger(__name__)

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_TRIES = 5
_LONGEST_WAIT_SECONDS = 60.0
# A session that moves is right again in a minute, and a phone that types does not ask for every letter.
_INLINE_CACHE_SECONDS = 60


@dataclass(frozen=True)
class Updates:
    """The front door: every update passes here, once."""

    bot: Bot
    conversation: Conversation

    async def __call__(self, update: Update, _context: object) -> None:
        """Hears, answers, and only then, with no transaction open, speaks."""
        heard = await self._who_administers(update, hear(update, self.bot.username))
        answer = await self.conversation.answer(heard, f"https://t.me/{self.bot.username}")
        unsaid = list(answer.messages) if answer is not None else []
        try:
            await self._speak(update, answer, unsaid)
        except asyncio.CancelledError:
            # A stop that could not wait: what was not said is said at the next start.
            if answer is not None and answer.participant_id is not None and unsaid:
                await self.conversation.say_later(update.update_id, answer.participant_id, unsaid)
            raise
        except Forbidden:
            _log.info("not said: the person blocked the bot meanwhile", update=update.update_id)
        except TelegramError as error:
            _log.warning("not said", update=update.update_id, error=type(error).__name__)

    async def _who_administers(self, update: Update, heard: Heard) -> Heard:
        """Asks Telegram, where it matters, whether who speaks administers the group; no where it does not say."""
        if not asks_administrator(heard.kind, heard.words):
            return heard
        if _anonymous_administrator(update):
            return replace(heard, administrator=True)
        try:
            member = await self.bot.get_chat_member(heard.chat_id, heard.telegram_id)
        except TelegramError:
            return heard
        return replace(heard, administrator=member.status in {ChatMember.OWNER, ChatMember.ADMINISTRATOR})

    async def _speak(self, update: Update, answer: Answer | None, unsaid: list[markup.Message]) -> None:
        """Says one message after the other; `unsaid` keeps those that are still to be said."""
        if update.inline_query is not None and answer is not None and answer.cards is not None:
            await self._offer(update.inline_query, answer)
        query = update.callback_query
        if query is not None:
            await self._acknowledge(query, answer)
        if answer is None or update.effective_chat is None:
            return
        in_place = query is not None and query.message is not None and not answer.fresh
        for said in answer.messages:
            if in_place and query is not None:
                await self._in_place(query, said)
            else:
                await self._send(update.effective_chat.id, said)
            unsaid.remove(said)
            in_place = False

    async def _offer(self, query: InlineQuery, answer: Answer) -> None:
        """Lists the cards; what people typed meanwhile has made an old query moot."""
        results = [_article(each, self.bot) for each in answer.cards or ()]
        button = InlineQueryResultsButton(answer.open_label, start_parameter="inline")
        try:
            await self.bot.answer_inline_query(
                query.id, results, cache_time=_INLINE_CACHE_SECONDS, is_personal=True, button=button
            )
        except BadRequest:
            _log.debug("an inline query was too old to be answered")

    async def _acknowledge(self, query: CallbackQuery, answer: Answer | None) -> None:
        """Stops the button's clock; a press too old to be acknowledged is answered all the same."""
        toast = answer.toast[:200] if answer is not None and answer.toast else None
        try:
            await self.bot.answer_callback_query(query.id, text=toast)
        except (BadRequest, NetworkError):
            _log.debug("a press could not be acknowledged")

    async def _in_place(self, query: CallbackQuery, said: markup.Message) -> None:
        """Redraws the card; sends a new one where the old one cannot be changed any more."""
        assert query.message is not None, "the caller has looked"  # noqa: S101 - for the type checker
        chat, number = query.message.chat.id, query.message.message_id
        buttons = _buttons(said, self.bot)
        if said.file is not None or not isinstance(buttons, InlineKeyboardMarkup | None):
            return await self._send(chat, said)
        try:
            await _patiently(
                lambda: self.bot.edit_message_text(said.html, chat, number, parse_mode="HTML", reply_markup=buttons)
            )
        except BadRequest as error:
            if "not modified" not in error.message:
                await self._send(chat, said)

    async def _send(self, chat: int, said: markup.Message) -> None:
        buttons = _buttons(said, self.bot)
        if said.file is None:
            await _patiently(lambda: self.bot.send_message(chat, said.html, parse_mode="HTML", reply_markup=buttons))
            return
        file, words = said.file, said.html
        await _patiently(
            lambda: self.bot.send_document(
                chat, file.content, filename=file.name, caption=words, parse_mode="HTML", reply_markup=buttons
            )
        )


def hear(update: Update, username: str) -> Heard:
    """The update without Telegram's clothes; `nothing` for what asks nothing of us."""
    number, user, chat = update.update_id, update.effective_user, update.effective_chat
    if user is not None and update.inline_query is not None:
        return Heard(number, "inline", user.id, user.language_code, update.inline_query.query)
    if user is None or chat is None or (user.is_bot and not _anonymous_administrator(update)):
        return Heard(number, "nothing")
    who: dict[str, Any] = {"telegram_id": user.id, "phone_language": user.language_code, "name": user.full_name}
    if chat.type != Chat.PRIVATE:
        return _in_group(update, username, who | {"chat_id": chat.id})
    if update.my_chat_member is not None:
        return Heard(number, "blocked" if _out(update.my_chat_member.new_chat_member) else "unblocked", **who)
    if update.callback_query is not None:
        return Heard(number, "press", words=update.callback_query.data or "", **who)
    return _message(update, who) if update.message is not None else Heard(number, "nothing")


def _out(member: ChatMember) -> bool:
    return member.status in {ChatMember.BANNED, ChatMember.LEFT}


def _anonymous_administrator(update: Update) -> bool:
    """Somebody who administers the group and speaks in its name."""
    said = update.message
    return said is not None and said.sender_chat is not None and said.sender_chat.id == said.chat.id


def _message(update: Update, who: dict[str, Any]) -> Heard:
    said = update.message
    assert said is not None, "the caller has looked"  # noqa: S101 - for the type checker
    if said.via_bot is not None:
        return Heard(update.update_id, "nothing")  # one of our own cards, sent here
    who["said_at"] = said.date
    if said.location is not None:
        position = (said.location.latitude, said.location.longitude)
        return Heard(update.update_id, "location", position=position, **who)
    if said.text is None:
        return Heard(update.update_id, "other", **who)
    if match := _COMMAND.fullmatch(said.text):
        return Heard(update.update_id, "command", words=match[1], rest=(match[3] or "").strip(), **who)
    return Heard(update.update_id, "words", words=said.text, **who)


def _in_group(update: Update, username: str, who: dict[str, Any]) -> Heard:
    """Only what is for us is heard there: everybody else's talk is none of our business."""
    number, said, change = update.update_id, update.message, update.my_chat_member
    if change is not None and change.chat.type != Chat.CHANNEL:
        if _out(change.new_chat_member):
            return Heard(number, "removed", **who)
        return Heard(number, "added" if _out(change.old_chat_member) else "nothing", **who)
    if update.callback_query is not None:
        return Heard(number, "group_press", words=update.callback_query.data or "", **who)
    if said is None or change is not None:
        return Heard(number, "nothing")
    if said.migrate_to_chat_id is not None:
        return Heard(number, "moved", words=str(said.migrate_to_chat_id), **who)
    return _for_us(number, said.text or "", username, who)


def _for_us(number: int, words: str, username: str, who: dict[str, Any]) -> Heard:
    """A command that names us, or words that do."""
    match = _COMMAND.fullmatch(words)
    if match is not None:
        ours = (match[2] or "").lower() == username.lower()
        rest = (match[3] or "").strip()
        return Heard(number, "group_command", words=match[1], rest=rest, **who) if ours else Heard(number, "nothing")
    asked, named = re.subn(rf"@{re.escape(username)}\b", " ", words, flags=re.IGNORECASE)
    return Heard(number, "mention", words=asked.strip(" ,:"), **who) if named else Heard(number, "nothing")


def _article(offered: Offered, bot: Bot) -> InlineQueryResultArticle:
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


async def _patiently(call: Any) -> None:  # noqa: ANN401 - any of Bot's methods, already filled in
    """Calls again when Telegram says later or the line breaks; not when the message may have arrived."""
    for tried in range(1, _TRIES + 1):
        try:
            await call()
        except RetryAfter as error:
            if tried == _TRIES:
                raise
            await asyncio.sleep(min(_seconds(error), _LONGEST_WAIT_SECONDS))
        except (BadRequest, TimedOut):
            raise
        except NetworkError:
            if tried == _TRIES:
                raise
            await asyncio.sleep(0.25 * 2**tried)
        else:
            return


def _seconds(error: RetryAfter) -> float:
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
