"""Builds answers to what is asked of one practice: when it was, its objectives, their sessions, its source."""

from collections.abc import Callable, Mapping

from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.content_answers import where_discussed
from knowledge.programme.cards import practice_objectives_line, practice_source_lines
from knowledge.programme.cycle import Practice
from knowledge.understanding.query import Asks, Property
from locales.reply import Value, text


def asked_of_practice(at: Situation, practice: Practice, asked: Asks) -> Answer:
    """Returns its name, what is asked of it, and where it is published; it is still what is talked about."""
    lines = (text("practice.heading", title=practice.title), *TOLD[asked](at, practice))
    source = practice_source_lines(practice) if asked is not Property.SOURCE else ()
    offers = (("practice", practice.id), ("practices", ""))
    answer = Answer("practice", (*lines, *source), (practice.id,), offers)
    sessions = _sessions_of(at, practice)
    if asked is Property.SESSIONS and len(sessions) == 1:
        return answer.about("session", [str(sessions[0])])
    return answer.about("practice", [practice.id])


def _when(_at: Situation, practice: Practice) -> tuple[Value, ...]:
    if practice.years is None:
        return (text("practice.years.unknown"),)
    return (text("practice.years", years=practice.years),)


def _objectives(at: Situation, practice: Practice) -> tuple[Value, ...]:
    return (practice_objectives_line(at.cycle, practice),)


def _sessions(at: Situation, practice: Practice) -> tuple[Value, ...]:
    """Returns the session of each of its objectives; that it is presented there, nothing says."""
    lines = (where_discussed(at, number) for number in practice.objectives)
    return (*lines, text("practice.session.unknown"))


def _source(_at: Situation, practice: Practice) -> tuple[Value, ...]:
    return practice_source_lines(practice) or (text("practice.offered"),)


def _sessions_of(at: Situation, practice: Practice) -> list[int]:
    return list(dict.fromkeys(at.cycle.session_of(number).number for number in practice.objectives))


TOLD: Mapping[Asks, Callable[[Situation, Practice], tuple[Value, ...]]] = {
    Property.DAY: _when,
    Property.OBJECTIVES: _objectives,
    Property.SESSIONS: _sessions,
    Property.SOURCE: _source,
}
