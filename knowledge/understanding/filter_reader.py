"""Reads of which things a clause asks, and which of their properties: by number, order, day, subject, or the talk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.text.numbers_parser import NumberedKind, is_placed
from knowledge.text.phrases import phrase_pattern
from knowledge.text.words import lexicon, normalize
from knowledge.understanding.clause import Clause
from knowledge.understanding.clause_subject import compact_pattern
from knowledge.understanding.comparison_reader import ComparisonReader
from knowledge.understanding.order_reader import ORDERS, find_order, find_state, lists_all
from knowledge.understanding.query import (
    TALK_OF_SESSIONS,
    TALK_OF_THINGS,
    TALK_WITH_A_SESSION,
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
    is_of_one,
)
from knowledge.understanding.subject_reader import (
    A_LIST,
    ANSWER,
    IN_A_SESSION,
    claims_most,
    denies_twice,
    figures_in,
    is_checked,
    of_those,
    says,
    session_told,
)

# How surely something is asked of a thing: nothing else is said; a subject is said, too.
CLEAR, ABOUT = 1.0, 0.55
_GROUPS: tuple[Kind, ...] = ("area", "objective")
OF_TIME = (Property.DAY, Property.HOUR, Property.END, Property.DURATION)
_WORDED = (*OF_TIME, Property.TOPIC)
# What was asked of sessions is asked of the next one, too, where it asks nothing itself.
CARRIED = {
    "topic": Property.TOPIC, "objectives": Property.OBJECTIVES, "areas": Property.AREAS, "duration": Property.DURATION,
    "span": Property.SPAN,
}  # fmt: skip
_PLACES = frozenset({Order.LAST, Order.LATEST, Order.NEXT, Order.PRESENT})  # orders that name one session
_HELD = frozenset({Order.PREVIOUS, Order.LATEST})  # "which objectives came up in the last one held?"
_SHORT = 3  # words
_OF_ALL = frozenset({Order.PRESENT, Order.LEFT, Order.PREVIOUS})
_SURE_AFTER_TALK = 0.6  # how surely a few words that go on with the talk name another subject


@dataclass(frozen=True, slots=True)
class _Named:
    """What a clause names, on its way to a filter; `surely`: by pointing at it, or in a list that was told."""

    kind: Kind | None
    numbers: tuple[int, ...]
    subjects: tuple[Thing, ...]
    order: Order | None
    surely: bool


@dataclass(frozen=True)
class FilterReader(ComparisonReader):
    """Reads filters and properties for one cycle; the Reader adds the ways to read a clause."""

    def times_a_session(self, clause: Clause, talk: Talk | None) -> bool:
        """Returns whether it asks for the hour of a session that it names: that is no question about zones."""
        orders = frozenset(ORDERS) - {Order.PRESENT}  # "I moved, now the hours are wrong" names none
        named = clause.numbers.get("session") or clause.has(*orders) or self.pointed(clause, talk)
        return bool(named) and clause.has(*OF_TIME)

    def topic_key(self, topic: str) -> str | None:
        return next((each.key for each in self.cycle.faq if each.topic == topic), None)

    def find_filter(self, clause: Clause, talk: Talk | None) -> Filter:
        """Returns the filter of the things that are asked of."""
        named = self._narrow_subjects(self._read_names(clause, talk), clause, talk)
        kind, numbers, subjects, order = named.kind, named.numbers, named.subjects, named.order
        surely = bool(subjects) and subjects[0].sure >= ANSWER
        days, weekdays = clause.days, clause.weekdays
        if clause.alternatives and not clause.has("compare"):  # "is it 2 or 4?" claims neither
            numbers = () if surely and len(numbers) > 1 and kind == "session" else numbers
            days, weekdays = ((), ()) if numbers or surely else (days, weekdays)
        subjects = () if numbers and subjects and self.leaves_open(clause) else subjects
        if clause.has("without") and not numbers and (of := self.kept_of(clause)):
            kind, numbers, subjects = "session", of, ()  # "the objectives of the one on inclusion, but not protection"
        besides = self.left_out(clause, numbers) if kind == "session" and clause.has("without") else ()
        claimed = session_told(self.cycle, talk) is not None and claims_of_told(clause)
        chosen = bool(numbers or subjects or ((clause.days or clause.weekdays) and not claimed) or order)
        open_ = not (chosen or clause.has("compare") or lists_all(clause, kind, talk, len(self.cycle.sessions)))
        all_named = len(numbers) > 1 and clause.count == len(numbers)  # "the first three objectives" claims no number
        return Filter(
            "session" if claimed else kind, numbers, subjects, days, weekdays,
            () if clause.length else clause.hours, clause.length, None if all_named else clause.count,
            find_state(clause), order,
            placed=is_placed(numbers, clause.text, clause.language), most=claims_most(clause),
            as_many=clause.has("compare") and says(clause, "same_number"),
            relative=order in {Order.AFTER, Order.BEFORE} or (clause.follows and order is not None),
            focus=open_ and (clause.follows or clause.bare or clause.only_place) and _of_things(talk),
            without=not (claimed or besides) and _leaves_out(clause, numbers, subjects, order),
            outside=bool(days or weekdays) and denies_twice(clause), besides=besides,
            sessions=self.sessions_claimed(clause) if kind == "objective" and numbers and not all_named else (),
        )  # fmt: skip

    def find_one_session(self, clause: Clause) -> Filter | None:
        """Returns the filter of the one session that a few words name: "la de inclusión", "session 2", "the 29th"."""
        criteria = self.find_filter(clause, None)
        a_day = len(criteria.days) == 1 and criteria.days[0].first == criteria.days[0].last
        by_name = criteria.numbers or criteria.order is Order.LAST or a_day
        sure = criteria.subjects and criteria.subjects[0].sure >= ANSWER
        if criteria.kind in {None, "session"} and (by_name or sure):
            return replace(criteria, kind="session", hours=())
        about = self.called(clause)
        return Filter("session", subjects=about) if about and criteria.kind is None else None

    def _read_names(self, clause: Clause, talk: Talk | None) -> "_Named":
        """Returns what is named: by number, by one subject or two, by its place in an order or in a list."""
        pointed = self.pointed(clause, talk)
        if (claimed := self._claimed_in(clause, talk)) is not None:
            return claimed
        if (placed := self.claimed_place(clause)) is not None:
            numbers, order, thing = placed
            return _Named("session", numbers, (thing,), order, surely=True)
        if not clause.alternatives and (several := self.counted_from_an_end(clause)) is not None:
            return _Named(*several, (), None, surely=True)
        talked = is_of_one(talk, TALK_OF_SESSIONS)
        order = find_order(clause, named=bool(clause.numbers.get("session") or pointed), talked=talked)
        kind, numbers = self._numbered(clause)
        kind = kind or self._named_kind(clause, order, talk)
        subjects = self.subjects(clause, talk, kind, numbers=bool(numbers))
        joined = () if numbers or kind not in {None, "session"} else self.joined(clause)
        if joined and (kind == "session" or pointed):
            kind, subjects = "session", joined
        elif not numbers and pointed:
            kind, subjects = "session", pointed
            order = None if order in _OF_ALL else order  # "la de datos ya fue": whether that one is over
        elif not (numbers or order or kind) and (about := self._about_talk(clause, talk)):
            return about  # "is it about data?"
        elif not (numbers or order) and _claims_of_one(clause, kind) and (named := self.called(clause)):
            kind, subjects = "session", named  # "inclusion is on a Thursday, isn't it?"
        if those := of_those(clause, talk, numbers, order):
            return _Named("session", those, (), None, surely=True)
        return _Named(kind, numbers, subjects, order, surely=bool(joined or pointed))

    def _claimed_in(self, clause: Clause, talk: Talk | None) -> "_Named | None":
        """Returns the session that is named otherwise than by its number, and the objective that is claimed of it."""
        if talk is not None and talk.kind == "term" and claims_of_told(clause):
            return _Named("session", (), self._of_term(talk, clause.language, "session"), None, surely=True)
        objectives = clause.numbers.get("objective", ())
        if len(objectives) != 1 or clause.numbers.get("session") or not clause.checks:
            return None
        order = find_order(clause, named=False)
        of_talk = is_of_one(talk, TALK_OF_SESSIONS) and (clause.follows or not clause.names("session"))
        named = clause.days or order in _PLACES or of_talk
        if not named or self.sessions_claimed(clause):
            return None
        talked = tuple(int(each) for each in talk.ids) if talk is not None and not (clause.days or order) else ()
        return _Named("session", talked, (Thing("objective", str(objectives[0])),), order, surely=True)

    def _about_talk(self, clause: Clause, talk: Talk | None) -> "_Named | None":
        """Returns the session that was talked about, and what it is claimed to be about."""
        asks = clause.checks and clause.has("deals_with", "topic", "about_it") and not clause.nouns
        if not (asks and is_of_one(talk, TALK_OF_SESSIONS)):
            return None
        subjects = self.things(clause, IN_A_SESSION, ANSWER, 1)
        return _Named("session", tuple(map(int, talk.ids)), subjects, None, surely=True) if subjects else None

    def _narrow_subjects(self, named: "_Named", clause: Clause, talk: Talk | None) -> "_Named":
        """Returns the same without subjects that only resemble one, and with an area that is called by its name."""
        subjects, order = named.subjects, named.order
        weak = bool(subjects) and subjects[0].sure < ANSWER
        sizes = {"principle": len(self.cycle.principles), "objective": len(self.cycle.objectives)}
        all_of_kind = clause.count is not None and clause.count == sizes.get(named.kind or "")
        if all_of_kind:
            subjects = ()  # "énumérez-moi les dix principes"
        if named.kind == "session" and (clause.days or clause.weekdays or order) and weak:
            subjects = ()  # words beside a day or an order name no other session
        named = replace(named, subjects=subjects)
        if (area := self._area_of(named, clause)) is not None:
            named = replace(named, kind="area" if named.kind == "objective" else named.kind, subjects=(area,))
        if order is Order.PRESENT and named.subjects and named.subjects[0].sure >= ANSWER and clause.has(*OF_TIME):
            named = replace(named, order=None)  # "which day is inclusion now": as the programme stands
        if clause.has("compare") and (compared := self.compared(clause)):
            named = replace(named, kind="session", subjects=compared)
        # "And there, towards what hour do I log in?" is no other subject; "which weekday is each session?" is of all.
        open_ended = clause.has("every") or (is_of_one(talk, TALK_WITH_A_SESSION) and clause.follows)
        vague = bool(named.subjects) and named.subjects[0].sure < _SURE_AFTER_TALK and not named.surely
        return replace(named, subjects=()) if open_ended and vague else named

    def _area_of(self, named: "_Named", clause: Clause) -> Thing | None:
        """Returns the area that is called by its name, where no number and no two subjects say more."""
        two = len(named.subjects) > 1 and named.surely and named.subjects[0].sure == named.subjects[1].sure
        asked = not named.numbers or (named.kind == "session" and is_checked(clause))
        key = self.area_called(clause, named.kind) if asked and not two else None
        return None if key is None else Thing("area", key)

    def _numbered(self, clause: Clause) -> tuple[Kind | None, tuple[int, ...]]:
        """Returns the kind of thing named by numbers, and them: of an objective and its session, the objective."""
        kinds: tuple[NumberedKind, ...] = ("objective", "principle", "session")
        known = self.figures(clause)
        pair = re.search(r" (\d+) (?:and|y|e|et) (\d+) ", normalize(clause.text))  # "are 3 and 4 in October?"
        joined = pair is not None and {int(pair[1]), int(pair[2])} <= set(known)
        joined = joined and clause.checks and not (clause.hours or clause.nouns)
        if (joined or clause.has("compare")) and len(known) >= A_LIST:
            return "session", known
        if clause.names("objective") and says(clause, "differs"):
            return "objective", tuple(map(int, dict.fromkeys(figures_in(clause))))
        if clause.of_every and not (clause.numbered or clause.names("objective", "principle", "area", "practice")):
            return "session", tuple(each.number for each in self.cycle.sessions)
        return next(((kind, tuple(clause.numbers[kind])) for kind in kinds if clause.numbers.get(kind)), (None, ()))

    def _named_kind(self, clause: Clause, order: Order | None, talk: Talk | None) -> Kind | None:
        """Returns the kind of thing that is asked of, where no number says it."""
        dated = bool(clause.days or clause.weekdays or order)
        in_session = talk is not None and talk.kind in TALK_OF_SESSIONS and _goes_on_in(clause, talk)
        if clause.names("principle"):
            return "principle"
        most = clause.names("objective") and clause.has("compare") and clause.has("sessions", "which", "open")
        counted = clause.count and (clause.days or clause.weekdays or (clause.bare and clause.checks))
        about = clause.checks and order in _PLACES and clause.has("about_it", "deals_with")
        more = says(clause, "what_else") and clause.follows and is_of_one(talk, TALK_OF_SESSIONS)
        if clause.names("session") or most or (not clause.nouns and (counted or about or more)):
            return "session"  # "in which are the most objectives?", "¿hay 4 en total?", "is the last one about data?"
        if clause.has("open", "which") and clause.count not in {None, len(self.cycle.objectives)}:
            return "session"  # "which one has seven objectives?"
        for kind in _GROUPS:
            if clause.names(kind):
                then = clause.days or clause.weekdays or order in _HELD or (clause.bare and (order or in_session))
                return "session" if then else kind
        timed = clause.has("compare", "clash", *OF_TIME, "sessions", "after", "before") or clause.only_place
        turned = (
            clause.has("which")
            or (clause.has("missed") and bool(clause.days))
            or (clause.has("topic", *State) and (clause.bare or dated))
        )
        turned = turned or (bool(clause.places) and self.area_called(clause) is not None)  # "inclusión en Quito"
        going_on = clause.bare and (clause.follows or clause.has("count", "list", "named")) and _of_things(talk)
        counted = clause.bare and clause.has("count", "list", "other") and not clause.has(*OF_TIME, "which", "sessions")
        if counted and talk is not None and talk.kind in {"objective", "principle"}:
            return "principle" if talk.kind == "principle" else "objective"  # "and how many are there?"
        return "session" if timed or turned or going_on or (clause.bare and (dated or clause.length)) else None

    def find_properties(self, clause: Clause, criteria: Filter, talk: Talk | None = None) -> tuple[Asks, ...]:
        """Returns what is asked of those things, in the order of the answer."""
        if criteria.length is not None:
            return (Property.DURATION,)  # "do they last an hour?"
        found: list[Asks] = [each for each in _WORDED if clause.has(each) and not _counts_objectives(clause, each)]
        identified = criteria.numbers or criteria.subjects or criteria.days or criteria.focus
        identified = identified or criteria.order in {Order.LAST, Order.LATEST}
        of_all = criteria.state in {State.MOVED, State.OFF} or (criteria.state is State.OVER and not criteria.order)
        if criteria.state and (identified or of_all):
            found = [each for each in found if each is not Property.HOUR or criteria.state is not State.BEGUN]
            found.append(Property.STATE)
        if clause.has("without") and criteria.numbers and criteria.subjects and not criteria.without:
            found.append(Property.TOPIC)  # "besides return, what else is in session 3?"
        named = criteria.focus and clause.has("named") and clause.bare  # "what is it called?"
        named = named or (criteria.kind == "session" and says(clause, "what_else"))
        if named or (criteria.kind == "session" and criteria.numbers and self.leaves_open(clause)):
            found.append(Property.TOPIC)
        more = not found and clause.has("compare") and says(clause, "has_more")  # "which one has fewer?"
        if criteria.kind == "session" and (clause.names("objective") or (more and not clause.names("area"))):
            found.append(Property.OBJECTIVES)
        if criteria.kind == "session" and clause.names("area"):
            found.append(Property.AREAS)
        if not found and (carried := _carried(clause, criteria, talk)) is not None:
            found.append(carried)  # "how many objectives has session 3?", "and session 4?"
        in_session = clause.names("session") or criteria.sessions or clause.has(*OF_TIME, "sessions")
        if criteria.kind in {"objective", "area"} and in_session:
            found.insert(0, Property.SESSIONS)
        if criteria.kind == "objective" and (clause.names("area")):
            found.append(Property.AREAS)
        return tuple(found) or (Property.CARD,)


def ask_of_sessions(clause: Clause, criteria: Filter) -> Query:
    """Returns the Query of the times that a clause asks of those sessions, else of all there is of them.

    Where an hour is asked, it is told in the place that the clause names.
    """
    asks = tuple(each for each in Property if each in TIMES and clause.has(each)) or (Property.CARD,)
    return Query(asks, criteria, clause.places if Property.HOUR in asks else ())


def _counts_objectives(clause: Clause, asked: Asks) -> bool:
    """Returns whether a word for an hour is none: "¿cuántos objetivos toca la 3?"."""
    return asked is Property.HOUR and clause.has("count") and clause.names("objective")


def _leaves_out(clause: Clause, numbers: Sequence[int], subjects: Sequence[Thing], order: Order | None) -> bool:
    """Returns whether all but those are meant."""
    dated = bool(clause.days or clause.weekdays)
    denied = clause.checks and dated  # "¿la 3 no es en octubre?"
    nothing = order is Order.LEFT and not (numbers or subjects or dated)  # "¿qué sesiones faltan?"
    return clause.has("without") and not (nothing or (numbers and (subjects or denied)))


def _carried(clause: Clause, criteria: Filter, talk: Talk | None) -> Property | None:
    """Returns what was asked of the sessions that were told, where the clause asks nothing itself."""
    goes_on = clause.follows or clause.elliptical or (clause.bare and clause.has("count", "which", "list"))
    claimed = criteria.focus and (criteria.days or criteria.weekdays or criteria.hours)  # "is that on a Tuesday?"
    counts = clause.has("count") and clause.names("session")  # "how many sessions in November?"
    says_more = claimed or counts or clause.places or not (clause.bare or clause.pointed)
    if talk is None or not goes_on or criteria.kind != "session" or says_more:
        return None
    return CARRIED.get(talk.kind)


def _claims_of_one(clause: Clause, kind: Kind | None) -> bool:
    """Returns whether it claims a time or a number of a session that it may call by its name."""
    timed = (clause.days or clause.weekdays or clause.hours) and not clause.nouns - {"session"}
    return kind in {None, "session"} and (clause.checks or clause.alternatives) and bool(timed or clause.count)


def _of_things(talk: Talk | None) -> bool:
    return talk is not None and talk.kind in TALK_OF_THINGS


def claims_of_told(clause: Clause) -> bool:
    """Returns whether a day or an hour is claimed of what was just told: "don't say that's a Monday"."""
    others = ("list", "which", "count", "sessions", "every", "other", "the_one")  # "celle du 5 tombe un vendredi ?"
    asks_others = clause.nouns or clause.numbered or clause.has(*others) or says(clause, "on_that_day")
    words = normalize(clause.text)
    copula = phrase_pattern(lexicon("meaning")["follows"][clause.language]["copula"]).search(words)
    claims = clause.days or clause.weekdays or clause.hours
    # "E a do dia 5?" goes on to another session: only "é" is a verb.
    is_verb = copula is not None and not (clause.language == "pt" and clause.text.lower().startswith("e "))
    any_day = clause.weekdays and re.search(r" (?:a|un|uma|um|una) ", words) is not None  # "quoi, un samedi ?"
    concludes = clause.follows and (clause.has("without") or says(clause, "asks_if_so"))  # "so not on Wednesday?"
    claimed = clause.points or is_verb or any_day or concludes
    return bool(claims and not asks_others and claimed)


def _goes_on_in(clause: Clause, talk: Talk) -> bool:
    """Returns whether "which objectives?" is asked of the session that was just told; "of the Compact" is not."""
    of_compact = compact_pattern().search(normalize(clause.text)) is not None
    short = len(normalize(clause.text).split()) <= _SHORT  # "its objectives?", "los objetivos"
    asks = (clause.has("open", "which", "count") or short) and not clause.has("list") and not of_compact
    return clause.follows or (asks and len(talk.ids) == 1)


def form_of(clause: Clause) -> Form:
    """Returns the form in which it is asked."""
    if clause.has("compare") and len(clause.numbers.get("session", ())) > 1:
        return Form.COMPARE  # "how many has 3 compared to 1": no sum
    claims = clause.length is not None and not clause.has("open", "which")  # "does it last more than an hour"
    if claims or (clause.count and clause.has("yes_no") and not clause.has("open", "which", "compare")):
        return Form.YES_NO  # "são cinco encontros ao todo, confere?"
    for form in (Form.COUNT, Form.COMPARE):
        if clause.has(form):
            return form
    if clause.checks:
        return Form.YES_NO
    return Form.LIST if clause.has("list") else Form.OPEN
