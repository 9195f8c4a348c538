"""A subject with the kind of thing that is wanted: "objetivo sobre remesas", "la sesión de datos"."""

import re
from collections.abc import Callable, Mapping

from knowledge.answers import faq_answers, session_answers, theme_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.answer_rules import session_of, session_with
from knowledge.answers.answer_search import AnswerSearch
from knowledge.search.documents import Document, Kind
from knowledge.text.words import plain
from knowledge.understanding.understand import Question

_PLURAL = re.compile(r" (?:objetivos|objectives|objectifs|areas?|domaines?|eixos?|ejes?|axes?) ")


_A_HINT = 0.12


def named_kind(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """A subject with the kind of thing that is wanted: "objetivo sobre remesas", "la sesión de datos"."""
    if question.names("principle"):
        hit = services.best(question, ("principle",), named=True)
        return card(hit.document, at) if hit is not None else _perhaps(services, question, at, "principle")
    if question.names("area") and (area := _area(services, question)):
        return theme_answers.one_area(at, area)
    if question.names("objective") and not question.names("session"):
        named = _area_by_name(services, question)
        return theme_answers.one_area(at, named) if named else _objective(services, question, at)
    if question.names("session") or question.wants("when"):
        return session_about(services, question, at)
    return None


def _perhaps(services: AnswerSearch, question: Question, at: Situation, kind: Kind) -> Answer | None:
    """One is asked for, and none fits well: the nearest, said to be no more than that."""
    if question.bare:
        return None
    hits = services.search(question, (kind,), limit=3)
    near = [hit.document.key for hit in hits if hit.share >= _A_HINT]
    return theme_answers.perhaps(at, kind, near) if near else None


def _area_by_name(services: AnswerSearch, question: Question) -> str | None:
    """The area called by its name, where the objectives are asked for, not one."""
    return _area_literally(services, question) if _PLURAL.search(plain(question.text)) else None


def _area_literally(services: AnswerSearch, question: Question) -> str | None:
    words = plain(question.text)
    areas = (area for session in services.cycle.sessions for area in session.areas)
    return next((area.key for area in areas if plain(area.name.in_(question.language)) in words), None)


def _area(services: AnswerSearch, question: Question) -> str | None:
    """The area called by its name, else the one that fits."""
    if (named := _area_literally(services, question)) is not None:
        return named
    hit = services.best(question, ("area",), named=True)
    return hit.document.key if hit is not None else None


def _objective(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    kinds: tuple[Kind, ...] = ("objective", "area") if question.wants("which_area") is False else ("objective",)
    hit = services.best(question, kinds, named=True)
    if hit is None:
        return _perhaps(services, question, at, "objective")
    if hit.document.kind == "objective" and question.names("area"):
        return theme_answers.area_of_objective(at, int(hit.document.key))
    return card(hit.document, at)


def session_about(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """The session that discusses the subject; with its objectives where those were asked for."""
    if (area := _area_literally(services, question)) is not None:
        number = services.cycle.session_of(services.cycle.area(area).objectives[0]).number
        asked = question.names("objective", "area")
        return session_answers.objectives_of(at, number) if asked else session_answers.one_session(at, number)
    hit = services.best(question, ("objective", "area", "session"), named=True)
    if hit is None:
        listed = question.names("session") and question.wants("all", "count", "when")
        return session_answers.overview(at) if listed and services.faq(question) is None else None
    if hit.document.kind == "objective":
        number = session_with(services.cycle, hit.document)
        if question.names("objective"):
            return session_answers.objectives_of(at, number)
        said = session_of(at, int(hit.document.key))
        return Answer("session", said.lines, (str(number),), said.offers).about("session", [str(number)])
    number = session_with(services.cycle, hit.document)
    if question.names("objective", "area"):
        return session_answers.objectives_of(at, number)
    return session_answers.one_session(at, number)


def card(document: Document, at: Situation) -> Answer:
    """The whole answer about one thing of the cycle."""
    return _CARDS[document.kind](at, document.key)


_CARDS: Mapping[Kind, Callable[[Situation, str], Answer]] = {
    "objective": lambda at, key: theme_answers.one_objective(at, int(key)),
    "principle": lambda at, key: theme_answers.one_principle(at, int(key)),
    "practice": lambda at, key: theme_answers.one_practice(at, at.cycle.practice(key)),
    "area": theme_answers.one_area,
    "term": lambda at, key: theme_answers.one_term(at, at.cycle.term(key)),
    "session": lambda at, key: session_answers.one_session(at, int(key)),
    "faq": lambda at, key: faq_answers.from_faq(at, at.cycle.question(key)),
}
