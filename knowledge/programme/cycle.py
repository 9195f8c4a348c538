"""Defines a cycle and its entries (sessions, objectives, principles, practices…) as typed values, with look-ups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar, cast

from pydantic import Field

from knowledge.places.gazetteer import country_name
from knowledge.programme.certificate_template import CertificateTemplate
from knowledge.programme.field_validation import (
    Content,
    Countries,
    Flag,
    Instant,
    Key,
    Keywords,
    Languages,
    Line,
    Name,
    Number,
    Numbers,
    Page,
    PracticeId,
    Summary,
    Title,
)
from knowledge.text.words import fold
from locales.localized import Language, Localized


class Area(Content):
    """A group of objectives within a session."""

    key: Key
    name: Title
    objectives: Numbers


class Session(Content):
    """A session as planned by the content; `starts_at` and `ends_at` are in UTC. Organizers may move it later."""

    number: Number
    title_in_note: Title = Field(alias="title")
    title_corrected: Mapping[Language, Line] = {}
    translated: Languages  # where the title is our translation
    starts_at: Instant = Field(alias="start")
    ends_at: Instant = Field(alias="end")
    capacity: Number | None = None  # how many may take part; without it, everybody
    areas: tuple[Area, ...] = Field(alias="area", min_length=1)

    @property
    def title(self) -> Localized:
        """The title to show: as in the concept note, its wording corrected."""
        return replace(self.title_in_note, **{str(language): text for language, text in self.title_corrected.items()})

    @property
    def objectives(self) -> tuple[int, ...]:
        """The numbers of its objectives, area after area."""
        return tuple(number for area in self.areas for number in area.objectives)


class Objective(Content):
    """An objective of the Compact; its title is official but in the `translated` languages."""

    number: Number
    area: Key
    short: Title
    title: Title
    translated: Languages
    title_seen: Mapping[Language, Line] = {}  # where that wording was seen; without it, from knowledge of the text
    summary: Summary
    keywords: Keywords
    imrf2022_round_table: Number | None = None


class Principle(Content):
    """A guiding principle of the Compact: letter of its paragraph, name, in our own words."""

    number: Number
    letter: Line
    name: Title
    hub_label_es: Line | None = None
    translated: Languages
    summary: Summary
    keywords: Keywords


class Practice(Content):
    """A good practice with its public source. Nothing says at which session it is presented, if at any.

    `objectives_from` says who classified it: "repository", "gfmd" and "wording" are its sources, "editorial" is ours,
    "participant" is who offered it. Only such a one may have no page of its own; its texts may be in one language,
    `original`, and are the same in all then.
    """

    id: PracticeId
    title: Line
    title_language: Language
    scope: Literal["national", "local", "regional", "global"]
    countries: Countries  # none for the whole world, and for regions without a list
    place: Name | None = None
    implementer: Name | None = None
    years: Name | None = None
    objectives: Numbers
    objectives_from: Literal["repository", "gfmd", "wording", "editorial", "participant"]
    in_repository: Flag
    url: Page | None = None
    document: Line | None = None  # what to look for at `url` where that is not the document itself
    caution: Summary | None = None
    summary: Summary
    translated: Languages
    original: Language | None = None  # None: in four languages

    @property
    def offered(self) -> bool:
        """Returns whether a participant offered it."""
        return self.objectives_from == "participant"


class Term(Content):
    """An entry of the glossary, in our own words."""

    key: Key
    name: Title
    definition: Summary
    aliases: tuple[Line, ...]
    source: Name
    source_seen: Flag


class NamedItem(Content):
    """A criterion, or a thing the concept note does not say: its key and what it is called."""

    key: Key
    name: Title


class Fact(Content):
    """Something the concept note says of the cycle's background."""

    key: Key
    text: Summary


class PublicPage(Content):
    """A page the concept note refers to; a doubtful one may not open and says why."""

    key: Key
    label: Title
    url: Page
    footnote: Number | None = None
    doubtful: Flag = False
    reason: Line | None = None
    asked: Keywords | None = None  # how people ask for that page by name


class Faq(Content):
    """A question that people ask, and what may be answered; `known` is false where the content does not say it.

    `asked` are the ways people put it, which is how it is found; `topic` says what kind of question it is.
    """

    key: Key
    topic: Key
    known: Flag
    source: Title | None = None
    question: Title
    answer: Summary
    asked: Keywords


class Alias(Content):
    """What people call something of the cycle beside its title: `of` names it, such as "objective:9"."""

    of: Line
    es: tuple[Line, ...]
    pt: tuple[Line, ...]
    en: tuple[Line, ...]
    fr: tuple[Line, ...]

    def in_(self, language: Language) -> tuple[str, ...]:
        """Returns the names in that language."""
        return cast("tuple[str, ...]", getattr(self, language))


_Item = TypeVar("_Item")


class NotInThisCycle(KeyError):  # noqa: N818 - read as a sentence: `except NotInThisCycle`
    """The cycle has no session, objective or practice of that name; the message says which."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Cycle:
    """Everything a content pack says. `key` is the pack's folder; `zone_name` says whose time the programme is in."""

    key: str
    title: Localized
    region: Localized
    zone: str
    zone_name: Localized
    sessions: tuple[Session, ...]
    objectives: tuple[Objective, ...]
    principles: tuple[Principle, ...]
    practices: tuple[Practice, ...]
    terms: tuple[Term, ...]
    criteria: tuple[NamedItem, ...]
    links: tuple[PublicPage, ...]
    unknown: tuple[NamedItem, ...]
    background: tuple[Fact, ...]
    general_objective: Localized
    panelists: Localized
    moderation: Localized
    audience: Localized
    practices_location: Localized
    faq: tuple[Faq, ...]
    aliases: tuple[Alias, ...]
    attendance_words: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)  # to be said at a session
    certificate: CertificateTemplate | None = None  # None: this cycle has no certificates

    def session(self, number: int) -> Session:
        """Returns the session of that number. Raises NotInThisCycle."""
        return self._the(f"session {number}", (each for each in self.sessions if each.number == number))

    def planned_capacity(self, number: int) -> int | None:
        """Returns how many may come to that session, as planned; None where everybody may, or for no such session."""
        return next((each.capacity for each in self.sessions if each.number == number), None)

    def objective(self, number: int) -> Objective:
        """Returns the objective of that number. Raises NotInThisCycle."""
        return self._the(f"objective {number}", (each for each in self.objectives if each.number == number))

    def session_of(self, objective: int) -> Session:
        """Returns the session that discusses that objective. Raises NotInThisCycle."""
        return self._the(f"objective {objective}", (each for each in self.sessions if objective in each.objectives))

    def area_of(self, objective: int) -> Area:
        """Returns the area of that objective. Raises NotInThisCycle."""
        areas = (area for session in self.sessions for area in session.areas)
        return self._the(f"objective {objective}", (area for area in areas if objective in area.objectives))

    def practice(self, key: str) -> Practice:
        """Returns the practice with that id. Raises NotInThisCycle."""
        return self._the(f"practice {key!r}", (each for each in self.practices if each.id == key))

    def term(self, key: str) -> Term:
        """Returns the word of the glossary with that key. Raises NotInThisCycle."""
        return self._the(f"term {key!r}", (each for each in self.terms if each.key == key))

    def area(self, key: str) -> Area:
        """Returns the area with that key. Raises NotInThisCycle."""
        areas = (area for session in self.sessions for area in session.areas)
        return self._the(f"area {key!r}", (area for area in areas if area.key == key))

    def principle(self, number: int) -> Principle:
        """Returns the principle of that number. Raises NotInThisCycle."""
        return self._the(f"principle {number}", (each for each in self.principles if each.number == number))

    def question(self, key: str) -> Faq:
        """Returns the entry of the FAQ with that key. Raises NotInThisCycle."""
        return self._the(f"question {key!r}", (each for each in self.faq if each.key == key))

    def practices_of(self, objective: int) -> tuple[Practice, ...]:
        """Returns the practices of that objective, in the pack's order; maybe none."""
        return tuple(each for each in self.practices if objective in each.objectives)

    def practices_in(self, country: str) -> tuple[Practice, ...]:
        """Returns the practices of that country (ISO 3166, two letters), in the pack's order; maybe none."""
        return tuple(each for each in self.practices if country in each.countries)

    def countries(self, language: Language = "es") -> tuple[str, ...]:
        """Returns the countries that have practices (ISO 3166), in the order of their names in that language."""
        codes = {code for practice in self.practices for code in practice.countries}
        return tuple(sorted(codes, key=lambda code: fold(country_name(code, language))))

    def open_links(self) -> tuple[PublicPage, ...]:
        """Returns the pages to offer: all but the doubtful ones."""
        return tuple(link for link in self.links if not link.doubtful)

    def _the(self, what: str, found: Iterable[_Item]) -> _Item:
        for item in found:
            return item
        raise NotInThisCycle(f"{self.key} has no {what}.")
