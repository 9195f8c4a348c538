"""Answers messages: words to clauses, each clause to a Query, each Query to an Answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from knowledge.answers import faq_answers
from knowledge.answers.answer_cache import AnswerCache
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.called_off import say_called_off
from knowledge.answers.evaluation import evaluate
from knowledge.answers.meaning_answers import answer_by_meaning, choose_band, gives_way, is_doubtful, is_silent
from knowledge.answers.session_choice import choose_sessions
from knowledge.places.places import Places
from knowledge.programme.cycle import Cycle, Practice
from knowledge.search import team_answers
from knowledge.search.documents import Document, build_documents, faq_document, practice_document
from knowledge.search.index import Index, build_indexes
from knowledge.text.creole import as_french
from knowledge.text.language_detection import LanguageDetector, LanguageGuess
from knowledge.text.message_splitting import extract_asked_part, split_questions, split_series, strip_introduction
from knowledge.text.spelling import fold
from knowledge.text.words import lexicon, lexicon_words, normalize
from knowledge.understanding.care import CAREFUL_TOPICS
from knowledge.understanding.clause import Clause, asks_for_meaning, take_apart
from knowledge.understanding.clause_days import ClauseContext
from knowledge.understanding.filter_reader import OF_TIME
from knowledge.understanding.query import TIMES, Form, Mood, Property, Query
from knowledge.understanding.reader import Reader
from locales.localized import LANGUAGES, Language
from locales.reply import Listing, Text, text
from locales.time_zone import time_zone

_MOST_QUESTIONS, _MOST_JOINTS = 3, 4
_MOST_UNREAD = 3  # words
_LONGEST_JOINED = 60  # words: a longer text is a story, not two questions
_SMALL_TALK = frozenset({Mood.GREETING, Mood.THANKS, Mood.GOODBYE, Mood.WORDLESS})
_CARE = frozenset({Mood.URGENT, Mood.PERSONAL})


@dataclass(frozen=True)
class Answering:
    """Knows one cycle in four languages; built once, asked often."""

    cycle: Cycle
    places: Places
    by_language: Mapping[Language, Index]
    languages: LanguageDetector
    confirmed: Mapping[str, str] = field(default_factory=dict)  # the team's wordings, folded, to their key
    team_entries: Mapping[str, str] = field(
        default_factory=dict
    )  # entries that the content cannot answer, to the team's
    _cache: AnswerCache = field(default_factory=AnswerCache, compare=False)

    @classmethod
    def build(cls, cycle: Cycle, places: Places) -> "Answering":
        """Builds the indexes and the language detector from the cycle's texts."""
        found = build_documents(cycle)
        texts = {language: [line for each in found for _, line in each.lines[language]] for language in LANGUAGES}
        for language in LANGUAGES:
            texts[language] += [*lexicon("stop")[language] * 2, *lexicon_words(language)]
        languages = LanguageDetector(texts)  # first: it needs most while it is made
        return cls(cycle, places, build_indexes(found), languages)

    def with_team(self, entries: Sequence[team_answers.TeamAnswer], practices: Sequence[Practice] = ()) -> "Answering":
        """Returns the same, which also knows what the team has answered for everybody, and the practices it accepted.

        This one stays as it is.
        """
        more: list[Document] = [*map(faq_document, entries), *map(practice_document, practices)]
        found = {language: index.with_documents(more) for language, index in self.by_language.items()}
        cycle = team_answers.add_team_answers(self.cycle, entries)
        cycle = replace(cycle, practices=(*cycle.practices, *practices))
        confirmed = team_answers.keys_by_wording(entries)
        team_entries = dict(self._find_team_entries(entries))
        return replace(
            self, cycle=cycle, by_language=found, confirmed=confirmed, team_entries=team_entries, _cache=AnswerCache()
        )

    def _find_team_entries(self, entries: Sequence[team_answers.TeamAnswer]) -> Iterator[tuple[str, str]]:
        """Yields the entries of the FAQ that are not known and that the team's wordings ask for: its word wins."""
        days = sorted(each.starts_at.date() for each in self.cycle.sessions)
        asked = ((each, code, words) for each in entries for code in LANGUAGES for words in each.asked[code])
        for each, code, words in asked:
            clause = take_apart(words, ClauseContext(code, sure=True, today=days[0], days=days), self.places)
            query = self.reader.read(clause)
            asked_for = query.asks == (Property.ENTRY,) and not query.criteria.numbers
            if asked_for and not self.cycle.question(query.entry).known:
                yield query.entry, each.key

    def stems(self, words: str, language: Language) -> list[str]:
        """Returns the stems of the words that tell them from others."""
        return [stem for _, stem in self.by_language[language].stems.stem_all(words)]

    def answers(self, words: str, at: Situation, language: Language | None = None) -> list[Answer]:
        """Returns the answers to a message, at least one.

        Each is in the language of the question, or in the one that is given.
        """
        return self._cache.get_or_compute(words, at, language, lambda: self._work_out(words, at, language))

    def _work_out(self, words: str, at: Situation, language: Language | None) -> list[Answer]:
        detected = self.languages.guess(words, at.language, kept=at.language_kept)
        guess = LanguageGuess(language, sure=False) if language else detected
        read = as_french(words) if guess.other == "ht" else words
        context = self._context(guess, at)
        at = replace(at, language=guess.language, cycle=self.cycle)
        whole = take_apart(read, context, self.places)
        if whole.mood is not Mood.PERSONAL and whole.mood is not Mood.URGENT and fold(words) in self.confirmed:
            found = [self.tell(Query((Property.ENTRY,), entry=self.confirmed[fold(words)]), whole, at)]
        else:
            found = _Message(self, whole, context, at).answers()
        found = self._settle_by_meaning(found, whole, at)
        found = _with_languages(found) if guess.other is not None else found
        return [replace(each, language=guess.language, sure=guess.sure) for each in found]

    def entry(self, key: str, at: Situation) -> Answer:
        """Returns the FAQ's entry of that key, in the person's own language; where it is gone, that it is not known."""
        at = replace(at, cycle=self.cycle)
        return replace(evaluate(Query((Property.ENTRY,), entry=key), at, ()), language=at.language)

    def needs_meaning(self, found: Sequence[Answer]) -> bool:
        """Returns whether words did not settle it: one clause, and no reading of it, or a note that does not say."""
        one = found[0]
        doubtful = is_silent(one) or is_doubtful(one)
        return len(found) == 1 and (doubtful or (bool(self.published) and not one.known))

    @cached_property
    def published(self) -> Mapping[str, Sequence[str]]:
        """The wordings of what the team has published, by its address: content like the rest."""
        entries = [each for each in self.cycle.faq if isinstance(each, team_answers.TeamAnswer)]
        return {f"faq:{each.key}": [words for code in LANGUAGES for words in each.asked[code]] for each in entries}

    def _settle_by_meaning(self, found: list[Answer], whole: Clause, at: Situation) -> list[Answer]:
        """Answers by meaning where words did not settle it.

        What the team published comes before what the note does not say.
        """
        if not at.near or not self.needs_meaning(found) or found[0].topic in CAREFUL_TOPICS:
            return found
        band = choose_band(at.near)
        published = band.query is not None and band.query.entry.startswith(team_answers.KEY)
        if not is_silent(found[0]) and not published and not gives_way(found[0], band):
            return found
        return [self.tell(band.query, whole, at) if band.query is not None else answer_by_meaning(band)]

    def sessions_named(self, words: str, at: Situation) -> tuple[int, ...]:
        """Returns the sessions that those words name, by number, order, day or subject; () where they name none."""
        at = replace(at, cycle=self.cycle)
        guess = self.languages.guess(words, at.language, kept=at.language_kept)
        clause = take_apart(words, self._context(guess, at), self.places)
        criteria = self.reader.find_filter(clause, None)
        named = criteria.numbers or criteria.subjects or criteria.order or criteria.days or criteria.weekdays
        return choose_sessions(criteria, at).numbers if criteria.kind == "session" and named else ()

    def _context(self, guess: LanguageGuess, at: Situation) -> ClauseContext:
        """Returns what a message in that language is taken apart with."""
        reading: Language = "fr" if guess.other == "ht" else guess.read
        starts = [*(start for start, _ in at.live.values()), *(session.starts_at for session in self.cycle.sessions)]
        days = {start.astimezone(time_zone(self.cycle.zone)).date() for start in starts}  # also those before a move
        return ClauseContext(reading, guess.sure, at.local_day(at.now), sorted(days))

    def read(self, clause: Clause, at: Situation) -> Query:
        """Returns how that clause is read, after what was talked about."""
        return self.reader.read(clause, at.talk)

    @cached_property
    def reader(self) -> Reader:
        """The reader of this cycle's clauses."""
        return Reader(self.cycle, self.by_language)

    def tell(self, query: Query, clause: Clause, at: Situation) -> Answer:
        """Returns the answer to that Query; what it tells of a session that is called off says so."""
        numbers = tuple(number for number in clause.numbers.get("session", ()) if number in at.live)
        return say_called_off(self._tell(query, clause, replace(at, named_sessions=numbers)), at, numbers)

    def _tell(self, query: Query, clause: Clause, at: Situation) -> Answer:
        query = replace(query, entry=self.team_entries.get(query.entry, query.entry))
        found = replace(evaluate(query, at, () if query.asks else self._near(clause)), query=query)
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


def _with_languages(found: Sequence[Answer]) -> list[Answer]:
    """Adds which four languages there are to what was understood of a text in another one."""
    *before, last = found
    lines = (*last.lines, "") if last.known else ()
    offers = tuple(dict.fromkeys((*last.offers, ("language", ""))))
    return [*before, replace(last, lines=(*lines, text("answer.four_languages")), offers=offers)]


@dataclass(frozen=True)
class _Message:
    """One message on its way to its answers."""

    knows: Answering
    whole: Clause
    context: ClauseContext
    at: Situation

    def answers(self) -> list[Answer]:
        """Returns the answers to its clauses: as marks divide it, else as an "and" does, else to all of it."""
        if self.whole.mood is Mood.URGENT:
            return [self._answer(self.whole, self.at), *self._asked_besides()]
        if self.whole.mood is Mood.INJECTION:
            return [self._answer(self.whole, self.at)]
        if self._compares():
            return [self._answer(self.whole, self.at)]
        told = [part for part in self._split(self.whole.text) if part.mood in _CARE and not _is_question(part)]
        if told and (self.whole.nouns or self.whole.numbered):  # which hide it where all is read as one
            return [self._answer(told[0], self.at), *self._asked_besides()]  # "When is session 2? I fear for my life"
        found = self._asked_part() or self._apart(self.whole) or [self._answer(self.whole, self.at)]
        if [each.query.mood for each in found] == [Mood.PERSONAL]:
            return [*found, *self._asked_besides()]
        return found

    def _compares(self) -> bool:
        """Returns whether two things are compared: "which comes first, the one on data or the one on return?"."""
        compared = self.whole.has("compare", "same_hour", "same_day", "same_session")
        query = self.knows.read(self.whole, self.at) if compared else Query()
        return query.form is Form.SAME or max(len(query.criteria.subjects), len(query.criteria.numbers)) > 1

    def _answer(self, clause: Clause, at: Situation) -> Answer:
        return self.knows.tell(self.knows.read(clause, at), clause, at)

    def _take_apart(self, text: str) -> Clause:
        return take_apart(text, self.context, self.knows.places)

    def _there(self, query: Query) -> Query:
        """Returns the Query in the one place that the message names, also in another part of it."""
        timed = query.criteria.kind == "session" and Property.HOUR in query.asks and not query.where
        return replace(query, where=self.whole.places) if timed and len(self.whole.places) == 1 else query

    def _asked_part(self) -> list[Answer]:
        """Returns the answers to what is asked, where it makes sense without who asks and why."""
        text = strip_introduction(extract_asked_part(self.whole.text))
        if normalize(text) == normalize(self.whole.text):
            return []
        asked = self._take_apart(text)
        query, whole = self.knows.read(asked, self.at), self.knows.read(self.whole, self.at)
        whole_is_surer = whole.mood is not Mood.PERSONAL and query.sure < whole.sure
        # "La 2 y la 4, ¿a qué hora en Lima?": what is asked for stands before.
        left = self.whole.numbered and not (asked.numbered or query.criteria.subjects or query.entry)
        left = left or bool(self.whole.pointed and not asked.pointed)
        if asked.mood is not None or not query.says_of_what or whole_is_surer or left:
            return []  # "Me interesa la trata; ¿para cuándo está previsto?" is one question
        if asked.asked - _NO_ASKING - {"next", "after", "before"}:  # "¿y la siguiente?" asks for no hours there
            asked = replace(asked, places=self.whole.places)
        found = self._apart(asked) or [self._answer(asked, self.at)]
        return found if all(each.query.asks for each in found) else []

    def _apart(self, clause: Clause) -> list[Answer]:
        """Returns the answers to its questions, taken apart in the way that finds more of them; [] where it is one."""
        parts, series = self._parts(clause.text), self._series(clause)
        return series if len(series) > len(parts) else parts

    def _parts(self, text: str) -> list[Answer]:
        """Returns each part's own answer; [] where there are none, and the message is better taken whole."""
        parts = self._split(extract_asked_part(text))
        if parts and not any(self.knows.read(part, self.at).says_of_what for part in parts):
            parts = self._split(text)  # "la sesión 2 en Lima, ¿qué día y a qué hora?"
        if self.whole.names("objective", "principle", "practice", "area"):
            # What is told around such a question is its subject, no question of its own.
            parts = [part for part in parts if part.mood is None and _is_question(part)]
        if len(parts) < 2 or any(map(_says_where, parts)):  # noqa: PLR2004 - one is no part
            return []  # "desde Lima: ¿a qué hora es?" is one question
        found = self._one_by_one([part for part in parts if part.mood not in _SMALL_TALK])
        careful = [each for each in found if each.query.mood in _CARE]
        if careful:
            return [*careful[:1], *self._asked_besides()]
        return found if any(each.query.asks for each in found) else []

    def _asked_besides(self) -> list[Answer]:
        """Returns the answer to a clause that surely asks a day, hour, link or state, beside one about danger."""
        # "I only want to know which day you discuss return, my brother came back": that is asked all the same.
        asked = strip_introduction(extract_asked_part(self.whole.text))
        parts = [*self._split(self.whole.text), *([self._take_apart(asked)] if asked != self.whole.text else [])]
        parts = [part for part in parts if part.mood is None]
        if not parts and self.whole.mood is Mood.PERSONAL:
            parts = [replace(self.whole, mood=None)]
        read = [(self.knows.read(part, self.at), part) for part in parts]
        sure = [(query, part) for query, part in read if _asks_practical(query, self.knows.cycle)]
        return [self.knows.tell(query, part, self.at) for query, part in sure[:1]]

    def _split(self, text: str) -> list[Clause]:
        texts = list(split_questions(text, self.context.language))[:_MOST_QUESTIONS]
        return [self._take_apart(each) for each in texts] if len(texts) > 1 else []

    def _one_by_one(self, parts: Sequence[Clause]) -> list[Answer]:
        at, answers = self.at, list[Answer]()
        for each in parts:
            before = answers[-1].talk if answers else None
            goes_on = before is not None and len(before.ids) == 1 and _leaves_open(each)
            part = replace(each, follows=each.follows or goes_on)
            query = self._there(self.knows.read(part, at))
            if answers and _asks_ahead(answers[-1].query, query):
                query = replace(query, asks=tuple(dict.fromkeys((*answers.pop().query.asks, *query.asks))))
            one = self.knows.tell(query, part, at)
            if answers and _goes_without(one.query, answers[-1].query):
                continue  # "¿qué día y a qué hora?" is told in one sentence
            if answers and one.query.criteria.focus and answers[-1].query.asks == (Property.CARD,):
                answers.pop()  # "la primera, ¿de qué trata?" is one question
            at = replace(at, talk=one.talk or at.talk)
            if not any((one.topic, one.ids, one.lines) == (other.topic, other.ids, other.lines) for other in answers):
                answers.append(one)
        return answers

    def _series(self, clause: Clause) -> list[Answer]:
        """Returns the answers to questions joined by commas or a bare "and", each surely read, about different things.

        All of them apart come first; then two halves.
        """
        if clause.mood is Mood.PERSONAL or len(clause.text.split()) > _LONGEST_JOINED:
            return []
        for texts in split_series(clause.text, clause.language, _MOST_QUESTIONS + 1, _MOST_JOINTS):
            parts = [self._take_apart(each) for each in texts]
            if all(part.mood is None for part in parts) and not any(_share_numbers(*pair) for pair in pairwise(parts)):
                found = self._one_by_one(parts)
                different = len({(each.topic, each.ids) for each in found}) == len(parts)
                if different and all(map(_is_plain, parts, found)):
                    return found
        return []


# Sections whose words ask nothing by themselves.
_NO_ASKING = frozenset({"yes_no", "event", "the_one", "either", "day_after", "day_from", "day_before"})
_PRACTICAL = TIMES | {Property.STATE, Property.DEFINITION}
_OF_THE_LINK = frozenset({"connection", "platform"})


def _asks_practical(query: Query, cycle: Cycle) -> bool:
    """Returns whether it surely asks the day, hour, link or state of a session, or what a word means."""
    of_the_link = query.asks == (Property.ENTRY,) and cycle.question(query.entry).topic in _OF_THE_LINK
    return (of_the_link or not _PRACTICAL.isdisjoint(query.asks)) and query.sure >= _SURE_HALF


def _is_question(clause: Clause) -> bool:
    """Returns whether a part of a message is a question of its own, by its words alone."""
    return bool(clause.nouns or clause.numbered or clause.asked - _NO_ASKING) or asks_for_meaning(clause)


def _says_where(clause: Clause) -> bool:
    """Returns whether it names a place and asks nothing: "estoy en Lima", in whose hours the rest is asked."""
    return bool(clause.places) and not _is_question(clause)


def _leaves_open(clause: Clause) -> bool:
    """Returns whether it says nothing of what it asks: "and until what time does it last?"."""
    named = clause.nouns or clause.numbered or clause.days or clause.weekdays or clause.pointed
    return clause.bare or (clause.has(*OF_TIME) and not named)


def _share_numbers(left: Clause, right: Clause) -> bool:
    """Returns whether they name numbers that belong together: "Session 1 and session 4"."""
    return any(numbers and right.numbers.get(kind) for kind, numbers in left.numbers.items())


_SURE_HALF = 0.5


def _is_plain(clause: Clause, answer: Answer) -> bool:
    query = answer.query
    criteria = query.criteria
    if query.where and not (criteria.numbers or criteria.subjects or criteria.order or criteria.days):
        return False  # "session 3 in Lima and in Santiago" is one question
    told = query.asks != (Property.CARD,) or query.form is Form.COUNT or bool(query.where)
    asks = (_is_question(clause) and told) or bool((clause.nouns and query.says_of_what) or query.entry)
    return asks and bool(query.asks) and query.sure >= _SURE_HALF and query.mood is None


def _asks_ahead(before: Query, query: Query) -> bool:
    """Returns whether the clause before leaves open of what, and this one says it.

    An example is "¿qué día y a qué hora es la sesión 2?".
    """
    asks = (*before.asks, *query.asks)
    properties = all(isinstance(each, Property) for each in asks) and bool(before.asks) and Property.ENTRY not in asks
    open_ = before.form not in {Form.COUNT, Form.LIST} and not before.says_of_what
    return properties and before.criteria.kind == query.criteria.kind and open_ and query.says_of_what


def _goes_without(query: Query, before: Query) -> bool:
    """Returns whether the answer to the clause before holds what this one asks."""
    answered = bool(before.where) or not TIMES.isdisjoint(before.asks)
    return query.criteria.focus and TIMES.issuperset(query.asks) and answered and not query.where
