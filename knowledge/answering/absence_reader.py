"""Reads what somebody cannot attend and which sessions are left for them: "I'm away on the 29th, what is left?"."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from knowledge.text.phrases import lexicon_pattern
from knowledge.text.words import normalize
from knowledge.understanding.clause import Clause
from knowledge.understanding.filter_reader import ask_of_sessions
from knowledge.understanding.query import Filter, Order, Query, Talk
from knowledge.understanding.reader import Reader
from knowledge.understanding.subject_reader import ANSWER
from locales.localized import Language

_SENTENCE_END = re.compile(r"[.!?;\n¿¡]+(?!\d)")
# Beside these, "I cannot" tells of no session that is missed, or something else is asked.
_OTHERWISE = ("only_to", "compare", "span", "interpretation", "connection")


@dataclass(frozen=True)
class AbsenceReader:
    """Reads such messages; pure."""

    reader: Reader
    take_apart: Callable[[str], Clause]

    def read(self, clause: Clause, talk: Talk | None) -> Query | None:
        """Returns the Query of all sessions but those that are missed; None where nothing of the kind is said."""
        rest = lexicon_pattern("others", "asks_rest", clause.language)
        if not rest.search(normalize(clause.text)) or clause.nouns - {"session"} or clause.has(*_OTHERWISE):
            return None
        for stated in map(normalize, reversed(_SENTENCE_END.split(clause.text))):
            sides = rest.sub("\n", stated).split("\n")
            missed = [criteria for side in sides if (criteria := self._missed(side, clause.language, talk)) is not None]
            named = [side for side in sides if self._named(side, None) is not None]
            if len(missed) == len(named) == 1:  # "I'm away in November: which are left in October?" names two
                return ask_of_sessions(clause, missed[0])
        return None

    def _missed(self, words: str, language: Language, talk: Talk | None) -> Filter | None:
        """Returns the filter of all sessions but those that are missed; None where none is said to be."""
        cannot, occupied = (lexicon_pattern("others", each, language) for each in ("cannot", "occupied"))
        criteria = self._named(occupied.sub(" ", cannot.sub(" ", words)), talk)
        away = cannot.search(words) or (criteria is not None and _is_dated(criteria) and occupied.search(words))
        if criteria is None or not away:
            return None
        order = Order.LAST if criteria.order is Order.LAST else Order.LEFT
        return replace(criteria, without=True, order=order)

    def _named(self, words: str, talk: Talk | None) -> Filter | None:
        """Returns the filter of the sessions that those words name, by number, day, order or subject; None for none."""
        part = self.take_apart(words.strip())
        criteria = self.reader.find_filter(replace(part, asked=part.asked - {"left", "other", "which", "list"}), talk)
        about = criteria.subjects and criteria.subjects[0].sure >= ANSWER and (part.pointed or part.names("session"))
        named = criteria.numbers or _is_dated(criteria) or criteria.order is Order.LAST or about
        if not named or criteria.kind not in {None, "session"}:
            return None
        subjects = criteria.subjects if about and not criteria.numbers else ()
        return replace(criteria, kind="session", subjects=subjects, hours=(), count=None, state=None, focus=False)


def _is_dated(criteria: Filter) -> bool:
    return bool(criteria.days or criteria.weekdays)
