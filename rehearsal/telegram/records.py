"""The records of the local Telegram: people, messages, calls, answers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]
_FIRST_SUPERGROUP = -1_000_000_000_000  # and downwards


class ApiError(Exception):
    """A call that Telegram refuses, with its own words."""

    def __init__(
        self, status: int, description: str, *, retry_after: int | None = None, migrated_to: int | None = None
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        hints = {"retry_after": retry_after, "migrate_to_chat_id": migrated_to}
        self.parameters = {key: value for key, value in hints.items() if value is not None}


def refused(description: str) -> ApiError:
    """Makes the commonest refusal: 400, in words that Telegram begins with a small letter."""
    return ApiError(400, f"Bad Request: {description}")


class LineCutError(Exception):
    """The network between the bot and Telegram is gone, or an answer was lost on the way."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that the bot sends."""

    name: str
    content: bytes
    kind: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call gets back: the HTTP status and the envelope."""

    status: int
    body: Json


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with a phone; `zone` is the phone's own, which no bot is ever told."""

    id: int
    first_name: str
    last_name: str | None
    username: str | None
    language_code: str | None
    zone: str

    def as_json(self) -> Json:
        """Returns the user as updates carry it."""
        named = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        more = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        return named | {key: value for key, value in more.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API, without the token."""

    number: int
    at: datetime
    method: str
    params: Json
    status: int
    description: str
    chat_id: int | None


@dataclass
class Fault:
    """Something that goes wrong with the next calls of a method."""

    method: str
    status: int
    description: str
    retry_after: int | None
    times: int
    after_effect: bool
    chat: int | None = None  # any, where none is given


@dataclass
class Topic:
    """A part of a forum's talk."""

    title: str
    closed: bool = False


@dataclass
class Chat:
    """A private chat (id of the person) or a group (negative id), with its messages in order."""

    id: int
    title: str | None = None  # a group's
    messages: dict[int, Json] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)  # a group's: user id to status
    keyboards: dict[int, list[list[Json]]] = field(default_factory=dict)  # message id to the phone's own keyboard
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None  # the supergroup that a small group became
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)  # a forum's, by message_thread_id; all but "General"
    members_hidden: bool = False
    typing_until: float = 0.0

    def as_json(self, user: User | None) -> Json:
        """Returns the chat as updates carry it."""
        if user is None:
            kind = "supergroup" if self.id < _FIRST_SUPERGROUP else "group"
            forum = {"is_forum": True} if self.is_forum else {}
            return {"id": self.id, "type": kind, "title": self.title} | forum
        named = {key: value for key, value in user.as_json().items() if key in {"first_name", "last_name", "username"}}
        return {"id": self.id, "type": "private", **named}
