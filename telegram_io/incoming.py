"""What somebody said or pressed, as an update brought it: free of python-telegram-bot's types."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class ReplyTarget:
    """Where an answer to the update goes."""

    chat_id: int | None = None
    callback_query_id: str | None = None  # of the press, which must be acknowledged
    message_id: int | None = None  # of the message whose button was pressed
    inline_query_id: str | None = None
    topic: int | None = None  # of a forum, in which it was said or pressed; None outside of topics


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """One update as the features need it."""

    update_id: int
    kind: Literal[
        "command", "press", "words", "location", "other", "blocked", "unblocked", "inline", "nothing",
        "added", "removed", "moved", "group_command", "group_press", "mention", "reply",
        "flood", "flood_press",
    ]  # fmt: skip # the second line: in a group; the third: too many at once (handlers/updates.py)
    telegram_id: int = 0
    phone_language: str | None = None
    words: str = ""  # the command's name and rest, the button's data, or what was typed
    rest: str = ""
    position: tuple[float, float] | None = None  # latitude, longitude in degrees
    name: str = ""  # as on their phone
    said_at: datetime | None = None  # UTC, to the second, in a private chat; Telegram does not say it for presses
    chat_id: int = 0  # the group's
    administrator: bool | None = False  # of that group; None where Telegram does not say
    named: bool = True  # a command in a group: whether it names us (/sessions@ciclo_bot), or nobody
    html: str = ""  # what was typed, or stands under a picture or a file, with its formatting
    media: tuple[str, str] | None = None  # the picture or file: its kind, and its number in Telegram
    file_size: int | None = None  # of that file, in bytes, where Telegram says it
    file: bytes | str | None = None  # what is in it, or why that is not known; None: nobody asked
    message_id: int | None = None  # of what was typed in a private chat
    sent_at: datetime | None = None  # UTC; when a message was sent, in any chat
    edited: bool = False  # a message that they changed after they had sent it
    forwarded: bool = False  # passed on: somebody else wrote it first
    reply_to: ReplyTarget = field(default_factory=ReplyTarget)

    def ignored(self) -> "IncomingMessage":
        """Returns the same update as one that asks for nothing; a press is still acknowledged."""
        return IncomingMessage(self.update_id, "nothing", reply_to=self.reply_to)

    def as_kind(self, kind: Literal["flood", "flood_press"]) -> "IncomingMessage":
        """Returns the same update as one of that kind."""
        return replace(self, kind=kind)
