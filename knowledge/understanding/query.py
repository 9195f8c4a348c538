"""Defines the Query: what one clause asks, of what, where, in which form. It stands between reading and answering.

`str()` prints a query as one line: `day, hour of session(subject=return) in America/Belem`. Pure, and reads no clock.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias, TypeGuard

from knowledge.places.places import Place
from knowledge.time.days_parser import DayRange
from knowledge.understanding.clause_times import HourClaim

Kind: TypeAlias = Literal["session", "objective", "principle", "area", "practice", "term", "faq"]


class Property(StrEnum):
    """What can be known of a thing. A closed list: an entry of the FAQ is asked for as ENTRY, by its key."""

    CARD = "card"  # all there is of it
    DAY = "day"
    HOUR = "hour"
    END = "end"
    DURATION = "duration"
    SPAN = "span"  # days between two sessions, until one, or from the first to the last; hours of all together
    TOPIC = "topic"
    OBJECTIVES = "objectives"
    AREAS = "areas"
    SESSIONS = "sessions"  # which session, or sessions
    PRACTICES = "practices"
    COUNTRIES = "countries"  # from which there are practices
    PRINCIPLES = "principles"
    STATE = "state"  # to come, on, over, moved, called off
    CLOCK = "clock"  # what time it is
    DEFINITION = "definition"
    SOURCE = "source"  # where more of a practice is published
    PAGE = "page"
    ENTRY = "entry"
    CHANGES = "changes"  # whether it may be moved or called off
    WEEKDAY = "weekday"  # these three only: whether those of two are the same
    WEEK = "week"
    MONTH = "month"
    DEADLINE = "deadline"  # until when one may register
    MISSED = "missed reminder"  # one that did not come


class Wish(StrEnum):
    """What a person wants done. Handlers carry it out, or offer the one button that does."""

    REGISTER = "register"
    LEAVE = "leave"
    CHANGE = "change registration"
    REMIND = "remind"
    STOP = "stop"
    ZONE = "zone"
    LANGUAGE = "language"
    PRIVACY = "privacy"
    DELETE = "delete data"
    PERSON = "person"
    HELP = "help"


class Mood(StrEnum):
    """What is said and asks for nothing of the cycle. The first two come before everything else."""

    URGENT = "urgent"
    PERSONAL = "personal"
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    INSULT = "insult"
    INJECTION = "injection"
    WORDLESS = "wordless"
    BEYOND = "beyond"  # plainly another subject: the weather, football, sums


Asks: TypeAlias = Property | Wish | Mood
# What a session is about.
CONTENTS = frozenset({Property.TOPIC, Property.OBJECTIVES, Property.AREAS})
# When a session is: told together, in one sentence.
TIMES = frozenset({Property.DAY, Property.HOUR, Property.END})


class Form(StrEnum):
    """In which form it is asked, which the first line of the answer takes up."""

    OPEN = "open"
    YES_NO = "yes/no"
    COUNT = "count"
    COMPARE = "compare"
    LIST = "list"
    SAME = "same"  # whether their hours, days or sessions are the same


class Order(StrEnum):
    """Sessions by their order: against the present, or against what was talked about."""

    NEXT = "next"
    AFTER = "after"
    PREVIOUS = "previous"
    BEFORE = "before"
    FIRST = "first"
    LAST = "last"
    LATEST = "latest"  # the last one that took place; before the first, the last of the cycle
    SECOND_LAST = "second last"
    THIRD_LAST = "third last"
    AFTER_NEXT = "after next"
    PRESENT = "present"
    LEFT = "left"
    OTHER = "other"
    SAME = "is"  # of two sessions that are named, that they are one: "la 3 es la última"


class State(StrEnum):
    """How a session may stand against the programme that the content has."""

    MOVED = "moved"
    OFF = "called off"
    STILL = "still"
    OVER = "over"
    BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the content: its kind, its number or key, and how surely it is meant (0 to 1)."""

    kind: Kind
    key: str
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Talk:
    """What was talked about a moment ago: the kind of thing, which ones, in whose hours (an IANA zone, a place)."""

    kind: str
    ids: tuple[str, ...] = ()
    zone: str | None = None
    place: str | None = None  # its name, as it was told: "Montréal", whose zone is called Toronto
    found_by: Thing | None = None  # what the session was found by: "remittances, in which session?"
    before: int | None = None  # the session of what was told before this: "are they in the same one?"
    own: bool = False  # they said that they are at that place: "here" and "my time" are there
    case: str = ""  # the mood of the careful text that was told just now, about somebody's own case


# Talk of sessions: of all there is of them, of their hours in a place, or of one property.
TALK_OF_PLACE = "zone"  # "I live in Lima": proposed as theirs, and not accepted yet
TALK_OF_OWN_PLACE = "place"  # it was proposed before, and something else has been said since
TALK_OF_CARE = "care"  # of somebody's own case, or danger, and of nothing before it
TALK_OF_CLAIM = "covers"  # a session of which it was asked, and is so, whether something is discussed there
TALK_OF_SPAN = "span"  # the days until a session
TALK_OF_SESSIONS = frozenset(
    {"session", "time", "topic", "objectives", "areas", "duration", TALK_OF_SPAN, TALK_OF_CLAIM}
)
# "In which session?" goes on with any of these.
TALK_WITH_A_SESSION = TALK_OF_SESSIONS | {"objective", "term"}
# Of these a few words may ask more; after an entry of the FAQ they ask nothing of any session.
TALK_OF_THINGS = TALK_OF_SESSIONS | {
    TALK_OF_PLACE,
    TALK_OF_OWN_PLACE,
    "objective",
    "principle",
    "area",
    "practice",
    "term",
}


def is_of_one(talk: Talk | None, kinds: Collection[str]) -> TypeGuard[Talk]:
    """Returns whether one thing of those kinds was talked about, so that a few words may ask more of it."""
    return talk is not None and talk.kind in kinds and len(talk.ids) == 1


def two_sessions(talk: Talk | None) -> tuple[int, ...]:
    """Returns the two sessions that were talked about together; () where they were not two."""
    of_two = talk is not None and talk.kind in TALK_OF_SESSIONS and len(talk.ids) == 2  # noqa: PLR2004 - "both"
    return tuple(map(int, talk.ids)) if talk is not None and of_two else ()


@dataclass(frozen=True, slots=True)
class Filter:
    """Which things are meant. Every part that is given narrows the choice; none of them means all, or the focus."""

    kind: Kind | None = None
    numbers: tuple[int, ...] = ()
    subjects: tuple[Thing, ...] = ()  # what its words mean, best first
    days: tuple[DayRange, ...] = ()
    weekdays: tuple[int, ...] = ()  # Monday is 0
    hours: tuple[HourClaim, ...] = ()  # when it may begin, as the message claims
    length: tuple[int, int] | None = None  # the least and the most minutes that the message claims it lasts
    count: int | None = None  # how many the message claims there are
    state: State | None = None  # what the message asks or claims
    order: Order | None = None
    relative: bool = False  # the order is counted from what was talked about
    focus: bool = False  # it leaves open of what: that is what was talked about
    without: bool = False  # all but those
    outside: bool = False  # nor on those days: "not in November and not about inclusion"
    besides: tuple[Thing, ...] = ()  # what is left out of the sessions that are named: "of session 3, but not return"
    countries: tuple[str, ...] = ()  # ISO 3166
    placed: bool = False  # the number is a place in an order: "the first of November", not "session 1 in November"
    most: bool = False  # the message claims that the first of those compared has more than the others
    as_many: bool = False  # the message claims that those compared have the same number
    sessions: tuple[int, ...] = ()  # in which the message claims that an objective is

    def __str__(self) -> str:
        return f"{self.kind or 'anything'}({', '.join(self._parts())})"

    def _parts(self) -> list[str]:
        spans = (str(day.first) if day.first == day.last else f"{day.first}..{day.last}" for day in self.days)
        parts = {
            "numbers": "+".join(map(str, self.numbers)),
            "subject": " ".join(f"{each.kind}:{each.key}" for each in self.subjects[:3]),
            "days": "+".join(spans),
            "weekdays": "+".join(map(str, self.weekdays)),
            "hours": "+".join(
                ("end " if span.of_end else "")
                + "..".join(f"{each // 60}:{each % 60:02}" for each in dict.fromkeys(span[:2]))
                for span in self.hours
            ),
            "besides": " ".join(f"{each.kind}:{each.key}" for each in self.besides),
            "length": "..".join(map(str, dict.fromkeys(self.length))) if self.length else "",
            "count": str(self.count or ""),
            "state": self.state or "",
            "order": f"{'relative ' if self.relative else ''}{self.order or ''}" if self.order else "",
            "countries": "+".join(self.countries),
        }
        flags = [name for name in ("focus", "without", "outside") if getattr(self, name)]
        return [*flags, *(f"{name}={value}" for name, value in parts.items() if value)]


@dataclass(frozen=True, slots=True)
class Query:
    """One clause, read. `where` has for each named place what it may mean, best first."""

    asks: tuple[Asks, ...] = ()
    criteria: Filter = field(default_factory=Filter)
    where: tuple[tuple[Place, ...], ...] = ()
    form: Form = Form.OPEN
    sure: float = 1.0  # how surely it is read so, 0 to 1
    entry: str = ""  # the key of the FAQ's entry that is asked for
    # Before or after which session it is claimed to be, or which one it is.
    than: tuple[Order, Filter] | None = None

    def __str__(self) -> str:
        asked = ", ".join(self.asks).replace(Property.ENTRY, f"entry {self.entry}") or "?"
        places = " + ".join(places[0].zone for places in self.where)
        form = "" if self.form is Form.OPEN else f" [{self.form}]"
        than = "" if self.than is None else f" {self.than[0]} {self.than[1]}"
        return f"{asked} of {self.criteria}{than}{f' in {places}' if places else ''}{form}"

    @property
    def wish(self) -> Wish | None:
        """What is to be done, where it is a wish."""
        return next((each for each in self.asks if isinstance(each, Wish)), None)

    @property
    def mood(self) -> Mood | None:
        """What it is where it asks for nothing of the cycle."""
        return next((each for each in self.asks if isinstance(each, Mood)), None)

    @property
    def is_of_things(self) -> bool:
        """Whether something is asked of sessions, objectives or the like: no entry, and no wish."""
        return bool(self.asks) and self.mood is None and self.wish is None and not self.entry

    @property
    def says_of_what(self) -> bool:
        """Whether it makes sense by itself: something or a place is named, or it is a question or a wish of its own."""
        return self.names_things or bool(self.where)

    @property
    def names_things(self) -> bool:
        """Whether something is named beside a place, or it is a question or a wish of its own."""
        criteria = self.criteria
        dated = criteria.days or criteria.weekdays
        identified = criteria.numbers or criteria.subjects or dated or criteria.order or criteria.countries
        return bool(identified or self.entry or self.wish or self.mood)


def checks_no_hour(criteria: Filter, form: Form) -> bool:
    """Returns whether a day, a length or a subject is claimed of a session, which is answered with yes or no."""
    named = criteria.numbers or criteria.order
    timed = criteria.days or criteria.weekdays or criteria.length  # "and the one on the 29th?" claims nothing
    claimed = (timed and (named or criteria.subjects)) or (criteria.subjects and named)
    return form is Form.YES_NO and bool(claimed) and not criteria.hours
