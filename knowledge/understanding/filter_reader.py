"""Reads of which things a clause asks, and which of their properties: by number, order, day, subject, or the talk."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from knowledge.places.places import Place
from knowledge.programme.cycle import Cycle
from knowledge.search.index import Hit, Index
from knowledge.text.numbers_parser import NumberedKind, is_placed, noun_pattern
from knowledge.text.words import lexicon, lexicon_pattern, normalize, phrase_pattern
from knowledge.time.zones import zone_label
from knowledge.understanding.clause import Clause, compact_pattern, without_numbers
from knowledge.understanding.query import (
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
    State,
    Talk,
    Thing,
)
from locales.localized import Language

# Calibrated on the project's own questions (`make eval`): from ANSWER on a reading is told; where the question names
# the kind of thing that it wants, HINT is enough.
ANSWER, HINT = 0.33, 0.06
_NEAR = 0.01  # what is named as the nearest, where none fits
A_LIST = 2
# How surely something is asked of a thing: nothing else is said; a subject is said, too.
CLEAR, ABOUT = 1.0, 0.55
AS_LIKELY = 0.8  # such a part of the first one's sureness makes the second as likely
_MOST_JOINTS = 5
_SAME = {"same_session": Property.SESSIONS, "same_hour": Property.HOUR, "same_day": Property.DAY}
_IN_A_SESSION: tuple[Kind, ...] = ("objective", "area", "session")
_GROUPS: tuple[Kind, ...] = ("objective", "area")
_CLAIMED = frozenset({"objective", "principle"})
OF_TIME = (Property.DAY, Property.HOUR, Property.END, Property.DURATION)
_WORDED: tuple[Asks, ...] = (*OF_TIME, Property.TOPIC)
# What was asked of sessions is asked of the next one, too, where it asks nothing itself.
CARRIED = {"objectives": Property.OBJECTIVES, "duration": Property.DURATION}
_OF_ALL = frozenset({Order.PRESENT, Order.LEFT, Order.PREVIOUS})
_LONGEST_NAME = 4  # words of what "the one on" names
_ORDERS = (
    Order.SECOND_LAST, Order.THIRD_LAST, Order.AFTER_NEXT, Order.AFTER, Order.BEFORE, Order.NEXT, Order.PREVIOUS,
    Order.LEFT, Order.LAST, Order.PRESENT, Order.OTHER,
)  # fmt: skip


@dataclass(frozen=True)
class FilterReader:
    """Reads filters and properties for one cycle; the Reader adds the ways to read a clause."""

    cycle: Cycle
    by_language: Mapping[Language, Index]

    def search(self, words: str, language: Language, kinds: Sequence[Kind], limit: int = 5) -> list[Hit]:
        """Returns the documents of those kinds that fit best."""
        return self.by_language[language].search(words, kinds, limit)

    def things(self, clause: Clause, kinds: Sequence[Kind], least: float, limit: int = 2) -> tuple[Thing, ...]:
        """Returns what the clause's subject may be, best first."""
        if clause.bare:
            return ()
        theme = without_numbers(clause.theme, clause.language) if clause.numbered else clause.theme
        if "session" in kinds:
            theme = lexicon_pattern("turns", "event", clause.language).sub(" ", f" {theme} ")
        hits = self.search(theme, clause.language, kinds, limit)
        return tuple(thing_of(hit) for hit in hits if hit.sure >= least)

    def pointed(self, clause: Clause, talk: Talk | None) -> tuple[Thing, ...]:
        """Returns what "the one on" names: what deals with the first words after it that surely fit."""
        if not clause.pointed or clause.nouns - {"session"} or (talk is not None and talk.kind == "practice"):
            return ()
        own = phrase_pattern(lexicon("personal")["whose"][clause.language])  # "lo de mi hermano" is a case of their own
        pointed = (words for words in clause.pointed if not own.match(f" {words} ", 1))
        named = (words.split()[:count] for words in pointed for count in range(1, _LONGEST_NAME + 1))
        found = [self.search(" ".join(words), clause.language, _IN_A_SESSION, 2) for words in named]
        best = max((hits for hits in found if hits), key=lambda hits: hits[0].sure, default=[])
        return tuple(thing_of(hit) for hit in best if hit.sure >= ANSWER)

    def times_a_session(self, clause: Clause, talk: Talk | None) -> bool:
        """Returns whether it asks for the hour of a session that it names: that is no question about zones."""
        orders = frozenset(_ORDERS) - {Order.PRESENT}  # "I moved, now the hours are wrong" names none
        named = clause.numbers.get("session") or clause.has(*orders) or self.pointed(clause, talk)
        return bool(named) and clause.has(*OF_TIME)

    def topic_key(self, topic: str) -> str | None:
        return next((each.key for each in self.cycle.faq if each.topic == topic), None)

    def find_filter(self, clause: Clause, talk: Talk | None) -> Filter:
        """Returns the filter of the things that are asked of."""
        pointed = self.pointed(clause, talk)
        order = _find_order(clause, named=bool(clause.numbers.get("session") or pointed))
        kind, numbers = self._numbered(clause)
        kind = kind or self._named_kind(clause, order, talk)
        subjects = self._subjects(clause, talk, kind, numbers=bool(numbers))
        if not numbers and pointed:
            kind, subjects = "session", pointed
            order = None if order in _OF_ALL else order  # "la de datos ya fue": whether that one is over
        identified = bool(clause.days or clause.weekdays or order)
        if kind == "session" and identified and subjects and (subjects[0].sure < ANSWER or order is Order.FIRST):
            subjects = ()  # words beside a day or an order name no other session
        if (not numbers or (kind == "session" and _is_checked(clause))) and (area := self._area(clause, kind)):
            kind, subjects = ("area" if kind == "objective" else kind), (Thing("area", area),)
        if order is Order.PRESENT and subjects and subjects[0].sure >= ANSWER and clause.has(*OF_TIME):
            order = None  # "which day is inclusion now": as the programme stands
        if clause.has("compare") and not numbers:
            subjects = self._compared(clause) or subjects
        chosen = bool(numbers or subjects or clause.days or clause.weekdays or order)
        open_ = not chosen and not clause.has("list", "compare")
        return Filter(
            kind, numbers, subjects, clause.days, clause.weekdays, clause.hours, clause.length, clause.count,
            _find_state(clause), order,
            placed=is_placed(numbers, clause.text, clause.language), most=_claims_most(clause),
            relative=order in {Order.AFTER, Order.BEFORE} or (clause.follows and order is not None),
            focus=open_ and (clause.follows or clause.bare) and talk is not None,
            without=clause.has("without") and not (numbers and subjects),
            sessions=tuple(clause.numbers.get("session", ())) if kind == "objective" else (),
        )  # fmt: skip

    def _subjects(self, clause: Clause, talk: Talk | None, kind: Kind | None, *, numbers: bool) -> tuple[Thing, ...]:
        """Returns the subjects that narrow what is asked of; `numbers`: it is named by its number already."""
        subjects: tuple[Thing, ...] = ()
        if kind == "session" and not (numbers and not _is_checked(clause)):
            subjects = self.things(clause, _IN_A_SESSION, HINT)
        elif kind is not None and not numbers:
            kinds: tuple[Kind, ...] = (kind,) if kind != "area" or clause.names("objective") else ("area", "objective")
            subjects = self.things(clause, kinds, _NEAR, 3)
        elif kind in _CLAIMED and _is_checked(clause):
            subjects = self.things(clause, (kind,), ANSWER, 3)  # "objective 17 is the one on racism, right?"
        pointing = (clause.bare or clause.follows) and not clause.has("list", "count")
        named = numbers or subjects or clause.days or clause.weekdays  # "and on the 29th?" is about no word told before
        if kind in _IN_A_SESSION and pointing and not named and talk is not None:
            return self._of_term(talk, clause.language, kind)
        return subjects

    def _of_term(self, talk: Talk, language: Language, kind: Kind | None) -> tuple[Thing, ...]:
        """Returns what deals with the word whose meaning was told: "which objective is that in?"."""
        term = next((each for each in self.cycle.terms if talk.kind == "term" and each.key in talk.ids), None)
        if term is None or kind is None:
            return ()
        kinds: tuple[Kind, ...] = ("objective",) if kind == "session" else (kind,)
        hits = self.search(term.name.in_(language), language, kinds, 1)
        return tuple(map(thing_of, hits))

    def sameness(self, clause: Clause) -> Query | None:
        """Returns the Query of "are those two on the same day?": of numbers, of subjects, of places, or of all."""
        asks = next((each for name, each in _SAME.items() if clause.has(name)), None)
        if asks is None and clause.has("same_there") and len(clause.places) > 1:
            asks = Property.HOUR  # "Cayenne, is it the same as Buenos Aires?"
        if asks is None or clause.has(Property.DURATION):
            return None
        if clause.names("objective") and (named := self._objective_figures(clause)):
            return Query((asks,), Filter("session", (), named), (), Form.SAME)
        numbers = clause.numbers.get("session") or self._figures(clause)
        subjects = self._compared(clause) if not numbers and (asks is Property.SESSIONS or not clause.places) else ()
        every = tuple(each.number for each in self.cycle.sessions) if clause.has("every") else ()
        if asks is Property.SESSIONS and not subjects:
            return None
        return Query((asks,), Filter("session", tuple(numbers) or every, subjects), clause.places, Form.SAME)

    def _objective_figures(self, clause: Clause) -> tuple[Thing, ...]:
        """Returns the objectives of "are objectives 7 and 17 on the same day?"; () where they are not several."""
        figures = dict.fromkeys(word for word in normalize(clause.text).split() if word.isdecimal())
        known = {str(each.number) for each in self.cycle.objectives}
        things = tuple(Thing("objective", each) for each in figures if each in known)
        return things if len(things) > 1 else ()

    def _figures(self, clause: Clause) -> tuple[int, ...]:
        """Returns the figures that are numbers of sessions."""
        figures = dict.fromkeys(int(word) for word in normalize(clause.text).split() if word.isdecimal())
        return tuple(number for number in figures if any(number == each.number for each in self.cycle.sessions))

    def _compared(self, clause: Clause) -> tuple[Thing, ...]:
        """Returns both subjects of "which comes first, remittances or data?"; () where they are not two."""
        words = normalize(clause.text)
        for section in ("same_session", "same_hour", "same_day"):
            words = lexicon_pattern("turns", section, clause.language).sub(" ", words)
        for joint in islice(lexicon_pattern("turns", "either", clause.language).finditer(words), _MOST_JOINTS):
            halves = words[: joint.start()], words[joint.end() :]
            read = [self.search(half, clause.language, _IN_A_SESSION, 1) for half in halves]
            found = tuple(thing_of(hit) for hits in read for hit in hits)
            if len(found) == A_LIST and all(each.sure >= HINT for each in found):
                return found
        return ()

    def _numbered(self, clause: Clause) -> tuple[Kind | None, tuple[int, ...]]:
        """Returns the kind of thing named by numbers, and them.

        An objective with its session is asked for as an objective.
        """
        kinds: tuple[NumberedKind, ...] = ("objective", "principle", "session")
        known = self._figures(clause)
        # "Which has more objectives, session 1 or 2": those are counted, none is named.
        counted = clause.numbers.get("session") and not (clause.numbers.get("objective") or clause.count)
        of_sessions = counted or not clause.names("objective", "principle")
        joined = clause.checks and not (clause.hours or clause.nouns) and _joins(known, clause.text)
        if (joined or clause.has("compare")) and len(known) >= A_LIST and of_sessions:
            return "session", known
        if clause.of_every and not (clause.numbered or clause.names("objective", "principle", "area", "practice")):
            return "session", tuple(each.number for each in self.cycle.sessions)
        return next(((kind, tuple(clause.numbers[kind])) for kind in kinds if clause.numbers.get(kind)), (None, ()))

    def _named_kind(self, clause: Clause, order: Order | None, talk: Talk | None) -> Kind | None:
        """Returns the kind of thing that is asked of, where no number says it."""
        dated = bool(clause.days or clause.weekdays or order)
        in_session = talk is not None and talk.kind in TALK_OF_SESSIONS and _goes_on_in(clause, talk)
        if clause.names("principle"):
            return "principle"
        most = clause.names("objective") and clause.has("compare") and clause.has("sessions", "which")
        if clause.names("session") or most:
            return "session"  # "in which are the most objectives?"
        groups = ("area",) if clause.names("area") and not clause.numbered else _GROUPS
        every = clause.names("objective") and clause.count == len(self.cycle.objectives)
        if clause.count and clause.has("open", "which") and not every:
            return "session"  # "which one has seven objectives?"
        for kind in groups:
            if clause.names(kind):
                return "session" if clause.bare and (dated or in_session) else kind
        timed = clause.has("compare", *OF_TIME, "sessions", "after", "before")
        timed = timed or clause.only_place or clause.length is not None
        turned = clause.has("topic", "which", *State) and (clause.bare or dated)
        turned = (
            turned
            or (clause.has("which") and not clause.places)
            or (bool(clause.places) and self._area(clause) is not None)
        )  # "inclusión en Quito"
        going_on = clause.bare and (clause.follows or clause.has("count")) and talk is not None
        return "session" if timed or turned or going_on or (clause.bare and dated) else None

    def _area(self, clause: Clause, kind: Kind | None = "area") -> str | None:
        """Returns the area that is called by its name, where it is of that kind or in it."""
        if kind not in {"session", "objective", "area"}:
            return None
        words = normalize(clause.text)
        areas = (area for session in self.cycle.sessions for area in session.areas)
        return next((area.key for area in areas if normalize(area.name.in_(clause.language)) in words), None)

    def find_properties(self, clause: Clause, criteria: Filter, talk: Talk | None = None) -> tuple[Asks, ...]:
        """Returns what is asked of those things, in the order of the answer."""
        if criteria.length is not None:
            return (Property.DURATION,)  # "do they last an hour?"
        found: list[Asks] = [each for each in _WORDED if isinstance(each, Property) and clause.has(each)]
        identified = (
            criteria.numbers or criteria.subjects or criteria.days or criteria.focus or criteria.order is Order.LAST
        )
        of_all = criteria.state in {State.MOVED, State.OFF} or (criteria.state is State.OVER and not criteria.order)
        if criteria.state and (identified or of_all):
            found.append(Property.STATE)
        if clause.has("without") and criteria.numbers and criteria.subjects and not criteria.without:
            found.append(Property.TOPIC)  # "besides return, what else is in session 3?"
        if criteria.kind == "session" and clause.names("objective"):
            found.append(Property.OBJECTIVES)
        if criteria.kind == "session" and clause.names("area"):
            found.append(Property.AREAS)
        goes_on = talk is not None and clause.bare and (clause.follows or clause.has("count"))
        carried = CARRIED.get(talk.kind) if talk is not None and goes_on else None
        if carried is not None:
            found.append(carried)  # "how many objectives has session 3?", "and session 4?"
        if criteria.kind in {"objective", "area"} and (clause.names("session") or clause.has(*OF_TIME, "sessions")):
            found.insert(0, Property.SESSIONS)
        if criteria.kind == "objective" and (clause.names("area")):
            found.append(Property.AREAS)
        return tuple(found) or (Property.CARD,)


def _joins(numbers: Sequence[int], text: str) -> bool:
    """Returns whether two of those numbers are named together: "are 3 and 4 in October?"."""
    found = re.search(r" (\d+) (?:and|y|e|et) (\d+) ", normalize(text))
    return found is not None and {int(found[1]), int(found[2])} <= set(numbers)


def thing_of(hit: Hit) -> Thing:
    """Returns the thing that a document is of, as surely as the document fits."""
    return Thing(hit.document.kind, hit.document.key, hit.sure)


def _find_order(clause: Clause, *, named: bool) -> Order | None:
    """Returns the order that counts: "after" and "before" beside a day are part of it; `named`: a session is."""
    orders = [each for each in _ORDERS if clause.has(each)] if clause.length is None else []
    if not _follows_one_of_a_day(clause):
        orders = [each for each in orders if not (clause.days and each in {Order.AFTER, Order.BEFORE})]
    orders = [
        each
        for each in orders
        if each not in {Order.AFTER, Order.BEFORE} or not named or _leads_to_session(clause, each)
    ]
    whole = clause.has(Property.END) and clause.has(Property.DAY) and not clause.has(Property.HOUR)
    if not (orders or named or clause.days or clause.follows or clause.nouns) and whole and clause.bare:
        return Order.LAST  # "when does the cycle end?"
    if not (orders or named or clause.days or clause.pointed) and _asks_for_beginning(clause):
        return Order.FIRST
    plain = (each for each in orders if each is not Order.LEFT or not clause.has("over"))
    return next(plain, None) or next(iter(orders), None)


def _goes_on_in(clause: Clause, talk: Talk) -> bool:
    """Returns whether "which objectives?" is asked of the session that was just told; "of the Compact" is not."""
    of_compact = compact_pattern().search(normalize(clause.text)) is not None
    asks = clause.has("open", "which", "count") and not clause.has("list") and not of_compact
    return clause.follows or (asks and len(talk.ids) == 1)


def _asks_for_beginning(clause: Clause) -> bool:
    """Returns whether it asks when the cycle begins: its day, not only the hour of each session."""
    words = normalize(clause.text)
    begins, all_, cycle = (
        lexicon_pattern("others", section, clause.language) for section in ("begins", "all_of_it", "the_cycle")
    )
    beside = re.search(rf"{begins.pattern}(?: [^ ]+){{0,3}}? {cycle.pattern}", words) is not None
    whole = clause.bare and not clause.follows and begins.search(words) and all_.search(words)
    return clause.has(Property.DAY) and bool(beside or whole)


def _follows_one_of_a_day(clause: Clause) -> bool:
    """Returns whether it is "the one after the one on the 29th": the day says which, and the order goes on from it."""
    return clause.has("the_one") and len(clause.days) == 1 and clause.days[0].first == clause.days[0].last


def _find_state(clause: Clause) -> State | None:
    """Returns the state that is asked; "is it still on or was it called off" asks whether it is on."""
    states = [each for each in State if clause.has(each)]
    either = lexicon_pattern("others", "or", clause.language).search(normalize(clause.text))
    return State.STILL if State.STILL in states and either else next(iter(states), None)


def _leads_to_session(clause: Clause, order: Order) -> bool:
    """Returns whether "after", "before" stand with the session that is named: "after the change" does not."""
    words = normalize(clause.text)
    match = lexicon_pattern("turns", order, clause.language).search(words)
    stop = frozenset(lexicon("stop")[clause.language])
    telling = (word for word in words[match.end() if match else 0 :].split() if word not in stop)
    first = next(telling, "")
    session = noun_pattern(clause.language, "session").search(f" {first} ") is not None
    named = {word for words in clause.pointed for word in words.split()}
    return not without_numbers(first, clause.language) or session or first in named


def _is_checked(clause: Clause) -> bool:
    """Returns whether it claims something that is to be checked."""
    return clause.checks or clause.has("yes_no")


def _claims_most(clause: Clause) -> bool:
    """Returns whether it claims that the first has more: no "which", no "or", no "fewer"."""
    neither = lexicon_pattern("others", "no_claim", clause.language).search(normalize(clause.text)) is not None
    return clause.has("compare") and not (clause.has("open", "which") or neither)


def find_last_place(clause: Clause, talk: Talk | None, asks: tuple[Asks, ...]) -> tuple[tuple[Place, ...], ...]:
    """Returns the place in whose hours "and session 3?" goes on, or where they have just said that they are."""
    goes_on = talk is not None and (talk.kind == TALK_OF_PLACE or (talk.kind == "time" and clause.follows))
    zone = talk.zone if talk is not None and goes_on else None
    timed = (TIMES | {Property.CARD}).issuperset(asks) and not clause.has(*State)
    return ((Place(zone_label(zone, clause.language), "", zone, "city"),),) if zone and timed else ()


def is_doubtful(things: Sequence[Thing]) -> bool:
    """Returns whether the first of them is no likelier than the second, and neither is likely."""
    if not things or things[0].sure >= ANSWER:
        return False
    return things[0].sure < HINT or (len(things) > 1 and things[1].sure >= things[0].sure * AS_LIKELY)


def form_of(clause: Clause) -> Form:
    """Returns the form in which it is asked."""
    for form in (Form.COUNT, Form.COMPARE):
        if clause.has(form):
            return form
    if clause.checks:
        return Form.YES_NO
    return Form.LIST if clause.has("list") else Form.OPEN
