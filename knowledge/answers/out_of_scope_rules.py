"""What is somebody else's: their numbers, gatherings, offices, leaders and figures. Not known here, and said so."""

import re
from functools import cache

from knowledge.answers import faq_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.answer_search import AnswerSearch
from knowledge.text.words import lexicon, pattern, plain
from knowledge.understanding.understand import Question
from locales.reply import Value

_FORUM = "review_forum"


def of_others(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """A number of another agreement's: objective 5 of the 2030 Agenda is none of the Compact's."""
    words = plain(question.text)
    if question.numbered:
        return faq_answers.unknown(()) if _found("frameworks", words) else None
    if question.names("objective", "principle", "practice", "area") or _found("ours", words):
        return None
    if _another_event(question, words):
        return _forum(at, words) or faq_answers.unknown(())
    office, leader = _an_office(question, words), _a_leader(question, words)
    figure = question.wants("count") and not question.names("session") and _found("people", words)
    return faq_answers.unknown(()) if office or leader or figure or _found("last_year", words) else None


def _another_event(question: Question, words: str) -> bool:
    """When another gathering is; what the first forum was, the content says."""
    if question.wants("which_session") or not question.wants("when", "hour", "next", "last", "previous"):
        return False
    return _found("events", words) and not re.search(r" (?:primer|primeiro|first|premier|2022) ", words)


def _an_office(question: Question, words: str) -> bool:
    if question.names("session"):
        return False
    if _found("offices", words) and (_found("hours", words) or _found("contact", words)):
        return True
    return _found("opening", words) and (_found("doors", words) or _found("offices", words))


def _a_leader(question: Question, words: str) -> bool:
    asked = _found("leaders", words) and not question.names("session")
    return asked and (_found("bodies", words) or bool(question.places))


def _forum(at: Situation, words: str) -> Answer | None:
    """The date of the next one is not known; what it is, is."""
    faq = next((each for each in at.cycle.faq if each.topic == _FORUM), None)
    if faq is None or not re.search(r" (?:femi|imrf|examen|revision|revisao|review) ", words):
        return None
    unknown = faq_answers.unknown(())
    lines: tuple[Value, ...] = (*unknown.lines, "", faq.answer)
    return Answer(_FORUM, lines, (faq.key,), unknown.offers, known=False)


def _found(key: str, words: str) -> bool:
    return _listed(key).search(words) is not None


@cache
def _listed(key: str) -> "re.Pattern[str]":
    return pattern(lexicon("others")[key])
