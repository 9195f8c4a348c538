"""The rules by which a question finds its answer, from the plainest sign to the search; the first that answers wins."""

from collections.abc import Sequence

from knowledge.answers import faq_answers, place_answers, session_answers, theme_answers
from knowledge.answers.answer_models import Answer, Situation
from knowledge.answers.answer_search import AnswerSearch
from knowledge.programme.cycle import Cycle
from knowledge.search.documents import Document
from knowledge.understanding.understand import Question
from locales.reply import text


def moods(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """Small talk, insults, tricks, and cases of people's own."""
    match question.mood:
        case "urgent" | "personal":
            return faq_answers.careful(at, urgent=question.mood == "urgent")
        case "greeting" | "thanks" | "goodbye":
            return faq_answers.small_talk(question.mood)
        case "insult":
            return faq_answers.insulted()
        case "injection":
            return faq_answers.tricked()
        case "wordless":
            return faq_answers.wordless()
        case _:
            return None


def hour_somewhere(services: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """The hours in a place that the question names."""
    if not question.places or question.names("practice", "objective", "principle"):
        return None
    here = question.places[0][0].zone == at.cycle.zone
    if question.wants("zone") and not question.numbers["session"] and (here or not question.wants("when")):
        return None  # "en mi hora local, no la de Argentina"
    goes_on = question.follows and at.talk is not None and at.talk.kind in {"session", "time", "objective"}
    if not (question.wants("hour", "when") or goes_on or _only_a_place(question)):
        return None
    chosen = _chosen(services, question, at)
    return place_answers.at_places(at, chosen, question.places)


def _only_a_place(question: Question) -> bool:
    """ "Lima", "s2 en Lima": whose hours, and nothing else."""
    return question.only_place or (bool(question.numbers["session"]) and question.bare)


def _chosen(services: AnswerSearch, question: Question, at: Situation) -> list[int]:
    """The sessions that are meant: by number, order, day, subject or what was talked about; else all."""
    known = [number for number in question.numbers["session"] if number in at.live]
    if known:
        return known
    if (ordered := _in_order(question, at)) is not None:
        return [ordered]
    if on_days := session_answers.held_on(at, question.days):
        return on_days
    if question.follows and at.talk is not None and at.talk.kind in {"session", "time"}:
        return [int(each) for each in at.talk.ids if int(each) in at.live] or at.in_order()
    if question.names("session") and (found := _session_about(services, question)) is not None:
        return [found]
    return at.in_order()


def _in_order(question: Question, at: Situation) -> int | None:
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


def session_with(cycle: Cycle, document: Document) -> int:
    """The number of the session that a session, an area or an objective belongs to."""
    if document.kind == "session":
        return int(document.key)
    objective = cycle.area(document.key).objectives[0] if document.kind == "area" else int(document.key)
    return cycle.session_of(objective).number


def objectives_by_number(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """Objectives named by number: their cards, their session, their area."""
    named = question.numbers["objective"]
    if not named:
        return None
    known = [number for number in named if 1 <= number <= len(at.cycle.objectives)]
    if len(known) == 1 and (question.wants("which_session", "when") or question.names("session")):
        return session_of(at, known[0])
    if len(known) == 1 and (question.wants("which_area") or question.names("area")):
        return theme_answers.area_of_objective(at, known[0])
    if len(known) == 1 and question.names("practice"):
        return practices_of(at, known[0])
    return theme_answers.several_objectives(at, named)


def session_of(at: Situation, objective: int) -> Answer:
    """Where an objective is discussed; found by its number, so it counts as an answer about it."""
    said = session_answers.session_of_objective(at, objective)
    return Answer("objective", said.lines, (str(objective),), said.offers, talk=said.talk)


def practices_of(at: Situation, objective: int) -> Answer:
    found = at.cycle.practices_of(objective)
    if not found:
        return theme_answers.no_practice_found(at)
    heading = text("practices.of_objective", number=objective, short=at.cycle.objective(objective).short)
    return theme_answers.several_practices(at, found, heading)


def principles_by_number(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """A principle named by number."""
    named: Sequence[int] = question.numbers["principle"]
    return theme_answers.one_principle(at, named[0]) if named else None


def present_hour(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """ "¿Qué hora es?", and nothing of a session."""
    if not question.wants("clock") or question.nouns or question.numbered or question.places:
        return None
    return place_answers.hour_now(at)


def by_day_or_order(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
    """Sessions named by their day, or as the next, the last, the present one."""
    if question.names("principle", "practice") or question.numbers["session"]:
        return None
    if not (question.names("session", "objective") or question.wants("when") or question.bare):
        return None
    if question.days:
        return _on_days(question, at)
    left = question.wants("over") and not question.wants("next", "last", "previous")
    return session_answers.what_is_left(at) if left else _by_order(question, at)


def _by_order(question: Question, at: Situation) -> Answer | None:
    if question.wants("next", "present") and not at.ahead():
        return session_answers.over(at)
    number = _in_order(question, at)
    if number is None:
        return session_answers.on_days(at, ()) if question.wants("present") and question.bare else None
    if question.names("objective"):
        return session_answers.objectives_of(at, number)
    return session_answers.one_session(at, number, next_one=question.wants("next"))


def _on_days(question: Question, at: Situation) -> Answer:
    found = session_answers.on_days(at, question.days)
    if question.names("objective") and len(found.ids) == 1:
        return session_answers.objectives_of(at, int(found.ids[0]))
    return found


def by_session_number(_: AnswerSearch, question: Question, at: Situation) -> Answer | None:
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
        return session_answers.objectives_of(at, known[0])
    again = place_answers.time_again(at, known[0]) if question.follows else None
    return again or session_answers.one_session(at, known[0])
