"""Tells how much of a clause its reading accounts for: words left over, and readings that few words support."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from knowledge.text.words import normalize
from knowledge.understanding.clause import NOUNS, Clause, asks_for_meaning, words_left
from knowledge.understanding.filter_reader import ANSWER
from knowledge.understanding.practice_reader import MOST_PRACTICES, PracticeReader
from knowledge.understanding.query import Form, Property, Query
from locales.localized import Language

_WEAK_ENTRY, _WEAK_SUBJECT = 0.5, 0.7  # below, an entry or a subject is the nearest that was found, no more
_TOLD = ((Property.CARD,), (Property.DEFINITION,))
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class DoubtReader(PracticeReader):
    """Doubts what was read; the Reader adds the ways to read a clause."""

    def unread(self, clause: Clause, query: Query) -> list[str]:
        """Returns the words that a reading leaves over where they may change what is asked; as they were typed.

        Words told around a question whose property is plain ("which day") are no part of it.
        """
        criteria = query.criteria
        of_sessions = criteria.kind == "session" and query.wish is None and not query.entry
        plain = clause.has("sessions", "which", "list") or not {Property.CARD}.issuperset(query.asks)
        identified = criteria.numbers or criteria.subjects or criteria.days or criteria.order or criteria.focus
        counted = query.form is Form.COUNT and not clause.nouns - {"session"}
        if Property.SPAN in query.asks or not of_sessions or (plain and identified and not counted):
            return []
        names = {(each.kind, each.key) for each in criteria.subjects}
        left = [word for word in words_left(clause) if not self._is_of(word, clause.language, names)]
        if not left:
            return []
        # Nothing but letters comes back.
        typed = {normalize(each).strip(): each for each in _LETTERS.findall(clause.text)}
        return list(dict.fromkeys(typed.get(word, word) for word in left))

    def is_weak(self, clause: Clause, query: Query) -> bool:
        """Returns whether only some of its words lead to what is told, and no word says what kind of thing is wanted.

        "Do I have to bring any document?" has a word of an objective, and asks for none.
        """
        criteria, subjects = query.criteria, query.criteria.subjects
        if Property.ENTRY in query.asks:
            return query.sure < _WEAK_ENTRY and not criteria.numbers
        if not subjects or criteria.numbers or criteria.days or criteria.order or query.wish is not None:
            return False
        if criteria.kind == "session":
            limit = _WEAK_SUBJECT if query.form is Form.YES_NO else ANSWER
            named = query.form is not Form.YES_NO and (clause.pointed or clause.has("which", "sessions", "compare"))
            return query.asks == (Property.CARD,) and subjects[0].sure < limit and not named
        named = clause.names(*NOUNS) or asks_for_meaning(clause) or query.asks not in _TOLD
        return not named and query.sure < _WEAK_SUBJECT

    def _is_of(self, word: str, language: Language, names: Collection[tuple[str, str]]) -> bool:
        hits = self.search(word, language, ("objective", "area", "session"), MOST_PRACTICES) if names else ()
        return any((hit.document.kind, hit.document.key) in names for hit in hits)
