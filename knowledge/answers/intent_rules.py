"""Rules by what a person wants: small talk, personal cases, wishes about registration or data, what is out of scope."""

import re
from functools import cache

from knowledge.answers import faq_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.answer_search import AnswerSearch
from knowledge.programme.cycle import Faq
from knowledge.text.words import lexicon, normalize, phrase_pattern
from knowledge.understanding.question_parser import Question
from locales.reply import Value

_FORUM = "review_forum"


def answer_intent(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """Answers small talk, insults, injection attempts, personal cases and emergencies."""
    match question.mood:
        case "urgent" | "personal":
            return faq_answers.sensitive_case(at, urgent=question.mood == "urgent")
        case "greeting" | "thanks" | "goodbye":
            return faq_answers.small_talk(question.mood)
        case "insult":
            return faq_answers.insult()
        case "injection":
            return faq_answers.injection_attempt()
        case "wordless":
            return faq_answers.no_words()
        case _:
            return None


def refuse_out_of_scope(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """Refuses what belongs to others: other agreements' numbers, other events, offices, leaders, figures."""
    words = normalize(question.text)
    if question.numbered:
        return faq_answers.unknown(()) if _mentions("frameworks", words) else None
    if question.names("objective", "principle", "practice", "area") or _mentions("ours", words):
        return None
    if _is_another_event(question, words):
        return _forum_answer(at, words) or faq_answers.unknown(())
    office, leader = _is_about_office(question, words), _is_about_leader(question, words)
    figure = question.wants("count") and not question.names("session") and _mentions("people", words)
    return faq_answers.unknown(()) if office or leader or figure or _mentions("last_year", words) else None


def _is_another_event(question: Question, words: str) -> bool:
    """When another gathering is; what the first forum was, the content says."""
    if question.wants("which_session") or not question.wants("when", "hour", "next", "last", "previous"):
        return False
    return _mentions("events", words) and not re.search(r" (?:primer|primeiro|first|premier|2022) ", words)


def _is_about_office(question: Question, words: str) -> bool:
    if question.names("session"):
        return False
    if _mentions("offices", words) and (_mentions("hours", words) or _mentions("contact", words)):
        return True
    return _mentions("opening", words) and (_mentions("doors", words) or _mentions("offices", words))


def _is_about_leader(question: Question, words: str) -> bool:
    asked = _mentions("leaders", words) and not question.names("session")
    return asked and (_mentions("bodies", words) or bool(question.places))


def _forum_answer(at: Situation, words: str) -> Answer | None:
    """The date of the next one is not known; what it is, is."""
    faq = next((each for each in at.cycle.faq if each.topic == _FORUM), None)
    if faq is None or not re.search(r" (?:femi|imrf|examen|revision|revisao|review) ", words):
        return None
    unknown = faq_answers.unknown(())
    lines: tuple[Value, ...] = (*unknown.lines, "", faq.answer)
    return Answer(_FORUM, lines, (faq.key,), unknown.offers, known=False)


def _mentions(key: str, words: str) -> bool:
    return _phrases(key).search(words) is not None


@cache
def _phrases(key: str) -> "re.Pattern[str]":
    return phrase_pattern(lexicon("others")[key])


_ASKED_WORD_BY_WORD, _TWO_WORDS = 0.7, 2


def answer_wish(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """Answers wishes: their data, registration, reminders, time zone, language, a person to talk to."""
    if question.names("objective", "principle", "practice", "area"):
        return None
    topic = _wished_topic(question)
    if topic is not None and (other := _better_faq(services, question, topic)) is not None:
        return faq_answers.faq_answer(at, other)
    found = services.on_topic(topic, question, at) if topic else None
    if found is None or topic not in {"registration", "cancel_registration", "reminders", "stop_reminders"}:
        return found
    return _offer_named_sessions(found, question, at)


def _better_faq(services: AnswerSearch, question: Question, topic: str) -> Faq | None:
    """What is asked word by word is something else than the wish: what registration costs is no registration."""
    hit = services.faq(question, _ASKED_WORD_BY_WORD)
    if hit is None or not hit.whole or hit.words < _TWO_WORDS or hit.share < _ASKED_WORD_BY_WORD:
        return None
    faq = services.cycle.question(hit.document.key)
    return faq if faq.topic != topic and not _same_family(faq.topic, topic) else None


def _same_family(topic: str, other: str) -> bool:
    families = (
        {"registration", "change_registration", "capacity"},
        {"cancel_registration", "stop_reminders"},
        {"privacy", "delete_data", "bot_reads"},
        {"timezone", "clock_change"},
        {"reminders", "stop_reminders"},
    )
    return any({topic, other} <= family for family in families)


# What is wished, from the most to the least particular, and the FAQ's topic that answers it.
_WISHES = (
    ("forget", "delete_data"),
    ("privacy", "privacy"),
    ("unregister", "cancel_registration"),
    ("register", "registration"),
    ("remind", "reminders"),
    ("zone", "timezone"),
    ("interpretation", "interpretation"),
    ("language", "language"),
    ("team", "bot_human"),
    ("speakers", "panelists"),
)


def _wished_topic(question: Question) -> str | None:
    if question.wants("remind") and question.wants("unregister", "stop"):
        return "stop_reminders"
    topic = next((topic for wish, topic in _WISHES if question.wants(wish)), None)
    return "bot_what" if topic is None and question.wants("help") and question.bare else topic


def _offer_named_sessions(found: Answer, question: Question, at: Situation) -> Answer:
    """The same, leading to the sessions that were named."""
    known = [str(number) for number in question.numbers["session"] if number in at.live]
    offers = tuple(("remind", each) for each in known if at.now < at.live[int(each)][0])
    return Answer(found.topic, found.lines, tuple(known), (*offers, *found.offers), found.known, talk=found.talk)
