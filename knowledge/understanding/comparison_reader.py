"""Reads two things of one clause: compared, the same or not, joined by "and", or left open by "or"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from knowledge.search.index import Hit
from knowledge.text.message_splitting import OR
from knowledge.text.numbers_parser import noun_pattern
from knowledge.text.phrases import lexicon_pattern, phrase_pattern
from knowledge.text.words import lexicon, normalize
from knowledge.understanding.clause import Clause
from knowledge.understanding.clause_subject import extract_subject, telling_words
from knowledge.understanding.query import (
    TALK_OF_CLAIM,
    TIMES,
    Filter,
    Form,
    Kind,
    Property,
    Query,
    Talk,
    Thing,
    is_of_one,
    two_sessions,
)
from knowledge.understanding.subject_reader import (
    ANSWER,
    HINT,
    IN_A_SESSION,
    SURE_HALF,
    SubjectReader,
    figures_in,
    says,
    session_of,
    session_told,
    thing_of,
)

_CLAIMED = 0.96  # how surely a claim is read whose session and subject are both surely named
_MOST_JOINTS = 5  # of a clause that are looked at
_SAME = {"same_session": Property.SESSIONS, "same_hour": Property.HOUR, "same_day": Property.DAY}
_SAME_SPAN = {"same_week": Property.WEEK, "same_month": Property.MONTH}


@dataclass(frozen=True)
class ComparisonReader(SubjectReader):
    """Reads what is said of two things of one cycle; the FilterReader adds how they are named."""

    def sameness(self, clause: Clause, talk: Talk | None) -> Query | None:
        """Returns the Query of "are those two on the same day?": of numbers, subjects, places, both told, or all."""
        asks = next((each for name, each in _SAME.items() if clause.has(name)), None)
        asks = asks or next((each for name, each in _SAME_SPAN.items() if says(clause, name)), None)
        if asks is None and clause.has("same_there") and len(clause.places) > 1:
            asks = Property.HOUR  # "Cayenne, is it the same as Buenos Aires?"
        asks = Property.WEEKDAY if asks is Property.DAY and says(clause, "of_the_week") else asks
        if asks is None:
            return None
        if clause.names("objective") and (named := self._objective_figures(clause)):
            return Query((asks,), Filter("session", (), named), (), Form.SAME)
        numbers = clause.numbers.get("session") or self.figures(clause)
        subjects = () if numbers else self.compared(clause)
        if clause.has("every"):
            numbers = numbers or tuple(each.number for each in self.cycle.sessions)
        if not (numbers or subjects or clause.places or (clause.names("session") and asks is not Property.SESSIONS)):
            numbers = two_sessions(talk) or self._told_apart(talk)
        if not (subjects or numbers) and asks not in {Property.HOUR, Property.DAY}:
            return None
        return Query((asks,), Filter("session", tuple(numbers), subjects), clause.places, Form.SAME)

    def _told_apart(self, talk: Talk | None) -> tuple[int, ...]:
        """Returns the sessions of the last two things that were told, one after the other."""
        last, before = session_told(self.cycle, talk), talk.before if talk is not None else None
        return () if last is None or before is None else (before, last)

    def _objective_figures(self, clause: Clause) -> tuple[Thing, ...]:
        """Returns the objectives of "are objectives 7 and 17 on the same day?"; () where they are not several."""
        figures = dict.fromkeys(figures_in(clause))
        known = {str(each.number) for each in self.cycle.objectives}
        things = tuple(Thing("objective", each) for each in figures if each in known)
        return things if len(things) > 1 else ()

    def figures(self, clause: Clause) -> tuple[int, ...]:
        """Returns the figures that are numbers of sessions."""
        figures = dict.fromkeys(map(int, figures_in(clause)))
        return tuple(number for number in figures if any(number == each.number for each in self.cycle.sessions))

    def compared(self, clause: Clause, kinds: Sequence[Kind] = IN_A_SESSION, least: float = HINT) -> tuple[Thing, ...]:
        """Returns both subjects of "which comes first, remittances or data?"; () where they are not two."""
        firsts = ((before[0], after[0]) for before, after in self._halves(clause, kinds))
        different = (hits for hits in firsts if hits[0].document is not hits[1].document)
        return next((tuple(map(thing_of, hits)) for hits in different if all(hit.sure >= least for hit in hits)), ())

    def leaves_open(self, clause: Clause) -> bool:
        """Returns whether it asks which of two subjects is told: "is session 2 about remittances or trafficking?"."""
        either = phrase_pattern(OR[clause.language]).search(normalize(clause.text)) is not None
        return either and clause.checks and bool(self.compared(clause))

    def discussed_there(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields "do they talk about cooperation in the one on data?", and "and remittances?" after such a claim."""
        if clause.numbered or clause.days or clause.hours or clause.places or clause.nouns - {"session"}:
            return
        claimed = self._claim_of_subject(clause) or self._claim_that_goes_on(clause, talk)
        if claimed is not None:
            session, subject = claimed
            criteria = Filter("session", (session,), (subject,))
            yield Query((Property.CARD,), criteria, form=Form.YES_NO, sure=_CLAIMED)

    def all_discussed(self, clause: Clause) -> Iterator[Query]:
        """Yields "are all the objectives covered?", "does any objective stay out of the cycle?"."""
        words = normalize(clause.text)
        cycle = phrase_pattern(lexicon("others")["cycle"]).search(words) is not None
        out = clause.has("without") and cycle and clause.bare
        if clause.names("objective") and not clause.numbered and (out or says(clause, "all_objectives")):
            yield Query((Property.AREAS,), Filter("objective", without=out), form=Form.YES_NO)

    def _claim_of_subject(self, clause: Clause) -> tuple[int, Thing] | None:
        """Returns the session that one subject names, and the other subject that is claimed to be discussed in it."""
        words, language = normalize(clause.text), clause.language
        match = lexicon_pattern("turns", "deals_with", language).search(words) if clause.checks else None
        if match is None:
            return None
        halves = words[: match.start()] + " ", " " + words[match.end() :]
        named = lexicon_pattern("turns", "the_one", language), noun_pattern(language, "session")
        places = [any(pattern.search(half) for pattern in named) for half in halves]
        themes = (" ".join(telling_words(extract_subject(half, language), language)) for half in halves)
        found = [self.search(theme, language, IN_A_SESSION, 1) for theme in themes]
        if places[0] == places[1] or not all(hits and hits[0].sure >= ANSWER for hits in found):
            return None
        there, subject = found if places[0] else reversed(found)
        session = session_of(self.cycle, thing_of(there[0]))
        return None if session is None else (session, thing_of(subject[0]))

    def _claim_that_goes_on(self, clause: Clause, talk: Talk | None) -> tuple[int, Thing] | None:
        """Returns the session of which the same was just claimed, and the subject that is claimed now."""
        asks = clause.has(*TIMES, "which", "sessions", "count", "list", "compare", "definition", "the_one")
        if asks or not is_of_one(talk, {TALK_OF_CLAIM}) or not (clause.follows or clause.checks):
            return None
        subjects = self.things(clause, IN_A_SESSION, ANSWER, 1)
        return (int(talk.ids[0]), subjects[0]) if subjects else None

    def joined(self, clause: Clause) -> tuple[Thing, ...]:
        """Returns both subjects of "remittances and data, when?", as surely meant as each other; () where it is one.

        "Decisions based on data and evidence" is one subject: what fits all of it best fits both halves.
        """
        if not clause.has("either") or clause.has("compare"):
            return ()
        whole = self.search(clause.theme, clause.language, IN_A_SESSION, 1)
        for halves in self._halves(clause):
            surely = [{id(each.document) for each in hits if each.sure >= HINT} for hits in halves]
            one = any(id(hit.document) in surely[0] & surely[1] for hit in whole)
            if not one and all(hits[0].sure >= SURE_HALF for hits in halves):
                least = min(hits[0].sure for hits in halves)
                return tuple(replace(thing_of(hits[0]), sure=least) for hits in halves)
        return ()

    def _halves(
        self, clause: Clause, kinds: Sequence[Kind] = IN_A_SESSION
    ) -> Iterator[tuple[Sequence[Hit], Sequence[Hit]]]:
        """Yields what fits on both sides of each joint, where something fits both."""
        language = clause.language
        words = normalize(clause.text).replace(" que trata ", " que ")  # "y trata" is a noun there
        for place, *_ in clause.places:  # "Puerto Príncipe" has no ports
            words = words.replace(normalize(place.name), " ")
        words = lexicon_pattern("typed/wishes", "here", language).sub(" ", words) if clause.places else words
        for section in ("same_session", "same_hour", "same_day"):
            words = lexicon_pattern("turns", section, clause.language).sub(" ", words)
        for joint in islice(lexicon_pattern("turns", "either", clause.language).finditer(words), _MOST_JOINTS):
            halves = words[: joint.start()], words[joint.end() :]
            subjects = (" ".join(telling_words(extract_subject(half, language), language)) for half in halves)
            before, after = (self.search(each, clause.language, kinds) for each in subjects)
            if before and after:
                yield before, after
