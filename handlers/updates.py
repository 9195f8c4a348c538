"""The front door: each update is parsed, answered within one transaction, and only then is the answer sent."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import structlog

from db.team.team import Role
from handlers.conversation import Conversation
from handlers.flood import FloodFilter
from handlers.groups import needs_administrator
from handlers.rendering import RenderedReply, serialize_messages
from locales import markup
from telegram_io.incoming import IncomingMessage, ReplyTarget
from telegram_io.send_result import SendResult
from telegram_io.sender import ReplySender
from telegram_io.updates import ReceivedUpdate, parse_update

_log = structlog.get_logger(__name__)

_SENT = SendResult("sent")
# It has certainly not arrived, and may at another time.
_NOT_YET = frozenset({"later", "unauthorized"})


@dataclass(frozen=True)
class UpdateHandler:
    """The front door: every update passes here, once."""

    conversation: Conversation
    flood: FloodFilter
    replies: ReplySender
    show_menu: Callable[[int, Role | None], Awaitable[None]]  # the commands of one person, by their Telegram id

    async def __call__(self, received: ReceivedUpdate) -> None:
        """Parses, answers, and only then, with no transaction open, sends."""
        username = self.replies.username
        message = await self._with_administrator(self.flood(parse_update(received.update, username)))
        answer = await self.conversation.answer(message, f"https://t.me/{username}")
        unsaid = list(answer.messages) if answer is not None else []
        try:
            result = await self._send_answer(message.reply_to, answer, unsaid)
            if result.moved_to is not None and message.chat_id:
                await self.conversation.follow_group(message.chat_id, result.moved_to)
        except asyncio.CancelledError:
            # A stop that could not wait: what was not said is said at the next start.
            await self._say_later(message, answer, unsaid)
            raise
        if result.state == "unreachable":
            _log.info("not said: the person blocked the bot meanwhile", update=message.update_id)
        elif result.state != "sent":
            _log.warning("not said", update=message.update_id, state=result.state)
        if result.state in _NOT_YET:
            await self._say_later(message, answer, unsaid)
        for telegram_id, role in (answer.menus if answer is not None else {}).items():
            await self.show_menu(telegram_id, role)

    async def say_again(self, update_id: int, left: str) -> None:
        """Says what a crash kept from being said, before anything later in that chat; it may have been said already."""
        found = await self.conversation.still_to_say(left)
        if found is None:
            return
        chat, messages = found
        for each in messages:
            result = await self.replies.send(chat, each)
            if result.state != "sent":
                _log.warning("not said again", update=update_id, state=result.state)
                if result.state in _NOT_YET:
                    await self.conversation.say_later(update_id, left)
                return

    async def _say_later(
        self, message: IncomingMessage, answer: RenderedReply | None, unsaid: list[markup.Message]
    ) -> None:
        if answer is not None and answer.participant_id is not None and unsaid:
            await self.conversation.say_later(message.update_id, serialize_messages(answer.participant_id, unsaid))

    async def _with_administrator(self, message: IncomingMessage) -> IncomingMessage:
        """Asks Telegram, where it matters, whether who speaks administers the group; no where it does not say."""
        if message.administrator or not message.chat_id or not needs_administrator(message.kind, message.words):
            return message
        asked = await self.replies.is_administrator(message.chat_id, message.telegram_id)
        return replace(message, administrator=asked)

    async def _send_answer(
        self, target: ReplyTarget, answer: RenderedReply | None, unsaid: list[markup.Message]
    ) -> SendResult:
        """Sends one message after the other until one does not arrive; `unsaid` keeps those still to be said."""
        if target.inline_query_id is not None and answer is not None and answer.cards is not None:
            await self.replies.offer(target.inline_query_id, answer.cards, answer.open_label)
        in_time = await self._acknowledge(target, answer)
        if answer is None or target.chat_id is None:
            return _SENT
        # Much may stand below a card whose press is answered late: there it would change unseen.
        in_place = target.message_id if in_time and not answer.fresh else None
        result = _SENT
        for each in answer.messages:
            if in_place is not None:
                result = await self.replies.replace(target.chat_id, in_place, each)
            else:
                result = await self.replies.send(target.chat_id, each)
            if result.state != "sent":
                return result
            unsaid.remove(each)
            in_place = None
        return result

    async def _acknowledge(self, target: ReplyTarget, answer: RenderedReply | None) -> bool:
        """Returns whether a button was pressed, and Telegram still takes the press for answered."""
        if target.callback_query_id is None:
            return False
        return await self.replies.acknowledge(target.callback_query_id, answer.toast if answer is not None else None)
