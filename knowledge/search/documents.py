"""Builds the searchable documents: everything the cycle says, as lines of words in each language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.places.gazetteer import country_name
from knowledge.programme.cycle import Cycle, Faq, Practice
from locales.localized import LANGUAGES, Language, Localized

Kind = Literal["session", "area", "objective", "principle", "practice", "term", "faq"]
Lines = tuple[tuple[float, str], ...]  # how much a line counts, and its words
Words = Mapping[Language, Sequence[str]]

_TITLE, _NAME, _ALIAS, _ASKED, _KEYWORD, _SUMMARY = 1.0, 1.0, 1.0, 1.0, 0.9, 0.5


@dataclass(frozen=True)
class Document:
    """One thing of the cycle; `key` is its number or name within its kind."""

    kind: Kind
    key: str
    lines: "dict[Language, Lines]"

    @property
    def address(self) -> str:
        """Its name among all documents, as aliases write it: "objective:9"."""
        return f"{self.kind}:{self.key}"


def build_documents(cycle: Cycle) -> list[Document]:
    """Builds every document of that cycle, with the names people use for it."""
    aliases = {alias.of: alias for alias in cycle.aliases}

    def with_aliases(document: Document) -> Document:
        alias = aliases.get(document.address)
        if alias is None:
            return document
        more = {language: tuple((_ALIAS, line) for line in alias.in_(language)) for language in LANGUAGES}
        lines = {language: (*document.lines[language], *more[language]) for language in LANGUAGES}
        return Document(document.kind, document.key, lines)

    return [with_aliases(document) for document in _without_aliases(cycle)]


def _without_aliases(cycle: Cycle) -> Iterator[Document]:
    for session in cycle.sessions:
        yield Document("session", str(session.number), _in_every_language((_TITLE, session.title)))
        for area in session.areas:
            yield Document("area", area.key, _in_every_language((_NAME, area.name)))
    for objective in cycle.objectives:
        texts = (_NAME, objective.short), (_TITLE, objective.title), (_SUMMARY, objective.summary)
        yield Document("objective", str(objective.number), _add_lines(_in_every_language(*texts), objective.keywords))
    for principle in cycle.principles:
        own_lines = (_NAME, principle.name), (_SUMMARY, principle.summary)
        yield Document(
            "principle", str(principle.number), _add_lines(_in_every_language(*own_lines), principle.keywords)
        )
    yield from map(practice_document, cycle.practices)
    for term in cycle.terms:
        lines = _in_every_language((_NAME, term.name), (_SUMMARY, term.definition))
        yield Document("term", term.key, _add_lines(lines, dict.fromkeys(LANGUAGES, term.aliases)))
    yield from map(faq_document, cycle.faq)


def faq_document(faq: Faq) -> Document:
    """Returns a question that people ask, with the ways they put it."""
    return Document("faq", faq.key, _add_lines(_in_every_language((_TITLE, faq.question)), faq.asked, _ASKED))


def practice_document(practice: Practice) -> Document:
    """Returns a practice, with its title, who implements it, and where."""
    names = [each for each in (practice.place, practice.implementer) if each is not None]
    lines = _in_every_language((_SUMMARY, practice.summary), *((_KEYWORD, each) for each in names))
    everywhere = dict.fromkeys(LANGUAGES, (practice.title,))
    countries = {language: tuple(country_name(code, language) for code in practice.countries) for language in LANGUAGES}
    return Document("practice", practice.id, _add_lines(_add_lines(lines, everywhere, _TITLE), countries))


def _in_every_language(*texts: tuple[float, Localized]) -> "dict[Language, Lines]":
    return {language: tuple((weight, text.in_(language)) for weight, text in texts) for language in LANGUAGES}


def _add_lines(lines: "dict[Language, Lines]", more: Words, weight: float = _KEYWORD) -> "dict[Language, Lines]":
    found: dict[Language, Lines] = {}
    for language in LANGUAGES:
        found[language] = (*lines[language], *((weight, line) for line in more[language]))
    return found
