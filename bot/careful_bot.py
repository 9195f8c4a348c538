"""PTB's Bot, but an update that cannot be read takes no other one with it, none gets into a log, answers are lean."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog
from telegram import Bot, Chat, Message, Update, User

_log = structlog.get_logger(__name__)


class CarefulBot(Bot):
    """Reads updates one by one.

    PTB reads all or none: a single one of a shape that it does not know would be fetched again and again for a day,
    together with everything that came after it, and be written whole into the log.
    """

    async def get_updates(  # type: ignore[override] # what we do not use of PTB's is left out
        self,
        offset: int | None = None,
        limit: int | None = None,
        timeout: int = 0,  # noqa: ASYNC109 - Telegram's, not ours
        allowed_updates: Sequence[str] | None = None,
    ) -> tuple[Update, ...]:
        """As PTB's, but what it cannot read comes as a bare number: it is ticked off and asks nothing."""
        data = {"offset": offset, "limit": limit, "timeout": timeout, "allowed_updates": allowed_updates}
        patience = (self._request[0].read_timeout or 0) + timeout
        raw: Sequence[Mapping[str, Any]] = await self._post("getUpdates", data, read_timeout=patience)
        return tuple(read_update(each, self) for each in raw)

    async def say(
        self, chat_id: int, html: str, markup: Mapping[str, Any] | None, instead_of: int | None = None
    ) -> None:
        """Sends a message, or changes that one. Raises what send_message() and edit_message_text() do.

        PTB would make objects of the buttons and of the whole message that Telegram answers with: a fifth of all the
        work that an update is.
        """
        data: dict[str, Any] = {"chat_id": chat_id, "text": html, "parse_mode": "HTML", "reply_markup": markup}
        if instead_of is None:
            await self._post("sendMessage", data)
        else:
            await self._post("editMessageText", data | {"message_id": instead_of})


_OF_A_MESSAGE = frozenset({"message_id", "date", "chat", "from", "text"})
_OF_A_CHAT = frozenset({"id", "type", "first_name", "last_name", "username"})
_OF_A_USER = frozenset({"id", "is_bot", "first_name", "last_name", "username", "language_code", "is_premium"})


def _plain_words(raw: Mapping[str, Any], bot: Bot) -> "Received | None":
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
    date = datetime.fromtimestamp(said["date"], UTC)
    message = Message(said["message_id"], date, chat, user, text=said["text"])
    update = Received(raw["update_id"], message=message)
    for each in (chat, user, message, update):
        each.set_bot(bot)
    return update


class Received(Update):
    """An update that is kept as it came.

    PTB would write it anew, which takes longer, loses what PTB does not know, and fails for moments inside of objects
    that it forgets to write as numbers: one such update, and none of its batch could be kept.
    """

    __slots__ = ("_raw",)
    _raw: str

    def to_json(self) -> str:
        """As Telegram sent it; signs that no database takes are written as JSON's escapes."""
        return self._raw


def read_update(raw: Mapping[str, Any], bot: Bot) -> Update:
    """The update; a bare number where it is of a shape that nobody knows. Raises KeyError for one without a number."""
    written = json.dumps(raw)  # before PTB takes it apart
    try:
        update = _plain_words(raw, bot) or Received.de_json(dict(raw), bot)
    except Exception as error:
        number = int(raw["update_id"])
        _log.warning("an update that cannot be read", update=number, error=type(error).__name__)
        return Update(number)
    update._raw = written  # noqa: SLF001 - our own; PTB lets nothing else be set
    return update
