"""PTB's Bot, but an update that cannot be read takes no other one with it, none gets into a log, answers are lean."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.updates.fast_update_parser import Received, plain_words

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
        said: dict[str, Any] = {"chat_id": chat_id, "text": html, "parse_mode": "HTML"}
        if markup is not None:
            said["reply_markup"] = markup
        if instead_of is not None:
            said["message_id"] = instead_of
        method = "sendMessage" if instead_of is None else "editMessageText"
        data = RequestData([RequestParameter(name, value, None) for name, value in said.items()])
        await self._request[1].post(f"{self._base_url}/{method}", data)


def read_update(raw: Mapping[str, Any], bot: Bot, written: str | None = None) -> Update:
    """The update, of which `written` is the JSON; a bare number where it is of a shape that nobody knows.

    Raises KeyError for one without a number.
    """
    written = written or json.dumps(raw)  # before PTB takes it apart
    try:
        update = plain_words(raw, bot) or Received.de_json(dict(raw), bot)
    except Exception as error:
        number = int(raw["update_id"])
        _log.warning("an update that cannot be read", update=number, error=type(error).__name__)
        return Update(number)
    update._raw = written  # noqa: SLF001 - our own; PTB lets nothing else be set
    return update
