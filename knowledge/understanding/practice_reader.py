"""Reads clauses about practices: of a country, of an objective, on a subject, by name, or of a list just told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeGuard

from knowledge.text.phrases import lexicon_pattern, phrase_pattern
from knowledge.text.words import lexicon, normalize
from knowledge.understanding.clause import Clause, words_left
from knowledge.understanding.clause_subject import telling_words
from knowledge.understanding.filter_reader import ABOUT, CLEAR, FilterReader, claims_of_told, form_of
from knowledge.understanding.query import Filter, Form, Property, Query, State, Talk, Thing, Wish, is_of_one
from knowledge.understanding.subject_reader import A_LIST, ANSWER, HINT, asks_for_meaning, says, thing_of

MOST_PRACTICES = 40
TIMED = frozenset({"day", "hour", "end", "duration", "zone"})
_OF_LIST = 0.9  # "any about children?", of the list just told
_WISHES = (Wish.REGISTER, Wish.LEAVE, Wish.REMIND)
_FEW_WORDS = 10  # of a question about what was told
# Sections of others.toml; so many words may say something beside those that ask for a practice's properties.
_DOES = ("country_does", "experiences")
_ASKED_OF_TOLD, _MOST_BESIDE = ("practice_who_where", "practice_when", "practice_source"), 2


@dataclass(frozen=True)
class PracticeReader(FilterReader):
    """Reads what is asked of practices; the Reader adds the other ways to read a clause."""

    def read_practices(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields practices of a country, of an objective, on a subject."""
        asks = (Property.PRACTICES,)
        if going_on := tuple(self._after_talk(clause, talk)):
            yield from going_on
        elif clause.names("practice") and clause.numbers["objective"]:
            yield Query(asks, Filter("objective", tuple(clause.numbers["objective"])))
        elif clause.names("practice") and clause.numbers["session"] and (key := self.topic_key("practices_presented")):
            yield Query((Property.ENTRY,), Filter("session", tuple(clause.numbers["session"])), entry=key)
        elif clause.names("practice"):
            yield self._practices_named(clause, talk)
        elif clause.places and not (clause.asked & TIMED or clause.nouns):
            yield self._practices_there(clause)

    def _after_talk(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields what goes on with the talk: an example of that, the list again, some of it, another country."""
        asks = (Property.PRACTICES,)
        if is_of_one(talk, {"objective"}) and _asks_for_one(clause) and len(words_left(clause)) < A_LIST:
            yield Query(asks, Filter("practice", focus=True))
        of_countries = says(clause, "its_countries") or says(clause, "which_country")
        if _lists_practices(talk) and of_countries and not _left_beside(clause, "its_countries", "which_country"):
            yield list_again(talk)  # it has the country of each
        if clause.bare and not clause.nouns - {"practice"} and clause.has("list", "count"):
            yield from self._listed(clause, talk)
        if listed := self._of_list(clause, talk):
            yield Query(asks, Filter("practice", (), listed), sure=CLEAR if clause.has("which") else _OF_LIST)
        if wider := self._of_wider(clause, talk):
            yield Query(asks, Filter("practice", (), wider))
        if is_next_country(clause, talk):
            yield self._next_country(clause, talk)
        if told := self._of_told_subject(clause, talk):
            yield told

    def _listed(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields the list again, or how many; after an entry of the FAQ on practices, how many there are of them."""
        if talk is not None and talk.kind == "practice":
            yield list_again(talk, form_of(clause))
        elif talk is not None and talk.kind == "faq" and self._is_on_practices(talk):
            yield Query((Property.PRACTICES,), Filter("practice"), form=form_of(clause), sure=_OF_LIST)

    def _is_on_practices(self, talk: Talk) -> bool:
        """Returns whether the entry of the FAQ that was told is on the practices."""
        return any(each.key in talk.ids and each.topic.startswith("practices") for each in self.cycle.faq)

    def of_practice(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields what is asked of the practice that was told a moment ago, or of another that it names.

        Also those of "got anything from Haiti?": no hour is asked for there.
        """
        told = practice_told(talk)
        if (pointed := self._pointed_in_list(clause, talk)) is not None:
            when = clause.has(Property.DAY) or says(clause, "practice_when")
            yield Query((Property.DAY if when else Property.CARD,), Filter("practice", subjects=(pointed,)), sure=CLEAR)
        discussed = claims_of_told(clause) or (clause.has(Property.DAY) and says(clause, "discussed"))
        if told and (asks := Property.SESSIONS if discussed else _asks_of_told(clause)):
            yield Query((asks,), Filter("practice", subjects=(Thing("practice", told),)), sure=CLEAR)
        yield from self._of_countries(clause)
        if told:
            yield from self._around_told(clause, told)

    def _pointed_in_list(self, clause: Clause, talk: Talk | None) -> Thing | None:
        """Returns the practice of the list just told of which more is asked: "the one on workers, of which year?"."""
        if talk is None or talk.kind != "practice" or len(talk.ids) < A_LIST or not clause.pointed or clause.places:
            return None
        every = self.search(" ".join(clause.pointed), clause.language, ("practice",), MOST_PRACTICES)
        hits = [hit for hit in every if hit.document.key in talk.ids]
        clear = hits and all(hit.sure < hits[0].sure for hit in hits[1:])
        return replace(thing_of(hits[0]), sure=1.0) if clear and hits[0].sure >= HINT else None

    def _around_told(self, clause: Clause, told: str) -> Iterator[Query]:
        """Yields another one of its country, whether it is presented, and its card, for what few words ask of it."""
        named = clause.nouns - {"practice"} or clause.numbered
        if says(clause, "another") and _is_short(clause) and not named:
            yield self._another(told)
        presented = says(clause, "presented") and not (says(clause, "oneself") or clause.nouns - {"session"})
        if presented and (entry := self.topic_key("practices_presented")):
            yield Query((Property.ENTRY,), entry=entry)
        if clause.has("of_practice") and not (clause.numbered or clause.days):
            hits = self.search(clause.theme, clause.language, ("practice",), 1)
            by_name = bool(hits) and hits[0].whole and hits[0].words > 1
            if by_name or len(_left_beside(clause, *_ASKED_OF_TOLD)) <= _MOST_BESIDE:
                key = hits[0].document.key if by_name else told
                yield Query((Property.CARD,), Filter("practice", subjects=(Thing("practice", key),)))

    def _of_countries(self, clause: Clause) -> Iterator[Query]:
        """Yields the practices of the country of which it asks what it does, or from which countries there are any."""
        otherwise = clause.nouns - {"practice"} or clause.numbered or clause.days or clause.asked & TIMED
        if otherwise or clause.has(*_WISHES):
            return
        shown, asks = clause.names("practice") or says(clause, "experiences"), (Property.PRACTICES,)
        if shown and says(clause, "countries") and not _left_beside(clause, "countries", *_DOES):
            yield Query((Property.COUNTRIES,), Filter("practice"))
        elif clause.places and (says(clause, "country_does") or says(clause, "experiences")):
            country = clause.places[0][0].country
            hits = self.search(clause.theme, clause.language, ("practice",), MOST_PRACTICES)
            own = {each.id for each in self.cycle.practices_in(country)}
            things = tuple(thing_of(hit) for hit in hits if hit.document.key in own and hit.sure >= HINT)
            alone = not _left_beside(clause, *_DOES)
            if alone or things:  # "what is Colombia doing on children?"
                criteria = Filter("practice", (), () if alone else things, countries=(country,))
                yield Query(asks, criteria, sure=CLEAR if alone else ABOUT)

    def _another(self, told: str) -> Query:
        """Returns the others of the same country, or all of them where it has none: "another one from there?"."""
        countries, this = self.cycle.practice(told).countries[:1], (Thing("practice", told),)
        without = Filter("practice", (), this, countries=countries, without=True)
        return Query((Property.PRACTICES,), without if countries else Filter("practice"))

    def _of_wider(self, clause: Clause, talk: Talk | None) -> tuple[Thing, ...]:
        """Returns the practices of several countries that "and regional ones?" asks for."""
        of_practices = clause.names("practice") or (talk is not None and talk.kind == "practice")
        named = clause.nouns - {"practice"} or clause.numbered or clause.places
        if not (of_practices and clause.has("wider")) or named or len(words_left(clause)) > 1:
            return ()
        return tuple(Thing("practice", each.id) for each in self.cycle.practices if each.scope == "regional")

    def _next_country(self, clause: Clause, talk: Talk | None) -> Query:
        """Returns the practices of that country; of a list on a subject, first its own: "on children", "in Chile?"."""
        told = [self.cycle.practice(key) for key in talk.ids] if talk is not None else []
        country = clause.places[0][0].country
        of_one_country = told and set.intersection(*(set(each.countries) for each in told))
        own = () if of_one_country else tuple(each.id for each in told if country in each.countries)
        things = tuple(Thing("practice", key) for key in own)
        return Query((Property.PRACTICES,), Filter("practice", (), things, countries=() if own else (country,)))

    def _of_told_subject(self, clause: Clause, talk: Talk | None) -> Query | None:
        """Returns those of the word whose meaning was told: "statelessness", "any practices on that?"."""
        goes_on = clause.names("practice") and (clause.bare or clause.points) and not (clause.numbered or clause.places)
        if not (goes_on and is_of_one(talk, {"term"})):
            return None
        things = self._of_term(talk, clause.language, "objective")
        return Query((Property.PRACTICES,), Filter("objective", (int(things[0].key),))) if things else None

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
            nothing_else = clause.bare or not telling_words(clause.beside, clause.language)
            there = nothing_else or any(map(self.cycle.practices_in, clause.countries))
            criteria = Filter("practice", (), things, countries=clause.countries)
            return Query(asks, criteria, form=form_of(clause), sure=CLEAR if there else ABOUT)
        by_name = single and hits[0].words > 1
        return self._practices_on(clause, talk, things[:1] if by_name else things, by_name=by_name)

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

    def _practices_on(self, clause: Clause, talk: Talk | None, things: tuple[Thing, ...], *, by_name: bool) -> Query:
        """Returns practices on a subject, the one `by_name`, those of what was talked about, or all of them."""
        things = (*things, *(() if by_name else self.things(clause, ("objective",), HINT, 1)))
        best = max((each.sure for each in things), default=0.0)
        of_told = is_of_one(talk, {"objective"}) and not asks_for_meaning(
            clause
        )  # "good practices?", after objective 7
        listed = clause.has("list", "count") or of_told
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


def _is_short(clause: Clause) -> bool:
    """Returns whether it says nothing else: "another one from there?", "one more of the same country?"."""
    return len(normalize(clause.text).split()) <= _FEW_WORDS and not _left_beside(clause, "another", "same_country")


def _asks_for_one(clause: Clause) -> bool:
    """Returns whether it asks for a practice on what was told: "any example of that?", "une pratique là-dessus ?"."""
    named = clause.nouns - {"practice"} or clause.numbered or clause.places or asks_for_meaning(clause)
    return clause.has("examples") or (clause.names("practice") and clause.points and not named)


def _lists_practices(talk: Talk | None) -> TypeGuard[Talk]:
    """Returns whether several practices were listed, and none of them chosen."""
    several = talk is not None and talk.kind == "practice" and len(talk.ids) >= A_LIST
    return several and practice_told(talk) is None


def practice_told(talk: Talk | None) -> str | None:
    """Returns the one practice that was told a moment ago, also of a list that is still talked about."""
    if talk is None or talk.kind != "practice":
        return None
    if len(talk.ids) == 1:
        return talk.ids[0]
    return talk.found_by.key if talk.found_by is not None and talk.found_by.kind == "practice" else None


def _asks_of_told(clause: Clause) -> Property | None:
    """Returns what is asked of the one practice that was told: "when was that?", "which objective?"; None elsewhere."""
    if says(clause, "its_countries") and not (clause.nouns - {"practice"} or clause.numbered):
        return Property.COUNTRIES
    counted = clause.numbered or clause.days or clause.has("next", "last", "after", "before", "list", "count", "every")
    ours = phrase_pattern(lexicon("others")["cycle"]).search(normalize(clause.text)) is not None
    if counted or clause.places or clause.nouns - {"session", "objective", "practice"}:
        return None
    worded = _worded_of_told(clause)
    timed = clause.has(Property.DAY, State.STILL, State.OVER)
    if worded or ours or len(words_left(clause)) > 1 or (clause.names("session") and timed):
        return worded
    if clause.names("objective"):
        return Property.OBJECTIVES
    if clause.names("session") or clause.has("sessions"):
        return Property.SESSIONS
    return Property.DAY if timed else None


def _worded_of_told(clause: Clause) -> Property | None:
    """Returns what few words ask of the practice: where more of it stands, who runs it and where, since when."""
    if clause.names("session", "objective") or len(normalize(clause.text).split()) > _FEW_WORDS:
        return None
    if len(_left_beside(clause, *_ASKED_OF_TOLD)) > _MOST_BESIDE:
        return None  # "is there a place for the children of those who pick coffee?" is no "where?"
    if clause.has("source") or says(clause, "practice_source"):
        return Property.SOURCE
    if says(clause, "practice_who_where") or asks_for_meaning(clause):  # "what's that when it's at home?"
        return Property.CARD
    return Property.DAY if says(clause, "practice_when") else None


def _left_beside(clause: Clause, *sections: str) -> list[str]:
    """Returns the words that say something beside those sections of others.toml and the names of places."""
    words = f" {clause.beside} "
    for section in sections:
        words = lexicon_pattern("others", section, clause.language).sub(" ", words)
    return telling_words(words, clause.language)


def list_again(talk: Talk, form: Form = Form.OPEN) -> Query:
    """Returns the Query of "their names?", "how many?": of the practices that were just counted or told."""
    things = tuple(Thing("practice", key) for key in talk.ids)
    return Query((Property.PRACTICES,), Filter("practice", subjects=things), form=form, sure=_OF_LIST)


def is_next_country(clause: Clause, talk: Talk | None) -> bool:
    """Returns whether it is "¿Y de Perú?" after the practices of Chile: no question about hours."""
    return talk is not None and talk.kind == "practice" and clause.only_place and not clause.asked & TIMED
