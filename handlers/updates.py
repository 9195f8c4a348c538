"""The front door: each update is parsed and let in, unless its person writes too fast; its answer is sent."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

import structlog

from db.team.team import Role
from handlers.conversation import Conversation
from handlers.groups import needs_administrator
from handlers.turn import RenderedReply, serialize_messages
from knowledge.attendance.participants_report import LARGEST_FILE
from locales.translator import Message
from telegram_io.incoming import IncomingMessage, ReplyTarget
from telegram_io.sender import ReplySender, SendResult
from telegram_io.updates import ReceivedUpdate, parse_update

_log = structlog.get_logger(__name__)

_SENT = SendResult("sent")
# It has certainly not arrived, and may at another time.
_NOT_YET = frozenset({"later", "unauthorized"})

Verdict = Literal["heard", "told", "passed over"]
Lane = Literal["said", "pressed", "typing"]
_WINDOW = timedelta(seconds=10)
# Somebody who types our name in another chat asks anew with every letter.
_INLINE_FACTOR = 3
# Whoever goes on just above the limit is not told again and again.
_WARN_AGAIN_AFTER = timedelta(minutes=1)
# What Telegram tells of a chat, not what somebody does to us: it changes what we know, and is never passed over.
UNCOUNTED = frozenset({"nothing", "blocked", "unblocked", "added", "removed", "moved"})


def lane_of_kind(kind: str) -> Lane:
    """Returns where that kind of update is counted."""
    return {"press": "pressed", "group_press": "pressed", "inline": "typing"}.get(kind, "said")  # type: ignore[return-value] # the three of Lane


@dataclass(slots=True)
class _Recent:
    """When somebody's last updates came: as many as may come within the window."""

    moments: deque[datetime]
    told_at: datetime | None = None


@dataclass
class FloodGuard:
    """Counts each person's updates as they arrive; in memory, for it must cost less than what it keeps away."""

    most: int  # within ten seconds
    # Remembered at a time; whoever was silent longest is forgotten first. Some 20 MB at most.
    most_people: int = 20_000
    _people: "OrderedDict[tuple[int, Lane], _Recent]" = field(default_factory=OrderedDict)

    def arrives(self, person: int, lane: Lane, moment: datetime) -> Verdict:
        """Decides about an update of that moment: messages by Telegram's clock, presses by ours, never mixed.

        A night's messages that come all at once after an outage are no flood: their moments lie apart.
        """
        recent = self._recent(person, lane)
        crowded = len(recent.moments) == recent.moments.maxlen and moment - recent.moments[0] < _WINDOW
        # What is passed over counts, too: whoever goes on hammering is not let in every half second.
        recent.moments.append(moment)
        if not crowded:
            return "heard"
        if recent.told_at is not None and moment - recent.told_at < _WARN_AGAIN_AFTER:
            return "passed over"
        recent.told_at = moment
        return "told"

    def _recent(self, person: int, lane: Lane) -> _Recent:
        key = (person, lane)
        recent = self._people.pop(key, None)
        if recent is None:
            recent = _Recent(deque(maxlen=self.most * (_INLINE_FACTOR if lane == "typing" else 1)))
        self._people[key] = recent
        if len(self._people) > self.most_people:
            self._people.popitem(last=False)
        return recent


@dataclass
class FloodFilter:
    """Lets updates through, and nothing of who writes faster than people do, once they have been told so."""

    guard: FloodGuard
    now: Callable[[], datetime]

    def __call__(self, message: IncomingMessage) -> IncomingMessage:
        """Returns the update, or what is left of it: a "flood" to be answered once, or one that asks for nothing."""
        if message.kind in UNCOUNTED:
            return message
        verdict = self.guard.arrives(message.telegram_id, lane_of_kind(message.kind), message.sent_at or self.now())
        if verdict == "heard":
            return message
        # In a group, and while somebody types in another chat, there is nobody to tell.
        if verdict == "told" and not message.chat_id and message.kind != "inline":
            _log.info("somebody writes faster than people do", update=message.update_id)
            return message.as_kind("flood_press" if message.kind == "press" else "flood")
        return message.ignored()


@dataclass(frozen=True)
class UpdateHandler:
    """The front door: every update passes here, once."""

    conversation: Conversation
    flood: FloodFilter
    replies: ReplySender
    show_menu: Callable[[int, Role | None], Awaitable[None]]  # the commands of one person, by their Telegram id
    username: Callable[[], str]  # the bot's name in links and mentions, which Telegram tells at the start

    async def __call__(self, received: ReceivedUpdate) -> None:
        """Parses, answers, and only then, with no transaction open, sends."""
        username = self.username()
        message = await self._with_administrator(self.flood(parse_update(received.update, username)))
        message = await self._with_file(message)
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
        if answer is not None and answer.boards and result.message_id is not None:
            await self._place_boards(answer, result.message_id)
        if result.state == "unreachable":
            _log.info("not said: the person blocked the bot meanwhile", update=message.update_id)
        elif result.state != "sent":
            _log.warning("not said", update=message.update_id, state=result.state)
        if result.state in _NOT_YET:
            await self._say_later(message, answer, unsaid)
        for telegram_id, role in (answer.menus if answer is not None else {}).items():
            await self.show_menu(telegram_id, role)

    async def _place_boards(self, answer: RenderedReply, message_id: int) -> None:
        for session_id, page in answer.boards.items():
            if answer.participant_id is not None:
                shown = answer.messages[-1]
                await self.conversation.place_board(answer.participant_id, session_id, page, shown, message_id)

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

    async def _say_later(self, message: IncomingMessage, answer: RenderedReply | None, unsaid: list[Message]) -> None:
        if answer is not None and answer.participant_id is not None and unsaid:
            await self.conversation.say_later(message.update_id, serialize_messages(answer.participant_id, unsaid))

    async def _with_administrator(self, message: IncomingMessage) -> IncomingMessage:
        """Asks Telegram, where it matters, whether who speaks administers the group; no where it does not say."""
        if message.administrator or not message.chat_id or not needs_administrator(message.kind, message.words):
            return message
        asked = await self.replies.is_administrator(message.chat_id, message.telegram_id)
        return replace(message, administrator=asked)

    async def _with_file(self, message: IncomingMessage) -> IncomingMessage:
        """Fetches a file for the conversation that reads it, before any transaction; too large a one is not fetched."""
        kind, file_id = message.media or ("", "")
        if message.kind != "other" or kind != "document" or not await self.conversation.reads_file(message.telegram_id):
            return message
        if (message.file_size or 0) > LARGEST_FILE:
            return replace(message, file="large")
        content = await self.replies.fetch_file(file_id, most=LARGEST_FILE)
        return replace(message, file=content if content is not None else "not_fetched")

    async def _send_answer(
        self, target: ReplyTarget, answer: RenderedReply | None, unsaid: list[Message]
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
