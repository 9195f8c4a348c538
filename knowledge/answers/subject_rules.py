"""The rules that look for a subject: words and their meaning, things named by kind, lists, and the search at large."""

import re
from dataclasses import replace
from functools import cache

from knowledge.answers import faq_answers, named_rules, practice_rules, session_answers, theme_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.answer_search import AnswerSearch
from knowledge.search.documents import Kind
from knowledge.search.index import Hit
from knowledge.text.words import lexicon, pattern, plain
from knowledge.understanding.understand import Question

_OF_A_SESSION = frozenset({
    "platform", "livestream", "recordings", "certificate", "interpretation", "cost", "panelists", "panelist_names",
    "moderation", "materials", "practices_presented", "place", "accessibility", "camera", "connection", "capacity",
    "participation", "invitation", "travel_support",
})  # fmt: skip
_SCORE_OF_FAQ = 3.5
_SURE_OF_FAQ, _LEAD_OF_FAQ = 0.72, 1.15
_ARTICLE = re.compile(r"^ (?:el|la|los|las|un|una|o|a|os|as|um|uma|the|an|le|les|l|une) ")
_A_PART = 0.4
_ALMOST_ALL, _MOST, _NEARLY_ALL, _TWO = 0.6, 0.75, 0.95, 2
_FEW_WORDS = 5  # "todas las sesiones del ciclo, por favor"


def asked_of_a_session(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """Who speaks there, where the link is, whether it is recorded: not when it is and what it discusses."""
    named = [number for number in question.numbers["session"] if number in at.live]
    if not named and not question.names("session"):
        return None
    # "which practices are presented at session 1": without "practices" it would be about panellists.
    hit = next(iter(services.search(question, ("faq",), whole=question.names("practice"), limit=1)), None)
    enough = _ALMOST_ALL if question.wants("when") else _A_PART
    if hit is None or hit.share < enough or hit.score < _SCORE_OF_FAQ:
        return None
    faq = at.cycle.question(hit.document.key)
    if faq.topic not in _OF_A_SESSION:
        return None
    said = faq_answers.from_faq(at, faq)
    offers = (*said.offers, *(("session", str(number)) for number in named))
    return replace(said, offers=offers)


def pages(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """The page that may not open, asked for by name."""
    words = plain(question.text)
    for link in at.cycle.links:
        if link.doubtful and link.asked and pattern(link.asked[question.language]).search(words):
            return faq_answers.doubtful_page(at, link.key)
    return None


@cache
def _meaning() -> "re.Pattern[str]":
    words = lexicon("meaning")
    before, after, lead = ("|".join(words[place]) for place in ("before", "after", "lead"))
    return re.compile(rf"^ (?:(?:{lead}) )?(?:{before}) | (?:{after}) $")


def asks_for_a_meaning(question: Question) -> bool:
    """Whether it asks what a word means."""
    return _meaning().search(plain(question.text)) is not None


def asks_something(question: Question) -> bool:
    """Whether a part of a message is a question of its own, by its words alone."""
    return bool(question.nouns or question.numbered or question.wishes) or asks_for_a_meaning(question)


def meanings(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """What a word means."""
    if not asks_for_a_meaning(question) or question.names("session", "objective", "principle"):
        return None
    word = replace(question, theme=_meaning().sub(" ", f" {question.theme} ").strip())
    bare = _ARTICLE.sub(" ", f" {word.theme} ")
    for term in at.cycle.terms:
        if any(bare == plain(name) for name in (*term.aliases, term.name.in_(question.language))):
            return theme_answers.one_term(at, term)
    hit = services.best(word, ("term",), named=True)
    if hit is None or hit.share < _ALMOST_ALL:
        return None
    faq = services.faq(question, _SURE_OF_FAQ)
    if faq is not None and faq.score > hit.score * _LEAD_OF_FAQ:
        return None
    return theme_answers.one_term(at, at.cycle.term(hit.document.key))


def going_on(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """ "¿y datos?", "what about children?": the same kind of thing, on another subject."""
    if not question.follows or question.bare or at.talk is None or question.nouns:
        return None
    match at.talk.kind:
        case "session" | "time":
            return named_rules.session_about(services, question, at)
        case "objective" | "principle":
            hit = services.best(question, ("objective",) if at.talk.kind == "objective" else ("principle",), named=True)
            return named_rules.card(hit.document, at) if hit is not None else None
        case "practice":
            return practice_rules.practices(services, replace(question, nouns=frozenset({"practice"})), at)
        case _:
            return None


def frequent(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """A question of the FAQ, where it fits almost word by word and better than any subject."""
    hit = services.faq(question, _SURE_OF_FAQ)
    if hit is None:
        return None
    others = services.search(question, ("objective", "principle", "practice", "area", "session", "term"), limit=1)
    known = at.cycle.question(hit.document.key).known
    if others and known and hit.words == 1 and others[0].whole and others[0].share >= _NEARLY_ALL:
        return None  # "trata" alone is a subject, however many questions have the word
    if others and others[0].share >= hit.share and others[0].score * _LEAD_OF_FAQ > hit.score and _names_kind(question):
        return None
    return faq_answers.from_faq(at, at.cycle.question(hit.document.key))


def _names_kind(question: Question) -> bool:
    return question.names("objective", "principle", "practice", "area") or question.wants("which_session")


_LISTS = {
    "session": session_answers.overview,
    "objective": theme_answers.all_objectives,
    "principle": theme_answers.all_principles,
    "area": theme_answers.all_areas,
}


def lists(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """All objectives, principles, areas or sessions, where no subject narrows them down."""
    whole = question.wants("all", "count") and len(question.theme.split()) <= _FEW_WORDS
    if not question.bare and not whole:
        return None
    kind = next((kind for kind in ("session", "objective", "principle", "area") if question.names(kind)), None)
    if kind is None and question.wants("when"):
        kind = "session"
    return _LISTS[kind](at) if kind is not None else None


def at_large(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """The best of everything, if it is good enough."""
    kinds: tuple[Kind, ...] = ("objective", "principle", "practice", "area", "session", "term")
    faq = services.faq(question)
    if question.wants("count") and not (faq is not None and faq.whole):
        return None  # "how many refugees are there in Brazil": no figure is in the content
    subject = services.best(question, kinds)
    if subject is not None and subject.words == 1 and subject.whole and subject.share >= _NEARLY_ALL:
        return named_rules.card(subject.document, at)
    if faq is not None and (subject is None or faq.score * faq.share > subject.score * subject.share):
        return faq_answers.from_faq(at, at.cycle.question(faq.document.key))
    if subject is None:
        return None
    if subject.document.kind == "practice" and not _clearly(subject):
        return None
    return named_rules.card(subject.document, at)


def _clearly(practice: Hit) -> bool:
    """Whether a practice is named, or nearly all that is asked is about it: its summary alone proves little."""
    if practice.whole and practice.share > _NEARLY_ALL:
        return True
    return practice.words >= _TWO and (practice.whole or practice.share >= _MOST)
