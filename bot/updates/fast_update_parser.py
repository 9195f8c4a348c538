"""Updates as they are kept, and the shortest way to read what people send nearly always: plain words."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from telegram import Bot, Chat, Message, Update, User


class Received(Update):
    """An update that is kept as it came.

    PTB would write it anew, which takes longer, loses what PTB does not know, and fails for moments inside of objects
    that it forgets to write as numbers: one such update, and none of its batch could be kept.
    """

    __slots__ = ("_raw",)
    _raw: str

    @classmethod
    def of(cls, number: int, message: Message) -> "Received":
        """The same as PTB's Update(number, message=message), in a fifth of the time."""
        self = cls.__new__(cls)
        put = object.__setattr__
        for name, nothing in _empty():
            put(self, name, nothing)
        put(self, "update_id", number)
        put(self, "message", message)
        put(self, "_id_attrs", (number,))
        return self

    def to_json(self) -> str:
        """As Telegram sent it; signs that no database takes are written as JSON's escapes."""
        return self._raw


@cache
def _empty() -> tuple[tuple[str, Any], ...]:
    """What is in an update that brings nothing."""
    blank = Update(0)
    names = [name for each in Update.__mro__ for name in getattr(each, "__slots__", ())]
    return tuple((name, getattr(blank, name)) for name in names if hasattr(blank, name))


class Words(Message):
    """A message that has words, and nothing else of the hundred things that it may have.

    PTB sets each of these by a function of its own, in every message: half of what reading one takes.
    """

    __slots__ = ()

    @classmethod
    def of(cls, number: int, date: datetime, chat: Chat, user: User, text: str) -> "Words":
        """The same as PTB's Message(…)."""
        self = cls.__new__(cls)
        put = object.__setattr__
        put(self, "message_id", number)
        put(self, "date", date)
        put(self, "chat", chat)
        put(self, "from_user", user)
        put(self, "text", text)
        put(self, "api_kwargs", _NOTHING)
        put(self, "_id_attrs", (number, chat))
        put(self, "_frozen", True)
        return self

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever PTB's message has there
        """What was not set is as in a message without it."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_blank(), name)


_NOTHING: Mapping[str, Any] = MappingProxyType({})


@cache
def _blank() -> Message:
    return Message(0, datetime.fromtimestamp(0, UTC), Chat(0, Chat.PRIVATE))


_OF_A_MESSAGE = frozenset({"message_id", "date", "chat", "from", "text"})
_OF_A_CHAT = frozenset({"id", "type", "first_name", "last_name", "username"})
_OF_A_USER = frozenset({"id", "is_bot", "first_name", "last_name", "username", "language_code", "is_premium"})


def plain_words(raw: Mapping[str, Any], bot: Bot) -> "Received | None":
    """The same objects as de_json() makes, for what people send nearly always; None for anything else.

    PTB looks for each of a message's hundred parts, in everything that comes.
    """
    said = raw.get("message")
    if len(raw) != 2 or not isinstance(said, dict) or said.keys() != _OF_A_MESSAGE:  # noqa: PLR2004 - number and message
        return None
    where, who = said["chat"], said["from"]
    if not (isinstance(where, dict) and isinstance(who, dict)):
        return None
    if not (where.keys() <= _OF_A_CHAT and who.keys() <= _OF_A_USER):
        return None
    chat, user = Chat(**where), User(**who)
    message = Words.of(said["message_id"], datetime.fromtimestamp(said["date"], UTC), chat, user, said["text"])
    update = Received.of(raw["update_id"], message)
    for each in (chat, user, message, update):
        each.set_bot(bot)
    return update
