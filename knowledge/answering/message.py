"""Answers a message clause by clause: as marks divide it, as an "and" does, from its asking word on, or as one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from knowledge.answering.absence_reader import AbsenceReader
from knowledge.answering.claimed_order import ClaimedOrder
from knowledge.answering.clause_answers import ClauseAnswers
from knowledge.answering.meaning_answers import is_silent
from knowledge.answering.named_practice_reader import NamedPracticeReader
from knowledge.answering.recommendation_reader import read_recommendation
from knowledge.answers.answer_models import Answer, Situation
from knowledge.text.message_splitting import (
    OR,
    endings_that_ask,
    extract_asked_part,
    find_conjunctions,
    split_questions,
    split_series,
    strip_introduction,
)
from knowledge.text.words import normalize
from knowledge.understanding.care import names_own_appointment
from knowledge.understanding.clause import Clause, take_apart
from knowledge.understanding.clause_subject import CONTEXT
from knowledge.understanding.clause_times import ClauseContext
from knowledge.understanding.filter_reader import OF_TIME
from knowledge.understanding.query import TIMES, Form, Mood, Property, Query, State, Wish
from knowledge.understanding.subject_reader import (
    HINT,
    IN_A_SESSION,
    SURE_HALF,
    asks_for_meaning,
    asks_for_meaning_alone,
    says,
)

MOST_QUESTIONS, _MOST_JOINTS = 3, 4
_SURE_BESIDE_CASE = 0.7  # of an entry of the FAQ that is asked for beside somebody's own case
_LONGEST_JOINED = 60  # words: a longer text is a story, not two questions
_SMALL_TALK = frozenset({Mood.GREETING, Mood.THANKS, Mood.GOODBYE, Mood.WORDLESS})
CARE = frozenset({Mood.URGENT, Mood.PERSONAL})
# Sections whose words only name a session; that ask something of it; that ask nothing by themselves.
_NAMING = frozenset({"last", "next", "about_it", "before", "deals_with"})
_ASKS_OF_IT = ("open", "which", "count", "sessions", *OF_TIME, Property.TOPIC, Property.AREAS)
_NO_ASKING = frozenset({"yes_no", "event", "the_one", "either", "day_after", "day_from", "day_before"})
_PRACTICAL = TIMES | {Property.STATE, Property.DEFINITION, Property.SESSIONS}
# Topics of the FAQ that are answered also beside the careful text: what somebody needs to take part, or to stay away.
_NEEDED = frozenset({
    "attendance", "cancel_registration", "certificate", "change_registration", "connection", "interpretation",
    "materials", "platform", "recordings", "registration",
})  # fmt: skip


@dataclass(frozen=True)
class Message:
    """One message on its way to its answers."""

    knows: ClauseAnswers
    whole: Clause
    context: ClauseContext
    at: Situation

    def answers(self) -> list[Answer]:
        """Returns the answers to its clauses: as marks divide it, else as an "and" does, else to all of it."""
        if self.whole.mood is Mood.URGENT:
            return [self._answer(self.whole, self.at), *self._asked_besides()]
        if self._compares():
            return [self._answer(self.whole, self.at)]
        if self.whole.mood is None and (found := self._read_as_one()):
            return found
        told = [part for part in self._split(self.whole.text) if part.mood in CARE and not is_question(part)]
        if told and (self.whole.nouns or self.whole.numbered):  # which hide it where all is read as one
            return [self._answer(told[0], self.at), *self._asked_besides()]  # "When is session 2? I fear for my life"
        found = self._asked_part() or self._apart(self.whole) or self._whole_or_ending()
        if [each.query.mood for each in found] == [Mood.PERSONAL]:
            return [*found, *self._asked_besides()]
        return found

    def _read_as_one(self) -> list[Answer]:
        """Returns the answers where only the whole message says what is asked; [] elsewhere.

        "La 3 es la última", "I'm away on the 29th, which are left?", "we work on remittances, which one is for us?"
        """
        reader, talk = self.knows.reader, self.at.talk
        if claimed := ClaimedOrder(reader, self._take_apart).read(self.whole, talk):
            return [self.knows.tell(query, part, self.at) for query, part in claimed]
        query = (
            AbsenceReader(reader, self._take_apart).read(self.whole, talk)
            or read_recommendation(reader, self.whole)
            or NamedPracticeReader(reader, self.knows.practice_names, self._take_apart).read(self.whole)
        )
        if query is None:
            return []
        return [replace(self.knows.tell(query, self.whole, self.at, settled=True), settled=True)]

    def _compares(self) -> bool:
        """Returns whether two things are compared: "which comes first, the one on data or the one on return?"."""
        if self.whole.has("compare") and self.whole.alternatives:
            return True  # "does 2 or 3 have more?"
        compared = self.whole.has("compare", "same_hour", "same_day", "same_session")
        return compared and self.knows.read(self.whole, self.at).form is Form.SAME

    def _answer(self, clause: Clause, at: Situation) -> Answer:
        return self.knows.tell(self.knows.read(clause, at), clause, at)

    def _take_apart(self, text: str) -> Clause:
        return take_apart(text, self.context, self.knows.places)

    def _there(self, query: Query) -> Query:
        """Returns the Query in the one place that the message names, also in another part of it."""
        timed = query.criteria.kind == "session" and (Property.HOUR in query.asks or query.criteria.hours)
        one_place = len(self.whole.places) == 1 and not query.where
        return replace(query, where=self.whole.places) if timed and one_place else query

    def _asked_part(self) -> list[Answer]:
        """Returns the answers to what is asked, where it makes sense without who asks and why."""
        text = strip_introduction(extract_asked_part(self.whole.text))
        if normalize(text) == normalize(self.whole.text):
            return []
        asked = self._take_apart(text)
        query, whole = self.knows.read(asked, self.at), self.knows.read(self.whole, self.at)
        left_out = self.whole.has("without") and not asked.has("without")  # "excepto la primera, ¿cuáles me faltan?"
        of_one = query.criteria.state in {State.OVER, State.BEGUN} and (self.whole.pointed or self.whole.numbered)
        if left_out or of_one:  # "la 2, ¿ya acabó?"
            return []
        # "A child without any papers … which objective is that?"
        told = asked.points and (query.entry or self._points_at_story(asked)) and whole.criteria.subjects
        whole_is_surer = whole.mood is not Mood.PERSONAL and (query.sure < whole.sure or told)
        of_all = asked.names("session") and asked.bare and asked.has("which") and asked.has(*OF_TIME)
        if asked.mood is not None or not (query.says_of_what or of_all) or (whole_is_surer and not of_all):
            return []  # "Me interesa la trata; ¿para cuándo está previsto?" is one question
        one_named = self.whole.pointed or (self.whole.names("session") and not asked.names("session"))
        if self.whole.mood is Mood.PERSONAL and query.entry and query.sure < _SURE_BESIDE_CASE:
            return []  # "I am Haitian, my appointment was cancelled, what do I do now?" asks no entry
        asked_too = whole.names_things and set(query.asks).issubset(whole.asks)
        if asked_too and not query.names_things and (one_named or query.sure <= whole.sure):
            return []  # so is "la sesión 2, ¿a qué hora es en Caracas?", but not "soy de una asociación, ¿...?"
        # "¿Y la siguiente?" asks for no hours there; "estoy en Lisboa. ¿La 3 es a las 17?" claims one.
        if asked.hours or asked.asked - _NO_ASKING - {"next", "after", "before"}:
            asked = replace(asked, places=self.whole.places)
        found = self._apart(asked) or [self._answer(asked, self.at)]
        return found if all(each.query.asks for each in found) else []

    def _whole_or_ending(self) -> list[Answer]:
        """Returns the answer to all of it; where that is read as nothing, to the question that it ends with."""
        whole = self._answer(self.whole, self.at)
        if not is_silent(whole):
            return [whole]
        for ending in endings_that_ask(self.whole.text, self.context.language):
            part = replace(part := self._take_apart(ending), follows=part.follows or self.whole.follows)
            query = self._there(self.knows.read(part, self.at)) if part.mood is None else Query()
            if query.asks not in {(), (Property.CARD,)} and query.sure >= SURE_HALF:
                return [self.knows.tell(query, part, self.at)]
        return [whole]

    def _apart(self, clause: Clause) -> list[Answer]:
        """Returns the answers to its questions, taken apart in the way that finds more of them; [] where it is one."""
        parts, series = self._parts(clause.text), self._series(clause)
        return series if len(series) > len(parts) else parts

    def _parts(self, text: str) -> list[Answer]:
        """Returns each part's own answer; [] where there are none, and the message is better taken whole."""
        parts = self._split(extract_asked_part(text))
        if self.whole.names("objective", "principle", "practice", "area"):
            # What is told around such a question is its subject, no question of its own.
            parts = [part for part in parts if part.mood is None and is_question(part)]
        where = any(part.places and not is_question(part) for part in parts)  # in whose hours the rest is asked
        if len(parts) < 2 or where or _only_names(*parts[:2]):  # noqa: PLR2004 - one is no part
            return []  # "desde Lima: ¿a qué hora es?" is one question
        if _leaves_out(parts[0]) or self._points_at_story(parts[0]):
            return []  # "A child without any papers … which objective is that, and on which day?"
        found = self._one_by_one([part for part in parts if part.mood not in _SMALL_TALK])
        return found if any(each.query.asks for each in found) else []

    def _points_at_story(self, part: Clause) -> bool:
        """Returns whether it asks for what the rest of the message tells of: "which objective is that?"."""
        named = self.at.talk is not None or part.has("count", "list") or self.knows.read(part, self.at).says_of_what
        which = part.bare and part.has("which", "sessions")  # "I care about remittances, which one is it, and when?"
        story = which and self.knows.read(replace(self.whole, follows=False), replace(self.at, talk=None))
        return (part.points and not named) or bool(story and story.criteria.subjects)

    def _asked_besides(self) -> list[Answer]:
        """Returns the answer to a clause that surely asks a day, hour, link or state, beside one about danger."""
        if recommended := read_recommendation(self.knows.reader, self.whole):
            return [self.knows.tell(recommended, self.whole, self.at, settled=True)]
        # "I only want to know which day you discuss return, my brother came back": that is asked all the same.
        asked = strip_introduction(extract_asked_part(self.whole.text))
        of_own_office = names_own_appointment(normalize(self.whole.text), self.context.language)
        told = [replace(self.whole, mood=None)] if self.whole.mood is Mood.PERSONAL and not of_own_office else []
        endings = map(self._take_apart, endings_that_ask(self.whole.text, self.context.language))
        parts = [*self._split(self.whole.text), *([self._take_apart(asked)] if asked != self.whole.text else [])]
        parts = [part for part in (*parts, *told, *endings) if part.mood is None]
        read = [(self._there(self.knows.read(part, self.at)), part) for part in parts]
        sure = [(query, part) for query, part in read if _asks_practical(query, part)]
        sure.sort(key=lambda each: each[0].names_things, reverse=True)  # of what, before what
        besides = [self.knows.tell(self._of_story(query, part), part, self.at) for query, part in sure[:1]]
        return besides or self._needed_besides() or self._session_on_that()

    def _needed_besides(self) -> list[Answer]:
        """Returns what one clause wishes or needs to take part: "my mother died, please cancel my registration"."""
        joined = split_series(self.whole.text, self.context.language, MOST_QUESTIONS, 1)
        texts = [*split_questions(self.whole.text, self.context.language), *chain.from_iterable(joined)]
        parts = [part for text in texts if (part := self._take_apart(text)).mood is None and text != self.whole.text]
        read = [(query, part) for part in parts if (query := self.knows.read(part, self.at)).entry]
        topics = [self.knows.cycle.question(query.entry).topic for query, _ in read]
        needed = (each for each, topic in zip(read, topics, strict=True) if topic in _NEEDED)
        return [self.knows.tell(*each, self.at) for each in needed if each[0].sure >= SURE_HALF][:1]

    def _session_on_that(self) -> list[Answer]:
        """Returns the session on what was told: "my cousin was deported, is there a session on that?"."""
        asked = replace(self.whole, mood=None)
        query = self.knows.read(asked, self.at)
        of_session = query.criteria.kind == "session" and query.criteria.subjects and query.asks == (Property.CARD,)
        if not (of_session and asked.names("session") and asked.points) or asked.numbered:
            return []
        return [self.knows.tell(query, asked, self.at, settled=True)]

    def _of_story(self, query: Query, part: Clause) -> Query:
        """Returns it with what was told, where it asks for that: "he was deported, when do you discuss that?"."""
        open_ = query.criteria.kind == "session" and not query.names_things
        if not (open_ and part.points):
            return query
        told = self.knows.reader.things(self.whole, IN_A_SESSION, HINT, 1)
        return replace(query, criteria=replace(query.criteria, subjects=told))

    def _split(self, text: str) -> list[Clause]:
        texts = split_questions(text, self.context.language)[:MOST_QUESTIONS]
        return [self._take_apart(each) for each in texts] if len(texts) > 1 else []

    def _one_by_one(self, parts: Sequence[Clause]) -> list[Answer]:
        at, answers, intends, missed = self.at, list[Answer](), False, None
        for each in parts:
            if each is not parts[-1] and _tells_what_was_missed(each):
                named = Query((Property.CARD,), self.knows.reader.find_filter(each, at.talk))
                missed = self.knows.tell(named, each, at).talk
                at = replace(at, talk=missed or at.talk)
                continue
            before = answers[-1].talk if answers else missed
            goes_on = before is not None and len(before.ids) == 1 and _leaves_open(each)
            part = replace(each, follows=each.follows or goes_on)
            if goes_on:  # "I want to join session 2, what time is it?"
                part = replace(part, asked=part.asked - {"clock"})
            query = self._there(self.knows.read(part, at))
            if answers and _asks_ahead(answers[-1].query, query):
                ahead = answers.pop().query
                asks = tuple(dict.fromkeys((*ahead.asks, *query.asks)))
                query = replace(query, asks=asks, where=query.where or ahead.where)
            one = self.knows.tell(query, part, at)
            if answers and _is_told_already(part, one.query, answers[-1].query):
                continue
            if answers and one.query.criteria.focus and (intends or _is_only_named(answers[-1].query)):
                answers.pop()  # "la primera, ¿de qué trata?" is one question
            intends = one.query.wish is Wish.REGISTER and part.has(*CONTEXT)
            at = replace(at, talk=one.talk or at.talk)
            if not any((one.topic, one.ids, one.lines) == (other.topic, other.ids, other.lines) for other in answers):
                answers.append(one)
        return answers

    def _is_one_question(self, clause: Clause) -> bool:
        """Returns whether it is one question: an entry's that says "or" ("in person or online?"), "day and hour?"."""
        words, query = clause.text.split(), self.knows.read(clause, self.at)
        joints = [words[at].casefold() for at in find_conjunctions(words, clause.language)]
        either = bool(joints) and all(joint in OR[clause.language] for joint in joints)
        timed = bool(query.asks) and TIMES.issuperset(query.asks) and len(query.asks) > 1
        if timed and query.names_things and query.sure >= SURE_HALF:
            return True  # "the day and the hour of the session on remittances"
        return query.sure >= 1 and (timed or says(clause, "differs") or (either and query.asks == (Property.ENTRY,)))

    def _series(self, clause: Clause) -> list[Answer]:
        """Returns the answers to questions joined by commas or "and", each surely read and of different things."""
        if clause.mood is Mood.PERSONAL or len(clause.text.split()) > _LONGEST_JOINED or self._is_one_question(clause):
            return []
        for texts in split_series(clause.text, clause.language, MOST_QUESTIONS + 1, _MOST_JOINTS):
            parts = [self._take_apart(each) for each in texts]
            if _leaves_out(parts[0]) or _only_names(*parts[:2]):
                continue
            if all(part.mood is None for part in parts) and not any(_share_numbers(*pair) for pair in pairwise(parts)):
                found = self._one_by_one(parts)
                asked = [part for part in parts if part is parts[-1] or not _tells_what_was_missed(part)]
                different = len({(each.topic, each.ids) for each in found}) == len(asked)
                if different and all(map(_is_plain, asked, found)):
                    return found
        return []


def _leaves_out(part: Clause) -> bool:
    """Returns whether it only says what is left out: "apart from session 3, which are on a Tuesday?"."""
    return part.has("without") and not part.has("open", "which", "count", "list", *OF_TIME)


def _only_names(part: Clause, then: Clause) -> bool:
    """Returns whether a part only says of what the next one asks: "I signed up for session 2, what is it about?"."""
    sessions = part.numbers.get("session") or part.pointed or part.days or part.has("last")
    context = part.has(*CONTEXT) and not part.has(*_ASKS_OF_IT)
    says_nothing = context or (part.asked - _NO_ASKING <= _NAMING and not part.checks)
    of_another = then.has("last") or (part.places and then.places)  # "the first one in Bogotá and the last in Madrid"
    counted = part.text[-1:].isdigit()  # "session 1? hour in Lima?": together that were one hour
    one = says_nothing and part.mood is None and not (of_another or counted)
    return bool(sessions) and one and _leaves_open(then)


def _is_only_named(query: Query) -> bool:
    """Returns whether a session is surely named, and nothing asked of it yet."""
    return query.asks == (Property.CARD,) and query.sure >= SURE_HALF


def _asks_practical(query: Query, clause: Clause) -> bool:
    """Returns whether it surely asks the day, hour, state or subject of a session, or what a word means."""
    which = query.criteria.kind == "session" and bool(query.criteria.subjects) and clause.has("which", "sessions")
    return (which or not _PRACTICAL.isdisjoint(query.asks)) and query.sure >= SURE_HALF


def is_question(clause: Clause) -> bool:
    """Returns whether a part of a message is a question of its own, by its words alone."""
    return bool(clause.nouns or clause.numbered or clause.asked - _NO_ASKING) or asks_for_meaning(clause)


def _tells_what_was_missed(clause: Clause) -> bool:
    """Returns whether it only says which session somebody missed: "me perdí la de hoy, ¿hay grabación?"."""
    return says(clause, "i_missed") and not clause.has("which", "count", "open")


def _leaves_open(clause: Clause) -> bool:
    """Returns whether it says nothing of what it asks: "and until what time does it last?"."""
    named = clause.nouns or clause.numbered or clause.days or clause.weekdays or clause.pointed
    return clause.bare or (clause.has(*OF_TIME) and not named)


def _is_told_already(part: Clause, query: Query, before: Query) -> bool:
    """Returns whether the answer before holds this one: "¿qué día y a qué hora?" is told in one sentence."""
    local = query.wish is Wish.ZONE and part.has("hour") and bool(part.places)  # "local time in Milan"
    # "I do not know the word diaspora, what does it mean?", and not "what is it about?".
    meant = asks_for_meaning_alone(part) and not part.has(Property.TOPIC, *OF_TIME)
    return _goes_without(query, before) or bool(local and before.where) or meant


def _share_numbers(left: Clause, right: Clause) -> bool:
    """Returns whether they name numbers that belong together: "Session 1 and session 4"."""
    return any(numbers and right.numbers.get(kind) for kind, numbers in left.numbers.items())


def _is_plain(clause: Clause, answer: Answer) -> bool:
    query = answer.query
    criteria = query.criteria
    if query.where and not (criteria.numbers or criteria.subjects or criteria.order or criteria.days):
        return False  # "session 3 in Lima and in Santiago" is one question
    told = query.asks != (Property.CARD,) or query.form is Form.COUNT or bool(query.where)
    asks = (is_question(clause) and told) or bool((clause.nouns and query.says_of_what) or query.entry)
    return asks and bool(query.asks) and query.sure >= SURE_HALF and query.mood is None


def _asks_ahead(before: Query, query: Query) -> bool:
    """Returns whether the clause before leaves open of what, and this one says it: "¿qué día y a qué hora es la 2?"."""
    asks = (*before.asks, *query.asks)
    properties = all(isinstance(each, Property) for each in asks) and bool(before.asks) and Property.ENTRY not in asks
    open_ = before.form not in {Form.COUNT, Form.LIST} and not before.names_things
    return properties and before.criteria.kind == query.criteria.kind and open_ and query.says_of_what


def _goes_without(query: Query, before: Query) -> bool:
    """Returns whether the answer to the clause before holds what this one asks."""
    answered = bool(before.where) or not TIMES.isdisjoint(before.asks)
    return query.criteria.focus and TIMES.issuperset(query.asks) and answered and not query.where
