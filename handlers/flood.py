"""Limits how many updates of one person are answered, and tells them once when they write too fast."""

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

import structlog

from db.engine.database import Tx
from db.people import participants
from handlers.rendering import RenderedReply
from locales.localized import language_of_phone
from locales.markup import render_message
from locales.reply import reply, text
from locales.translator import Translator
from telegram_io.incoming import IncomingMessage

_log = structlog.get_logger(__name__)
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


async def flood_reply(tx: Tx, incoming: IncomingMessage, translator: Translator) -> RenderedReply:
    """Asks kindly to write more slowly, in the chat or above it; nobody is registered for writing too fast."""
    known = await participants.find(tx, incoming.telegram_id)
    language = known.language if known is not None else language_of_phone(incoming.phone_language)
    reader = translator.reader(language, None)
    if incoming.kind == "flood_press":
        return RenderedReply(toast=reader.plain(text("flood.toast")))
    return RenderedReply((render_message(reply(text("flood.wait")), reader),))
