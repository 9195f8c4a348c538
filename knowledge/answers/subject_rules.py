"""Rules that search for the subject: a thing of one kind, a practice, the meaning of a word, an entry of the FAQ."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from knowledge.answers import content_answers, faq_answers, session_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.answer_search import AnswerSearch
from knowledge.programme.cycle import Cycle
from knowledge.search.documents import Document, Kind
from knowledge.search.index import Hit
from knowledge.text.words import lexicon, normalize, phrase_pattern
from knowledge.understanding.question_parser import Question
from locales.reply import text

_SURE, _WORD_BY_WORD, _TWO = 0.72, 0.75, 2

_OF_PRACTICES = frozenset({
    "eligibility", "good_practice", "practices_presented", "how_to_present", "practices_repository", "practices_here",
    "materials", "panelists",
})  # fmt: skip


_CLOSE, _CLOSE_SHARE, _CLOSE_SCORE, _LEAST_SHARE = 5, 0.6, 0.5, 0.3


_LEAST_FAQ_SHARE, _LEAD_OVER_PRACTICES = 0.4, 1.5


def answer_practices(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """Practices of a country, of an objective, on a subject; or one by its name."""
    if not question.names("practice"):
        return None
    hits = services.search(question, ("practice",), limit=40)
    if question.countries:
        return content_answers.practices_of_country(at, question.countries[0], [hit.document.key for hit in hits])
    faq = _faq_about_practices(services, question, at)
    first = hits[0].score * hits[0].share if hits else 0.0
    if faq is not None and (faq.whole or faq.score * faq.share > _LEAD_OVER_PRACTICES * first):
        return faq_answers.faq_answer(at, at.cycle.question(faq.document.key))
    return _practices_on_subject(services, question, hits, at)


def _practices_on_subject(services: AnswerSearch, question: Question, hits: Sequence[Hit], at: Situation) -> Answer:
    """Those that fit the subject, and those of the objective that it is; all of them where there is no subject."""
    subject = services.best(question, ("objective",), named=True)
    own = [at.cycle.practice(hit.document.key) for hit in hits[:_CLOSE] if _fits_nearly_as_well(hit, hits[0])]
    if len(own) == 1 and hits[0].share >= _SURE:
        return content_answers.one_practice(at, own[0])
    if subject is not None:
        more = at.cycle.practices_of(int(subject.document.key))
        own = list(dict.fromkeys((*own[:2], *more, *own)))
    if own:
        return content_answers.several_practices(at, own, text("answer.practices.found"))
    listed = question.bare or not question.theme
    return content_answers.all_practices(at) if listed else content_answers.no_practice_found(at)


def _fits_nearly_as_well(hit: Hit, best: Hit) -> bool:
    """Whether a practice fits nearly as well as the best one, and well enough to be named at all."""
    return hit.share >= max(best.share * _CLOSE_SHARE, _LEAST_SHARE) and hit.score >= best.score * _CLOSE_SCORE


def _faq_about_practices(services: AnswerSearch, question: Question, at: Situation) -> Hit | None:
    """What the FAQ says about practices as such: how they are chosen, who proposes them, where they are."""
    asked = services.search(question, ("faq",), whole=True, limit=3)
    said = next((hit for hit in asked if hit.whole and hit.words >= _TWO and hit.share >= _WORD_BY_WORD), None)
    hit = said or next(iter(services.search(question, ("faq",), limit=1)), None)
    if hit is None or hit.share < _LEAST_FAQ_SHARE or at.cycle.question(hit.document.key).topic not in _OF_PRACTICES:
        return None
    return hit


def answer_practices_of_place(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """ "Anything from Chile on rewarding town halls?": a place and a subject, and no word for what is wanted."""
    if not question.places or question.wishes or question.nouns:
        return None
    country = question.places[0][0].country
    own = {practice.id for practice in at.cycle.practices_in(country)}
    hits = services.search(replace(question, theme=question.beside), ("practice",), limit=40)
    fits = [hit for hit in hits if hit.document.key in own]
    if not fits or fits[0].share < _LEAST_SHARE or fits[0].words < _TWO:
        return None
    return content_answers.practices_of_country(at, country, [hit.document.key for hit in fits])


_PLURAL = re.compile(r" (?:objetivos|objectives|objectifs|areas?|domaines?|eixos?|ejes?|axes?) ")


_A_HINT = 0.12


def answer_kind(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """A subject with the kind of thing that is wanted: "objetivo sobre remesas", "la sesión de datos"."""
    if question.names("principle"):
        hit = services.best(question, ("principle",), named=True)
        return answer_document(hit.document, at) if hit is not None else _nearest(services, question, at, "principle")
    if question.names("area") and (area := _find_area(services, question)):
        return content_answers.one_area(at, area)
    if question.names("objective") and not question.names("session"):
        named = _area_in_plural(services, question)
        return content_answers.one_area(at, named) if named else _answer_objective(services, question, at)
    if question.names("session") or question.wants("when"):
        return answer_session_about(services, question, at)
    return None


def _nearest(services: AnswerSearch, question: Question, at: Situation, kind: Kind) -> Answer | None:
    """One is asked for, and none fits well: the nearest, said to be no more than that."""
    if question.bare:
        return None
    hits = services.search(question, (kind,), limit=3)
    near = [hit.document.key for hit in hits if hit.share >= _A_HINT]
    return content_answers.nearest_matches(at, kind, near) if near else None


def _area_in_plural(services: AnswerSearch, question: Question) -> str | None:
    """The area called by its name, where the objectives are asked for, not one."""
    return _area_named(services, question) if _PLURAL.search(normalize(question.text)) else None


def _area_named(services: AnswerSearch, question: Question) -> str | None:
    words = normalize(question.text)
    areas = (area for session in services.cycle.sessions for area in session.areas)
    return next((area.key for area in areas if normalize(area.name.in_(question.language)) in words), None)


def _find_area(services: AnswerSearch, question: Question) -> str | None:
    """The area called by its name, else the one that fits."""
    if (named := _area_named(services, question)) is not None:
        return named
    hit = services.best(question, ("area",), named=True)
    return hit.document.key if hit is not None else None


def _answer_objective(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    kinds: tuple[Kind, ...] = ("objective", "area") if question.wants("which_area") is False else ("objective",)
    hit = services.best(question, kinds, named=True)
    if hit is None:
        return _nearest(services, question, at, "objective")
    if hit.document.kind == "objective" and question.names("area"):
        return content_answers.area_of_objective(at, int(hit.document.key))
    return answer_document(hit.document, at)


def session_with(cycle: Cycle, document: Document) -> int:
    """Returns the number of the session that a session, an area or an objective belongs to."""
    if document.kind == "session":
        return int(document.key)
    objective = cycle.area(document.key).objectives[0] if document.kind == "area" else int(document.key)
    return cycle.session_of(objective).number


def answer_session_about(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """The session that discusses the subject; with its objectives where those were asked for."""
    if (area := _area_named(services, question)) is not None:
        number = services.cycle.session_of(services.cycle.area(area).objectives[0]).number
        asked = question.names("objective", "area")
        return session_answers.session_objectives(at, number) if asked else session_answers.one_session(at, number)
    hit = services.best(question, ("objective", "area", "session"), named=True)
    if hit is None:
        listed = question.names("session") and question.wants("all", "count", "when")
        return session_answers.overview(at) if listed and services.faq(question) is None else None
    if hit.document.kind == "objective":
        number = session_with(services.cycle, hit.document)
        if question.names("objective"):
            return session_answers.session_objectives(at, number)
        said = session_answers.session_of_objective(at, int(hit.document.key))
        return Answer("session", said.lines, (str(number),), said.offers).about("session", [str(number)])
    number = session_with(services.cycle, hit.document)
    if question.names("objective", "area"):
        return session_answers.session_objectives(at, number)
    return session_answers.one_session(at, number)


def answer_document(document: Document, at: Situation) -> Answer:
    """The whole answer about one thing of the cycle."""
    return _CARDS[document.kind](at, document.key)


_CARDS: Mapping[Kind, Callable[[Situation, str], Answer]] = {
    "objective": lambda at, key: content_answers.one_objective(at, int(key)),
    "principle": lambda at, key: content_answers.one_principle(at, int(key)),
    "practice": lambda at, key: content_answers.one_practice(at, at.cycle.practice(key)),
    "area": content_answers.one_area,
    "term": lambda at, key: content_answers.one_term(at, at.cycle.term(key)),
    "session": lambda at, key: session_answers.one_session(at, int(key)),
    "faq": lambda at, key: faq_answers.faq_answer(at, at.cycle.question(key)),
}


_OF_A_SESSION = frozenset({
    "platform", "livestream", "recordings", "certificate", "interpretation", "cost", "panelists", "panelist_names",
    "moderation", "materials", "practices_presented", "place", "accessibility", "camera", "connection", "capacity",
    "participation", "invitation", "travel_support",
})  # fmt: skip
_SCORE_OF_FAQ = 3.5
_SURE_OF_FAQ, _LEAD_OF_FAQ = 0.72, 1.15
_ARTICLE = re.compile(r"^ (?:el|la|los|las|un|una|o|a|os|as|um|uma|the|an|le|les|l|une) ")
_A_PART = 0.4
_ALMOST_ALL, _MOST, _NEARLY_ALL = 0.6, 0.75, 0.95
_FEW_WORDS = 5  # "todas las sesiones del ciclo, por favor"


def answer_session_detail(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
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
    said = faq_answers.faq_answer(at, faq)
    offers = (*said.offers, *(("session", str(number)) for number in named))
    return replace(said, offers=offers)


def answer_page(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """The page that may not open, asked for by name."""
    words = normalize(question.text)
    for link in at.cycle.links:
        if link.doubtful and link.asked and phrase_pattern(link.asked[question.language]).search(words):
            return faq_answers.doubtful_page(at, link.key)
    return None


@cache
def _meaning_pattern() -> "re.Pattern[str]":
    words = lexicon("meaning")
    before, after, lead = ("|".join(words[place]) for place in ("before", "after", "lead"))
    return re.compile(rf"^ (?:(?:{lead}) )?(?:{before}) | (?:{after}) $")


def asks_for_meaning(question: Question) -> bool:
    """Whether it asks what a word means."""
    return _meaning_pattern().search(normalize(question.text)) is not None


def is_question(question: Question) -> bool:
    """Whether a part of a message is a question of its own, by its words alone."""
    return bool(question.nouns or question.numbered or question.wishes) or asks_for_meaning(question)


def answer_meaning(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """What a word means."""
    if not asks_for_meaning(question) or question.names("session", "objective", "principle"):
        return None
    word = replace(question, theme=_meaning_pattern().sub(" ", f" {question.theme} ").strip())
    bare = _ARTICLE.sub(" ", f" {word.theme} ")
    for term in at.cycle.terms:
        if any(bare == normalize(name) for name in (*term.aliases, term.name.in_(question.language))):
            return content_answers.one_term(at, term)
    hit = services.best(word, ("term",), named=True)
    if hit is None or hit.share < _ALMOST_ALL:
        return None
    faq = services.faq(question, _SURE_OF_FAQ)
    if faq is not None and faq.score > hit.score * _LEAD_OF_FAQ:
        return None
    return content_answers.one_term(at, at.cycle.term(hit.document.key))


def continue_with_subject(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """ "¿y datos?", "what about children?": the same kind of thing, on another subject."""
    if not question.follows or question.bare or at.talk is None or question.nouns:
        return None
    match at.talk.kind:
        case "session" | "time":
            return answer_session_about(services, question, at)
        case "objective" | "principle":
            hit = services.best(question, ("objective",) if at.talk.kind == "objective" else ("principle",), named=True)
            return answer_document(hit.document, at) if hit is not None else None
        case "practice":
            return answer_practices(services, replace(question, nouns=frozenset({"practice"})), at)
        case _:
            return None


def answer_faq(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
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
    return faq_answers.faq_answer(at, at.cycle.question(hit.document.key))


def _names_kind(question: Question) -> bool:
    return question.names("objective", "principle", "practice", "area") or question.wants("which_session")


_LISTS = {
    "session": session_answers.overview,
    "objective": content_answers.all_objectives,
    "principle": content_answers.all_principles,
    "area": content_answers.all_areas,
}


def answer_list(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """All objectives, principles, areas or sessions, where no subject narrows them down."""
    whole = question.wants("all", "count") and len(question.theme.split()) <= _FEW_WORDS
    if not question.bare and not whole:
        return None
    kind = next((kind for kind in ("session", "objective", "principle", "area") if question.names(kind)), None)
    if kind is None and question.wants("when"):
        kind = "session"
    return _LISTS[kind](at) if kind is not None else None


def answer_by_search(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """The best of everything, if it is good enough."""
    kinds: tuple[Kind, ...] = ("objective", "principle", "practice", "area", "session", "term")
    faq = services.faq(question)
    if question.wants("count") and not (faq is not None and faq.whole):
        return None  # "how many refugees are there in Brazil": no figure is in the content
    subject = services.best(question, kinds)
    if subject is not None and subject.words == 1 and subject.whole and subject.share >= _NEARLY_ALL:
        return answer_document(subject.document, at)
    if faq is not None and (subject is None or faq.score * faq.share > subject.score * subject.share):
        return faq_answers.faq_answer(at, at.cycle.question(faq.document.key))
    if subject is None:
        return None
    if subject.document.kind == "practice" and not _practice_is_clear(subject):
        return None
    return answer_document(subject.document, at)


def _practice_is_clear(practice: Hit) -> bool:
    """Whether a practice is named, or nearly all that is asked is about it: its summary alone proves little."""
    if practice.whole and practice.share > _NEARLY_ALL:
        return True
    return practice.words >= _TWO and (practice.whole or practice.share >= _MOST)
