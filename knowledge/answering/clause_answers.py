"""Answers one clause: reads it as a Query, and tells what was understood of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from knowledge.answers import faq_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.called_off import say_called_off
from knowledge.answers.evaluation import evaluate
from knowledge.places.places import Places
from knowledge.programme.cycle import Cycle
from knowledge.search.index import Index
from knowledge.understanding.clause import Clause
from knowledge.understanding.query import Form, Query
from knowledge.understanding.reader import Reader
from locales.localized import Language
from locales.reply import Listing, Text, text

_MOST_UNREAD = 3  # words


@dataclass(frozen=True)
class ClauseAnswers:
    """Answers the clauses of one cycle."""

    cycle: Cycle
    places: Places
    by_language: Mapping[Language, Index]
    team_entries: Mapping[str, str]  # entries that the content cannot answer, to the team's

    def read(self, clause: Clause, at: Situation) -> Query:
        """Returns how that clause is read, after what was talked about."""
        return self.reader.read(clause, at.talk)

    @cached_property
    def reader(self) -> Reader:
        """The reader of this cycle's clauses."""
        return Reader(self.cycle, self.by_language)

    def tell(self, query: Query, clause: Clause, at: Situation, *, settled: bool = False) -> Answer:
        """Returns the answer to that Query; what it tells of a session that is called off says so.

        `settled`: its meaning is clear, so words that were not understood are not spoken of.
        """
        numbers = tuple(number for number in clause.numbers.get("session", ()) if number in at.live)
        told = self._tell(query, clause, replace(at, named_sessions=numbers), settled=settled)
        return say_called_off(told, at, numbers)

    def _tell(self, query: Query, clause: Clause, at: Situation, *, settled: bool) -> Answer:
        query = replace(query, entry=self.team_entries.get(query.entry, query.entry))
        found = replace(evaluate(query, at, () if query.asks else self._near(clause)), query=query)
        if settled:
            return found
        if isinstance(first := found.lines[0], Text) and first.key.startswith(("answer.yes", "answer.no")):
            return found
        if self.reader.is_weak(clause, query) and found.known:
            return replace(found, lines=(text("answer.nearest"), "", *found.lines), weak=True)
        if not (unread := self.reader.unread(clause, query)):
            return found
        if query.form is Form.COUNT:  # of something else: a number would be told as if it were the answer
            return replace(faq_answers.unknown(found.offers[:1]), query=Query())
        words = Listing(tuple(unread[:_MOST_UNREAD]))
        return replace(found, lines=(text("answer.unread", words=words), "", *found.lines), unread=tuple(unread))

    def _near(self, clause: Clause) -> list[tuple[str, str]]:
        """Offers topics that may be meant."""
        hits = self.reader.search(clause.theme, clause.language, ("objective", "principle", "session", "practice"), 3)
        return [(hit.document.kind, hit.document.key) for hit in hits if hit.share >= 0.2]  # noqa: PLR2004 - a hint only
