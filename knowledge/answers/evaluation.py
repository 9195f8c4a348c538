"""Evaluates a Query over the programme, the content and the person. Pure and total: every Query has an Answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from knowledge.answers import (
    comparison_answers,
    content_answers,
    content_evaluation,
    faq_answers,
    length_answers,
    session_answers,
)
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.remembering import remember
from knowledge.answers.same_answers import are_the_same
from knowledge.answers.session_choice import Choice, choose_sessions, fill_from_focus, focused_sessions, sessions_of
from knowledge.understanding.query import (
    CONTENTS,
    TIMES,
    Asks,
    Filter,
    Form,
    Mood,
    Order,
    Property,
    Query,
    State,
    Thing,
    Wish,
    is_of_one,
)
from knowledge.understanding.subject_reader import ANSWER
from knowledge.understanding.wish_reader import WISH_TOPICS

_COUNTED = frozenset({Property.OBJECTIVES, Property.AREAS})
_ITSELF = frozenset({"objective", "principle", "practice", "term"})


def evaluate(query: Query, at: Situation, near: Sequence[tuple[str, str]] = ()) -> Answer:
    """Returns the answer to a Query; `near` are offers for where nothing is known."""
    own = at.talk.zone if at.talk is not None and at.talk.own else None
    return remember(_evaluate(query, replace(at, zone=at.zone or own), near), query.criteria, at)


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
    if mood in {Mood.URGENT, Mood.PERSONAL}:
        return faq_answers.sensitive_case(at, urgent=mood is Mood.URGENT)
    if mood is Mood.BEYOND:
        return faq_answers.forum(at.cycle.question(query.entry)) if query.entry else faq_answers.unknown(())
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
    if faq is None:
        return faq_answers.unknown(())
    told = faq_answers.faq_answer(at, faq)
    return _with_changes(told, query, at) if faq.topic == "changes" else told


def _with_changes(told: Answer, query: Query, at: Situation) -> Answer:
    """Returns how the session that is named stands now, or what was moved or called off; then how that is announced."""
    numbers = choose_sessions(fill_from_focus(query.criteria, at), at).numbers
    if len(numbers) == 1:
        now = session_answers.session_sentence(at, numbers[0], next_one=False)
        return replace(told, lines=(now, "", *told.lines)).about("session", [str(numbers[0])])
    if not session_answers.changed_sessions(at):
        return told
    changes = session_answers.programme_changes(at)
    return replace(changes, lines=(*changes.lines, "", *told.lines))


def _things(query: Query, at: Situation, near: Sequence[tuple[str, str]]) -> Answer:
    criteria = query.criteria
    of_told = Property.SESSIONS in query.asks and criteria == Filter("objective", focus=True)
    if of_told and is_of_one(talk := at.talk, {"objective"}):
        # "When do they discuss that objective?"
        criteria = Filter("objective", (int(talk.ids[0]),))
        query = replace(query, criteria=criteria)
    topic = Property.TOPIC in query.asks and TIMES.isdisjoint(query.asks)
    # "Which objective is that?", after what a word means was told by its objective.
    of_talk = replace(criteria, count=None) == Filter(criteria.kind, focus=True)
    again = of_talk and at.talk is not None and at.talk.kind == criteria.kind and query.asks == (Property.CARD,)
    of_itself = criteria.focus and (topic or (again and query.form not in {Form.COUNT, Form.LIST}))
    if of_itself and is_of_one(talk := at.talk, _ITSELF):
        return content_evaluation.card(Thing(talk.kind, talk.ids[0]), at)  # type: ignore[arg-type] # these kinds are kinds of things
    if criteria.kind == "term" and len(criteria.subjects) > 1:
        return content_answers.several_terms(at, [at.cycle.term(each.key) for each in criteria.subjects])
    if criteria.kind is not None and criteria.kind in _BY_KIND:
        return _BY_KIND[criteria.kind](query, at)
    return content_evaluation.card(criteria.subjects[0], at) if criteria.subjects else faq_answers.unknown(near)


# Sessions


def _sessions(query: Query, at: Situation) -> Answer:
    criteria = _narrow(query, at)
    if (found := _of_itself(query, criteria, at) or _of_programme(query, criteria, at)) is not None:
        return found
    if (checked := _check_order(query, at) or _check_size(query, criteria, at)) is not None:
        return checked
    choice = choose_sessions(criteria, at, checked=query.form is Form.YES_NO)
    if criteria.numbers and not choice.numbers:
        return session_answers.no_such_session(at)
    if query.where and criteria.state in {State.OVER, State.BEGUN} and not criteria.hours:
        at = replace(at, zone=query.where[0][0].zone)  # "I'm in Honduras, is session 2 over?"
    elif query.where:
        return _in_places(query, criteria, choice.numbers, at)
    found = _in_form(query, criteria, choice.numbers, at)
    if found is None and len(choice.numbers) > 1:
        found = session_answers.check(_several(query, criteria, choice.numbers, at), choice.holds)
    return found or _one(query, criteria, choice, at)


def _check_order(query: Query, at: Situation) -> Answer | None:
    """Returns whether one session comes before another, or after it; None where that is not claimed of two."""
    if query.than is None:
        return None
    order, other = query.than
    numbers = [choose_sessions(fill_from_focus(each, at), at).numbers for each in (query.criteria, other)]
    if len(numbers[0]) == 1 and not numbers[1] and order is Order.SAME:  # a day without a session
        return session_answers.check(session_answers.one_session(at, numbers[0][0]), False)
    if any(len(each) != 1 for each in numbers):
        return session_answers.overview(at)
    one, than = (at.live[each[0]][0] for each in numbers)
    holds = one == than if order is Order.SAME else one < than if order is Order.BEFORE else one > than
    both = list(dict.fromkeys(each[0] for each in numbers))
    if len(both) == 1:
        return session_answers.check(session_answers.one_session(at, both[0]), holds)
    if order is Order.SAME:
        told = session_answers.one_session(at, both[0])
        second = session_answers.session_sentence(at, both[1], next_one=False)
        return session_answers.check(replace(told, lines=(told.lines[0], "", second)), holds)
    return session_answers.check(length_answers.compare_sessions(at, both, durations=False), holds)


def _check_size(query: Query, criteria: Filter, at: Situation) -> Answer | None:
    """Returns whether the one session that is named has so many objectives or areas; None where none is claimed."""
    asks = frozenset(query.asks)
    if query.form is not Form.YES_NO or criteria.count is None or not asks & _COUNTED:
        return None
    chosen = choose_sessions(criteria, at).numbers
    if len(chosen) != 1:
        return None
    session = at.cycle.session(chosen[0])
    objectives = Property.OBJECTIVES in asks
    holds = criteria.count == len(session.objectives if objectives else session.areas)
    if objectives:
        return content_answers.session_objectives(at, session.number, holds=holds)
    return session_answers.check(comparison_answers.compare_areas(at, chosen), holds)


def _narrow(query: Query, at: Situation) -> Filter:
    """Returns the filter with what was talked about, both that are compared, and those with so many objectives."""
    criteria = fill_from_focus(query.criteria, at)
    if criteria.numbers:
        return criteria
    if query.form is Form.COMPARE and len(criteria.subjects) > 1:
        numbers = dict.fromkeys(n for each in criteria.subjects[:2] for n in sessions_of(at.cycle, (each,)))
        return replace(criteria, numbers=tuple(numbers), subjects=()) if len(numbers) > 1 else criteria
    named = criteria.subjects or criteria.days or criteria.order or criteria.weekdays
    if criteria.count and Property.OBJECTIVES in query.asks and not named:
        sized = (n for n in at.in_order() if len(at.cycle.session(n).objectives) == criteria.count)
        return replace(criteria, numbers=tuple(sized))
    return criteria


def _of_itself(query: Query, criteria: Filter, at: Situation) -> Answer | None:
    """Returns the days between sessions, whether they are the same, or a session without one of its areas."""
    if Property.SPAN in query.asks:
        ends = length_answers.until_end(at) if Property.END in query.asks and not criteria.numbers else None
        if ends is not None:
            return ends
        sure = criteria.numbers or criteria.order or (criteria.subjects and criteria.subjects[0].sure >= ANSWER)
        return length_answers.span(at, choose_sessions(criteria, at).numbers if sure else ())
    if query.form is Form.SAME:
        return are_the_same(query, criteria, at)
    if criteria.besides:
        return content_answers.objectives_besides(at, criteria.numbers[0], criteria.besides[0])
    return None


def _of_programme(query: Query, criteria: Filter, at: Situation) -> Answer | None:
    """Returns what was moved, called off, is over or left, where that is asked of no one session."""
    named, state = criteria.numbers or criteria.subjects, criteria.state
    if query.form is Form.YES_NO and criteria.order is Order.LEFT and not named:
        return _any_left(at, over=state is State.OVER)
    if Property.STATE not in query.asks or state is None:
        return None
    if not (named or criteria.order or criteria.days):
        which = query.form is not Form.YES_NO
        if state is State.OVER and which and (over := session_answers.sessions_over(at)):
            return session_answers.count_sessions(at, over, everything=False)
        return (
            session_answers.any_over(at, which=which) if state is State.OVER else session_answers.programme_changes(at)
        )
    if state in {State.MOVED, State.OFF} and len(criteria.numbers) > 1:
        so = all(session_answers.is_so(at, number, state) for number in criteria.numbers)
        return session_answers.check(session_answers.programme_changes(at), so)
    return None


def _any_left(at: Situation, *, over: bool) -> Answer:
    """Returns whether any session is left; `over`: whether all are over, or the one that began today is."""
    if over and (today := session_answers.begun_today(at)) is not None:
        return session_answers.check(
            session_answers.one_session(at, today), session_answers.is_so(at, today, State.OVER)
        )
    return session_answers.check(session_answers.remaining_sessions(at), bool(at.ahead()) != over)


def _in_places(query: Query, criteria: Filter, chosen: Sequence[int], at: Situation) -> Answer:
    """Returns the hours in those places; first yes or no, where an hour or a day there is claimed."""
    named = criteria.numbers or criteria.subjects or criteria.days or criteria.weekdays or criteria.order
    # What is claimed of them chooses none; a day claims something only of a session that is named otherwise.
    by_name = bool(criteria.numbers or criteria.subjects or criteria.order)
    days, weekdays = (criteria.days, criteria.weekdays) if by_name else ((), ())
    if named and criteria.hours:
        left = replace(criteria, hours=())
        chosen = choose_sessions(replace(left, days=(), weekdays=()) if by_name else left, at).numbers
    told = chosen if named and chosen else at.in_order()  # "in Quito it is at noon, right?" is claimed of each
    found = session_answers.hours_in_places(at, told, query.where)
    claims_something = criteria.hours or (by_name and (days or weekdays))  # "is it at noon?", "is it today?"
    if len(query.where) != 1 or not claims_something or query.form is not Form.YES_NO:
        return found
    there = replace(at, zone=query.where[0][0].zone)
    claims = [Filter("session", (n,), days=days, weekdays=weekdays, hours=criteria.hours) for n in told]
    held = {choose_sessions(claim, there, checked=True).holds for claim in claims}
    return session_answers.check(found, held.pop()) if len(held) == 1 else found


def _in_form(query: Query, criteria: Filter, chosen: Sequence[int], at: Situation) -> Answer | None:
    """Returns the answer in the form of the question, or that there is none; None for a plain answer."""
    asks = frozenset(query.asks)
    if query.form is Form.COUNT and not asks & (CONTENTS | {Property.DURATION}):
        return session_answers.count_sessions(at, chosen, everything=criteria == Filter("session"))
    if not chosen:
        none = _none(criteria, at)
        claimed = query.form is Form.YES_NO and bool(criteria.hours) and not criteria.days
        return session_answers.check(none, False) if claimed else none
    if query.form is Form.COMPARE and Property.DURATION in asks and len(chosen) == 1:
        chosen = at.in_order()  # "is the one on governance longer?": than the others
    counted = query.form is Form.COUNT and not asks.isdisjoint(_COUNTED)  # "how many have 3 and 1?"
    if query.form is Form.COUNT and Property.AREAS in asks and len(chosen) == 1:
        return comparison_answers.compare_areas(at, chosen)
    if (query.form is Form.COMPARE or counted) and len(chosen) > 1:
        together = counted and Property.OBJECTIVES in asks
        return comparison_answers.total_objectives(at, chosen) if together else _compare(asks, criteria, chosen, at)
    if criteria.without and asks & CONTENTS:
        return content_answers.objectives_of_sessions(at, chosen)
    return _durations(asks, criteria, chosen, at) if Property.DURATION in asks and not asks & TIMES else None


def _durations(asks: frozenset[Asks], criteria: Filter, chosen: Sequence[int], at: Situation) -> Answer:
    """Returns how long they take; with it what one is about, where that is asked, too."""
    lasts = length_answers.durations(at, chosen, criteria.length)
    if not asks & CONTENTS or len(chosen) > 1:
        return lasts
    topic = content_answers.session_objectives(at, chosen[0], topic=Property.TOPIC in asks)
    return replace(topic, lines=(lasts.lines[0], "", *topic.lines))


def _compare(asks: frozenset[Asks], criteria: Filter, chosen: Sequence[int], at: Situation) -> Answer:
    if Property.OBJECTIVES in asks:
        claimed = criteria.numbers[0] if criteria.most and criteria.numbers else None
        return comparison_answers.compare_objectives(at, chosen, claimed, as_many=criteria.as_many)
    if Property.AREAS in asks:
        return comparison_answers.compare_areas(at, chosen)
    if Property.TOPIC in asks:
        return comparison_answers.compare_topics(at, chosen)
    return length_answers.compare_sessions(at, chosen, durations=Property.DURATION in asks)


def _one(query: Query, criteria: Filter, choice: Choice, at: Situation) -> Answer:
    asks, number, holds = frozenset(query.asks), choice.numbers[0], choice.holds
    if (asks & CONTENTS and not asks & TIMES and holds is None) or choice.about:
        topic = choice.about or Property.TOPIC in asks or Property.OBJECTIVES not in asks
        right = sessions_of(at.cycle, criteria.subjects)[:1] if holds is False and choice.about else [number]
        told = content_answers.session_objectives(at, number, topic=topic, holds=holds, right=right[0])
        of_areas = Property.AREAS in asks and Property.OBJECTIVES not in asks
        return told.about("areas", told.ids) if of_areas else told
    if Property.STATE in asks and criteria.state is not None:
        return session_answers.state_of_session(at, number, criteria.state, holds, planned=choice.planned)
    if holds is None and (answer := _by_objective(query, criteria, at, number)) is not None:
        return answer
    checked = holds if query.form is Form.YES_NO or holds is False else None
    next_one = criteria.order is Order.NEXT and not criteria.relative
    return session_answers.one_session(at, number, next_one=next_one, holds=checked, planned=choice.planned)


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
    if criteria.order is Order.LEFT and not (criteria.days or criteria.without):
        return session_answers.remaining_sessions(at)
    if (criteria.days or criteria.weekdays) and not criteria.numbers:
        of_contents = not CONTENTS.isdisjoint(query.asks)
        answer = session_answers.count_sessions(at, chosen, everything=False, areas=of_contents)
        holds = criteria.count in {None, len(chosen)}  # "are there three sessions in November?"
        return session_answers.check(answer, holds) if query.form is Form.YES_NO and not criteria.without else answer
    if len(chosen) < len(at.live) or criteria.numbers:
        return session_answers.several_sessions(at, chosen)
    if Property.AREAS in query.asks or Property.OBJECTIVES in query.asks:
        return content_answers.all_areas(at)
    return content_evaluation.check_count(query, session_answers.overview(at), len(at.live))


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


_BY_KIND: Mapping[str, Callable[[Query, Situation], Answer]] = {
    "session": _sessions,
    "objective": content_evaluation.objectives,
    "principle": content_evaluation.principles,
    "area": content_evaluation.areas,
    "practice": content_evaluation.practices,
}
_BY_PROPERTY: Mapping[Property, Callable[[Query, Situation], Answer]] = {
    Property.CLOCK: lambda _, at: session_answers.current_time(at),
    Property.PAGE: lambda query, at: faq_answers.doubtful_page(at, query.entry),
    Property.ENTRY: _entry,
    Property.CHANGES: _entry,
    Property.DEADLINE: lambda *_: faq_answers.no_deadline(),
    Property.MISSED: lambda *_: faq_answers.missed_reminder(),
    Property.PRACTICES: content_evaluation.practices,
    Property.COUNTRIES: content_evaluation.countries,
}
