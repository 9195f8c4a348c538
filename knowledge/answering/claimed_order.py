"""Reads a claim that two names are one session, or that one comes before the other: "la 3 es la última"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from knowledge.text.numbers_parser import number_words
from knowledge.text.words import lexicon, lexicon_pattern, normalize
from knowledge.understanding.clause import Clause
from knowledge.understanding.clause_times import write_is_out
from knowledge.understanding.filter_reader import OF_TIME
from knowledge.understanding.query import TALK_WITH_A_SESSION, Filter, Form, Order, Property, Query, Talk, is_of_one
from knowledge.understanding.reader import Reader
from locales.localized import Language


@dataclass(frozen=True)
class ClaimedOrder:
    """Reads such claims of one message; both sides of it must name one session each."""

    reader: Reader
    take_apart: Callable[[str], Clause]

    def read(self, clause: Clause, talk: Talk | None) -> Query | None:
        """Returns the Query of "is inclusion before governance?", "la 3 es la última"; None where none is claimed."""
        words, patterns = normalize(write_is_out(clause.text, clause.language)), _patterns(clause.language)
        if (of_talk := self._of_talk(words, talk, clause.language)) is not None:
            return of_talk
        match = next(filter(None, (pattern.fullmatch(words) for pattern in patterns)), None)
        sides = (lexicon_pattern("others", side, clause.language).search(words) for side in ("earlier", "later"))
        if match is None or clause.alternatives or all(sides):  # "before or after?" claims neither
            return None
        first, second = self.take_apart(match["first"]), self.take_apart(match["second"])
        if first.has("open", "topic", "count", *OF_TIME) or (first.nouns | second.nouns) - {"session"}:
            return None
        order = _order_of(match.groupdict().get("order"), clause.language)
        a_date = second.days and not (second.nouns or second.pointed or second.has("the_one"))
        if order is not Order.SAME and a_date:
            return None  # "is the last one after 15 November?" names no other session
        one, other = self.reader.find_one_session(first), self.reader.find_one_session(second)
        placed = _by_place(first) or _by_place(second)
        dated = bool(first.days and second.days)  # "is the one on the 23rd on 29 October?"
        timed = any(each.days or each.weekdays or each.hours for each in (first, second)) and not dated
        if one is None or other is None or (order is Order.SAME and (timed or not (placed or dated))):
            return None
        return Query((Property.CARD,), one, form=Form.YES_NO, than=(order, other))

    def _of_talk(self, words: str, talk: Talk | None, language: Language) -> Query | None:
        """Returns the Query of "is it the last one?", of the session that was talked about."""
        match = _it_is(language).fullmatch(words)
        if match is None or not is_of_one(talk, TALK_WITH_A_SESSION):
            return None
        second = self.take_apart(match["second"])
        named = (_by_place(second) or second.pointed) and not second.days
        other = self.reader.find_one_session(second) if named else None
        if other is None:
            return None
        that = Filter("session", focus=True)
        return Query((Property.CARD,), that, form=Form.YES_NO, than=(Order.SAME, other))


def _by_place(clause: Clause) -> bool:
    """Returns whether it names a session by its place, and by nothing else: "the first one", "la última"."""
    words = normalize(clause.text).split()
    numbered = any(word in number_words(clause.language).ordinal for word in words)
    return (numbered or clause.has("last")) and not clause.places


def _order_of(word: str | None, language: Language) -> Order:
    if word is None:
        return Order.SAME
    return Order.BEFORE if word in lexicon("others")["earlier"][language] else Order.AFTER


@cache
def _patterns(language: Language) -> "tuple[re.Pattern[str], ...]":
    """Returns the patterns of "X before Y", "is X the first?", "X is the first"."""
    is_, that, earlier, later = (
        "|".join(lexicon("others")[each][language]) for each in ("is", "that", "earlier", "later")
    )
    second = rf"(?P<second> (?:{that}) (?!.* (?:{that}) ).{{2,40}})"
    return (
        re.compile(rf"(?P<first> .{{2,60}}?) (?P<order>{earlier}|{later})(?P<second> .{{2,60}})"),
        re.compile(rf" (?:{is_})(?P<first> .{{2,60}}?)(?: be| is)?{second}"),
        re.compile(rf"(?P<first> .{{2,60}}?) (?:{is_})(?P<second> (?:{that}) .{{1,40}})"),
    )


@cache
def _it_is(language: Language) -> "re.Pattern[str]":
    words, that = ("|".join(lexicon("others")[each][language]) for each in ("it_is", "that"))
    first = "|".join(lexicon("meaning")["follows"][language]["first"])
    return re.compile(rf" (?:(?:{first}) )*(?:{words})(?P<second> (?:{that}) .{{2,40}})")
