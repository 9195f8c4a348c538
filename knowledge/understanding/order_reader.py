"""Reads the order of sessions that a clause names (next, last, left), how they stand, and whether all are meant."""

import re
from collections.abc import Collection
from functools import cache

from knowledge.text.message_splitting import OR
from knowledge.text.numbers_parser import noun_pattern
from knowledge.text.phrases import lexicon_pattern
from knowledge.text.words import lexicon, normalize
from knowledge.understanding.clause import Clause
from knowledge.understanding.query import TALK_OF_SESSIONS, Kind, Order, Property, State, Talk, is_of_one
from knowledge.understanding.subject_reader import A_LIST, claimed_end, says
from locales.localized import Language

ORDERS = (
    Order.SECOND_LAST, Order.THIRD_LAST, Order.AFTER_NEXT, Order.AFTER, Order.BEFORE, Order.NEXT, Order.PREVIOUS,
    Order.LEFT, Order.LAST, Order.PRESENT, Order.OTHER,
)  # fmt: skip


def find_order(clause: Clause, *, named: bool, talked: bool = False) -> Order | None:
    """Returns the first order that it names; `named`: a session is named as well, `talked`: one was talked about."""
    if _asks_what_is_to_come(clause):
        return Order.LEFT
    orders = [each for each in ORDERS if clause.has(each) and (clause.length is None or each is Order.LAST)]
    one = named or (talked and not says(clause, "the_cycle"))
    orders = [each for each in orders if not _is_no_order(each, clause, named=one, others=orders)]
    if not (orders or one or clause.days) and clause.bare and clause.has(State.BEGUN) and clause.checks:
        return Order.PRESENT  # "has it started?"
    if clause.days and clause.checks and not named and (end := claimed_end(clause)) is not None:
        return end
    if talked and clause.has(Property.END) and (clause.has("open") or clause.hours):
        orders = [each for each in orders if each is not Order.LEFT]  # "when is it over?"
    whole = clause.has(Property.END) and clause.has(Property.DAY)
    of_one = clause.follows or one
    if not (orders or named or clause.days or of_one or clause.nouns) and whole:
        return Order.LAST  # "when does the cycle end?"
    if not (orders or named or clause.days or clause.pointed) and _asks_for_beginning(clause):
        return Order.FIRST
    order = next(iter(orders), None)
    was = order is Order.LAST and says(clause, "was") and not (named or clause.has(State.MOVED, State.OFF, "compare"))
    return Order.LATEST if was else order  # "the last one you held"


def _is_no_order(order: Order, clause: Clause, *, named: bool, others: Collection[Order]) -> bool:
    """Returns whether the word for that order says something else beside what the clause asks."""
    counted = clause.has("which", "count")
    match order:
        case Order.LAST:  # "how long does session 3 last"
            lasting = clause.has(Property.DURATION) or clause.length is not None
            verb = clause.language == "en" and " the last " not in normalize(clause.text)
            return lasting and bool(named or clause.days or verb)
        case Order.PRESENT:  # "what have I missed up to now?", "has session 2 already begun?"
            return clause.has(State.OVER) or (named and clause.has(State.BEGUN))
        case Order.LEFT:  # "which are already over?", "session 2, is it over?"
            of_those = counted or (named and clause.checks)
            return of_those and clause.has(State.OVER) and not _says_left(clause)
        case Order.PREVIOUS:  # "has it already happened?"
            return named and clause.checks and clause.has(State.OVER)
        case Order.NEXT | Order.BEFORE:  # "which are left, of those to come?", "o que vem pela frente?"
            return (counted or clause.has("open", "list")) and Order.LEFT in others
        case _:
            return False


def _says_left(clause: Clause) -> bool:
    """Returns whether it asks what is left in words that do not only ask whether something is over."""
    words = lexicon_pattern("asks", State.OVER, clause.language).sub(" ", normalize(clause.text))
    return lexicon_pattern("turns", "left", clause.language).search(words) is not None


def _asks_what_is_to_come(clause: Clause) -> bool:
    """Returns whether it asks for the sessions that are not over: "which ones haven't taken place yet?"."""
    return clause.has(State.OVER) and clause.has("which", "count") and says(clause, "not_yet")


def lists_all(clause: Clause, kind: Kind | None, talk: Talk | None, sessions: int) -> bool:
    """Returns whether all there are is asked for; "list them" is of what was told, "which of the four?" of one."""
    if clause.has(State.OVER) and clause.has("which", "count") and not _asks_what_is_to_come(clause):
        return True  # "which ones have I missed?"
    one = talk is not None and (is_of_one(talk, TALK_OF_SESSIONS) or talk.before is not None)
    if one and clause.has(Property.DAY, Property.HOUR) and says(clause, "the_dates") and not clause.points:
        return True  # "what are the dates?", after one session
    counted = talk is not None and talk.kind in {"objectives", "areas"}
    # Its meaning adds the noun to the clause, so the text is looked at: "list them" names no sessions.
    several = talk is not None and talk.kind in TALK_OF_SESSIONS and A_LIST <= len(talk.ids) < sessions
    named = clause.has("every") or noun_pattern(clause.language, "session").search(normalize(clause.text)) is not None
    of_those = counted or (several and not named)
    return clause.has("list") and not (of_those or (clause.has("which") and kind != "objective"))


def _asks_for_beginning(clause: Clause) -> bool:
    """Returns whether it asks when the cycle begins: its day, not only the hour of each session."""
    words = normalize(clause.text)
    begins, all_, cycle = (
        lexicon_pattern("others", section, clause.language) for section in ("begins", "all_of_it", "the_cycle")
    )
    beside = re.search(rf"{begins.pattern}(?: [^ ]+){{0,3}}? {cycle.pattern}", words) is not None
    on = clause.follows and not cycle.search(words)  # "all this" points at nothing that was told
    whole = clause.bare and not on and begins.search(words) and all_.search(words)
    return clause.has(Property.DAY) and bool(beside or whole)


def find_state(clause: Clause) -> State | None:
    """Returns the state that is asked; "is it still on or was it called off" asks whether it is on.

    "Was it moved or called off?" claims neither, "is it over by four?" an hour, and "when is it over?" asks one.
    """
    of_hours = clause.hours or (clause.has(Property.END) and clause.has(Property.DAY, Property.HOUR))
    asked = [each for each in State if clause.has(each) and (each is not State.BEGUN or clause.checks)]
    if clause.checks and not of_hours and _has_ended(clause.language).search(normalize(clause.text)):
        return State.OVER
    claimed = {State.OVER, State.BEGUN} if of_hours else set()
    claimed |= {State.STILL} if clause.hours else set()  # "still 1 pm for the third?"
    states = [each for each in asked if each not in claimed]
    if _asks_what_is_to_come(clause):
        states = [each for each in states if each is not State.OVER]
    either = not frozenset(OR[clause.language]).isdisjoint(normalize(clause.text).split())
    if clause.checks and either and {State.MOVED, State.OFF}.issubset(states):
        return None
    return State.STILL if State.STILL in states else next(iter(states), None)


@cache
def _has_ended(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of "is session 2 over?", with the name of the session between the words."""
    return re.compile("|".join(lexicon("others")["has_ended"][language]))
