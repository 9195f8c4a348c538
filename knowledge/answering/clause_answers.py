"""Reads clauses and tells their answers, with what of them was not understood."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from knowledge.answering.named_practice_reader import PracticeNames
from knowledge.answers import faq_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.evaluation import evaluate
from knowledge.places.places import Places
from knowledge.programme.cycle import Cycle
from knowledge.search.index import Index
from knowledge.text.words import normalize
from knowledge.understanding.clause import Clause, words_left
from knowledge.understanding.clause_subject import NOUNS
from knowledge.understanding.filter_reader import OF_TIME
from knowledge.understanding.practice_reader import MOST_PRACTICES
from knowledge.understanding.query import TALK_OF_OWN_PLACE, TALK_OF_PLACE, Form, Property, Query, Wish
from knowledge.understanding.reader import Reader
from knowledge.understanding.subject_reader import ANSWER, SURE_HALF, asks_for_meaning, says, session_of
from locales.localized import Language
from locales.reply import Text, text

_WEAK_SUBJECT = 0.7  # below, a subject is the nearest that was found, no more
_TOLD = ((Property.CARD,), (Property.DEFINITION,))
_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_UNREAD = 3  # words
_OF_A_SESSION = frozenset({Wish.REGISTER, Wish.LEAVE, Wish.REMIND, Wish.STOP})


@dataclass(frozen=True)
class ClauseAnswers:
    """Answers the clauses of one cycle."""

    cycle: Cycle
    places: Places
    by_language: Mapping[Language, Index]
    team_entries: Mapping[str, str]  # entries that the content cannot answer, to the team's

    def read(self, clause: Clause, at: Situation) -> Query:
        """Returns how that clause is read, after what was talked about."""
        return self.reader.read(clause, _of_entrys_session(clause, at).talk)

    @cached_property
    def reader(self) -> Reader:
        """The reader of this cycle's clauses."""
        return Reader(self.cycle, self.by_language)

    @cached_property
    def practice_names(self) -> PracticeNames:
        """The names by which its practices are called."""
        return PracticeNames(self.cycle, self.places)

    def tell(self, query: Query, clause: Clause, at: Situation, *, settled: bool = False) -> Answer:
        """Returns the answer to that Query; what it tells of a session that is called off says so.

        `settled`: its meaning is clear, so words that were not understood are not spoken of.
        """
        numbers = tuple(number for number in clause.numbers.get("session", ()) if number in at.live)
        at = _of_entrys_session(clause, at)
        told = self._tell(query, clause, replace(at, named_sessions=numbers), settled=settled)
        if (
            told.topic == "registration"
            and says(clause, "obliged")
            and not (clause.has("open") or says(clause, "manner"))
        ):
            told = replace(told, lines=(text("answer.register.need"), "", *told.lines))
        return told.with_called_off(at, numbers)

    def _tell(self, query: Query, clause: Clause, at: Situation, *, settled: bool) -> Answer:
        query = replace(query, entry=self.team_entries.get(query.entry, query.entry))
        found = replace(
            evaluate(self._of_which(query, clause), at, () if query.asks else self._near(clause)), query=query
        )
        if settled:
            return found
        if isinstance(first := found.lines[0], Text) and first.key.startswith(("answer.yes", "answer.no")):
            return found
        if self._is_weak(clause, query) and found.known:
            return replace(found, lines=(text("answer.nearest"), "", *found.lines), weak=True)
        if not (unread := self._unread(clause, query)):
            return found
        if query.form is Form.COUNT:  # of something else: a number would be told as if it were the answer
            return replace(faq_answers.unknown(found.offers[:1]), query=Query())
        words = ", ".join(unread[:_MOST_UNREAD])
        return replace(found, lines=(text("answer.unread", words=words), "", *found.lines), unread=tuple(unread))

    def _of_which(self, query: Query, clause: Clause) -> Query:
        """Returns a wish with the session that it names by a subject: "quiero ir a la de inclusión"."""
        if query.wish not in _OF_A_SESSION or query.criteria.numbers or query.criteria.kind != "session":
            return query
        named = (session_of(self.cycle, each) for each in self.reader.pointed(clause, None)[:1])
        numbers = tuple(number for number in named if number is not None)
        return replace(query, criteria=replace(query.criteria, numbers=numbers))

    def _near(self, clause: Clause) -> list[tuple[str, str]]:
        """Offers topics that may be meant."""
        hits = self.reader.search(clause.theme, clause.language, ("objective", "principle", "session", "practice"), 3)
        return [(hit.document.kind, hit.document.key) for hit in hits if hit.share >= 0.2]  # noqa: PLR2004 - a hint only

    def _unread(self, clause: Clause, query: Query) -> list[str]:
        """Returns the words that a reading leaves over where they may change what is asked; as they were typed.

        Words told around a question whose property is plain ("which day") are no part of it.
        """
        criteria = query.criteria
        of_sessions = criteria.kind == "session" and query.wish is None and not query.entry
        plain = clause.has("sessions", "which", "list") or not {Property.CARD}.issuperset(query.asks)
        identified = criteria.numbers or criteria.subjects or criteria.days or criteria.order or criteria.focus
        counted = query.form is Form.COUNT and not clause.nouns - {"session"}
        told = Property.SPAN in query.asks or clause.number is not None or not of_sessions
        told = told or (query.form is Form.COMPARE and len(criteria.subjects) > 1)
        if told or (plain and identified and not counted):
            return []
        names = {(each.kind, each.key) for each in criteria.subjects}
        zones = normalize(" ".join(each.zone for places in clause.places for each in places)).split()
        left = [
            word for word in words_left(clause) if word not in zones and not self._is_of(word, clause.language, names)
        ]
        # Nothing but letters comes back.
        typed = {normalize(each).strip(): each for each in _LETTERS.findall(clause.text)}
        return list(dict.fromkeys(typed.get(word, word) for word in left))

    def _is_weak(self, clause: Clause, query: Query) -> bool:
        """Returns whether only some of its words lead to what is told, and no word says what kind of thing is wanted.

        "Do I have to bring any document?" has a word of an objective, and asks for none.
        """
        criteria, subjects = query.criteria, query.criteria.subjects
        if Property.ENTRY in query.asks:
            return query.sure < SURE_HALF and not criteria.numbers
        if not subjects or criteria.numbers or criteria.days or criteria.order:
            return False
        if criteria.kind == "session":
            limit = _WEAK_SUBJECT if query.form is Form.YES_NO else ANSWER
            named = query.form is not Form.YES_NO and (clause.pointed or clause.has("which", "sessions", "compare"))
            return query.asks == (Property.CARD,) and subjects[0].sure < limit and not named
        named = clause.names(*NOUNS) or asks_for_meaning(clause) or query.asks not in _TOLD
        return not named and query.sure < _WEAK_SUBJECT

    def _is_of(self, word: str, language: Language, names: Collection[tuple[str, str]]) -> bool:
        hits = self.reader.search(word, language, ("objective", "area", "session"), MOST_PRACTICES) if names else ()
        return any((hit.document.kind, hit.document.key) in names for hit in hits)


def _of_entrys_session(clause: Clause, at: Situation) -> Situation:
    """Returns the situation with the session of which an entry was asked, for who then asks its day, hour or the next.

    "Is session 3 free, and at what time?", "I can't then, and the next one?"; all else goes on with the entry itself.
    """
    talk = at.talk
    timed = clause.has(*OF_TIME, "next", "after", "before")
    of_place = talk is not None and talk.kind in {TALK_OF_PLACE, TALK_OF_OWN_PLACE}  # told after that session
    if talk is None or not (of_place or talk.kind == "faq") or talk.before is None or not timed:
        return at
    kind, own = "time" if talk.zone else "session", talk.own or of_place
    return replace(at, talk=replace(talk, kind=kind, ids=(str(talk.before),), before=None, own=own))
