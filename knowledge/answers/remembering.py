"""Adds to an answer what is remembered of the talk: what a session was found by, the one before, a place."""

from dataclasses import replace

from knowledge.answers.answer_models import Answer, Situation
from knowledge.understanding.query import TALK_OF_PLACE, TALK_OF_SESSIONS, Filter, Talk, Thing, is_of_one
from knowledge.understanding.subject_reader import ANSWER, session_told


def remember(found: Answer, criteria: Filter, at: Situation) -> Answer:
    """Returns the answer with all that the next message may go on with."""
    return _keep_place(_remember_things(found, criteria, at), at)


def _keep_place(found: Answer, at: Situation) -> Answer:
    """Returns the answer with the place that somebody said is theirs, whatever is talked about: "here" is there."""
    last = at.talk
    if found.talk is None or last is None or last.zone is None or not (last.own or last.kind == TALK_OF_PLACE):
        return found
    if found.talk.zone not in {None, last.zone}:
        return found
    return replace(found, talk=replace(found.talk, zone=last.zone, place=last.place, own=True))


def _remember_things(found: Answer, criteria: Filter, at: Situation) -> Answer:
    """Returns the answer with what a session was found by, and the session of what was told before."""
    talk, last = found.talk, at.talk or Talk("")
    if talk is not None and talk.kind == "faq":
        named_one = criteria.numbers[0] if criteria.kind == "session" and len(criteria.numbers) == 1 else None
        told = last.before if last.kind == "faq" else session_told(at.cycle, last)
        kept = replace(talk, before=named_one or told, zone=last.zone, place=last.place)  # they may ask more of it
        return replace(found, talk=kept)
    if talk is not None and talk.kind == "practice":
        return replace(found, talk=_practices_found(talk, last, criteria))
    if talk is None or session_told(at.cycle, talk) is None:
        return found
    if talk.kind == "objective" and criteria.subjects and criteria.subjects[0].sure >= ANSWER:
        claimed = criteria.subjects[0]
        if claimed.kind == "objective" and (claimed.key,) != talk.ids:  # "no, 9 is another": "which one is it then?"
            return replace(found, talk=replace(talk, found_by=replace(claimed, sure=1.0)))
    named = [each for each in criteria.subjects[:1] if each.sure >= ANSWER]
    named += [Thing("objective", str(each)) for each in criteria.numbers[:1] if criteria.kind == "objective"]
    of_session, of_sessions = talk.kind in TALK_OF_SESSIONS, last.kind in TALK_OF_SESSIONS
    found_by = replace(named[0], sure=1.0) if named and of_session else None
    if of_session and of_sessions and last.ids == talk.ids:  # more is asked of that session
        found_by = found_by or last.found_by
    same = (last.found_by or (of_sessions, last.ids)) == (found_by or (of_session, talk.ids))
    before = last.before if same else session_told(at.cycle, last)
    return replace(found, talk=replace(talk, found_by=found_by, before=before))


def _practices_found(talk: Talk, last: Talk, criteria: Filter) -> Talk:
    """Returns the talk of practices with the list that they are of, or the objective that they were found by."""
    if last.kind == "practice" and len(talk.ids) == 1 and talk.ids[0] in last.ids:
        # One of a list, which is still what "and the third" is about.
        return replace(talk, ids=last.ids, found_by=Thing("practice", talk.ids[0]))
    if last.kind == "practice" and set(talk.ids) == set(last.ids):
        return replace(talk, found_by=last.found_by)
    of_objective = criteria.focus and is_of_one(last, {"objective"})
    return replace(talk, found_by=Thing("objective", last.ids[0])) if of_objective else talk
