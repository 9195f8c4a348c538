"""Reads a clause again, with the class that its meaning has: what its words do not name, the class says."""

from collections.abc import Mapping
from dataclasses import replace

from knowledge.text.words import normalize
from knowledge.understanding.clause import Clause
from knowledge.understanding.filter_reader import HINT
from knowledge.understanding.meaning import CAREFUL, DEFINITION, MeaningClass, Near, meaning_class
from knowledge.understanding.query import Asks, Filter, Kind, Mood, Property, Query, Talk, Thing
from knowledge.understanding.reader import Reader

_THINGS: Mapping[str, Kind] = {
    "objective": "objective", "area": "area", "session": "session", "principle": "principle", "term": "term",
}  # fmt: skip


def read_by_meaning(near: Near, reader: Reader, clause: Clause, talk: Talk | None) -> Query | None:
    """Returns the Query of a clause that is of that class; None where the clause does not say of what."""
    found = meaning_class(near.id)
    if near.id.startswith(CAREFUL):
        return Query((Mood.PERSONAL,), sure=near.score)
    if found.kind is not None:
        return _read_again(found.kind, found, reader, clause, talk)
    return _definition(reader, clause) if near.id == DEFINITION else _of_class(near, found, clause)


def _of_class(near: Near, found: MeaningClass, clause: Clause) -> Query | None:
    """Returns the Query of a thing, an entry, a wish or small talk that the class itself names."""
    kind, _, key = near.id.partition(":")
    if kind in _THINGS:
        return _of_thing(Thing(_THINGS[kind], key, near.score))
    if found.wish is not None:
        numbers = tuple(clause.numbers.get("session", ()))
        return Query((found.wish,), Filter("session", numbers), sure=near.score)
    entry = key if kind == "faq" else found.entry
    asks: Asks | None = Property.ENTRY if entry else found.mood
    return Query((asks,), entry=entry, sure=near.score) if asks is not None else None


def _of_thing(thing: Thing) -> Query:
    asks = Property.DEFINITION if thing.kind == "term" else Property.CARD
    return Query((asks,), Filter(thing.kind, subjects=(thing,)))


def _read_again(kind: Kind, found: MeaningClass, reader: Reader, clause: Clause, talk: Talk | None) -> Query | None:
    """Reads the clause as if it named that kind of thing, and asked so; of what was talked about where it says none."""
    asked = clause.asked | ({found.asked} if found.asked else frozenset())
    more = replace(clause, mood=None, nouns=clause.nouns | {kind}, asked=asked)
    query = reader.read(more, talk)
    if query.asks and not (query.says_of_what and not query.where):
        query = reader.read(replace(more, bare=True, theme="", beside=""), talk)
    return query if query.asks and query.mood is None else None


def _definition(reader: Reader, clause: Clause) -> Query | None:
    """Returns what a word means, where the clause has one that is known."""
    words = normalize(clause.text)
    named = {name: each.key for each in reader.cycle.terms for name in (*each.aliases, each.name.in_(clause.language))}
    if known := [name for name in named if normalize(name) in words]:
        return _of_thing(Thing("term", named[max(known, key=len)]))
    hits = reader.search(clause.theme, clause.language, ("term", "objective"), 1)
    if not hits or hits[0].sure < HINT:
        return None
    return _of_thing(Thing(hits[0].document.kind, hits[0].document.key, hits[0].sure))
