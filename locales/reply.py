"""A reply that is not yet in any language: lines, values, buttons, a file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from typing import Literal, TypeAlias

from locales.localized import Language, Localized


@dataclass(frozen=True, slots=True)
class Hour:
    """An instant's hour and minute where the reader is, or in `zone`."""

    at: datetime
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """An instant's day where the reader is, or in `zone`: "martes 5 de noviembre"."""

    at: datetime
    zone: str | None = None
    length: Literal["short", "long"] = "long"


@dataclass(frozen=True, slots=True)
class OnPhone:
    """An instant that the phone itself shows in its own zone; our words stand in on old phones.

    `shape` is Telegram's: "wDt" weekday, date and hour; "t" hour; "r" relative ("in 5 minutes"), always true
    however late it is read. Source: https://core.telegram.org/bots/api#html-style
    """

    at: datetime
    shape: str
    words: "Value"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in words, to the minute: "1 hora y 30 minutos"."""

    length: timedelta


@dataclass(frozen=True, slots=True)
class Country:
    """A country's name by its ISO 3166 code."""

    code: str


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language's name by its ISO 639 code."""

    code: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Several things in one line: "2, 5 y 12"."""

    items: tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address of the content or of the organizers' (never of anybody else)."""

    words: "Value"
    url: str


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence of the catalogues with its values; with a value `n` its plural follows that number."""

    key: str
    values: Mapping[str, "Value"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Formatted:
    """Words with the formatting that one of the team gave them, as Telegram's own HTML: shown as they are."""

    html: str

    @property
    def plain(self) -> str:
        """The words alone."""
        return unescape(_TAG.sub("", self.html))


_TAG = re.compile(r"<[^>]+>")

Value: TypeAlias = (
    str | int | Localized | Hour | Day | OnPhone | Duration | Country | LanguageName | Listing | Link | Text | Formatted
)

Say: TypeAlias = Callable[[Value], str]  # a value as plain text, in somebody's language


def text(key: str, **values: Value) -> Text:
    """Returns the sentence with that key, filled in. What a person typed is escaped when it is shown."""
    return Text(key, values)


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what it does: `press` comes back to us (64 bytes at most), `url` opens a page."""

    label: Value
    press: str | None = None
    url: str | None = None
    link: "Callable[[Say], str] | None" = None  # a page whose address holds words in the reader's language


Keyboard: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file that comes with a message, written in the reader's words, in a thread: it may take its time."""

    name: str
    write: "Callable[[Say], bytes]"
    picture: bool = False  # shown in the chat itself


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a file that Telegram already has: known by its number there."""

    kind: str  # photo, document
    file_id: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: its paragraphs, its buttons, and a word for the button just pressed."""

    lines: tuple[Value, ...]
    keyboard: Keyboard = ()
    toast: Value | None = None  # shown above the chat for a moment, after a press
    ask_location: Value | None = None  # the label of a button that shares where the phone is
    put_away_location: bool = False  # takes that button away again
    language: Language | None = None  # other than the person's, when it has just changed
    own: Language | None = None  # of this message alone, whoever reads it
    zone: str | None = None  # other than the person's, when it has just changed
    document: Document | None = None  # the lines are its caption
    media: Media | None = None  # the same
    fresh: bool = False  # a new message even after a press
    then: "Reply | None" = None


def reply(*lines: Value | None, keyboard: Keyboard = (), toast: Value | None = None) -> Reply:
    """Makes a message of those lines; None leaves a line out, "" makes an empty one."""
    return Reply(tuple(line for line in lines if line is not None), keyboard, toast)


def rows(*buttons: Button, of: int) -> Keyboard:
    """Arranges the buttons in rows of that many."""
    return tuple(tuple(buttons[start : start + of]) for start in range(0, len(buttons), of))
