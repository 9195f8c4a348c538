"""Finds by its meaning which session or objective a message is about, where its words do not say it surely."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from knowledge.understanding.clause import Clause
from knowledge.understanding.meaning import Near
from knowledge.understanding.meaning_reader import THING_KINDS
from knowledge.understanding.query import Property, Query, Thing
from knowledge.understanding.subject_reader import ANSWER

# Calibrated on questions that were kept from training: how probable a thing must be, and against all other things.
_LEAST, _AGAINST_OTHERS = 0.004, 0.6
_CLEARLY, _SURE_WORDS = 0.7, 0.6  # a thing so probable comes before what words name less surely than that
_KINDS: Mapping[str | None, tuple[str, ...]] = {
    "objective": ("objective:",),
    "session": ("objective:", "area:", "session:"),
}


def name_subject(query: Query, clause: Clause, near: Sequence[Near]) -> Query:
    """Returns the Query with the thing that the message is likeliest about, where it names none surely; else itself."""
    of = query.criteria
    named = of.numbers or of.days or of.weekdays or of.order or of.focus or of.countries or of.besides or of.count
    told = clause.bare or Property.SPAN in query.asks or of.kind not in _KINDS
    if named or told or (thing := _likeliest(near, _KINDS[of.kind])) is None:
        return query
    if of.subjects and of.subjects[0].sure >= (_SURE_WORDS if thing.sure >= _CLEARLY else ANSWER):
        return query
    return replace(query, criteria=replace(of, subjects=(replace(thing, sure=1.0),)))


def _likeliest(near: Sequence[Near], kinds: tuple[str, ...]) -> Thing | None:
    """Returns the thing that is likelier than all others together."""
    things = [each for each in near if each.id.startswith(kinds)]
    total = sum(each.score for each in things)
    if not things or things[0].score < _LEAST or things[0].score < total * _AGAINST_OTHERS:
        return None
    kind, _, key = things[0].id.partition(":")
    return Thing(THING_KINDS[kind], key, things[0].score)
