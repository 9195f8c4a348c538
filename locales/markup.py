"""A reply as Telegram takes it: its text in HTML, its buttons as plain data."""

from dataclasses import dataclass
from typing import Any

from locales.reply import Button, Document, Reply
from locales.translator import Reader


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to be sent; `markup` is a reply_markup object of the Bot API."""

    html: str
    markup: dict[str, Any] | None
    document: Document | None = None


def message(reply: Reply, reader: Reader) -> Message:
    """The reply in that reader's words."""
    return Message(reader.page(reply), _markup(reply, reader), reply.document)


def _markup(reply: Reply, reader: Reader) -> dict[str, Any] | None:
    if reply.ask_location is not None:
        share = {"text": reader.plain(reply.ask_location), "request_location": True}
        return {"keyboard": [[share]], "resize_keyboard": True, "one_time_keyboard": True}
    if reply.put_away_location:
        return {"remove_keyboard": True}
    if reply.keyboard:
        return {"inline_keyboard": [[_button(button, reader) for button in row] for row in reply.keyboard]}
    return None


def _button(button: Button, reader: Reader) -> dict[str, str]:
    target = {"callback_data": button.press} if button.press is not None else {"url": button.url or ""}
    return {"text": reader.plain(button.label), **target}
