"""What is said in answer: a feature's reply first, then the same in somebody's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from db.participants import Participant
from db.team import Role
from locales.markup import Message
from locales.reply import Reply


@dataclass(frozen=True, slots=True)
class Offered:
    """A card in the list under an inline query, and the message it becomes."""

    id: str
    title: str
    description: str
    message: Message


@dataclass(frozen=True, slots=True)
class Answer:
    """Messages in order, and a word for the button just pressed; or the cards for an inline query."""

    messages: tuple[Message, ...] = ()
    participant_id: int | None = None  # None for a group
    toast: str | None = None
    fresh: bool = True  # False: the first message takes the place of the one whose button was pressed
    cards: tuple[Offered, ...] | None = None
    open_label: str = ""  # what the button above those cards says
    menus: Mapping[int, Role | None] = field(default_factory=dict)  # whose command menu changes, by Telegram id


@dataclass(frozen=True, slots=True)
class Said:
    """A feature's reply, not yet in words, and whom it is for."""

    reply: Reply
    person: Participant
    fresh: bool
    menus: Mapping[int, Role | None] = field(default_factory=dict)


def chain_of(said: Reply | None) -> Iterator[Reply]:
    """The reply and those that follow it."""
    while said is not None:
        yield said
        said = said.then
