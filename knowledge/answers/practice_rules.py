"""Which practices are asked for: of a country, of an objective, on a subject, or by name."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answers import faq_answers, theme_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.answer_search import AnswerSearch
from knowledge.search.index import Hit
from knowledge.understanding.understand import Question
from locales.reply import Country, text

_SURE, _WORD_BY_WORD, _TWO_WORDS = 0.72, 0.75, 2

_OF_PRACTICES = frozenset({
    "eligibility", "good_practice", "practices_presented", "how_to_present", "practices_repository", "practices_here",
    "materials", "panelists",
})  # fmt: skip


_CLOSE, _CLOSE_SHARE, _CLOSE_SCORE, _LEAST_SHARE = 5, 0.6, 0.5, 0.3


_HALF, _LEAD_OVER_PRACTICES = 0.4, 1.5


def practices(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """Practices of a country, of an objective, on a subject; or one by its name."""
    if not question.names("practice"):
        return None
    hits = services.search(question, ("practice",), limit=40)
    if question.countries:
        return in_country(question.countries[0], [hit.document.key for hit in hits], at)
    faq = _about_practices(services, question, at)
    first = hits[0].score * hits[0].share if hits else 0.0
    if faq is not None and (faq.whole or faq.score * faq.share > _LEAD_OVER_PRACTICES * first):
        return faq_answers.from_faq(at, at.cycle.question(faq.document.key))
    return _on_a_subject(services, question, hits, at)


def _on_a_subject(services: AnswerSearch, question: Question, hits: Sequence[Hit], at: Situation) -> Answer:
    """Those that fit the subject, and those of the objective that it is; all of them where there is no subject."""
    subject = services.best(question, ("objective",), named=True)
    own = [at.cycle.practice(hit.document.key) for hit in hits[:_CLOSE] if _close(hit, hits[0])]
    if len(own) == 1 and hits[0].share >= _SURE:
        return theme_answers.one_practice(at, own[0])
    if subject is not None:
        more = at.cycle.practices_of(int(subject.document.key))
        own = list(dict.fromkeys((*own[:2], *more, *own)))
    if own:
        return theme_answers.several_practices(at, own, text("answer.practices.found"))
    listed = question.bare or not question.theme
    return theme_answers.all_practices(at) if listed else theme_answers.no_practice_found(at)


def _close(hit: Hit, best: Hit) -> bool:
    """Whether a practice fits nearly as well as the best one, and well enough to be named at all."""
    return hit.share >= max(best.share * _CLOSE_SHARE, _LEAST_SHARE) and hit.score >= best.score * _CLOSE_SCORE


def _about_practices(services: AnswerSearch, question: Question, at: Situation) -> Hit | None:
    """What the FAQ says about practices as such: how they are chosen, who proposes them, where they are."""
    asked = services.search(question, ("faq",), whole=True, limit=3)
    said = next((hit for hit in asked if hit.whole and hit.words >= _TWO_WORDS and hit.share >= _WORD_BY_WORD), None)
    hit = said or next(iter(services.search(question, ("faq",), limit=1)), None)
    if hit is None or hit.share < _HALF or at.cycle.question(hit.document.key).topic not in _OF_PRACTICES:
        return None
    return hit


def from_a_place(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """ "Anything from Chile on rewarding town halls?": a place and a subject, and no word for what is wanted."""
    if not question.places or question.wishes or question.nouns:
        return None
    country = question.places[0][0].country
    own = {practice.id for practice in at.cycle.practices_in(country)}
    hits = services.search(replace(question, theme=question.beside), ("practice",), limit=40)
    fits = [hit for hit in hits if hit.document.key in own]
    if not fits or fits[0].share < _LEAST_SHARE or fits[0].words < _TWO_WORDS:
        return None
    return in_country(country, [hit.document.key for hit in fits], at)


def in_country(country: str, fitting: list[str], at: Situation) -> Answer:
    """That country's practices, those on the subject first."""
    found = at.cycle.practices_in(country)
    if not found:
        return theme_answers.no_practice_there(at, country)
    rank = {key: place for place, key in enumerate(fitting)}
    ordered = sorted(found, key=lambda practice: rank.get(practice.id, len(rank)))
    return theme_answers.several_practices(at, ordered, text("practices.of_country", country=Country(country)))
