"""The state of the local Telegram: its chats, messages and the updates that wait for the bot."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from rehearsal.telegram.limits import Limiter, Limits
from rehearsal.telegram.records import ApiError, Call, Chat, Fault, Json, Upload, User, refused

Listener = Callable[[str, int | None], None]
_REMEMBERED_CALLS = 5_000
# Without a list of its own a bot gets everything but these. Source: https://core.telegram.org/bots/api#getupdates
_ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


class State:
    """Everything that is remembered; the people's side and the bot's side are built on it."""

    def __init__(self, *, token: str, now: Callable[[], datetime], limits: Limits, bot_username: str) -> None:
        self.token = token
        self.now = now
        self.limiter = Limiter(limits)
        self.me = _bot(token, bot_username)
        self.users: dict[int, User] = {}
        self.started: set[int] = set()  # who has written: a bot may write to nobody else
        self.blocked: set[int] = set()
        self.deactivated: set[int] = set()  # whose account is deleted
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Upload] = {}
        self.settings: dict[tuple[str, str, str], Any] = {}  # (what, scope, language) of the bot's own settings
        self.queries: dict[str, Json] = {}  # button presses: id to user, time, answer
        self.inline: dict[str, Json] = {}
        self.toasts: dict[int, list[Json]] = {}
        self.calls: deque[Call] = deque(maxlen=_REMEMBERED_CALLS)
        self.faults: list[Fault] = []
        self._line_cut = False
        self.latency = 0.0
        self.seconds_ahead = 0.0  # real seconds that are taken as passed
        self.answering = _event_that_is_set()  # cleared, every call but getUpdates waits
        self.webhook: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        self.waiting: deque[Json] = deque()  # updates that the bot has not confirmed
        self.allowed: Sequence[str] | None = None
        self.news = asyncio.Event()  # an update came, or a poller must go
        self.poller = 0  # the number of the newest long poll
        self.ousted_by = ""  # what ended the one before it
        self.parked = 0
        self._next = {"update": 1, "message": 1, "call": 1, "file": 1, "query": 1, "album": 1}
        self._listeners: list[Listener] = []

    @property
    def line_cut(self) -> bool:
        """Whether the network between the bot and Telegram is gone."""
        return self._line_cut

    @line_cut.setter
    def line_cut(self, cut: bool) -> None:
        self._line_cut = cut
        self.news.set()
        self.changed("line")

    def number(self, what: str) -> int:
        """Returns the next number of that kind."""
        given = self._next[what]
        self._next[what] += 1
        return given

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tells the listener of each change (its kind, its chat); gives back how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def changed(self, kind: str, chat_id: int | None = None) -> None:
        """Tells everybody who listens."""
        for listener in list(self._listeners):
            listener(kind, chat_id)

    def put_update(self, kind: str, content: Json) -> int:
        """Adds an update for the bot, if it wants that kind; returns its number."""
        number = self.number("update")
        wanted = kind in self.allowed if self.allowed else kind not in _ONLY_ON_REQUEST
        if wanted:
            # As it is now: what was sent does not change when the message does. A copy by way of JSON, as in call().
            self.waiting.append({"update_id": number, kind: json.loads(json.dumps(content))})
            self.news.set()
        return number

    def unix(self) -> int:
        """Returns the rehearsal's time as messages carry it."""
        return int(self.now().timestamp())

    def seconds(self) -> float:
        """Returns real seconds, for what Telegram measures in them."""
        return time.monotonic() + self.seconds_ahead

    def chat_json(self, chat_id: int) -> Json:
        """Returns a chat as messages carry it."""
        return self.chats[chat_id].as_json(self.users.get(chat_id))

    def add_message(self, chat_id: int, content: Json, sender: Json) -> Json:
        """Adds a new message to that chat."""
        number = self.number("message")
        chat = self.chats[chat_id]
        here = {"message_id": number, "date": self.unix(), "chat": self.chat_json(chat_id), "from": sender}
        message = here | content
        chat.messages[number] = message
        self.changed("chat", chat_id)
        return message

    def find_chat(self, chat_id: int) -> Chat:
        """Finds a chat that the bot can look at. Raises ApiError 400 and 403 as Telegram does."""
        chat = self.chats.get(chat_id)
        if chat is None or (chat_id > 0 and chat_id not in self.started):
            # A person whom the bot has never met is no chat to it, except when it tries to write (see writable).
            raise refused("chat not found")
        if chat_id < 0:
            self._refuse_outsider(chat)
        return chat

    def writable(self, chat_id: int) -> Chat:
        """Finds the chat that the bot wants to write to. Raises ApiError 400 and 403 as Telegram does."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise refused("chat not found")
        if chat_id in self.deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if chat_id in self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if chat_id > 0 and chat_id not in self.started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        if chat_id < 0:
            self._refuse_outsider(chat)
        return chat

    def _refuse_outsider(self, chat: Chat) -> None:
        if chat.migrated_to is not None:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, words, migrated_to=chat.migrated_to)
        status = chat.members.get(self.me["id"], "left")
        kind = chat.as_json(None)["type"]
        if status == "kicked":
            raise ApiError(403, f"Forbidden: bot was kicked from the {kind} chat")
        if status == "left":
            raise ApiError(403, f"Forbidden: bot is not a member of the {kind} chat")

    def keep(self, upload: Upload) -> Json:
        """Stores a file; how messages name it."""
        key = f"file-{self.number('file')}"
        self.files[key] = upload
        return {"file_id": key, "file_unique_id": key, "file_size": len(upload.content)}

    def sender(self) -> Json:
        """Returns the bot, as messages carry it."""
        return {key: self.me[key] for key in ("id", "is_bot", "first_name", "username")}


def _event_that_is_set() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event


def _bot(token: str, username: str) -> Json:
    """Returns the bot as getMe shows it; its number is in its token."""
    named = {"id": int(token.split(":", maxsplit=1)[0]), "is_bot": True, "first_name": "Ciclo", "username": username}
    return named | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}
