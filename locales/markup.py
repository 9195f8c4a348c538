"""Renders a reply as Telegram takes it: text in HTML, buttons as plain data, a file."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from locales.localized import Language
from locales.reply import Button, Media, Reply
from locales.translator import Reader


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent."""

    name: str
    content: bytes
    picture: bool = False  # shown in the chat itself


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to be sent; `markup` is a reply_markup object of the Bot API; a file's caption is `html`."""

    html: str
    markup: dict[str, Any] | None
    file: File | None = None
    media: Media | None = None  # one that Telegram has; its caption is `html`
    topic: int | None = None  # of a forum, where it is to come
    language: Language | None = None  # of an announcement's words

    def as_json(self) -> dict[str, Any]:
        """Returns the message as JSON, to be kept until it can be sent."""
        kept = self.file and {
            "name": self.file.name,
            "content": base64.b64encode(self.file.content).decode(),
            "picture": self.file.picture,
        }
        media = self.media and {"kind": self.media.kind, "file_id": self.media.file_id}
        return {"html": self.html, "markup": self.markup, "file": kept, "media": media, "topic": self.topic}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Message":
        """Reads what was kept; without a phone's own keyboard, whose moment is past."""
        markup, file = kept["markup"], kept.get("file")
        inline = markup if markup and "inline_keyboard" in markup else None
        media = kept.get("media")
        known = Media(**media) if media else None
        return cls(kept["html"], inline, _file(file) if file else None, known, kept.get("topic"))


def _file(kept: Mapping[str, Any]) -> File:
    return File(kept["name"], base64.b64decode(kept["content"]), bool(kept.get("picture")))


def hash_message(message: Message) -> str:
    """Returns a hash of what a message shows: to know whether it shows that already."""
    return sha256(repr((message.html, message.markup)).encode()).hexdigest()


def render_message(reply: Reply, reader: Reader) -> Message:
    """Renders the reply in that reader's words."""
    document = reply.document
    file = File(document.name, document.write(reader.plain), document.picture) if document is not None else None
    return Message(reader.page(reply), _markup(reply, reader), file, reply.media)


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
    if button.press is not None:
        target = {"callback_data": button.press}
    else:
        target = {"url": button.link(reader.plain) if button.link is not None else button.url or ""}
    return {"text": reader.plain(button.label), **target}
