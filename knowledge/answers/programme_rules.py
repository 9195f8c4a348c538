"""Rules that need no search: sessions and objectives by number, day, order or place, and what goes on with the talk."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answers import content_answers, session_answers
from knowledge.answers.answer_models import Answer, Situation, Talk
from knowledge.answers.answer_search import AnswerSearch
from knowledge.answers.subject_rules import session_with
from knowledge.text.numbers_parser import parse_ordinal
from knowledge.understanding.question_parser import Question


def answer_hours_in_place(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """The hours in a place that the question names."""
    if not question.places or question.names("practice", "objective", "principle"):
        return None
    here = question.places[0][0].zone == at.cycle.zone
    if question.wants("zone") and not question.numbers["session"] and (here or not question.wants("when")):
        return None  # "en mi hora local, no la de Argentina"
    goes_on = question.follows and at.talk is not None and at.talk.kind in {"session", "time", "objective"}
    if not (question.wants("hour", "when") or goes_on or _names_only_place(question)):
        return None
    chosen = _meant_sessions(services, question, at)
    return session_answers.hours_in_places(at, chosen, question.places)


def _names_only_place(question: Question) -> bool:
    """ "Lima", "s2 en Lima": whose hours, and nothing else."""
    return question.only_place or (bool(question.numbers["session"]) and question.bare)


def _meant_sessions(services: AnswerSearch, question: Question, at: Situation) -> list[int]:
    """The sessions that are meant: by number, order, day, subject or what was talked about; else all."""
    known = [number for number in question.numbers["session"] if number in at.live]
    if known:
        return known
    if (ordered := _ordered_session(question, at)) is not None:
        return [ordered]
    if on_days := session_answers.sessions_on(at, question.days):
        return on_days
    if question.follows and at.talk is not None and at.talk.kind in {"session", "time"}:
        return [int(each) for each in at.talk.ids if int(each) in at.live] or at.in_order()
    if question.names("session") and (found := _session_about(services, question)) is not None:
        return [found]
    return at.in_order()


def _ordered_session(question: Question, at: Situation) -> int | None:
    """The next, last, previous or present session, where one is asked for."""
    ahead, ordered = at.ahead(), at.in_order()
    if question.wants("present") and (present := [n for n in ahead if at.live[n][0] <= at.now]):
        return present[0]
    if question.wants("next"):
        later = [n for n in ahead if at.now < at.live[n][0]]
        return later[0] if later else None
    if question.wants("previous"):
        past = [n for n in ordered if at.live[n][1] <= at.now]
        return past[-1] if past else None
    return ordered[-1] if question.wants("last") else None


def _session_about(services: AnswerSearch, question: Question) -> int | None:
    """The session that discusses the question's subject."""
    hit = services.best(question, ("objective", "area", "session"), named=True)
    return session_with(services.cycle, hit.document) if hit is not None else None


def answer_objective_numbers(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """Objectives named by number: their cards, their session, their area."""
    named = question.numbers["objective"]
    if not named:
        return None
    known = [number for number in named if 1 <= number <= len(at.cycle.objectives)]
    if len(known) == 1 and (question.wants("which_session", "when") or question.names("session")):
        return session_answers.session_of_objective(at, known[0])
    if len(known) == 1 and (question.wants("which_area") or question.names("area")):
        return content_answers.area_of_objective(at, known[0])
    if len(known) == 1 and question.names("practice"):
        return content_answers.practices_of_objective(at, known[0])
    return content_answers.several_objectives(at, named)


def answer_principle_number(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """A principle named by number."""
    named: Sequence[int] = question.numbers["principle"]
    return content_answers.one_principle(at, named[0]) if named else None


def answer_current_time(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """ "¿Qué hora es?", and nothing of a session."""
    if not question.wants("clock") or question.nouns or question.numbered or question.places:
        return None
    return session_answers.current_time(at)


def answer_day_or_order(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """Sessions named by their day, or as the next, the last, the present one."""
    if question.names("principle", "practice") or question.numbers["session"]:
        return None
    if not (question.names("session", "objective") or question.wants("when") or question.bare):
        return None
    if question.days:
        return _answer_days(question, at)
    left = question.wants("over") and not question.wants("next", "last", "previous")
    return session_answers.remaining_sessions(at) if left else _answer_order(question, at)


def _answer_order(question: Question, at: Situation) -> Answer | None:
    if question.wants("next", "present") and not at.ahead():
        return session_answers.cycle_over(at)
    number = _ordered_session(question, at)
    if number is None:
        return session_answers.answer_days(at, ()) if question.wants("present") and question.bare else None
    if question.names("objective"):
        return session_answers.session_objectives(at, number)
    return session_answers.one_session(at, number, next_one=question.wants("next"))


def _answer_days(question: Question, at: Situation) -> Answer:
    found = session_answers.answer_days(at, question.days)
    if question.names("objective") and len(found.ids) == 1:
        return session_answers.session_objectives(at, int(found.ids[0]))
    return found


def answer_session_numbers(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """Sessions named by number: their card, their objectives, or that there is none."""
    named = question.numbers["session"]
    known = [number for number in named if number in at.live]
    if not named:
        return None
    if not known:
        return session_answers.no_such_session(at)
    if len(known) > 1:
        return session_answers.several_sessions(at, known)
    if question.names("objective"):
        return session_answers.session_objectives(at, known[0])
    again = session_answers.hours_in_last_place(at, known[0]) if question.follows else None
    return again or session_answers.one_session(at, known[0])


def continue_practices_in_country(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """ "¿Y de Perú?" after the practices of Chile: no question about hours."""
    if at.talk is None or at.talk.kind != "practice" or question.wants("hour", "when"):
        return None
    return content_answers.practices_of_country(at, question.places[0][0].country) if question.only_place else None


def answer_list_item(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """ "La segunda", "tell me about the third": of the practices, principles or objectives that were just listed."""
    talk = at.talk
    if talk is None or len(talk.ids) < _A_LIST or question.nouns or question.places:
        return None
    number = question.number or parse_ordinal(question.text, question.language)
    if number is None:
        return None
    of_a_session = question.numbers["session"] and question.language != "en"  # "la segunda"; "the second" may be any
    match talk.kind:
        case "practice" if number <= len(talk.ids):
            one = content_answers.one_practice(at, at.cycle.practice(talk.ids[number - 1]))
        case "principle" if not of_a_session:
            one = content_answers.one_principle(at, number)
        case "objective" if not of_a_session:
            return content_answers.several_objectives(at, [number])
        case _:
            return None
    return replace(one, talk=talk)  # the list is still what "and the third" is about


_A_LIST = 2


def answer_bare_number(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """A message that is a number: of what was talked about; else a session's where there is one, or an objective's."""
    number = question.number
    if number is None or any(question.numbers[kind] for kind in ("objective", "principle")):
        return None
    if at.talk is not None and at.talk.kind == "objective" and not question.numbers["session"]:
        return content_answers.several_objectives(at, [number])
    if at.talk is not None and at.talk.kind == "principle" and not question.numbers["session"]:
        return content_answers.one_principle(at, number)
    if number in at.live:
        return session_answers.hours_in_last_place(at, number) or session_answers.one_session(at, number)
    return content_answers.several_objectives(at, [number])


def continue_topic(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """A question that only makes sense after what was said: "¿y qué objetivos ven ahí?", "¿a qué hora es?"."""
    talk = at.talk
    if talk is None or not talk.ids or not (question.follows or _only_continues(question, talk)):
        return None
    if talk.kind in {"session", "time"}:
        return _continue_session(question, at, int(talk.ids[0]), several=len(talk.ids) > 1)
    if talk.kind == "objective" and (question.names("session") or question.wants("when", "which_session")):
        return _sessions_of_objectives(at, [int(each) for each in talk.ids])
    if talk.kind == "objective" and question.names("practice") and len(talk.ids) == 1:
        return content_answers.practices_of_objective(at, int(talk.ids[0]))
    return None


def _sessions_of_objectives(at: Situation, objectives: Sequence[int]) -> Answer:
    """Where one is discussed, or several."""
    numbers = sorted({at.cycle.session_of(each).number for each in objectives})
    if len(objectives) == 1:
        return session_answers.session_of_objective(at, objectives[0])
    return (
        session_answers.one_session(at, numbers[0])
        if len(numbers) == 1
        else session_answers.several_sessions(at, numbers)
    )


def _only_continues(question: Question, talk: Talk) -> bool:
    """ "¿A qué hora es?", "¿cuándo se trata?": nothing of it says of what."""
    return not question.theme.strip() or (
        talk.kind == "objective" and question.bare and (not question.nouns or question.wants("which_session"))
    )


def _continue_session(question: Question, at: Situation, number: int, *, several: bool) -> Answer | None:
    if several or number not in at.live:
        return None
    if question.names("objective", "area"):
        return session_answers.session_objectives(at, number)
    return session_answers.one_session(at, number) if question.wants("when") or question.names("session") else None
