"""Reads a claim that two names are one session, or that one comes before the other: "la 3 es la última"."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from knowledge.text.message_splitting import split_series
from knowledge.text.numbers_parser import noun_pattern, number_words
from knowledge.text.phrases import lexicon_pattern
from knowledge.text.words import lexicon, normalize
from knowledge.understanding.clause import Clause, words_left
from knowledge.understanding.clause_times import write_is_out
from knowledge.understanding.filter_reader import OF_TIME
from knowledge.understanding.query import Filter, Form, Order, Property, Query, Talk
from knowledge.understanding.reader import Reader
from knowledge.understanding.subject_reader import ANSWER, session_told
from locales.localized import Language

_MOST_CLAIMS = 4


@dataclass(frozen=True)
class ClaimedOrder:
    """Reads such claims of one message; both sides of it must name one session each."""

    reader: Reader
    take_apart: Callable[[str], Clause]

    def read(self, clause: Clause, talk: Talk | None) -> list[tuple[Query, Clause]]:
        """Returns what is claimed, and where: of two names, or one session after the other; [] for nothing of it."""
        ordered = self._in_order(clause, talk)
        return [(ordered, clause)] if ordered is not None else self._each(clause)

    def _in_order(self, clause: Clause, talk: Talk | None) -> Query | None:
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

    def _each(self, clause: Clause) -> list[tuple[Query, Clause]]:
        """Returns each claim of "session 3 is on trafficking and 4 on data, right?"; [] where it is not so built."""
        series = split_series(clause.text, clause.language, _MOST_CLAIMS, _MOST_CLAIMS) if clause.checks else ()
        for texts in series:
            parts = [self.take_apart(each) for each in texts]
            read = [self._claim_of_one(replace(each, asked=each.asked | {"yes_no"})) for each in parts]
            if all(read) and len({each.criteria.numbers for each in read if each}) == len(read):
                return [(query, part) for query, part in zip(read, parts, strict=True) if query]
        return []

    def _claim_of_one(self, part: Clause) -> Query | None:
        """Returns the Query of what is claimed of the one session that the part names by its number."""
        criteria = self.reader.find_filter(part, None)
        about = criteria.subjects and criteria.subjects[0].sure >= ANSWER
        claims = (about or criteria.days or criteria.weekdays) and not part.has("open", "topic", "count", *OF_TIME)
        of_one = criteria.kind == "session" and len(criteria.numbers) == 1 and criteria.order is None
        return Query((Property.CARD,), criteria, form=Form.YES_NO) if of_one and claims else None

    def _of_talk(self, words: str, talk: Talk | None, language: Language) -> Query | None:
        """Returns the Query of "is it the last one?", "session 3 then?", of the session that was talked about."""
        match = _it_is(language).fullmatch(words)
        if match is None or session_told(self.reader.cycle, talk) is None or talk is None:
            return None
        if not (match["is"] or lexicon_pattern("others", "asks_if_so", language).search(words)):
            return None
        second = self.take_apart(match["second"])
        # What was called by its number is not claimed to be another number.
        found = talk.found_by is not None or talk.kind == "objective"
        numbered = found and second.numbers["session"] and not words_left(second)
        named = (numbered or (match["is"] and (_by_place(second) or second.pointed))) and not second.days
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
    words, that, tags = ("|".join(lexicon("others")[each][language]) for each in ("it_is", "that_or_in", "asks_if_so"))
    first = "|".join(lexicon("meaning")["follows"][language]["first"])
    noun = noun_pattern(language, "session").pattern
    second = rf"(?:{that}) .{{1,40}}?|(?<= ){noun} .{{1,12}}?"
    return re.compile(rf" (?:(?:{first}|{tags}) )*(?P<is>(?:{words}) )?(?P<second>{second})(?: (?:{tags}))* ")
