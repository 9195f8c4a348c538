"""Reads clauses about practices: of a country, of an objective, on a subject, by name, or of a list just told."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.text.words import normalize
from knowledge.understanding.clause import Clause, words_left
from knowledge.understanding.filter_reader import ABOUT, CLEAR, FilterReader, form_of
from knowledge.understanding.query import Filter, Form, Property, Query, Talk, Thing, is_of_one
from knowledge.understanding.subject_reader import A_LIST, ANSWER, HINT, thing_of

MOST_PRACTICES = 40
TIMED = frozenset({"day", "hour", "end", "duration", "zone"})
_OF_LIST = 0.9  # "any about children?", of the list just told
_CALLED, _LONG_NAME = 0.8, 10  # by its whole name; letters of a name of one word: "MigraCidades"


@dataclass(frozen=True)
class PracticeReader(FilterReader):
    """Reads what is asked of practices; the Reader adds the other ways to read a clause."""

    def read_practices(self, clause: Clause, talk: Talk | None, called: Thing | None) -> Iterator[Query]:
        """Yields practices of a country, of an objective, on a subject; or the one that is `called` by its name."""
        asks = (Property.PRACTICES,)
        if is_of_one(talk, {"objective"}) and clause.has("examples") and len(words_left(clause)) < A_LIST:
            yield Query(asks, Filter("practice", focus=True))  # "any example of that?"
        if called is not None:
            yield Query((Property.CARD,), Filter("practice", subjects=(called,)), form=form_of(clause), sure=_CALLED)
        if talk is not None and talk.kind == "practice" and clause.has("list") and clause.bare:
            yield list_again(talk)
        if listed := self._of_list(clause, talk):
            yield Query(asks, Filter("practice", (), listed), sure=_OF_LIST)
        if is_next_country(clause, talk):
            yield Query(asks, Filter("practice", countries=(clause.places[0][0].country,)))
        elif clause.names("practice") and clause.numbers["objective"]:
            yield Query(asks, Filter("objective", tuple(clause.numbers["objective"])))
        elif clause.names("practice") and clause.numbers["session"] and (key := self.topic_key("practices_presented")):
            yield Query((Property.ENTRY,), Filter("session", tuple(clause.numbers["session"])), entry=key)
        elif clause.names("practice"):
            yield self._practices_named(clause, talk)
        elif clause.places and not (clause.asked & TIMED or clause.nouns):
            yield self._practices_there(clause)

    def of_practice(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields where, when or by whom the practice is that was told a moment ago, or another that it names.

        Also those of "got anything from Haiti?": no hour is asked for there.
        """
        if clause.has("anything_from") and clause.only_place:
            yield Query((Property.PRACTICES,), Filter("practice", countries=(clause.places[0][0].country,)))
        if is_of_one(talk, {"practice"}) and clause.has("of_practice") and not (clause.numbered or clause.days):
            hits = self.search(clause.theme, clause.language, ("practice",), 1)
            named = hits[0].document.key if hits and hits[0].whole and hits[0].words > 1 else talk.ids[0]
            yield Query((Property.CARD,), Filter("practice", subjects=(Thing("practice", named),)))

    def practice_called(self, clause: Clause) -> Thing | None:
        """Returns the practice that is called by its whole name, as no other is: "que es eso del Programa Siria"."""
        if clause.nouns or clause.numbered or clause.count or clause.asked & TIMED:
            return None
        # Of the whole clause: a place in its name is none that is asked for.
        hits = self.search(clause.text, clause.language, ("practice",), 2)
        alone = bool(hits) and hits[0].whole and (len(hits) == 1 or hits[1].sure < HINT)
        # "Santa Maria da Boa Vista" is a place, though a practice is known as Boa Vista's.
        of_place = max((len(normalize(each[0].name).split()) for each in clause.places), default=0)
        least = max(of_place, 0 if max(map(len, clause.text.split()), default=0) >= _LONG_NAME else 1)
        return thing_of(hits[0]) if alone and hits[0].words > least else None

    def _practices_named(self, clause: Clause, talk: Talk | None) -> Query:
        """Returns practices that the word for a practice asks for: of countries, by name, without one, on a subject."""
        asks = (Property.PRACTICES,)
        hits = self.search(clause.theme, clause.language, ("practice",), MOST_PRACTICES)
        things = tuple(map(thing_of, hits))
        single = bool(hits) and hits[0].whole and all(hit.sure < hits[0].sure for hit in hits[1:])
        claimed = form_of(clause) is Form.YES_NO and single
        if clause.countries and single and clause.has("without"):  # "one of Chile other than Sello Migrante"
            return Query(asks, Filter("practice", (), things[:1], countries=clause.countries, without=True))
        if clause.countries and claimed:  # "is Sello Migrante a practice of Peru?"
            one = Filter("practice", (), things[:1], countries=clause.countries)
            return Query((Property.CARD,), one, form=Form.YES_NO)
        if clause.countries:
            # "We have an experience in Bolivia that could be a good practice": none is asked for.
            there = clause.bare or any(map(self.cycle.practices_in, clause.countries))
            criteria = Filter("practice", (), things, countries=clause.countries)
            return Query(asks, criteria, form=form_of(clause), sure=CLEAR if there else ABOUT)
        return self._practices_on(clause, talk, things)

    def _of_list(self, clause: Clause, talk: Talk | None) -> tuple[Thing, ...]:
        """Returns the practices of the list just told that "any about children?" asks for."""
        going_on = clause.follows or clause.pointed or clause.has("which", "yes_no", "event")
        if talk is None or talk.kind != "practice" or len(talk.ids) < A_LIST or not going_on or clause.bare:
            return ()
        if clause.nouns - {"practice"} or clause.numbered or clause.places:
            return ()
        hits = self.search(clause.theme, clause.language, ("practice",), MOST_PRACTICES)
        keys = [hit.document.key for hit in hits if hit.sure >= HINT]
        objectives = self.search(clause.theme, clause.language, ("objective",), 1)
        keys += [each.id for hit in objectives for each in self.cycle.practices_of(int(hit.document.key))]
        return tuple(Thing("practice", key) for key in dict.fromkeys(keys) if key in talk.ids)

    def _practices_on(self, clause: Clause, talk: Talk | None, things: tuple[Thing, ...]) -> Query:
        """Returns practices on a subject, or of what was talked about, or all of them."""
        things = (*things, *self.things(clause, ("objective",), HINT, 1))
        best = max((each.sure for each in things), default=0.0)
        listed = clause.has("list", "count") or is_of_one(talk, {"objective"})  # "good practices?", after objective 7
        focus = talk is not None
        bare = CLEAR if listed else ABOUT
        sure = bare if clause.bare else max(ANSWER, min(0.9, best + 0.2))
        return Query((Property.PRACTICES,), Filter("practice", (), things, focus=focus), sure=sure)

    def _practices_there(self, clause: Clause) -> Query:
        """Returns the Query of "Anything from Chile on rewarding town halls?": a place, and no word for practices."""
        country = clause.places[0][0].country
        about = self.search(clause.beside, clause.language, ("practice",), MOST_PRACTICES)
        own = {each.id for each in self.cycle.practices_in(country)} & {hit.document.key for hit in about}
        hits = self.search(clause.theme, clause.language, ("practice",), MOST_PRACTICES)
        fits = [hit for hit in hits if hit.document.key in own]
        sure = max((hit.sure for hit in fits if hit.words > 1), default=0.0)
        things = tuple(map(thing_of, fits))
        clearly = bool(fits) and fits[0].words > 1 and all(hit.sure < fits[0].sure / 2 for hit in fits[1:])
        if clearly and fits[0].sure >= ANSWER:  # "what did Colombia do, that temporary statute"
            return Query((Property.CARD,), Filter("practice", subjects=things[:1]), sure=sure)
        return Query((Property.PRACTICES,), Filter("practice", (), things, countries=(country,)), sure=sure)


def list_again(talk: Talk) -> Query:
    """Returns the Query of "their names?": of the practices that were just counted or told."""
    things = tuple(Thing("practice", key) for key in talk.ids)
    return Query((Property.PRACTICES,), Filter("practice", subjects=things), sure=_OF_LIST)


def is_next_country(clause: Clause, talk: Talk | None) -> bool:
    """Returns whether it is "¿Y de Perú?" after the practices of Chile: no question about hours."""
    return talk is not None and talk.kind == "practice" and clause.only_place and not clause.asked & TIMED
