"""Defines answers and their input: the live programme, the present, who asks, what was talked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from knowledge.programme.cycle import Cycle
from knowledge.programme.session_details import NO_DETAILS, SessionDetails
from knowledge.understanding.meaning import Near
from knowledge.understanding.query import TALK_OF_SESSIONS, Query, Talk
from locales.localized import Language
from locales.reply import Text, Value, text
from locales.time_zone import time_zone

__all__ = ["Answer", "Query", "Situation", "Talk", "Times"]

# These sentences say that a session is called off; the list of all sessions says it beside each.
_SAY_CALLED_OFF = frozenset({"answer.session.cancelled", "moved.cancelled", "sessions.cancelled"})

Times = Mapping[int, tuple[datetime, datetime]]  # each session's start and end as they stand now, in UTC


@dataclass(frozen=True)
class Situation:
    """Who asks, and when; `zone` is None while they have not told theirs."""

    cycle: Cycle
    live: Times
    now: datetime
    language: Language
    zone: str | None = None
    talk: Talk | None = None
    cancelled: frozenset[int] = frozenset()
    details: Mapping[int, SessionDetails] = field(default_factory=dict)  # what organizers told, as they may see it
    named_sessions: tuple[int, ...] = ()  # the sessions that the question names by number
    near: tuple[Near, ...] = ()  # what the message means, where words alone did not settle it
    near_parts: tuple[tuple[str, tuple[Near, ...]], ...] = ()  # and each of its questions, where it has several
    language_kept: bool = False  # they chose the language by hand: they are answered in no other
    talk_language: Language | None = None  # in which they were answered a moment ago

    def details_of(self, number: int) -> SessionDetails:
        """Returns what organizers have told about that session."""
        return self.details.get(number, NO_DETAILS)

    @property
    def reading_zone(self) -> str:
        """The zone in which days and hours are told to this person."""
        return self.zone or self.cycle.zone

    def local_day(self, moment: datetime) -> date:
        """Returns the day that it is at that moment where this person reads the hours."""
        return moment.astimezone(time_zone(self.reading_zone)).date()

    def ahead(self) -> list[int]:
        """Returns the sessions that are not over, soonest first."""
        return [n for n in self.in_order() if self.now < self.live[n][1] and n not in self.cancelled]

    def in_order(self) -> list[int]:
        """Returns the numbers of all sessions, soonest first."""
        return sorted(self.live, key=lambda n: self.live[n][0])


@dataclass(frozen=True)
class Answer:
    """What is said; `topic` and `ids` name what it is about, `offers` what to go on with, as (kind, id).

    `known` is False for an honest "I do not know".
    """

    topic: str
    lines: tuple[Value, ...]
    ids: tuple[str, ...] = ()
    offers: tuple[tuple[str, str], ...] = ()
    known: bool = True
    talk: Talk | None = None
    language: Language = field(default="es")
    sure: bool = False  # the question's language was clear
    query: Query = field(default_factory=Query)  # how the clause was read
    weak: bool = False  # it is the nearest that was found, no more
    unread: tuple[str, ...] = ()  # its words that this answer does not account for
    settled: bool = False  # all of the message was understood: its meaning need not be asked for

    def about(self, kind: str, ids: Sequence[str], zone: str | None = None, place: str | None = None) -> "Answer":
        """Returns the same answer, remembered as talk of those things."""
        return replace(self, talk=Talk(kind, tuple(ids), zone, place))

    def with_called_off(self, at: Situation, named: Sequence[int]) -> "Answer":
        """Returns the answer with a line first for each session that it is about and that is called off."""
        told = self.talk.ids if self.talk is not None and self.talk.kind in TALK_OF_SESSIONS else ()
        about = dict.fromkeys((*map(int, told), *named))
        silent = [each for each in about if each in at.cancelled]
        if not silent or not (self.known or named) or any(_says_called_off(line) for line in self.lines):
            return self
        return replace(self, lines=(*(text("moved.cancelled", number=each) for each in silent), "", *self.lines))


def _says_called_off(line: Value) -> bool:
    if not isinstance(line, Text):
        return False
    return line.key in _SAY_CALLED_OFF or any(map(_says_called_off, line.values.values()))
