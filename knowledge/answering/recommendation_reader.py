"""Reads what somebody works on and asks a session for: "we fight trafficking, which one would you recommend?"."""

from collections.abc import Iterator, Sequence

from knowledge.search.index import Hit
from knowledge.text.phrases import lexicon_pattern
from knowledge.text.words import normalize
from knowledge.understanding.clause import Clause
from knowledge.understanding.query import Filter, Property, Query
from knowledge.understanding.reader import Reader
from knowledge.understanding.subject_reader import ANSWER, IN_A_SESSION, thing_of
from locales.localized import Language

_LONGEST_FIELD, _FEW_WORDS = 6, 9  # words


def asks_for_a_recommendation(text: str, language: Language) -> bool:
    """Returns whether it asks which session is for somebody."""
    return lexicon_pattern("others", "fits_me", language).search(normalize(text)) is not None


def read_recommendation(reader: Reader, clause: Clause) -> Query | None:
    """Returns the Query of the session on what somebody says that they work on; None where nothing of it is said."""
    words, language = normalize(clause.text), clause.language
    which = clause.has("which", "open") or clause.names("session")  # "¿me recomiendan un libro?" asks for none
    named = clause.numbered or clause.days or clause.nouns - {"session", "area"}
    asked = which and asks_for_a_recommendation(words, language)
    if named or not (asked or _only_states(clause, words)):
        return None
    parts = lexicon_pattern("others", "fits_me", language).sub("\n", words).split("\n")
    fields = (
        part[match.end() :].split()[:_LONGEST_FIELD]
        for part in parts
        for match in lexicon_pattern("others", "works_on", language).finditer(part)
    )
    hits = [hit for field in fields for hit in _hits(reader, field, language) if hit.sure >= ANSWER]
    best = max(hits, key=lambda hit: (hit.whole, hit.words, hit.sure), default=None)
    return None if best is None else Query((Property.CARD,), Filter("session", subjects=(thing_of(best),)))


def _only_states(clause: Clause, words: str) -> bool:
    """Returns whether few words say what somebody works on, and ask nothing: "trabajo en remesas"."""
    stated = lexicon_pattern("others", "works_on", clause.language).search(words)
    begins = stated is not None and not words[: stated.start()].strip().count(" ")  # "I" before it
    return begins and "?" not in clause.text and len(words.split()) <= _FEW_WORDS and not clause.has("open", "which")


def _hits(reader: Reader, field: Sequence[str], language: Language) -> Iterator[Hit]:
    """Yields what deals with any words of it that stand together: of "la gestion des frontieres" the last is a name."""
    ends = ((first, last) for first in range(len(field)) for last in range(first, len(field)))
    for first, last in ends:
        yield from reader.search(" ".join(field[first : last + 1]), language, IN_A_SESSION, 2)
