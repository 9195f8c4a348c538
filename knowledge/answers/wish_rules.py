"""What people want done: their data, registration, reminders, time zone, language, a person to talk to."""

from knowledge.answers import faq_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.answer_search import AnswerSearch
from knowledge.programme.cycle import Faq
from knowledge.understanding.understand import Question

_ASKED_WORD_BY_WORD, _TWO_WORDS = 0.7, 2


def wishes(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """What people want done: their data, registration, reminders, time zone, language, a person to talk to."""
    if question.names("objective", "principle", "practice", "area"):
        return None
    topic = _wished(question)
    if topic is not None and (other := _rather(services, question, topic)) is not None:
        return faq_answers.from_faq(at, other)
    found = services.on_topic(topic, question, at) if topic else None
    if found is None or topic not in {"registration", "cancel_registration", "reminders", "stop_reminders"}:
        return found
    return _for_sessions(found, question, at)


def _rather(services: AnswerSearch, question: Question, topic: str) -> Faq | None:
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


def _wished(question: Question) -> str | None:
    if question.wants("remind") and question.wants("unregister", "stop"):
        return "stop_reminders"
    topic = next((topic for wish, topic in _WISHES if question.wants(wish)), None)
    return "bot_what" if topic is None and question.wants("help") and question.bare else topic


def _for_sessions(found: Answer, question: Question, at: Situation) -> Answer:
    """The same, leading to the sessions that were named."""
    known = [str(number) for number in question.numbers["session"] if number in at.live]
    offers = tuple(("remind", each) for each in known if at.now < at.live[int(each)][0])
    return Answer(found.topic, found.lines, tuple(known), (*offers, *found.offers), found.known, talk=found.talk)
