"""Holds all that a content pack says of a cycle, with look-ups by number and key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from knowledge.places.gazetteer import country_name
from knowledge.programme.certificate_template import CertificateTemplate
from knowledge.programme.content_models import (
    Alias,
    Area,
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
from knowledge.text.spelling import fold
from locales.localized import Language, Localized

__all__ = [
    "Alias",
    "Area",
    "Cycle",
    "Fact",
    "Faq",
    "NamedItem",
    "NotInThisCycle",
    "Objective",
    "Practice",
    "Principle",
    "PublicPage",
    "Session",
    "Term",
]

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
