"""Reads a clause again, with the class that its meaning has: what its words do not name or not surely, that says."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from knowledge.text.words import normalize
from knowledge.understanding.clause import Clause
from knowledge.understanding.filter_reader import OF_TIME
from knowledge.understanding.meaning import CAREFUL, DEFINITION, MeaningClass, Near, meaning_class
from knowledge.understanding.practice_reader import list_again
from knowledge.understanding.query import (
    TALK_WITH_A_SESSION,
    Asks,
    Filter,
    Kind,
    Mood,
    Property,
    Query,
    Talk,
    Thing,
    is_of_one,
)
from knowledge.understanding.reader import Reader
from knowledge.understanding.subject_reader import ANSWER, HINT, without_meaning

THING_KINDS: Mapping[str, Kind] = {
    "objective": "objective", "area": "area", "session": "session", "principle": "principle", "term": "term",
    "practice": "practice",
}  # fmt: skip
_OF_TALK = {
    "faq:session-length": MeaningClass("session", Property.DURATION),
    "faq:session-themes": MeaningClass("session", Property.TOPIC),
    "faq:session-dates": MeaningClass("session", Property.DAY),
}
# Calibrated on questions that were kept from training: how probable a thing must be, and against all other things.
_LEAST, _AGAINST_OTHERS = 0.004, 0.6
_CLEARLY, _SURE_WORDS = 0.7, 0.6  # a thing so probable comes before what words name less surely than that
_ONE_PRACTICE = 0.15  # how probable one practice must be where practices are asked for: else they are listed
_KINDS: Mapping[str | None, tuple[str, ...]] = {
    "practice": ("practice:",),
    "objective": ("objective:",),
    "session": ("objective:", "area:", "session:"),
}


def read_by_meaning(near: Near, reader: Reader, clause: Clause, talk: Talk | None) -> Query | None:
    """Returns the Query of a clause that is of that class; None where the clause does not say of what."""
    found = meaning_class(near.id)
    if near.id.startswith(CAREFUL):
        return Query((Mood.PERSONAL,), sure=near.score)
    if near.id in _OF_TALK and is_of_one(talk, TALK_WITH_A_SESSION):
        found = _OF_TALK[near.id]  # "for how long?" after a session asks for that one
    if found.asked == "list" and talk is not None and talk.kind == "practice":
        return list_again(talk)
    if found.kind is not None:
        return _read_again(found.kind, found, reader, clause, talk)
    return _definition(reader, clause) if near.id == DEFINITION else _of_class(near, found, clause)


def thing_of_class(near: Near) -> Thing:
    """Returns the thing that a class of the content is, as surely as it is probable."""
    kind, _, key = near.id.partition(":")
    return Thing(THING_KINDS[kind], key, near.score)


def _of_class(near: Near, found: MeaningClass, clause: Clause) -> Query | None:
    """Returns the Query of a thing, an entry, a wish or small talk that the class itself names."""
    kind, _, key = near.id.partition(":")
    if kind in THING_KINDS:
        return _of_thing(thing_of_class(near), clause)
    numbers = tuple(clause.numbers.get("session", ()))
    if found.wish is not None:
        return Query((found.wish,), Filter("session", numbers), sure=near.score)
    entry = key if kind == "faq" else found.entry
    asks: Asks | None = Property.ENTRY if entry else found.mood
    criteria = Filter("session", numbers) if numbers else Filter()
    return Query((asks,), criteria, entry=entry, sure=near.score) if asks is not None else None


def _of_thing(thing: Thing, clause: Clause) -> Query:
    """Returns the Query of a thing: what it is, or in which session and when, where that is asked."""
    if thing.kind in {"objective", "area", "session"} and (clause.has(*OF_TIME, "sessions") or clause.names("session")):
        asked = tuple(each for each in OF_TIME if clause.has(each))
        return Query(asked or (Property.CARD,), Filter("session", subjects=(thing,)), clause.places)
    asks = Property.DEFINITION if thing.kind == "term" else Property.CARD
    return Query((asks,), Filter(thing.kind, subjects=(thing,)))


def _read_again(kind: Kind, found: MeaningClass, reader: Reader, clause: Clause, talk: Talk | None) -> Query | None:
    """Reads the clause as if it named that kind of thing, and asked so; of what was talked about where it says none."""
    asked = clause.asked | ({found.asked} if found.asked else frozenset())
    more = replace(clause, mood=None, nouns=clause.nouns | {kind}, asked=asked)
    query = reader.read(more, talk)
    if not query.is_of_things or not query.names_things:
        query = reader.read(replace(more, bare=True, theme="", beside=""), talk)
    return query if query.is_of_things else None


def _definition(reader: Reader, clause: Clause) -> Query | None:
    """Returns what a word means, where the clause has one that is known."""
    if (several := reader.define_several(clause)) is not None:
        return several
    words = normalize(clause.text)
    named = {name: each.key for each in reader.cycle.terms for name in (*each.aliases, each.name.in_(clause.language))}
    if known := [name for name in named if normalize(name) in words]:
        return _of_thing(Thing("term", named[max(known, key=len)]), clause)
    hits = reader.search(without_meaning(clause.theme), clause.language, ("term", "objective", "principle"))
    hits = [hit for hit in hits if hit.whole or hit.document.kind != "principle"]  # many words resemble one
    if not hits or hits[0].sure < HINT:
        return None
    return _of_thing(Thing(hits[0].document.kind, hits[0].document.key, hits[0].sure), clause)


def name_subject(query: Query, clause: Clause, near: Sequence[Near]) -> Query:
    """Returns the Query with the thing that the message is likeliest about, where it names none surely; else itself."""
    of = query.criteria
    named = of.numbers or of.days or of.weekdays or of.order or of.focus or of.countries or of.besides or of.count
    told = clause.bare or Property.SPAN in query.asks or of.kind not in _KINDS
    if named or told or (thing := _likeliest(near, _KINDS[of.kind])) is None:
        return query
    if thing.kind == "practice" and (thing.sure < _ONE_PRACTICE or clause.has("list", "count")):
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
    return thing_of_class(things[0])
