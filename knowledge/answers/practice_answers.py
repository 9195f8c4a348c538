"""Builds answers to what is asked of one practice: when it was, its objectives, their sessions, its source."""

from collections.abc import Callable, Mapping

from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.content_answers import where_discussed
from knowledge.programme.cards import practice_objectives_line, practice_source_lines
from knowledge.programme.cycle import Practice
from knowledge.understanding.query import Asks, Property
from locales.reply import Country, Listing, Value, text


def asked_of_practice(at: Situation, practice: Practice, asked: Asks) -> Answer:
    """Returns its name, what is asked of it, and where it is published; it is still what is talked about."""
    lines = (text("practice.heading", title=practice.title), *TOLD[asked](at, practice))
    source = practice_source_lines(practice) if asked is not Property.SOURCE else ()
    offers = (("practice", practice.id), ("practices", ""))
    answer = Answer("practice", (*lines, *source), (practice.id,), offers)
    sessions = {at.cycle.session_of(number).number for number in practice.objectives}
    if asked is Property.SESSIONS and len(sessions) == 1:
        return answer.about("session", [str(*sessions)])
    return answer.about("practice", [practice.id])


def _when(_at: Situation, practice: Practice) -> tuple[Value, ...]:
    return (
        text("practice.years.unknown") if (years := practice.years) is None else text("practice.years", years=years),
    )


def _sessions(at: Situation, practice: Practice) -> tuple[Value, ...]:
    """Returns the session of each of its objectives; that it is presented there, nothing says."""
    lines = (where_discussed(at, number) for number in practice.objectives)
    return (*lines, text("practice.session.unknown"))


def _countries(_at: Situation, practice: Practice) -> tuple[Value, ...]:
    """Returns how many countries it is of, and which; of the whole world, or a region without a list, that."""
    if not practice.countries:
        return (text(f"practice.scope.{practice.scope}"),)
    listed = Listing(tuple(map(Country, practice.countries)))
    return (text("practice.countries", n=len(practice.countries), countries=listed),)


TOLD: Mapping[Asks, Callable[[Situation, Practice], tuple[Value, ...]]] = {
    Property.DAY: _when,
    Property.COUNTRIES: _countries,
    Property.OBJECTIVES: lambda at, practice: (practice_objectives_line(at.cycle, practice),),
    Property.SESSIONS: _sessions,
    Property.SOURCE: lambda _, practice: practice_source_lines(practice) or (text("practice.offered"),),
}
