"""Evaluates a Query over the programme, the content and the person. Pure and total: every Query has an Answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from knowledge.answers import content_answers, faq_answers, session_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.same_answers import are_the_same
from knowledge.answers.session_choice import Choice, choose_sessions, fill_from_focus, focused_sessions, sessions_of
from knowledge.understanding.filter_reader import ANSWER, AS_LIKELY, is_doubtful
from knowledge.understanding.query import TIMES, Asks, Filter, Form, Mood, Order, Property, Query, State, Thing, Wish
from knowledge.understanding.reader import WISH_TOPICS

_CONTENTS = frozenset({Property.OBJECTIVES, Property.AREAS, Property.TOPIC})
_MOST_COUNTRIES = 3
_ITSELF = frozenset({"objective", "principle", "practice", "term"})


def evaluate(query: Query, at: Situation, near: Sequence[tuple[str, str]] = ()) -> Answer:
    """Returns the answer to a Query; `near` are offers for where nothing is known."""
    found = _evaluate(query, at, near)
    talk = at.talk
    listed = talk is not None and talk.kind == query.criteria.kind == "practice" and bool(query.criteria.numbers)
    return (
        replace(found, talk=talk) if query.criteria.focus and listed else found
    )  # "and the third" is of that list, too


def _evaluate(query: Query, at: Situation, near: Sequence[tuple[str, str]]) -> Answer:
    match query.asks[:1]:
        case (Mood() as mood,):
            return _mood(query, mood, at)
        case (Wish() as wish,):
            return _wish(query, wish, at)
        case (Property() as first,) if first in _BY_PROPERTY:
            return _BY_PROPERTY[first](query, at)
        case (_,):
            return _things(query, at, near)
        case _:
            return faq_answers.unknown(near)


def _mood(query: Query, mood: Mood, at: Situation) -> Answer:
    match mood:
        case Mood.URGENT | Mood.PERSONAL:
            return faq_answers.sensitive_case(at, urgent=mood is Mood.URGENT)
        case Mood.BEYOND:
            return faq_answers.forum(at.cycle.question(query.entry)) if query.entry else faq_answers.unknown(())
        case Mood.INSULT:
            return faq_answers.insult()
        case Mood.INJECTION:
            return faq_answers.injection_attempt()
        case Mood.WORDLESS:
            return faq_answers.no_words()
        case _:
            return faq_answers.small_talk(mood)


def _wish(query: Query, wish: Wish, at: Situation) -> Answer:
    entry = query.entry or next((each.key for each in at.cycle.faq if each.topic == WISH_TOPICS.get(wish)), "")
    if not entry:
        return faq_answers.unknown(())
    found = faq_answers.faq_answer(at, at.cycle.question(entry))
    numbers = [number for number in query.criteria.numbers if number in at.live]
    if wish not in {Wish.REGISTER, Wish.LEAVE, Wish.REMIND, Wish.STOP} or found.topic != WISH_TOPICS[wish]:
        return found
    return faq_answers.lead_to_sessions(found, numbers, at)


def _entry(query: Query, at: Situation) -> Answer:
    faq = next((each for each in at.cycle.faq if each.key == query.entry), None)
    return faq_answers.unknown(()) if faq is None else faq_answers.faq_answer(at, faq)


def _things(query: Query, at: Situation, near: Sequence[tuple[str, str]]) -> Answer:
    criteria = query.criteria
    talk = at.talk
    if (
        criteria.focus
        and Property.TOPIC in query.asks
        and TIMES.isdisjoint(query.asks)
        and talk is not None
        and talk.kind in _ITSELF
        and len(talk.ids) == 1
    ):
        return card(Thing(talk.kind, talk.ids[0]), at)  # type: ignore[arg-type] # these kinds are kinds of things
    if criteria.kind is not None and criteria.kind in _BY_KIND:
        return _BY_KIND[criteria.kind](query, at)
    return card(criteria.subjects[0], at) if criteria.subjects else faq_answers.unknown(near)


# Sessions


def _sessions(query: Query, at: Situation) -> Answer:
    criteria = _narrow(query, at)
    if Property.SPAN in query.asks:
        named = criteria.numbers or criteria.order or (criteria.subjects and criteria.subjects[0].sure >= ANSWER)
        return session_answers.span(at, choose_sessions(criteria, at).numbers if named else ())
    if query.form is Form.SAME:
        return are_the_same(query, criteria, at)
    if (found := _of_programme(query, criteria, at)) is not None:
        return found
    choice = choose_sessions(criteria, at, checked=query.form is Form.YES_NO)
    if criteria.numbers and not choice.numbers:
        return session_answers.no_such_session(at)
    if query.where:
        return _in_places(query, criteria, choice.numbers, at)
    found = _in_form(query, criteria, choice.numbers, at)
    if found is None and len(choice.numbers) > 1:
        found = session_answers.check(_several(query, criteria, choice.numbers, at), choice.holds)
    return found or _one(query, criteria, choice, at)


def _narrow(query: Query, at: Situation) -> Filter:
    """Returns the filter with what was talked about, both that are compared, and those with so many objectives."""
    criteria = fill_from_focus(query.criteria, at)
    if criteria.numbers:
        return criteria
    if query.form is Form.COMPARE and len(criteria.subjects) > 1:
        numbers = {number for each in criteria.subjects[:2] for number in sessions_of(at.cycle, (each,))}
        return replace(criteria, numbers=tuple(sorted(numbers)), subjects=()) if len(numbers) > 1 else criteria
    if criteria.count and Property.OBJECTIVES in query.asks:
        sized = (n for n in at.in_order() if len(at.cycle.session(n).objectives) == criteria.count)
        return replace(criteria, numbers=tuple(sized))
    return criteria


def _of_programme(query: Query, criteria: Filter, at: Situation) -> Answer | None:
    """Returns what was moved, called off, is over or left, where that is asked of no one session."""
    named = criteria.numbers or criteria.subjects
    if query.form is Form.YES_NO and criteria.order is Order.LEFT and not named:
        holds = bool(at.ahead()) != (criteria.state is State.OVER)
        return session_answers.check(session_answers.remaining_sessions(at), holds)
    if Property.STATE not in query.asks or criteria.state is None:
        return None
    if not (named or criteria.order or criteria.days):
        return session_answers.any_over(at) if criteria.state is State.OVER else session_answers.programme_changes(at)
    if criteria.state in {State.MOVED, State.OFF} and len(criteria.numbers) > 1:
        so = all(session_answers.is_so(at, number, criteria.state) for number in criteria.numbers)
        return session_answers.check(session_answers.programme_changes(at), so)
    return None


def _in_places(query: Query, criteria: Filter, chosen: Sequence[int], at: Situation) -> Answer:
    """Returns the hours in those places; first yes or no, where an hour there is claimed of one session."""
    named = criteria.numbers or criteria.subjects or criteria.days or criteria.weekdays or criteria.order
    if named and criteria.hours:  # what is claimed of them chooses none
        chosen = choose_sessions(replace(criteria, hours=()), at).numbers
    told = chosen if named and chosen else at.in_order()  # "in Quito it is at noon, right?" is claimed of each
    found = session_answers.hours_in_places(at, told, query.where)
    if len(query.where) != 1 or not criteria.hours or query.form is not Form.YES_NO:
        return found
    there = replace(at, zone=query.where[0][0].zone)
    claims = [Filter("session", (number,), hours=criteria.hours) for number in told]
    held = {choose_sessions(claim, there, checked=True).holds for claim in claims}
    return session_answers.check(found, held.pop()) if len(held) == 1 else found


def _in_form(query: Query, criteria: Filter, chosen: Sequence[int], at: Situation) -> Answer | None:
    """Returns the answer that takes up the form of the question, or says that there is none.

    It is None for a plain answer.
    """
    asks = frozenset(query.asks)
    if query.form is Form.COUNT and not asks & (_CONTENTS | {Property.DURATION}):
        return session_answers.count_sessions(at, chosen, everything=criteria == Filter("session"))
    if not chosen:
        none = _none(criteria, at)
        claimed = query.form is Form.YES_NO and bool(criteria.hours) and not criteria.days
        return session_answers.check(none, False) if claimed else none
    counted = query.form is Form.COUNT and Property.OBJECTIVES in asks  # "how many have 3 and 1?"
    if (query.form is Form.COMPARE or counted) and len(chosen) > 1:
        return _compare(asks, criteria, chosen, at)
    if criteria.without and asks & _CONTENTS:
        return content_answers.objectives_of_sessions(at, chosen)
    return _durations(asks, criteria, chosen, at) if Property.DURATION in asks and not asks & TIMES else None


def _durations(asks: frozenset[Asks], criteria: Filter, chosen: Sequence[int], at: Situation) -> Answer:
    """Returns how long they take; with it what one is about, where that is asked, too."""
    lasts = session_answers.durations(at, chosen, criteria.length)
    if not asks & _CONTENTS or len(chosen) > 1:
        return lasts
    topic = content_answers.session_objectives(at, chosen[0], topic=Property.TOPIC in asks)
    return replace(topic, lines=(lasts.lines[0], "", *topic.lines))


def _compare(asks: frozenset[Asks], criteria: Filter, chosen: Sequence[int], at: Situation) -> Answer:
    if Property.OBJECTIVES in asks:
        return content_answers.compare_objectives(
            at, chosen, criteria.numbers[0] if criteria.most and criteria.numbers else None
        )
    return session_answers.compare_sessions(at, chosen, durations=Property.DURATION in asks)


def _one(query: Query, criteria: Filter, choice: Choice, at: Situation) -> Answer:
    asks, number, holds = frozenset(query.asks), choice.numbers[0], choice.holds
    if (asks & _CONTENTS and not asks & TIMES and holds is None) or choice.about:
        topic = choice.about or not asks.isdisjoint({Property.TOPIC, Property.AREAS} - _listed(asks))
        right = sessions_of(at.cycle, criteria.subjects)[:1] if holds is False and choice.about else [number]
        return content_answers.session_objectives(at, number, topic=topic, holds=holds, right=right[0])
    if Property.STATE in asks and criteria.state is not None:
        return session_answers.state_of_session(at, number, criteria.state, holds, planned=choice.planned)
    if holds is None and (answer := _by_objective(query, criteria, at, number)) is not None:
        return answer
    checked = holds if query.form is Form.YES_NO or holds is False else None
    next_one = criteria.order is Order.NEXT and not criteria.relative
    return session_answers.one_session(at, number, next_one=next_one, holds=checked, planned=choice.planned)


def _listed(asks: frozenset[Asks]) -> frozenset[Property]:
    """Returns what is no topic: areas, where the objectives are asked for."""
    return frozenset({Property.AREAS}) if Property.OBJECTIVES in asks else frozenset()


def _by_objective(query: Query, criteria: Filter, at: Situation, number: int) -> Answer | None:
    """Returns the session of the one objective that its subject is."""
    objectives = [
        each for each in criteria.subjects if each.kind == "objective" and each.sure == criteria.subjects[0].sure
    ]
    if len(objectives) != 1 or criteria.numbers or criteria.order is not None:
        return None
    answer = content_answers.session_of_objective(at, int(objectives[0].key))
    return answer if query.criteria.focus else replace(answer, topic="session", ids=(str(number),))


def _several(query: Query, criteria: Filter, chosen: Sequence[int], at: Situation) -> Answer:
    if criteria.order is Order.LEFT and not criteria.days:
        return session_answers.remaining_sessions(at)
    if (criteria.days or criteria.weekdays) and not criteria.numbers:
        answer = session_answers.count_sessions(at, chosen, everything=False)
        return session_answers.check(answer, True) if query.form is Form.YES_NO and not criteria.without else answer
    if len(chosen) < len(at.live) or criteria.numbers:
        return session_answers.several_sessions(at, chosen)
    if Property.AREAS in query.asks or Property.OBJECTIVES in query.asks:
        return content_answers.all_areas(at)
    return _check_count(query, session_answers.overview(at), len(at.live))


def _none(criteria: Filter, at: Situation) -> Answer:
    now = criteria.order is Order.PRESENT and not criteria.days
    if criteria.weekdays or now:
        return session_answers.no_session_then(at, (), now=now)
    if criteria.days:
        return session_answers.answer_days(at, criteria.days)
    named = criteria.order in {Order.AFTER, Order.BEFORE} and (criteria.numbers or criteria.subjects)
    if named or (criteria.relative and focused_sessions(at)):
        return session_answers.none_in_order(at, after=criteria.order in {Order.NEXT, Order.AFTER})
    if criteria.order in {Order.NEXT, Order.LEFT, Order.AFTER}:
        return session_answers.none_in_order(at, after=True) if at.ahead() else session_answers.cycle_over(at)
    if criteria.order is not None:
        return session_answers.none_in_order(at, after=False)
    return session_answers.overview(at)


# Objectives, principles, areas, practices


def _counts(query: Query) -> bool:
    """Returns whether the question claims how many there are."""
    return query.criteria.count is not None and query.form is Form.YES_NO


def _check_count(query: Query, answer: Answer, number: int) -> Answer:
    """Puts yes or no first where the question claims how many there are."""
    return session_answers.check(answer, query.criteria.count == number) if _counts(query) else answer


def _check_subject(query: Query, answer: Answer) -> Answer:
    """Puts yes or no first where the question claims what the objective or principle of that number is about."""
    criteria = query.criteria
    likely = [each.key for each in criteria.subjects if each.sure >= criteria.subjects[0].sure * AS_LIKELY]
    return session_answers.check(answer, answer.ids[0] in likely) if likely and answer.ids else answer


def _objectives(query: Query, at: Situation) -> Answer:
    criteria = query.criteria
    numbers = criteria.numbers or tuple(int(each.key) for each in criteria.subjects[:1])
    if is_doubtful(criteria.subjects):
        return content_answers.nearest_matches(at, "objective", [each.key for each in criteria.subjects])
    if not numbers:
        return _check_count(query, content_answers.all_objectives(at), len(at.cycle.objectives))
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


def _sessions_of_objectives(at: Situation, objectives: Sequence[int]) -> Answer:
    """Returns where one is discussed, or several."""
    if len(objectives) == 1:
        return content_answers.session_of_objective(at, objectives[0])
    things = [Thing("objective", str(each)) for each in objectives]
    numbers = sessions_of(at.cycle, things)
    several = len(numbers) > 1
    return session_answers.several_sessions(at, numbers) if several else session_answers.one_session(at, numbers[0])


def _principles(query: Query, at: Situation) -> Answer:
    criteria = query.criteria
    if criteria.numbers:
        return _check_subject(query, content_answers.one_principle(at, criteria.numbers[0]))
    if not criteria.subjects or _counts(query):
        return _check_count(query, content_answers.all_principles(at), len(at.cycle.principles))
    if is_doubtful(criteria.subjects):
        return content_answers.nearest_matches(at, "principle", [each.key for each in criteria.subjects])
    return content_answers.one_principle(at, int(criteria.subjects[0].key))


def _areas(query: Query, at: Situation) -> Answer:
    if not query.criteria.subjects:
        areas = sum(len(session.areas) for session in at.cycle.sessions)
        return _check_count(query, content_answers.all_areas(at), areas)
    first = query.criteria.subjects[0]
    key = first.key
    if first.kind == "objective":
        number = int(key)
        asked = Property.SESSIONS in query.asks
        return (
            content_answers.session_of_objective(at, number) if asked else content_answers.area_of_objective(at, number)
        )
    if Property.SESSIONS in query.asks:
        return content_answers.session_of_area(at, key)
    return content_answers.one_area(at, key)


def _practices(query: Query, at: Situation) -> Answer:
    criteria = query.criteria
    keys = [each.key for each in criteria.subjects]
    if criteria.numbers:
        one = criteria.kind == "practice"
        return (
            content_answers.one_of_list(at, keys, criteria.numbers[0])
            if one
            else _practices_of(at, criteria.numbers[0])
        )
    if query.asks == (Property.CARD,):
        found, claimed = card(criteria.subjects[0], at), criteria.countries
        where = at.cycle.practice(keys[0]).countries
        return session_answers.check(found, claimed[0] in where) if claimed and where else found
    if criteria.countries:
        countries = criteria.countries[:_MOST_COUNTRIES]
        return content_answers.practices_of_countries(at, countries, keys, without=criteria.without)
    focused = _practices_of_focus(at) if criteria.focus else None
    return focused or content_answers.practices_on_subject(at, criteria.subjects)


def _practices_of(at: Situation, objective: int) -> Answer:
    known = 1 <= objective <= len(at.cycle.objectives)
    return content_answers.practices_of_objective(at, objective) if known else content_answers.no_such_objective(at)


def _practices_of_focus(at: Situation) -> Answer | None:
    """Returns those of the objective that was talked about; the note does not say which are presented in a session."""
    talk = at.talk
    if talk is not None and talk.kind == "objective" and len(talk.ids) == 1:
        return content_answers.practices_of_objective(at, int(talk.ids[0]))
    presented = next((each for each in at.cycle.faq if each.topic == "practices_presented"), None)
    asked = talk is not None and talk.kind == "session" and presented is not None
    return faq_answers.faq_answer(at, presented) if asked and presented else None


def card(thing: Thing, at: Situation) -> Answer:
    """Returns the whole answer about one thing of the cycle."""
    return _CARDS[thing.kind](at, thing.key)


_BY_KIND: Mapping[str, Callable[[Query, Situation], Answer]] = {
    "session": _sessions,
    "objective": _objectives,
    "principle": _principles,
    "area": _areas,
    "practice": _practices,
}
_BY_PROPERTY: Mapping[Property, Callable[[Query, Situation], Answer]] = {
    Property.CLOCK: lambda _, at: session_answers.current_time(at),
    Property.PAGE: lambda query, at: faq_answers.doubtful_page(at, query.entry),
    Property.ENTRY: _entry,
    Property.PRACTICES: _practices,
}
_CARDS: Mapping[str, Callable[[Situation, str], Answer]] = {
    "objective": lambda at, key: content_answers.one_objective(at, int(key)),
    "principle": lambda at, key: content_answers.one_principle(at, int(key)),
    "practice": lambda at, key: content_answers.one_practice(at, at.cycle.practice(key)),
    "area": content_answers.one_area,
    "term": lambda at, key: content_answers.one_term(at, at.cycle.term(key)),
    "session": lambda at, key: session_answers.one_session(at, int(key)),
    "faq": lambda at, key: faq_answers.faq_answer(at, at.cycle.question(key)),
}
