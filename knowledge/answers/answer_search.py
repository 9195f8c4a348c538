"""Searches the cycle's documents for the rules, with the thresholds of what counts as found."""

from dataclasses import dataclass

from knowledge.answers import faq_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.places.places import Places
from knowledge.programme.cycle import Cycle
from knowledge.search.documents import Kind
from knowledge.search.index import Hit, Index
from knowledge.text.words import drop_homonym_verbs, normalize
from knowledge.understanding.question_parser import Question, QuestionParser
from locales.localized import Language

# Calibrated on the project's own questions (`make eval`): below these a subject is not taken for known.
_ENOUGH_SCORE, _ENOUGH_SHARE = 4.8, 0.55
_NAMED_SCORE, _NAMED_SHARE = 2.2, 0.3  # where the question names the kind of thing, less is enough
_ALL, _HALF_SHARE = 0.95, 0.75
_WORDS, _FEW = 2, 3  # one word alone proves little, unless it is a name
_FAQ_SCORE, _FAQ_SHARE = 3.9, 0.6
_WHOLE_SHARE, _WORD_SHARE = 0.45, 0.65  # where a name or a way to ask is there word by word; a name of one word


@dataclass(frozen=True)
class AnswerSearch:
    """One cycle in four languages, searched; answering.py's Answering adds the rules."""

    cycle: Cycle
    places: Places
    by_language: dict[Language, Index]
    understanding: QuestionParser

    def stems(self, words: str, language: Language) -> list[str]:
        """What is left of those words when everything is taken away that does not tell them from others."""
        return [stem for _, stem in self.by_language[language].stems.stem_all(words)]

    def search(self, question: Question, kinds: tuple[Kind, ...], *, whole: bool = False, limit: int = 5) -> list[Hit]:
        """The documents that fit a question's subject best, or (`whole`) all its words."""
        words = drop_homonym_verbs(normalize(question.text)) if whole else question.theme
        return self.by_language[question.language].search(words, kinds, limit)

    def best(self, question: Question, kinds: tuple[Kind, ...], *, named: bool = False) -> Hit | None:
        """The document that fits the subject well enough; `named` where the question says which kind it wants."""
        score, share = (_NAMED_SCORE, _NAMED_SHARE) if named else (_ENOUGH_SCORE, _ENOUGH_SHARE)
        least = 1 if named else _WORDS
        for hit in self.search(question, kinds, limit=2):
            if hit.words >= least and hit.score >= score and hit.share >= share:
                return hit
            if hit.whole and hit.share >= (_WHOLE_SHARE if hit.words > 1 else _WORD_SHARE):
                return hit
        return None

    def faq(self, question: Question, share: float = _FAQ_SHARE) -> Hit | None:
        """The entry of the FAQ that fits the whole question well enough."""
        for hit in self.search(question, ("faq",), whole=True, limit=2):
            if hit.whole and hit.share >= _ALL:
                return hit  # "¿qué es el ciclo?": few words, and all of them
            careful = self.cycle.question(hit.document.key).topic in faq_answers.CAREFUL
            if not hit.whole and hit.words < (_FEW if careful else _WORDS) and (careful or hit.share < _HALF_SHARE):
                continue
            if hit.score >= _FAQ_SCORE and (hit.share >= share or (hit.whole and hit.share >= _WHOLE_SHARE)):
                return hit
        return None

    def near(self, question: Question) -> list[tuple[str, str]]:
        """Topics that may be meant, as offers."""
        hits = self.search(question, ("objective", "principle", "session", "practice"), limit=3)
        return [(hit.document.kind, hit.document.key) for hit in hits if hit.share >= 0.2]  # noqa: PLR2004 - a hint only

    def on_topic(self, topic: str, question: Question, at: Situation) -> Answer | None:
        """The FAQ's answer on that topic: the one that fits the question best."""
        entries = {each.key: each for each in self.cycle.faq if each.topic == topic}
        hits = self.search(question, ("faq",), whole=True, limit=10)
        fitting = (entries[hit.document.key] for hit in hits if hit.document.key in entries)
        found = next(fitting, next(iter(entries.values()), None))
        return faq_answers.faq_answer(at, found) if found is not None else None
