"""What somebody said or pressed, as an update brought it. Knows no Telegram."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """One update, without Telegram's clothes."""

    update_id: int
    kind: Literal[
        "command", "press", "words", "location", "other", "blocked", "unblocked", "inline", "nothing",
        "added", "removed", "moved", "group_command", "group_press", "mention", "reply",
        "flood", "flood_press",
    ]  # fmt: skip # the second line: in a group; the third: too many at once (handlers/flood.py)
    telegram_id: int = 0
    phone_language: str | None = None
    words: str = ""  # the command's name and rest, the button's data, or what was typed
    rest: str = ""
    position: tuple[float, float] | None = None  # latitude, longitude in degrees
    name: str = ""  # as on their phone
    said_at: datetime | None = None  # to the second; Telegram does not say when a button was pressed
    chat_id: int = 0  # the group's
    administrator: bool = False  # of that group
    html: str = ""  # what was typed, or stands under a picture or a file, with its formatting
    media: tuple[str, str] | None = None  # the picture or file: its kind, and its number in Telegram
