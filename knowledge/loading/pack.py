"""Defines the files of a content pack and the tables of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from knowledge.loading.content_file import ContentFile
from knowledge.programme.certificate_template import CertificateFile
from knowledge.programme.cycle import (
    Alias,
    Fact,
    Faq,
    NamedItem,
    Objective,
    Practice,
    Principle,
    PublicPage,
    Session,
    Term,
)
from knowledge.programme.field_validation import Content, Keywords, Line, Summary, Title, Zone


class About(Content):
    """The table [cycle] of cycle.toml."""

    title: Title
    region: Title
    zone: Zone
    zone_name: Title
    source: Line


class People(Content):
    """The table [people] of cycle.toml: who speaks, who moderates, who may come."""

    panelists: Summary
    moderation: Summary
    audience: Summary


class CycleFile(Content):
    """cycle.toml."""

    cycle: About
    general_objective: Summary
    practices_location: Summary
    people: People
    session: tuple[Session, ...] = Field(min_length=1)
    eligibility: tuple[NamedItem, ...] = ()
    unknown: tuple[NamedItem, ...] = ()
    background: tuple[Fact, ...] = ()
    link: tuple[PublicPage, ...] = ()


class WithMeta(Content):
    """A file that says in [meta] where its texts come from."""

    meta: dict[str, Any]


class ObjectivesFile(WithMeta):
    """objectives.toml."""

    objective: tuple[Objective, ...] = Field(min_length=1)


class PrinciplesFile(WithMeta):
    """principles.toml."""

    principle: tuple[Principle, ...] = Field(min_length=1)


class PracticesFile(WithMeta):
    """practices.toml."""

    practice: tuple[Practice, ...] = ()


class GlossaryFile(WithMeta):
    """glossary.toml."""

    term: tuple[Term, ...] = ()


class FaqFile(Content):
    """faq.toml."""

    faq: tuple[Faq, ...] = ()


class AliasesFile(Content):
    """aliases.toml."""

    alias: tuple[Alias, ...] = ()


class AttendanceFile(Content):
    """attendance.toml: words that are said at sessions, by language."""

    words: Keywords = Field(default_factory=dict)


FILES: Mapping[str, type[Content]] = {
    "cycle": CycleFile,
    "objectives": ObjectivesFile,
    "principles": PrinciplesFile,
    "practices": PracticesFile,
    "glossary": GlossaryFile,
    "faq": FaqFile,
    "aliases": AliasesFile,
    "attendance": AttendanceFile,
    "certificate": CertificateFile,
}
# What only makes answers better, or is not needed at the beginning; a new cycle may begin without.
OPTIONAL = ("faq", "aliases", "attendance", "certificate")


@dataclass(frozen=True)
class Pack:
    """The files, each as its own model, and as they were read (by name)."""

    cycle: CycleFile
    objectives: ObjectivesFile
    principles: PrinciplesFile
    practices: PracticesFile
    glossary: GlossaryFile
    faq: FaqFile
    aliases: AliasesFile
    attendance: AttendanceFile
    certificate: CertificateFile | None
    pictures: dict[str, bytes]  # of the certificate, by file name, those that can be read
    files: dict[str, ContentFile]
