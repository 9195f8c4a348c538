"""What the players of a rehearsed cycle did, and what can be seen afterwards: what the checks compare. Plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rehearsal.cycle.players import Player


@dataclass(repr=False)
class Ledger:
    """What was done, noted while it is done; people by their number in Telegram, sessions by theirs."""

    players: Sequence[Player]
    starts: dict[int, datetime] = field(default_factory=dict)  # as each session was held
    moved: int = 0  # the session that was moved
    may_repeat: dict[int, set[int]] = field(default_factory=dict)  # by session: whose answer was cut, or in the air
    link: str = ""
    limited: int = 0  # the session with few places, and how many
    places: int = 0
    asked: dict[str, int] = field(default_factory=dict)  # words to who asked
    votes: dict[str, set[int]] = field(default_factory=dict)  # words to who votes
    came: dict[int, set[int]] = field(default_factory=dict)
    rated: dict[int, set[int]] = field(default_factory=dict)  # 0: the cycle
    silent: dict[int, set[int]] = field(default_factory=dict)  # asked, and reminded of it once
    wanted_certificate: set[int] = field(default_factory=set)
    deleted: int = 0

    def reachable(self) -> list[Player]:
        """Returns who has not blocked the bot."""
        return [each for each in self.players if not each.blocks]


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the bot as it was when it came; `at` is in UTC."""

    at: datetime
    text: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A question to the panel as it is kept, and how many votes it has."""

    words: str
    state: str
    votes: int


@dataclass(frozen=True)
class Evidence:
    """What can be seen at the end: phones, what is kept, the log. People by their number in Telegram."""

    chats: Mapping[int, Sequence[Message]]
    team: Sequence[Message]  # the organizer's phone
    linked: frozenset[int]  # in whose chat the link of the session with few places ever was
    with_place: frozenset[int]  # in that session
    panel: Sequence[PanelRow]
    screen: Mapping[str, int]  # words to votes, as the big screen showed them
    came: Mapping[int, frozenset[int]]
    feedback: Mapping[int, int]  # answers by session; 0: the cycle
    certificates: Mapping[int, Sequence[int]]  # to whom; the numbers of the sessions that it states
    left_of_deleted: Sequence[str]  # tables in which there still is something of who asked to be deleted
    errors: Sequence[str]  # events of the log that are errors
    headings: Mapping[str, Mapping[str, str]]  # how messages begin: the sentence's key, the language
