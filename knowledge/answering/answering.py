"""Answers messages: words to clauses, each clause to a Query, each Query to an Answer; what many ask at once, once."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from knowledge.answering.clause_answers import ClauseAnswers
from knowledge.answering.meaning_answers import (
    answer_class,
    choose_band,
    clauses_are_unsettled,
    clauses_give_way,
    confirms,
    favour_talk,
    gives_way,
    is_an_answer,
    is_silent,
    is_unsettled,
    offer_nearest,
    stands_alone,
    without_guesses,
)
from knowledge.answering.meaning_reader import name_subject, read_by_meaning
from knowledge.answering.message import CARE, MOST_QUESTIONS, Message, is_question
from knowledge.answering.own_place import remember_own_place
from knowledge.answering.recommendation_reader import asks_for_a_recommendation
from knowledge.answering.story_reader import find_story, read_story
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.evaluation import evaluate
from knowledge.answers.session_choice import choose_sessions
from knowledge.places.places import Places
from knowledge.programme.cycle import Cycle, Practice
from knowledge.search import team_answers
from knowledge.search.index import Document, Index, build_documents, build_indexes, faq_document, practice_document
from knowledge.text.language_detection import LanguageDetector, LanguageGuess
from knowledge.text.message_splitting import (
    begin_with_then,
    extract_asked_part,
    gives_a_reason,
    halves_that_ask,
    split_off_introduction,
    split_questions,
    strip_introduction,
    without_denied,
    without_reasons,
    without_signature,
    write_meridiems,
)
from knowledge.text.phrases import as_french
from knowledge.text.words import fold, lexicon, lexicon_words, listed_words, write_out
from knowledge.understanding.clause import Clause, take_apart
from knowledge.understanding.clause_times import ClauseContext
from knowledge.understanding.meaning import ASKED, Near
from knowledge.understanding.query import TALK_OF_SESSIONS, TIMES, Form, Mood, Property, Query
from knowledge.understanding.subject_reader import says
from locales.localized import LANGUAGES, Language
from locales.reply import text
from locales.time_zone import time_zone

# Longer texts are stories, which nobody else tells; and so many different ones are asked in no minute.
_LONGEST_CACHED, _MOST_CACHED = 200, 500


@dataclass
class AnswerCache:
    """Caches the answers of the present minute, by everything that they depend on: sessions begin at full minutes."""

    _began: datetime | None = None
    _known: dict[Hashable, tuple[Answer, ...]] = field(default_factory=dict)

    def get_or_compute(
        self, words: str, at: Situation, language: Language | None, work_out: Callable[[], Sequence[Answer]]
    ) -> list[Answer]:
        """Returns the cached answers of this minute, else calls `work_out` and keeps what it returns."""
        if len(words) > _LONGEST_CACHED:
            return list(work_out())
        minute = at.now.replace(second=0, microsecond=0)
        if minute != self._began or len(self._known) >= _MOST_CACHED:
            self._began = minute
            self._known.clear()
        asked = (words, language, at.language, at.language_kept, at.talk_language, at.near, at.near_parts)
        key = (*asked, at.zone, at.talk, at.named_sessions, at.cancelled, *at.live.items(), *sorted(at.details.items()))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(work_out())
        return list(found)


_SHORT, _SHORT_OF_THINGS = 5, 3  # words
_MOST_PARTS = 30  # of a message that are looked at for its questions: thousands of lines would take seconds
_FEW_TOLD = 9  # words of a message that asks for more of what was told
_SURE_OF_CARE = 0.6  # how probably somebody's own case is told, so that the careful text stands before an answer
_OF_PEOPLE = frozenset({"contact", "bot_human", "bot_what"})  # topics: whom one may turn to
_URGENT = "emergency"  # the topic of the careful text for danger: nothing comes before it


@dataclass(frozen=True)
class Answering:
    """Knows one cycle in four languages; built once, asked often."""

    cycle: Cycle
    places: Places
    by_language: Mapping[Language, Index]
    languages: LanguageDetector
    confirmed: Mapping[str, str] = field(default_factory=dict)  # the team's wordings, folded, to their key
    team_entries: Mapping[str, str] = field(default_factory=dict)  # what only the team answers, to its entry
    _cache: AnswerCache = field(default_factory=AnswerCache, compare=False)

    @classmethod
    def build(cls, cycle: Cycle, places: Places) -> "Answering":
        """Builds the indexes and the language detector from the cycle's texts."""
        found = build_documents(cycle)
        texts = {language: [line for each in found for _, line in each.lines[language]] for language in LANGUAGES}
        for language in LANGUAGES:
            texts[language] += [*lexicon("stop")[language] * 2, *lexicon_words(language)]
        languages = LanguageDetector(texts)  # first: it needs most while it is made
        listed_words()  # a tenth of a second: now, and not while somebody waits for an answer
        return cls(cycle, places, build_indexes(found), languages)

    def with_team(self, entries: Sequence[team_answers.TeamAnswer], practices: Sequence[Practice] = ()) -> "Answering":
        """Returns one that also knows what the team has answered for everybody, and the practices it accepted."""
        more: list[Document] = [*map(faq_document, entries), *map(practice_document, practices)]
        found = {language: index.with_documents(more) for language, index in self.by_language.items()}
        own = self.cycle
        cycle = replace(own, faq=(*own.faq, *entries), practices=(*own.practices, *practices))
        # What an organizer confirmed word by word needs no search.
        confirmed = {fold(words): each.key for each in entries for code in LANGUAGES for words in each.asked[code]}
        team_entries = dict(self._find_team_entries(entries))
        return replace(
            self, cycle=cycle, by_language=found, confirmed=confirmed, team_entries=team_entries, _cache=AnswerCache()
        )

    @cached_property
    def clauses(self) -> ClauseAnswers:
        """What answers one clause of this cycle."""
        return ClauseAnswers(self.cycle, self.places, self.by_language, self.team_entries)

    def _find_team_entries(self, entries: Sequence[team_answers.TeamAnswer]) -> Iterator[tuple[str, str]]:
        """Yields the entries of the FAQ that are not known and that the team's wordings ask for: its word wins."""
        days = sorted(each.starts_at.date() for each in self.cycle.sessions)
        asked = ((each, code, words) for each in entries for code in LANGUAGES for words in each.asked[code])
        for each, code, words in asked:
            clause = take_apart(words, ClauseContext(code, sure=True, today=days[0], days=tuple(days)), self.places)
            query = self.clauses.reader.read(clause)
            asked_for = query.asks == (Property.ENTRY,) and not query.criteria.numbers
            if asked_for and not self.cycle.question(query.entry).known:
                yield query.entry, each.key

    def stems(self, words: str, language: Language) -> list[str]:
        """Returns the stems of the words that tell them from others."""
        return [stem for _, stem in self.by_language[language].stems.stem_all(words)]

    def answers(self, words: str, at: Situation, language: Language | None = None) -> list[Answer]:
        """Returns the answers to a message, at least one, each in the language of the question or in the one given."""
        plain = replace(at, near=(), near_parts=())
        found = self._cache.get_or_compute(words, plain, language, lambda: self._by_words(words, plain, language))
        if not at.near:
            return found
        return self._cache.get_or_compute(words, at, language, lambda: self._by_meaning(found, words, at, language))

    def _by_words(self, words: str, at: Situation, language: Language | None) -> list[Answer]:
        guess, context, whole, at = self._take_apart(words, at, language)
        if whole.mood not in CARE and fold(words) in self.confirmed:
            confirmed = Query((Property.ENTRY,), entry=self.confirmed[fold(words)])
            return _finish([self.clauses.tell(confirmed, whole, at)], guess)
        found = self._name_strange(Message(self.clauses, whole, context, at).answers(), whole, at)
        found = self._keep_careful(found, whole, at)
        return _finish(remember_own_place(found, words, at, self.places), guess)

    def _keep_careful(self, found: list[Answer], whole: Clause, at: Situation) -> list[Answer]:
        """Returns the careful text again for "whom can I talk to?" after it, and for what is not understood."""
        now = says(whole, "what_now") and len(whole.text.split()) <= _FEW_TOLD
        if at.talk is None or not at.talk.case or (any(map(_leads_on, found)) and not now):
            return found
        return [self.clauses.tell(Query((Mood(at.talk.case),)), whole, at)]

    def _by_meaning(self, found: list[Answer], words: str, at: Situation, language: Language | None) -> list[Answer]:
        guess, context, whole, at = self._take_apart(words, at, language)
        settled = self._settle_story(words, whole, at) or self._settle_parts(found, context, at)
        settled = settled or self._settle_by_meaning(found, whole, at)
        if settled is found:
            return found
        return _finish(self._keep_careful(self._name_strange(settled, whole, at), whole, at), guess)

    def _name_strange(self, found: list[Answer], whole: Clause, at: Situation) -> list[Answer]:
        """Says of which place the hours are not known, before the first answer that tells hours."""
        first = next((place for place, each in enumerate(found) if _tells_hours(each)), None)
        name, guessed = whole.strange.words, whole.strange.guessed
        # "I work in remittances" names no place; "Nueva Yol" is a name, though Spanish may have its parts.
        indexes = self.by_language.values() if name[:1].isupper() else (self.by_language[whole.language],)
        if first is None or all(index.knows(word) for word in name.split() for index in indexes):
            return found
        query = found[first].query
        if query.criteria.hours and not query.where:  # an hour claimed there cannot be checked
            query = replace(query, form=Form.OPEN, criteria=replace(query.criteria, hours=()))
            found = [*found[:first], self.clauses.tell(query, whole, at), *found[first + 1 :]]
        place = query.where[0][0].name if guessed and query.where else ""
        line = text("answer.place.guessed" if place else "answer.place.unknown", name=name, place=place)
        if line in found[first].lines:
            return found
        offers = found[first].offers if at.zone else tuple(dict.fromkeys((*found[first].offers, ("zone", ""))))
        named = replace(found[first], lines=(line, "", *found[first].lines), offers=offers)
        return [*found[:first], named, *found[first + 1 :]]

    def _settle_story(self, words: str, whole: Clause, at: Situation) -> list[Answer]:
        """Returns the session on what a story tells, behind the careful text where it tells of somebody's case."""
        story = at.near_parts and find_story(words, whole.language)
        if not story or (query := read_story(whole, at.near_parts)) is None:
            return []
        careful = [self.clauses.tell(Query((whole.mood,)), whole, at)] if whole.mood is not None else []
        return [*careful, self.clauses.tell(query, replace(whole, mood=None), at, settled=True)]

    def _settle_parts(self, found: Sequence[Answer], context: ClauseContext, at: Situation) -> list[Answer]:
        """Returns the answers to each question of a message by itself; [] where one of them stays without."""
        words = " ".join(each for each, _ in at.near_parts)
        if not at.near_parts or found[0].topic == _URGENT or not self.needs_meaning(found, words):
            return []
        settled: list[Answer] = []
        for words, near in at.near_parts:
            clause = self._clause(words, context)
            alone = replace(at, near=near, near_parts=())
            by_words = self.clauses.tell(self.clauses.read(clause, alone), clause, alone)
            settled += self._settle_by_meaning([by_words], clause, alone)
            at = replace(at, talk=talk if (talk := settled[-1].talk) and talk.kind in TALK_OF_SESSIONS else at.talk)
        different = len({(each.topic, each.ids) for each in settled}) == len(settled)
        return settled if different and all(is_an_answer(each) and stands_alone(each) for each in settled) else []

    def _take_apart(
        self, words: str, at: Situation, language: Language | None
    ) -> tuple[LanguageGuess, ClauseContext, Clause, Situation]:
        """Returns a message's language, what it is taken apart with, it as one clause, and the situation in it."""
        guess = LanguageGuess(language, sure=False) if language else self._guess_language(words, at)
        talk = at.talk
        if talk is not None and talk.zone == at.zone:
            talk = replace(talk, zone=None)  # they are told the hours there in any case
        at = replace(at, language=guess.language, cycle=self.cycle, talk=talk)
        context = self._context(guess, at)
        language = guess.language
        words = self._without_courtesies(write_meridiems(words), context)
        words = without_denied(without_reasons(words, language), language)
        words = begin_with_then(words, language)
        typed = as_french(words) if guess.other == "ht" else words
        whole = take_apart(typed, context, self.places)
        if whole.mood not in CARE and (written := write_out(typed, context.language)) != typed:
            whole = take_apart(written, context, self.places)  # a cry for help is read as it was typed
        return guess, context, whole, at

    def _without_courtesies(self, words: str, context: ClauseContext) -> str:
        """Returns a message without thanks, a signature, and who writes, unless that says where, or what for."""
        words = without_signature(words)
        who, rest = split_off_introduction(words)
        needed = asks_for_a_recommendation(rest, context.language) or self._clause(who, context).places
        return words if not who or needed else rest

    def entry(self, key: str, at: Situation) -> Answer:
        """Returns the FAQ's entry of that key, in the person's own language; where it is gone, that it is not known."""
        at = replace(at, cycle=self.cycle)
        return replace(evaluate(Query((Property.ENTRY,), entry=key), at, ()), language=at.language)

    def needs_meaning(self, found: Sequence[Answer], words: str) -> bool:
        """Returns whether those words did not settle it: no sure reading of them, or a note that does not say.

        What a story tells is always compared: its words are of more than what is asked.
        """
        if not found[0].settled and find_story(words, found[0].language) is not None:
            return True
        if len(found) > 1:
            return clauses_are_unsettled(found)
        return is_unsettled(found[0], len(words.split())) or (bool(self.published) and not found[0].known)

    def compared_texts(self, words: str, at: Situation, language: Language | None = None) -> list[str]:
        """Returns what is compared by its meaning: what a message asks, and each of its questions where it has several.

        "My boss wants to know if …", "I have to tell my boss" and a signature say nothing of what is asked.
        """
        guess, context, whole, _ = self._take_apart(words, at, language)
        if (story := find_story(words, guess.language)) is not None:
            return [story.asked, *story.told]
        asked = strip_introduction(without_reasons(self._without_courtesies(words, context), guess.language))
        return [asked, *self._questions(whole, context)]

    def _questions(self, whole: Clause, context: ClauseContext) -> list[str]:
        """Returns the questions that the marks and joints of a message divide; [] where it is one."""
        *_, text = extract_asked_part(whole.text).split(": ")  # "two gaps in my note: who moderates, and who may come?"
        split = split_questions(text, context.language)
        if len(split) > _MOST_PARTS:
            return []
        parts = [self._clause(each, context) for each in split if not gives_a_reason(each, context.language)]
        last = len(parts) - 1 if text.rstrip().endswith("?") else None  # ", and would a student be let in?"
        asked = [part.text for at, part in enumerate(parts) if part.mood is None and (is_question(part) or at == last)]
        asked = asked if len(asked) > 1 else halves_that_ask(text, context.language)
        return asked if 1 < len(asked) <= MOST_QUESTIONS else []

    def _clause(self, words: str, context: ClauseContext) -> Clause:
        return take_apart(words, context, self.places)

    @cached_property
    def published(self) -> Mapping[str, Sequence[str]]:
        """The wordings of what the team has published, by its address: content like the rest."""
        entries = [each for each in self.cycle.faq if isinstance(each, team_answers.TeamAnswer)]
        return {f"faq:{each.key}": [words for code in LANGUAGES for words in each.asked[code]] for each in entries}

    def _settle_by_meaning(self, found: list[Answer], whole: Clause, at: Situation) -> list[Answer]:
        """Answers by meaning where words did not settle it; what the team published comes before silence."""
        if not at.near or not self.needs_meaning(found, whole.text) or found[0].topic == _URGENT:
            return found
        # "Et où ?" is no example of anything by itself: only what was talked about says what it asks.
        words = len(whole.text.split())
        goes_on = at.talk is not None and whole.follows and words <= _SHORT
        more = at.talk is not None and words <= _FEW_TOLD and not (whole.nouns or whole.numbered or whole.days)
        near = favour_talk(at.near) if more else list(at.near)
        near = [each for each in near if not goes_on or each.id.startswith(ASKED)]
        if len(found) == 1 and (query := name_subject(found[0].query, whole, near)) is not found[0].query:
            found = [self.clauses.tell(query, whole, at, settled=True)]
        band = choose_band(without_guesses(near) if words < _SHORT_OF_THINGS else near)
        published = band.clear is not None and band.clear.id in self.published
        takes = clauses_give_way(found, band) if len(found) > 1 else gives_way(found[0], band, whole.nouns)
        kind = found[0].query.criteria.kind
        # "Lequel parle des enfants", after principles, is of the kind of thing that was talked about.
        of_talk = at.talk is not None and at.talk.kind == kind != "session" and not is_silent(found[0])
        if not published and (of_talk or not takes):
            settled = len(found) == 1 and confirms(found[0], near)
            careful = any(each.query.mood in CARE for each in found)
            if band.care >= _SURE_OF_CARE and not (found[0].weak or careful):
                # "My cousin is beaten and not paid, which objective is that?": the careful text stands before it.
                return [self.clauses.tell(Query((Mood.PERSONAL,)), whole, at), *found]
            return [self.clauses.tell(found[0].query, whole, at, settled=True)] if settled else found
        if band.clear is not None and (clear := self._tell_clear(band.clear, whole, at, near)) is not None:
            return [replace(clear, offers=(*band.offers, *clear.offers))]
        return [offer_nearest(band)] if is_silent(found[0]) else found

    def _tell_clear(self, clear: Near, whole: Clause, at: Situation, near: Sequence[Near]) -> Answer | None:
        """Returns the answer to a message of that class; None where the message does not say of what it is asked."""
        if (found := answer_class(clear)) is not None:
            return found
        query = read_by_meaning(clear, self.clauses.reader, whole, at.talk)
        if query is None:
            return None
        return self.clauses.tell(name_subject(query, whole, near), whole, at, settled=True)

    def sessions_named(self, words: str, at: Situation) -> tuple[int, ...]:
        """Returns the sessions that those words name, by number, order, day or subject; () where they name none."""
        at = replace(at, cycle=self.cycle)
        guess = self._guess_language(words, at)
        clause = take_apart(words, self._context(guess, at), self.places)
        criteria = self.clauses.reader.find_filter(clause, None)
        named = criteria.numbers or criteria.subjects or criteria.order or criteria.days or criteria.weekdays
        return choose_sessions(criteria, at).numbers if criteria.kind == "session" and named else ()

    def _guess_language(self, words: str, at: Situation) -> LanguageGuess:
        """Returns a message's language: that of the talk stays until their words are rather of another one."""
        if at.talk_language not in {None, at.language} and not at.language_kept:
            in_talk = self.languages.guess(words, at.talk_language)
            if in_talk.read == at.talk_language and in_talk.other is None:
                return replace(in_talk, sure=True)
        return self.languages.guess(words, at.language, kept=at.language_kept)

    def _context(self, guess: LanguageGuess, at: Situation) -> ClauseContext:
        """Returns what a message in that language is taken apart with."""
        reading: Language = "fr" if guess.other == "ht" else guess.read
        starts = [*(start for start, _ in at.live.values()), *(session.starts_at for session in self.cycle.sessions)]
        days = {start.astimezone(time_zone(self.cycle.zone)).date() for start in starts}  # also those before a move
        return ClauseContext(reading, guess.sure, at.local_day(at.now), tuple(sorted(days)))


def _leads_on(answer: Answer) -> bool:
    """Returns whether it answers something else than whom to turn to."""
    return answer.known and answer.topic not in _OF_PEOPLE


def _tells_hours(answer: Answer) -> bool:
    query = answer.query
    timed = (TIMES | {Property.CARD, Property.DURATION}).issuperset(query.asks) and bool(query.asks)
    return timed and query.criteria.kind == "session" and answer.known


def _finish(found: list[Answer], guess: LanguageGuess) -> list[Answer]:
    found = _with_languages(found) if guess.other is not None else found
    return [replace(each, language=guess.language, sure=guess.sure) for each in found]


def _with_languages(found: Sequence[Answer]) -> list[Answer]:
    """Adds which four languages there are to what was understood of a text in another one."""
    *before, last = found
    lines = (*last.lines, "") if last.known else ()
    offers = tuple(dict.fromkeys((*last.offers, ("language", ""))))
    return [*before, replace(last, lines=(*lines, text("answer.four_languages")), offers=offers)]
