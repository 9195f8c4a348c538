"""The rules for what only makes sense after what was said: "¿y el 3?", "¿a qué hora es?", "the second one"."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answers import place_answers, session_answers, theme_answers
from knowledge.answers.answer_models import Answer, Situation, Talk
from knowledge.answers.answer_rules import practices_of, session_of
from knowledge.answers.answer_search import AnswerSearch
from knowledge.answers.practice_rules import in_country
from knowledge.text.numbers_parser import nth_said
from knowledge.understanding.understand import Question


def practices_elsewhere(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """ "¿Y de Perú?" after the practices of Chile: no question about hours."""
    if at.talk is None or at.talk.kind != "practice" or question.wants("hour", "when"):
        return None
    return in_country(question.places[0][0].country, [], at) if question.only_place else None


def one_of_a_list(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """ "La segunda", "tell me about the third": of the practices, principles or objectives that were just listed."""
    talk = at.talk
    if talk is None or len(talk.ids) < _A_LIST or question.nouns or question.places:
        return None
    number = question.number or nth_said(question.text, question.language)
    if number is None:
        return None
    of_a_session = question.numbers["session"] and question.language != "en"  # "la segunda"; "the second" may be any
    match talk.kind:
        case "practice" if number <= len(talk.ids):
            one = theme_answers.one_practice(at, at.cycle.practice(talk.ids[number - 1]))
        case "principle" if not of_a_session:
            one = theme_answers.one_principle(at, number)
        case "objective" if not of_a_session:
            return theme_answers.several_objectives(at, [number])
        case _:
            return None
    return replace(one, talk=talk)  # the list is still what "and the third" is about


_A_LIST = 2


def number_alone(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """A message that is a number: of what was talked about; else a session's where there is one, or an objective's."""
    number = question.number
    if number is None or any(question.numbers[kind] for kind in ("objective", "principle")):
        return None
    if at.talk is not None and at.talk.kind == "objective" and not question.numbers["session"]:
        return theme_answers.several_objectives(at, [number])
    if at.talk is not None and at.talk.kind == "principle" and not question.numbers["session"]:
        return theme_answers.one_principle(at, number)
    if number in at.live:
        return place_answers.time_again(at, number) or session_answers.one_session(at, number)
    return theme_answers.several_objectives(at, [number])


def going_on(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """A question that only makes sense after what was said: "¿y qué objetivos ven ahí?", "¿a qué hora es?"."""
    talk = at.talk
    if talk is None or not talk.ids or not (question.follows or _only_asks_on(question, talk)):
        return None
    if talk.kind in {"session", "time"}:
        return _of_the_session(question, at, int(talk.ids[0]), several=len(talk.ids) > 1)
    if talk.kind == "objective" and (question.names("session") or question.wants("when", "which_session")):
        return _sessions_of(at, [int(each) for each in talk.ids])
    if talk.kind == "objective" and question.names("practice") and len(talk.ids) == 1:
        return practices_of(at, int(talk.ids[0]))
    return None


def _sessions_of(at: Situation, objectives: Sequence[int]) -> Answer:
    """Where one is discussed, or several."""
    numbers = sorted({at.cycle.session_of(each).number for each in objectives})
    if len(objectives) == 1:
        return session_of(at, objectives[0])
    return (
        session_answers.one_session(at, numbers[0])
        if len(numbers) == 1
        else session_answers.several_sessions(at, numbers)
    )


def _only_asks_on(question: Question, talk: Talk) -> bool:
    """ "¿A qué hora es?", "¿cuándo se trata?": nothing of it says of what."""
    return not question.theme.strip() or (
        talk.kind == "objective" and question.bare and (not question.nouns or question.wants("which_session"))
    )


def _of_the_session(question: Question, at: Situation, number: int, *, several: bool) -> Answer | None:
    if several or number not in at.live:
        return None
    if question.names("objective", "area"):
        return session_answers.objectives_of(at, number)
    return session_answers.one_session(at, number) if question.wants("when") or question.names("session") else None
