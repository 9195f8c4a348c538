"""Reads clauses that go on with what was talked about: the third of a list, another place, "and where?"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.places.places import Place
from knowledge.text.numbers_parser import parse_letter, parse_ordinal
from knowledge.text.phrases import lexicon_pattern, phrase_pattern
from knowledge.text.words import lexicon, normalize
from knowledge.time.days_parser import DayRange
from knowledge.time.zones import zone_label
from knowledge.understanding.clause import Clause, words_left
from knowledge.understanding.filter_reader import ABOUT, CARRIED, OF_TIME, form_of
from knowledge.understanding.practice_reader import PracticeReader, practice_told
from knowledge.understanding.query import (
    TALK_OF_CLAIM,
    TALK_OF_PLACE,
    TALK_OF_SESSIONS,
    TIMES,
    Asks,
    Filter,
    Form,
    Kind,
    Order,
    Property,
    Query,
    Talk,
    Thing,
    is_of_one,
)
from knowledge.understanding.subject_reader import (
    A_LIST,
    ANSWER,
    HINT,
    asks_for_meaning,
    asks_for_meaning_alone,
    figures_in,
    names_those,
    says,
    session_told,
)

_GROUPED: Mapping[str, Kind] = {"principle": "principle", "objective": "objective"}
_FEW_WORDS, _MOST_BESIDE = 1, 4
_FEW_TOLD = 7  # words of a message that asks more of an entry, or of a word
_OF_WHAT_WAS_TOLD = 0.8
_ASKS_NOTHING = frozenset({"yes_no", "event", "either", "of_practice"})  # beside a place, or another subject
_A_MONTH = timedelta(days=27)
_NTH = re.compile(r"\d(?:st|nd|rd|th)\b")
_A_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True)
class TalkReader(PracticeReader):
    """Reads what goes on with the talk; the Reader adds the other ways to read a clause."""

    def of_entry(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields "and where?", "when was the first?" after an entry, or a word, that tells of a day of its own.

        After the hours of a place, "why does it change?" asks about the change of clocks there.
        """
        if talk is not None and talk.kind == "time" and says(clause, "why_changes"):
            yield Query((Property.ENTRY,), entry=self.topic_key("clock_change") or "")
            return
        if talk is not None and clause.only_place and clause.has("yes_no") and not clause.follows:
            yield from self._told_again(talk)  # "it was in Marrakech, right?" asks for no hours there
        named = clause.nouns or clause.places or clause.days or clause.hours or re.search(r"\d", clause.text)
        if talk is None or named:
            return
        yield from self._more_of_entry(clause, talk)
        if not clause.bare or not clause.has(Property.DAY, "of_practice"):
            return
        keys = talk.ids if talk.kind == "faq" else self._entries_on(talk, clause)
        for faq in self.cycle.faq:
            if faq.key in keys and faq.known and _A_YEAR.search(faq.answer.in_(clause.language)):
                yield Query((Property.ENTRY,), entry=faq.key)

    def _more_of_entry(self, clause: Clause, talk: Talk) -> Iterator[Query]:
        """Yields the same again, after who moderates, for "and their names?", and after a word, for "how often?"."""
        if len(normalize(clause.text).split()) > _FEW_TOLD:
            return
        of_mine = lexicon_pattern("personal", "whose", clause.language).search(f" {normalize(clause.text)} ")
        named = says(clause, "names_of") and not of_mine  # "change my name" is no question of the moderators
        if says(clause, "how_often") or (named and talk.kind == "faq"):
            yield from self._told_again(talk)

    def _told_again(self, talk: Talk) -> Iterator[Query]:
        """Yields the entry of the FAQ, or the word, that was told."""
        if talk.kind == "faq":
            yield Query((Property.ENTRY,), entry=talk.ids[0])
        elif is_of_one(talk, {"term"}):
            yield Query((Property.CARD,), Filter("term", subjects=(Thing("term", talk.ids[0]),)))

    def _entries_on(self, talk: Talk, clause: Clause) -> list[str]:
        """Returns the entry of the FAQ that asks for the word whose meaning was told."""
        if talk.kind != "term" or len(talk.ids) != 1:
            return []
        names = self.cycle.term(talk.ids[0]).aliases
        hits = [hit for name in names for hit in self.search(name, clause.language, ("faq",), 1)]
        return [hit.document.key for hit in hits if hit.whole][:1]

    def goes_on_to_subject(self, clause: Clause, talk: Talk | None) -> bool:
        """Returns whether it only names another subject after a session was told: "and inclusion?" is the one on it."""
        asks = clause.nouns or clause.numbered or clause.days or clause.places or clause.asked - _ASKS_NOTHING
        goes_on = is_of_one(talk, TALK_OF_SESSIONS - {TALK_OF_CLAIM}) and clause.follows and not asks
        return goes_on and not (asks_for_meaning(clause) or clause.pointed) and bool(self.called(clause))

    def onward(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields "and then?", "keep going": the session after the one that was talked about."""
        if is_of_one(talk, TALK_OF_SESSIONS) and _leads_on(clause):
            asks = (Property.CARD if clause.has(*OF_TIME) else CARRIED.get(talk.kind, Property.CARD),)
            where = find_last_place(clause, talk, asks, follows=True)
            yield Query(asks, Filter("session", order=Order.AFTER, relative=True), where)

    def one_of_a_list(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields readings of "La segunda", "tell me about the third": of what was just listed; a bare number."""
        alone = clause.number
        number = alone or parse_ordinal(clause.text, clause.language) or self._step_in_talk(clause, talk)
        number = number or self._figure_in_talk(clause, talk)
        if (one := self._one_of_those(clause, talk, number)) is not None:
            yield Query((Property.CARD,), one)
            return
        if number is None and talk is not None and talk.kind == "principle":
            number = parse_letter(clause.text, clause.language)
        own = {_GROUPED[talk.kind]} if talk is not None and talk.kind in _GROUPED else set()
        # "El número 9", after a principle, is of no objective.
        other = clause.nouns - own or clause.places or (not own and clause.numbers["objective"])
        if number is None or other or clause.has("without") or (not own and clause.numbers["principle"]):
            return
        known = any(each.number == number for each in self.cycle.sessions)
        any_kind = clause.language == "en" or " numero " in normalize(clause.text)  # "the second", "el número 4"
        session = known and bool(clause.numbers["session"]) and not any_kind
        if talk is not None and len(talk.ids) >= A_LIST and talk.kind == "practice" and number <= len(talk.ids):
            things = tuple(Thing("practice", key) for key in talk.ids)
            yield Query((Property.CARD,), Filter("practice", (number,), things))
        elif talk is not None and talk.kind in _GROUPED and not session:
            if len(words_left(clause)) <= _FEW_WORDS:
                yield Query((Property.CARD,), Filter(_GROUPED[talk.kind], (number,), focus=True))
        elif alone is not None:
            yield self._bare_number(alone, clause, talk)
        elif (listed := self._session_of_list(number, clause, talk)) is not None and not session:
            yield listed

    def _session_of_list(self, number: int, clause: Clause, talk: Talk | None) -> Query | None:
        """Returns the session of "dame más del segundo", after a list of sessions or of their topics."""
        if talk is None or talk.kind not in TALK_OF_SESSIONS or not A_LIST <= len(talk.ids) >= number:
            return None
        if clause.has(*OF_TIME, Property.TOPIC, "named", "count", "compare"):
            return None
        return Query((CARRIED.get(talk.kind, Property.CARD),), Filter("session", (int(talk.ids[number - 1]),)))

    def _bare_number(self, number: int, clause: Clause, talk: Talk | None) -> Query:
        """Returns the session of that number; else a day, after a session, or the objective of that number."""
        known = any(each.number == number for each in self.cycle.sessions)
        if (day := self._day_in_talk(number, clause, talk)) is not None:
            return Query((Property.CARD,), Filter("session", days=(DayRange(day, day),)), form=Form.YES_NO)
        carried = CARRIED.get(talk.kind) if talk is not None and known else None
        asks = (carried or Property.CARD,)
        where = find_last_place(clause, talk, asks, follows=True) if known else ()
        return Query(asks, Filter("session" if known else "objective", (number,), focus=known), where)

    def _day_in_talk(self, number: int, clause: Clause, talk: Talk | None) -> date | None:
        """Returns the day of "and the 24th?", after a session, in its month; None where it may be an objective."""
        surely = number > len(self.cycle.objectives) or _NTH.search(clause.text)
        if not surely or number <= len(self.cycle.sessions) or not is_of_one(talk, TALK_OF_SESSIONS):
            return None
        with suppress(ValueError):
            return self.cycle.session(int(talk.ids[0])).starts_at.date().replace(day=number)
        return None

    def _one_of_those(self, clause: Clause, talk: Talk | None, place: int | None) -> Filter | None:
        """Returns the objective of "the second of those", the area of "the first of them", after those of a session."""
        if not is_of_one(talk, {"objectives", "areas"}) or not names_those(clause):
            return None
        session = self.cycle.session(int(talk.ids[0]))
        told = [Filter("objective", (number,)) for number in session.objectives]
        if talk.kind == "areas":
            told = [Filter("area", subjects=(Thing("area", area.key),)) for area in session.areas]
        place = len(told) if clause.has("last") else place
        return told[place - 1] if place is not None and 0 < place <= len(told) else None

    def _figure_in_talk(self, clause: Clause, talk: Talk | None) -> int | None:
        """Returns the number of "and which one is 12?", after an objective or a principle."""
        figures = figures_in(clause)
        plain = clause.follows and not (clause.nouns or clause.places or clause.days or clause.has(*OF_TIME))
        return int(figures[0]) if is_of_one(talk, _GROUPED) and plain and len(figures) == 1 else None

    def _step_in_talk(self, clause: Clause, talk: Talk | None) -> int | None:
        """Returns the number after or before, or the last, for "¿Y el siguiente?" after an objective or a principle."""
        plain = len(words_left(clause)) <= _FEW_WORDS and not clause.has(*OF_TIME)
        if talk is not None and talk.kind in _GROUPED and len(talk.ids) != 1 and plain and clause.has("last"):
            return len(self._all_of(talk.kind))  # "how many principles are there?", "which is the last?"
        if not is_of_one(talk, _GROUPED) or not plain:
            return None
        if clause.has("before", "previous"):  # "o que vem antes dele": "que vem" alone is the next one
            return int(talk.ids[0]) - 1
        if clause.has("after", "next") or _leads_on(clause):
            return int(talk.ids[0]) + 1
        return len(self._all_of(talk.kind)) if clause.has("last") else None

    def _all_of(self, kind: str) -> Sequence[object]:
        """Returns all principles, or all objectives."""
        return self.cycle.principles if kind == "principle" else self.cycle.objectives

    def of_told(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields "explain that one", and "so 18 is covered there, right?"."""
        yield from self._explained_again(clause, talk)
        both = clause.nouns == {"session", "objective"} and clause.points and not clause.numbered
        if both and is_of_one(talk, {"objective"}) and clause.has("which", "open", "sessions"):
            # "In which session is that objective discussed?"
            yield Query((Property.SESSIONS,), Filter("objective", (int(talk.ids[0]),)))
        yield from self._number_claimed_there(clause, talk)

    def _explained_again(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields "explain that one", "shorter, please": all there is of what was told."""
        named = clause.nouns or clause.numbered or clause.places or clause.days or clause.has(*OF_TIME, "which", "list")
        again = clause.points and asks_for_meaning_alone(clause)
        first = clause.text.split(",")[0]  # "shorter pls, for a whatsapp status"
        again = again or (says(clause, "simpler") and len(normalize(first).split()) <= _FEW_TOLD)
        if talk is None or named or not again:
            return
        if is_of_one(talk, TALK_OF_SESSIONS):
            yield Query((Property.TOPIC,), Filter("session", (int(talk.ids[0]),)))
        elif is_of_one(talk, _GROUPED):
            yield Query((Property.CARD,), Filter(_GROUPED[talk.kind], (int(talk.ids[0]),)))
        elif practice := practice_told(talk):
            yield Query((Property.CARD,), Filter("practice", subjects=(Thing("practice", practice),)))

    def _number_claimed_there(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields the claim of "so 18 is covered there, right?", after a session or an objective."""
        told, figures = session_told(self.cycle, talk), figures_in(clause)
        named = clause.nouns - {"objective"} or clause.places or clause.has(*OF_TIME) or len(figures) != 1
        if told is None or named or not (clause.points and says(clause, "discussed")):
            return
        number = int(figures[0])
        if form_of(clause) is Form.YES_NO and len(self.cycle.sessions) < number <= len(self.cycle.objectives):
            yield Query((Property.SESSIONS,), Filter("objective", (number,), sessions=(told,)), form=Form.YES_NO)

    def there_too(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields "and if I am in Guayaquil": another place for what was talked about, else for all sessions."""
        of_sessions = talk is not None and talk.kind in {*TALK_OF_SESSIONS, TALK_OF_PLACE}
        # "I'm in Vancouver this month" asks for no session of this month.
        days = [each for each in clause.days if each.last - each.first < _A_MONTH]
        asks = clause.nouns or clause.numbered or days or clause.asked - _ASKS_NOTHING
        meant = of_sessions or clause.follows or clause.hours
        elsewhere = talk is not None and talk.kind == "time" and not talk.own
        of_them = elsewhere and says(clause, "for_me") and not clause.places
        if of_them and clause.follows and not (clause.nouns or clause.numbered):  # "and for me?", after another place
            yield Query((Property.HOUR,), Filter("session", focus=True))
        few = _FEW_WORDS + clause.follows
        if clause.places and meant and not asks and len(words_left(clause)) <= few:
            criteria = Filter("session", hours=clause.hours, focus=of_sessions)
            yield Query((Property.HOUR,), criteria, clause.places, form_of(clause), sure=ABOUT)

    def found_by(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields the objective of "which objective is that?", after "in which session are remittances?"."""
        asks = clause.names("objective") and clause.bare and (clause.follows or clause.has("open", "which"))
        other = clause.numbered or clause.has("count", "list", "other", "without", *OF_TIME)
        several = says(clause, "several")  # "which objectives?" is of all of the session
        found_by = talk.found_by if talk is not None else None
        if found_by is None or found_by.kind != "objective" or other or several:
            return
        told = session_told(self.cycle, talk)
        if told is not None and clause.names("session") and says(clause, "for_us") and len(words_left(clause)) <= 1:
            yield Query((Property.CARD,), Filter("session", (told,)))  # "which session is for me?", after a field
        # "Which one is it then?", after "no, objective 9 is another".
        corrected = talk is not None and talk.kind == "objective" and clause.has("open", "which")
        corrected = corrected and not clause.nouns - {"objective"} and len(words_left(clause)) <= 1
        if asks or corrected:
            yield Query((Property.CARD,), Filter("objective", (int(found_by.key),)))

    def of_talk(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields the principle of "which one is about children?", after a principle; so for objectives; their area."""
        if is_of_one(talk, {"objective"}) and clause.names("area") and not (clause.nouns - {"area"} or clause.numbered):
            yield Query((Property.AREAS,), Filter("area", focus=True))
            return
        of_session = is_of_one(talk, TALK_OF_SESSIONS)
        plain = not (clause.nouns - {"area"} or clause.numbered or clause.has("list", "compare"))
        if of_session and clause.names("area") and plain and not self.things(clause, ("area",), ANSWER, 1):
            yield Query((Property.AREAS,), Filter("session", focus=True), form=form_of(clause), sure=_OF_WHAT_WAS_TOLD)
        pointed = says(clause, "the_one_of_them")
        chosen = clause.has("which", "the_one") or pointed
        kind = _GROUPED.get(talk.kind) if talk is not None and chosen else None
        if kind is None or clause.bare or clause.nouns or clause.numbered or clause.has(*OF_TIME, "sessions"):
            return
        found = self.things(clause, (kind,), HINT if pointed else ANSWER, 1)
        if found:
            yield Query((Property.CARD,), Filter(kind, subjects=found))


def _leads_on(clause: Clause) -> bool:
    """Returns whether it says nothing but "and then?"."""
    words = normalize(clause.text)
    pattern = phrase_pattern(lexicon("meaning")["follows"][clause.language]["onward"])
    rest = pattern.sub(" ", words).split()
    stop = frozenset(lexicon("stop")[clause.language])
    return pattern.search(words) is not None and len(rest) <= _MOST_BESIDE and stop.issuperset(rest)


def find_last_place(
    clause: Clause, talk: Talk | None, asks: tuple[Asks, ...], *, follows: bool
) -> tuple[tuple[Place, ...], ...]:
    """Returns the place in whose hours "and session 3?" goes on (`follows`), or where they have just said they are."""
    if talk is None or not talk.zone or not (TIMES | {Property.CARD}).issuperset(asks):
        return ()
    here = says(clause, "for_me")
    asked_there = talk.kind == "time" and (follows or clause.hours) and not here
    of_hours = not {Property.CARD}.issuperset(asks)  # a session is else shown whole, with the hours there
    if not (asked_there or talk.kind == TALK_OF_PLACE or (talk.own and (here or of_hours))):
        return ()
    return ((Place(talk.place or zone_label(talk.zone, clause.language), "", talk.zone, "city"),),)
