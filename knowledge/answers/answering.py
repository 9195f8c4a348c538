"""Answers questions: tries the rules in their order, and keeps the answers of the present minute."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from knowledge.answers import faq_answers, intent_rules, programme_rules, subject_rules
from knowledge.answers.answer_cache import AnswerCache
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.answer_search import AnswerSearch
from knowledge.places.places import Places
from knowledge.programme.cycle import Cycle
from knowledge.search import team_answers
from knowledge.search.documents import Document, build_documents, faq_document
from knowledge.search.index import build_indexes
from knowledge.text.language_detection import LanguageDetector, LanguageGuess
from knowledge.text.spelling import fold
from knowledge.text.words import lexicon, lexicon_words
from knowledge.understanding.question_parser import Question, QuestionParser
from locales.localized import LANGUAGES, Language

_HALF_SHARE = 0.75
_WORDS = 2  # one word alone proves little, unless it is a name
_NO_ANSWER = frozenset({"out_of_scope", "cycle_overview", "personal_case"})
Rule = Callable[[AnswerSearch, Question, Situation], Answer | None]


@dataclass(frozen=True)
class Answering(AnswerSearch):
    """Knows one cycle in four languages; built once, asked often."""

    confirmed: Mapping[str, str] = field(default_factory=dict)  # the team's wordings, folded, to their key
    _cache: AnswerCache = field(default_factory=AnswerCache, compare=False)

    @classmethod
    def build(cls, cycle: Cycle, places: Places) -> "Answering":
        """Builds the indexes and the language detector from the cycle's texts."""
        found = build_documents(cycle)
        texts = {language: [line for each in found for _, line in each.lines[language]] for language in LANGUAGES}
        for language in LANGUAGES:
            texts[language] += [*lexicon("stop")[language] * 2, *lexicon_words(language)]
        languages = LanguageDetector(texts)  # first: it needs most while it is made
        return cls(cycle, places, build_indexes(found), QuestionParser(places, languages))

    def with_team(self, entries: Sequence[team_answers.TeamAnswer]) -> "Answering":
        """The same, which also knows what the team has answered for everybody; this one stays as it is."""
        more: list[Document] = [faq_document(each) for each in entries]
        found = {language: index.with_documents(more) for language, index in self.by_language.items()}
        cycle = team_answers.add_team_answers(self.cycle, entries)
        return replace(
            self, cycle=cycle, by_language=found, confirmed=team_answers.keys_by_wording(entries), _cache=AnswerCache()
        )

    def answers(self, words: str, at: Situation, language: Language | None = None) -> list[Answer]:
        """The answers to a message, at least one: each in the language of the question, or the one that is given."""
        return self._cache.get_or_compute(words, at, language, lambda: self._work_out(words, at, language))

    def _work_out(self, words: str, at: Situation, language: Language | None) -> list[Answer]:
        days = [start.astimezone(ZoneInfo(self.cycle.zone)).date() for start, _ in at.live.values()]
        guess = (
            LanguageGuess(language, sure=False) if language else self.understanding.languages.guess(words, at.language)
        )
        whole, parts = self.understanding.parse(words, guess, at.now, at.reading_zone, sorted(days))
        at = replace(at, language=whole.language, cycle=self.cycle)
        if whole.mood == "urgent":
            said = [self._answer(whole, at)]  # whatever else is asked
        elif whole.mood != "personal" and (key := self.confirmed.get(fold(words))) is not None:
            said = [faq_answers.faq_answer(at, self.cycle.question(key))]  # word by word as an organizer confirmed it
        else:
            said = self._answer_asked_part(whole, at) or self._answer_all(whole, parts, at)
        return [replace(each, language=whole.language, sure=whole.sure) for each in said]

    def _answer_asked_part(self, whole: Question, at: Situation) -> list[Answer]:
        """The answer to what is asked, where it has one of its own: who somebody is, is no subject."""
        asked = self.understanding.parse_asked_part(whole)
        found = self._answer_all(*asked, at) if asked is not None else []
        return [] if any(each.topic in _NO_ANSWER for each in found) else found

    def _answer_all(self, whole: Question, parts: Sequence[Question], at: Situation) -> list[Answer]:
        """The answers to every question of a message."""
        if whole.names("objective", "principle", "practice", "area"):
            # What is told around such a question is its subject, no question of its own.
            parts = [part for part in parts if part.mood == "asking" and subject_rules.is_question(part)]
        found = self._answer_parts(parts, at) if len(parts) > 1 else self._answer_halves(whole, at)
        return found or [self._answer(whole, at)]

    def _answer_parts(self, parts: Iterable[Question], at: Situation) -> list[Answer]:
        """Each part's own answer; [] where no part has one, and the message is better taken whole."""
        found: list[Answer] = []
        for part in parts:
            if part.mood in {"greeting", "thanks", "goodbye", "wordless"}:
                continue
            one = self._answer(part, replace(at, talk=found[-1].talk) if found else at)
            if part.only_place and not part.wishes:
                return []  # "desde Lima: ¿a qué hora es?" is one question
            if not any((one.topic, one.ids, one.lines) == (other.topic, other.ids, other.lines) for other in found):
                found.append(one)
        careful = [each for each in found if each.topic in {"emergency", "personal_case"}]
        if not any(each.known for each in found):
            return careful[:1]
        return careful[:1] or found

    def _answer_halves(self, whole: Question, at: Situation) -> list[Answer]:
        """Two questions joined by a bare "and", where each half has a plain answer of its own."""
        for left, right in self.understanding.split_halves(whole) if whole.mood != "personal" else ():
            if any(numbers and right.numbers.get(kind) for kind, numbers in left.numbers.items()):
                continue  # "session 1 and session 4" belong together
            first = self._answer_without_search(left, at)
            second = self._answer_without_search(right, replace(at, talk=first.talk)) if first is not None else None
            if first is None or second is None or first.topic == second.topic:
                continue
            if "out_of_scope" not in {first.topic, second.topic}:
                return [first, second]
        return []

    def _answer_without_search(self, question: Question, at: Situation) -> Answer | None:
        """An answer by any rule but the search at large."""
        if question.mood not in {"asking", "personal", "urgent"}:
            return None
        if not (subject_rules.is_question(question) or self._is_in_faq(question)):
            return None
        at = _with_named_sessions(at, question)
        found = (rule(self, question, at) for rule in RULES if rule is not subject_rules.answer_by_search)
        return next((each for each in found if each is not None), None)

    def _is_in_faq(self, question: Question) -> bool:
        """Whether it is in the FAQ, nearly all of it: "dan certificado", and half a dozen ways to put that."""
        hit = self.faq(question, _HALF_SHARE)
        if hit is None or hit.share < _HALF_SHARE:
            return False
        return hit.words >= _WORDS or not self.cycle.question(hit.document.key).known

    def _answer(self, question: Question, at: Situation) -> Answer:
        at = _with_named_sessions(at, question)
        for rule in RULES:
            if (found := rule(self, question, at)) is not None:
                return found
        return faq_answers.unknown(self.near(question))


def _with_named_sessions(at: Situation, question: Question) -> Situation:
    return replace(at, named=tuple(number for number in question.numbers.get("session", ()) if number in at.live))


RULES: tuple[Rule, ...] = (
    intent_rules.answer_intent,
    intent_rules.refuse_out_of_scope,
    programme_rules.continue_practices_in_country,
    programme_rules.answer_hours_in_place,
    programme_rules.answer_list_item,
    programme_rules.answer_objective_numbers,
    programme_rules.answer_principle_number,
    intent_rules.answer_wish,
    subject_rules.answer_session_detail,
    programme_rules.answer_session_numbers,
    programme_rules.answer_bare_number,
    programme_rules.answer_current_time,
    programme_rules.answer_day_or_order,
    programme_rules.continue_topic,
    subject_rules.continue_with_subject,
    subject_rules.answer_page,
    subject_rules.answer_meaning,
    subject_rules.answer_practices,
    subject_rules.answer_faq,
    subject_rules.answer_list,
    subject_rules.answer_kind,
    subject_rules.answer_by_search,
    subject_rules.answer_practices_of_place,
)
