"""Defines the entries of a content pack: sessions, objectives, principles, practices, terms, as typed values."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from knowledge.programme.field_validation import (
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
from locales.localized import Language, Localized


class Content(BaseModel):
    """A table of a content file: nothing unknown in it, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
