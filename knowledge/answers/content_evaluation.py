"""Evaluates a Query over the content: objectives, principles, areas, practices, and the card of any thing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from knowledge.answers import content_answers, faq_answers, practice_answers, session_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.session_choice import sessions_of
from knowledge.understanding.query import TALK_OF_CLAIM, Form, Property, Query, Thing, is_of_one
from knowledge.understanding.subject_reader import AS_LIKELY, is_doubtful
from locales.reply import text

_MOST_COUNTRIES = 3


def _counts(query: Query) -> bool:
    """Returns whether the question claims how many there are."""
    return query.criteria.count is not None and query.form is Form.YES_NO


def check_count(query: Query, answer: Answer, number: int) -> Answer:
    """Puts yes or no first where the question claims how many there are."""
    return session_answers.check(answer, query.criteria.count == number) if _counts(query) else answer


def _check_subject(query: Query, answer: Answer) -> Answer:
    """Puts yes or no first where the question claims what the objective or principle of that number is about."""
    criteria = query.criteria
    likely = [each.key for each in criteria.subjects if each.sure >= criteria.subjects[0].sure * AS_LIKELY]
    return session_answers.check(answer, answer.ids[0] in likely) if likely and answer.ids else answer


def objectives(query: Query, at: Situation) -> Answer:
    criteria = query.criteria
    numbers = criteria.numbers or tuple(int(each.key) for each in criteria.subjects[:1])
    if is_doubtful(criteria.subjects):
        return content_answers.nearest_matches(at, "objective", [each.key for each in criteria.subjects])
    if not numbers:
        return _every_objective(query, at)
    known = [number for number in numbers if 1 <= number <= len(at.cycle.objectives)]
    if criteria.numbers and criteria.subjects and len(known) == 1 and query.asks == (Property.CARD,):
        return _check_subject(query, content_answers.one_objective(at, known[0]))
    if Property.SESSIONS in query.asks and known:
        found, claimed = _sessions_of_objectives(at, known), criteria.sessions
        there = {at.cycle.session_of(each).number for each in known}
        return session_answers.check(found, there == set(claimed)) if claimed else found
    if Property.AREAS in query.asks and len(known) == 1:
        return content_answers.area_of_objective(at, known[0])
    return content_answers.several_objectives(at, numbers)


def _every_objective(query: Query, at: Situation) -> Answer:
    """Returns the list of them; where that is asked, whether all of them are discussed."""
    if Property.AREAS in query.asks and query.form is Form.YES_NO:
        return content_answers.all_discussed(at, left_out=query.criteria.without)
    return check_count(query, content_answers.all_objectives(at), len(at.cycle.objectives))


def _sessions_of_objectives(at: Situation, objectives: Sequence[int]) -> Answer:
    """Returns where one is discussed, or several."""
    if len(objectives) == 1:
        return content_answers.session_of_objective(at, objectives[0])
    things = [Thing("objective", str(each)) for each in objectives]
    return session_answers.several_sessions(at, sessions_of(at.cycle, things))


def principles(query: Query, at: Situation) -> Answer:
    criteria = query.criteria
    if criteria.numbers:
        return _check_subject(query, content_answers.one_principle(at, criteria.numbers[0]))
    if not criteria.subjects or _counts(query):
        return check_count(query, content_answers.all_principles(at), len(at.cycle.principles))
    if is_doubtful(criteria.subjects):
        return content_answers.nearest_matches(at, "principle", [each.key for each in criteria.subjects])
    return content_answers.one_principle(at, int(criteria.subjects[0].key))


def areas(query: Query, at: Situation) -> Answer:
    if query.criteria.focus and is_of_one(at.talk, {"objective"}):
        return content_answers.area_of_objective(at, int(at.talk.ids[0]))
    if not query.criteria.subjects:
        areas = sum(len(session.areas) for session in at.cycle.sessions)
        return check_count(query, content_answers.all_areas(at), areas)
    first, of_session = query.criteria.subjects[0], Property.SESSIONS in query.asks
    if first.kind == "objective":
        tell = content_answers.session_of_objective if of_session else content_answers.area_of_objective
        return tell(at, int(first.key))
    return content_answers.one_area(at, first.key)


def practices(query: Query, at: Situation) -> Answer:
    criteria = query.criteria
    keys = [each.key for each in criteria.subjects]
    if criteria.numbers:
        number = criteria.numbers[0]
        if criteria.kind == "practice":  # at that place of a list
            return card(criteria.subjects[number - 1], at)
        known = 1 <= number <= len(at.cycle.objectives)
        return content_answers.practices_of_objective(at, number) if known else content_answers.no_such_objective(at)
    if query.asks[0] in practice_answers.TOLD:
        return practice_answers.asked_of_practice(at, at.cycle.practice(keys[0]), query.asks[0])
    if query.asks == (Property.CARD,):
        found, claimed = card(criteria.subjects[0], at), criteria.countries
        where = at.cycle.practice(keys[0]).countries
        return session_answers.check(found, claimed[0] in where) if claimed and where else found
    if criteria.countries:
        countries = criteria.countries[:_MOST_COUNTRIES]
        return content_answers.practices_of_countries(at, countries, keys, without=criteria.without)
    focused = _practices_of_focus(at) if criteria.focus else None
    found = focused or content_answers.practices_on_subject(at, criteria.subjects)
    told = found.talk.ids if found.talk is not None and query.form is Form.COUNT and keys else ()
    return replace(found, lines=(text("practices.count", n=len(told)), *found.lines[1:])) if len(told) > 1 else found


def countries(query: Query, at: Situation) -> Answer:
    """Returns the countries of one practice, or from which there are any."""
    return practices(query, at) if query.criteria.subjects else content_answers.countries_of_practices(at)


def _practices_of_focus(at: Situation) -> Answer | None:
    """Returns those of the objective that was talked about; the note does not say which are presented in a session."""
    if is_of_one(at.talk, {"objective"}):
        return content_answers.practices_of_objective(at, int(at.talk.ids[0]))
    if at.talk is not None and at.talk.kind == "objective" and len(at.talk.ids) < len(at.cycle.objectives):
        things = [Thing("objective", each) for each in at.talk.ids]  # those of an area
        return content_answers.practices_on_subject(at, things)
    presented = next((each for each in at.cycle.faq if each.topic == "practices_presented"), None)
    of_session = at.talk is not None and at.talk.kind in {"session", "topic", TALK_OF_CLAIM}
    return faq_answers.faq_answer(at, presented) if of_session and presented is not None else None


def card(thing: Thing, at: Situation) -> Answer:
    """Returns the whole answer about one thing of the cycle."""
    return _CARDS[thing.kind](at, thing.key)


_CARDS: Mapping[str, Callable[[Situation, str], Answer]] = {
    "objective": lambda at, key: content_answers.one_objective(at, int(key)),
    "principle": lambda at, key: content_answers.one_principle(at, int(key)),
    "practice": lambda at, key: content_answers.one_practice(at, at.cycle.practice(key)),
    "area": content_answers.one_area,
    "term": lambda at, key: content_answers.one_term(at, at.cycle.term(key)),
    "session": lambda at, key: session_answers.one_session(at, int(key)),
    "faq": lambda at, key: faq_answers.faq_answer(at, at.cycle.question(key)),
}
