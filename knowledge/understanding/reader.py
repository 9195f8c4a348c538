"""Reads a clause as a Query: every way to read it says how surely it is meant, and the surest is taken."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.programme.cycle import Faq
from knowledge.search.index import Hit
from knowledge.text.phrases import phrase_pattern
from knowledge.text.words import lexicon, normalize
from knowledge.understanding import care
from knowledge.understanding.clause import Clause
from knowledge.understanding.filter_reader import ABOUT, CLEAR, OF_TIME, form_of
from knowledge.understanding.order_reader import find_state
from knowledge.understanding.practice_reader import TIMED, is_next_country
from knowledge.understanding.query import (
    TALK_OF_SESSIONS,
    TALK_OF_SPAN,
    TALK_WITH_A_SESSION,
    TIMES,
    Asks,
    Filter,
    Form,
    Kind,
    Mood,
    Order,
    Property,
    Query,
    State,
    Talk,
    Thing,
    Wish,
    checks_no_hour,
    is_of_one,
    two_sessions,
)
from knowledge.understanding.subject_reader import (
    A_LIST,
    ANSWER,
    asked_word,
    asks_for_meaning,
    asks_whether_to_come,
    says,
    thing_of,
    without_meaning,
)
from knowledge.understanding.talk_reader import find_last_place
from knowledge.understanding.wish_reader import WISH_TOPICS, WishReader, find_wishes, names_topic, words_of_entry

_VAGUE = 0.3  # how surely something is asked of a thing where words are left unread
_WORDED_TOPIC = 0.9  # who speaks, or in which language, by its own words
_WORDED_SURE = 0.76  # a wish by its own words
_ONE_WORD = 0.5  # of a summary that has one word of a yes-or-no question
_WHOLE_NAME = 0.75  # of a thing that is called by its whole name of several words
_TIMED_SUBJECT = 0.7  # of a subject whose day or hour is asked: its session is meant rather
_WEAK = 0.2  # a subject that is less surely meant settles nothing
_MOST, _SURE_TERM = 0.6, 0.9  # the part of a question for a meaning that a term must cover, and what that proves

_CONTENT: tuple[Kind, ...] = ("objective", "principle", "practice", "area", "session", "term")
# Topics of the FAQ that ask for what is told from the programme, or wish for something.
_TOPICS: Mapping[str, tuple[Asks, ...]] = {
    "dates": (Property.DAY, Property.HOUR), "duration": (Property.DURATION,), "themes": (Property.TOPIC,),
    "objectives_by_session": (Property.AREAS,), "objectives_how_many": (Property.OBJECTIVES,),
    "principles_how_many": (Property.PRINCIPLES,), "personal_case": (Mood.PERSONAL,), "emergency": (Mood.URGENT,),
}  # fmt: skip
# Two of one family are one wish, put in other words.
_FAMILIES = (
    {"registration", "change_registration", "capacity"}, {"cancel_registration", "stop_reminders", "changes"},
    {"privacy", "delete_data", "bot_reads"}, {"timezone", "clock_change"}, {"reminders", "stop_reminders"},
)  # fmt: skip
_CAREFUL_WORDS, _FEW_CAREFUL = 3, 2  # of an entry on danger: of its line by chance, or of the whole line
_FEW_WORDS = 6
_OTHERWISE = (Property.DAY, Property.HOUR, Property.TOPIC, "which", "sessions")  # asked after the days until a session
_ENTRIES = 4  # of the FAQ that are looked at: the first that may be meant is taken
_OF_HOURS = TIMES | {Property.CARD, Property.STATE}  # what is asked in the hours of a place
# "A qué hora es" never asks what time it is; "¿y qué hora es?" does not after something that has an hour.
_AT_WHAT_TIME = re.compile(r"\b(?:(?:a|à|hasta|at[eé]) (?:qu[eé]|q|quelle) h|at what time)")
_AND_WHAT_TIME = re.compile(r"\b(?:y|e) (?:qu[eé]|q) h")
_OF_ZONES = frozenset({"timezone", "clock_change"})


@dataclass(frozen=True)
class Reader(WishReader):
    """Reads clauses about one cycle; pure."""

    def read(self, clause: Clause, talk: Talk | None = None) -> Query:
        """Returns the surest reading; a Query that asks nothing where none is sure enough."""
        if self.goes_on_to_subject(clause, talk):
            clause = replace(clause, pointed=(clause.beside,), asked=clause.asked | {"the_one"})
        # "Mi prima quiere ver la de datos, ¿a qué hora?" is no case of hers.
        timed = clause.has(*OF_TIME) or clause.days or clause.weekdays
        the_one = clause.has("the_one") or " one " in normalize(clause.text)  # "I must talk about asylum" is no session
        ours = clause.mood is Mood.PERSONAL and (
            (timed and the_one and self.pointed(clause, talk)) or asks_whether_to_come(clause)
        )
        if clause.mood is not None and not ours:
            return Query((clause.mood,))
        if (term := self._numbered_term(clause)) is not None:
            return term
        beyond = self._beyond(clause)
        if beyond is None and (same := self.sameness(clause, talk)) is not None:
            return _with_talk(same, clause, talk)
        readings = [each for each in self._readings(clause, talk) if each.sure >= ANSWER]
        best = self.of_the_sessions(max(readings, key=lambda each: each.sure, default=Query(sure=0.0)), talk)
        of_one_day = not TIMES.isdisjoint(best.asks) and (best.criteria.numbers or best.criteria.days)
        return beyond if beyond is not None and not of_one_day else best

    def _readings(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        yield from self.of_wish(clause, talk)
        yield from self.around_wishes(clause, talk)
        yield from self._span(clause, talk)
        yield from self.of_entry(clause, talk)
        yield from self.onward(clause, talk)
        yield from self.of_told(clause, talk)
        yield from self.one_of_a_list(clause, talk)
        yield from self.all_discussed(clause)
        yield from self.discussed_there(clause, talk)
        yield from self._page(clause)
        yield from self._definition(clause)
        yield from self.attending(clause)
        yield from self._worded(clause, talk)
        yield from self.found_by(clause, talk)
        yield from self.of_talk(clause, talk)
        yield from self.of_practice(clause, talk)
        yield from self._thing(clause, talk)
        yield from self.read_practices(clause, talk)
        yield from self._entry(clause, talk)
        yield from self.there_too(clause, talk)
        yield from self._subject(clause)

    # What is not the cycle's

    def _beyond(self, clause: Clause) -> Query | None:
        words = normalize(clause.text)
        if clause.numbered:
            return Query((Mood.BEYOND,)) if care.mentions("frameworks", words) else None  # "ODS 10"
        if clause.names("objective", "principle", "practice", "area"):
            return None
        asks_time = clause.has("day", "hour", "next", "last", "previous") and not clause.has("sessions")
        if asks_time and care.names_later_year(words, max(each.starts_at.year for each in self.cycle.sessions)):
            return Query((Mood.BEYOND,))
        beyond = care.is_beyond(
            words, count=clause.has("count"), asks_time=asks_time,
            names_session=clause.names("session"),
        )  # fmt: skip
        if not beyond:
            return None
        forum = self.topic_key("review_forum") if asks_time and care.mentions("forum", words) else None
        return Query((Mood.BEYOND,), entry=forum or "")

    def _span(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields "how many days between 3 and 4?", "how many hours in total?", "how long until it starts?"."""
        others = clause.names("objective", "principle", "practice", "area")
        goes_on = talk is not None and talk.kind == TALK_OF_SPAN and clause.follows and not clause.has(*_OTHERWISE)
        if not (clause.has("span") or goes_on) or others or find_wishes(clause):
            return
        criteria = self._ends_of_span(clause, talk, until=goes_on or says(clause, "until"))
        half = len(criteria.numbers) == 1 and says(clause, "between")  # the other one is still to be named
        asks = (Property.SPAN, *((Property.END,) if clause.has(Property.END) else ()))
        yield Query(asks, criteria, form=Form.COUNT, sure=_VAGUE if half else 1.0)

    def _ends_of_span(self, clause: Clause, talk: Talk | None, *, until: bool) -> Filter:
        """Returns between which sessions the days are counted, or until which one; no session for all of them."""
        numbers = clause.numbers.get("session", ())
        criteria = self.find_filter(replace(clause, days=(), nouns=clause.nouns | {"session"}), talk)
        of_all = phrase_pattern(lexicon("others")["cycle"]).search(normalize(clause.text)) is not None
        # "How many weeks does the whole cycle take", whatever it is about.
        criteria = replace(criteria, subjects=()) if of_all else criteria
        if clause.has("last") and not numbers:  # "how many days are left until the last?", and not "does it all last"
            criteria = replace(criteria, order=Order.LAST if until else None, subjects=())
        if numbers and clause.has("last"):  # from the second to the last; from the first on, all of it
            first, last = (self.cycle.sessions[place].number for place in (0, -1))
            criteria = replace(criteria, numbers=() if numbers[0] == first else (numbers[0], last), order=None)
        if (until and numbers) or criteria.order in {Order.LEFT, Order.PRESENT}:  # "combien de jours avant la 2 ?"
            criteria = replace(criteria, order=None)
        named = numbers or criteria.order or (criteria.subjects and criteria.subjects[0].sure >= ANSWER)
        if until and not named:
            order = Order.LAST if clause.has(Property.END) else Order.NEXT
            told = is_of_one(talk, TALK_OF_SESSIONS)  # "how many days are left, then?"
            return Filter("session", focus=True) if told else Filter("session", order=order)
        both = () if named or of_all else two_sessions(talk)
        return replace(criteria, numbers=both, subjects=()) if both else criteria  # "how many days apart?"

    def _page(self, clause: Clause) -> Iterator[Query]:
        words = normalize(clause.text)
        for link in self.cycle.links:
            if link.doubtful and link.asked and phrase_pattern(link.asked[clause.language]).search(words):
                yield Query((Property.PAGE,), entry=link.key)

    def _numbered_term(self, clause: Clause) -> Query | None:
        """Returns the Query of a word of the glossary that has a number: "target 10.7" is no day and no objective."""
        words = normalize(clause.text)
        for term in self.cycle.terms if clause.count is None else ():  # "the 23 objectives" are those objectives
            if any(normalize(name) in words for name in term.aliases if any(map(str.isdecimal, name))):
                return Query((Property.DEFINITION,), Filter("term", subjects=(Thing("term", term.key),)))
        return None

    def _definition(self, clause: Clause) -> Iterator[Query]:
        """Yields questions of what a word means."""
        if clause.pointed and clause.has(Property.TOPIC, *OF_TIME):
            return  # "what is the title of the one on return"
        if says(clause, "differs") and (both := self.compared(clause, ("term",), ANSWER)) and not clause.nouns:
            yield Query((Property.DEFINITION,), Filter("term", subjects=both), sure=_SURE_TERM)
        if not asks_for_meaning(clause) or clause.nouns - {"practice"}:
            return
        theme = asked_word(clause)
        bare = f" {theme} "
        for term in self.cycle.terms:
            if any(bare == normalize(name) for name in (*term.aliases, term.name.in_(clause.language))):
                yield Query((Property.DEFINITION,), Filter("term", subjects=(Thing("term", term.key),)))
                return
        if (several := self.define_several(clause)) is not None:
            yield several
            return
        hit = next(iter(self.search(theme, clause.language, ("term",), 1)), None)
        if hit is not None and hit.share >= _MOST:
            yield Query((Property.DEFINITION,), Filter("term", subjects=(thing_of(hit),)), sure=_SURE_TERM * hit.share)

    def _worded(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields wishes and properties that their own words name, whatever else is said."""
        time = clause.has("clock") and clause.bare and not _asks_hour_of_something(clause, talk)
        if time or (says(clause, "todays_date") and not (clause.nouns or clause.numbered)):
            yield Query((Property.CLOCK,))
        if clause.names("objective", "principle", "practice", "area"):
            return
        timed = self.times_a_session(clause, talk)  # "the pdf is in Spanish; when is the one on governance?"
        wishes = [each for each in find_wishes(clause) if each not in {Wish.ZONE, Wish.LANGUAGE} or not timed]
        topics = [each for each in ("interpretation", "panelists", "connection", "cost") if names_topic(clause, each)]
        helps = wishes == [Wish.HELP] and not topics
        if wishes and (clause.bare or not helps) and not (topics and wishes == [Wish.LANGUAGE]):
            key = self.entry_of(clause, WISH_TOPICS.get(wishes[0], ""))
            # "Remind me a day before the session on data": before is how early, not which session.
            early = clause.has("before")
            of_sessions = wishes[0] in {Wish.REGISTER, Wish.LEAVE, Wish.STOP} and bool(clause.numbers.get("session"))
            sure = 1.0 if early or of_sessions else _WORDED_SURE  # "my name on the list of 1 and 3" asks no names
            own = wishes[0] is Wish.PRIVACY and says(clause, "oneself") and not (clause.nouns or clause.pointed)
            # "What do you do with my data" is not about objective 1.
            yield Query(tuple(wishes[:1]), _sessions(clause), entry=key, sure=_WORDED_TOPIC if own else sure)
        for topic in topics:
            key = self.entry_of(clause, topic)
            yield Query((Property.ENTRY,), _sessions(clause), entry=key, sure=_WORDED_TOPIC)

    def _entry(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields an entry of the FAQ that the whole clause fits; where its topic is told from the programme, that."""
        timed = clause.days or clause.weekdays or clause.hours
        claims = (clause.checks and timed) or clause.alternatives
        claims = claims or find_state(clause) is State.OVER
        if (claims and clause.numbers["session"]) or self.claimed_place(clause):
            return  # "confirma se a sessão 4 é no dia 12", "¿terminó la 2?" ask for no entry
        words, wishes = words_of_entry(clause), find_wishes(clause)
        for hit in self.search(words, clause.language, ("faq",), _ENTRIES):
            faq = self.cycle.question(hit.document.key)
            if _is_another_topic(clause, faq.topic, hit, wishes):
                continue
            if faq.topic in _OF_ZONES and self.times_a_session(clause, talk):
                continue
            if faq.topic in _OF_ZONES and clause.places and clause.has("hour"):  # "does the hour shift in New York?"
                yield Query((Property.HOUR,), Filter("session"), clause.places, sure=min(hit.sure, ABOUT))
                return
            which = clause.has("which", "sessions") and not (clause.bare or hit.whole)
            yield self._entry_query(clause, faq, talk, hit.sure * (_TIMED_SUBJECT if which else 1.0))
            return

    def _entry_query(self, clause: Clause, faq: Faq, talk: Talk | None, sure: float) -> Query:
        if faq.topic in _TOPICS:
            criteria = self.find_filter(clause, talk)
            criteria = replace(criteria, kind=criteria.kind or "session")
            asks = _TOPICS[faq.topic]
            if asks == (Property.AREAS,) and clause.names("objective"):
                asks = (Property.OBJECTIVES,)
            if criteria.focus and criteria.kind == "objective" and not clause.has("count", "list"):
                asks = (Property.CARD,)  # "which objective is that?", after one
            return Query(asks, criteria, clause.places, form_of(clause), sure)
        wish = next((wish for wish, topic in WISH_TOPICS.items() if topic == faq.topic), None)
        return Query((Property.ENTRY if wish is None else wish,), _sessions(clause), entry=faq.key, sure=sure)

    def _thing(self, clause: Clause, talk: Talk | None) -> Iterator[Query]:
        """Yields sessions, objectives, principles and areas: by number, order, day, subject, or the talk before."""
        criteria = self.find_filter(clause, talk)
        named = bool(self.pointed(clause, talk)) or any(each.kind == "area" for each in criteria.subjects)
        elsewhere = criteria.kind == "session" and (
            (_is_elsewhere(clause) and not named) or is_next_country(clause, talk)
        )
        if criteria.kind is None or clause.names("practice") or elsewhere:
            return
        asks = self.find_properties(clause, criteria, talk)
        sure = _how_sure(clause, criteria, asks)
        follows = clause.follows or criteria.focus or criteria.relative or clause.elliptical
        # "How long is each? The bus to Viamão won't wait" asks for no hour there.
        places = clause.places if clause.hours or not _OF_HOURS.isdisjoint(asks) else ()
        # Who asked for the hours of a place a moment ago asks for those of the next session there, too.
        named = bool(criteria.numbers or criteria.subjects or criteria.order) and not TIMES.isdisjoint(asks)
        claims = criteria.focus and (criteria.days or criteria.weekdays)
        form = Form.YES_NO if claims else form_of(clause)
        goes_on = bool(follows or named)
        last = () if checks_no_hour(criteria, form) else find_last_place(clause, talk, asks, follows=goes_on)
        yield Query(asks, criteria, (places or last) if criteria.kind == "session" else (), form, sure)

    def _subject(self, clause: Clause) -> Iterator[Query]:
        """Yields the best of everything, where nothing says what kind of thing is wanted."""
        if clause.nouns or clause.numbered or clause.has("count"):
            return  # "how many refugees are there in Brazil": no figure is in the content
        for hit in self.search(without_meaning(clause.theme), clause.language, _CONTENT, 1) if not clause.bare else ():
            thing = thing_of(hit)
            asks = Property.DEFINITION if thing.kind == "term" else Property.CARD
            sure = _sure_of_practice(hit) if thing.kind == "practice" else thing.sure
            of_talk = clause.follows and clause.checks and clause.has("about_it")  # "and borders are in there too?"
            of_session = bool(clause.has(*OF_TIME, "which", "the_one", Order.LAST) or clause.pointed or of_talk)
            sure *= _TIMED_SUBJECT ** (of_session + (thing.kind == "term" and clause.has("deals_with")))
            of_one_word = hit.words == 1 and not hit.whole and thing.kind != "term" and form_of(clause) is Form.YES_NO
            sure *= _ONE_WORD if of_one_word else 1.0
            claimed = clause.places[:1] if thing.kind == "practice" and form_of(clause) is Form.YES_NO else ()
            countries = tuple(places[0].country for places in claimed)
            criteria = Filter(thing.kind, subjects=(thing,), countries=countries)
            yield Query((asks,), criteria, form=form_of(clause), sure=sure)


def _is_another_topic(clause: Clause, topic: str, hit: Hit, wishes: Sequence[Wish]) -> bool:
    """Returns whether the clause's own words, and the wishes in it, say that it is not about that topic of the FAQ."""
    if topic in care.CAREFUL_TOPICS:
        return asks_for_meaning(clause) or hit.words < (_FEW_CAREFUL if hit.whole else _CAREFUL_WORDS)
    worded = [WISH_TOPICS[wish] for wish in wishes]
    if any({topic, each} <= family for each in worded for family in _FAMILIES):
        return True  # "que me recuerden": its own words say which of the two it is
    if topic == "cancel_registration":  # "je peux venir avec mon bébé" leaves nothing
        return not (hit.whole or clause.has("leave", "silence"))
    if topic == "bot_what":
        return clause.has(Wish.PERSON)  # "whom do I ask?"
    if topic == "language":
        return clause.has("interpretation")  # of the sessions, not of the bot
    return topic == "audience" and clause.has("connection")  # "no puedo entrar" asks not who may


def _with_talk(same: Query, clause: Clause, talk: Talk | None) -> Query:
    """Returns "is it the same hour for session 4?" of both: that one, and the one that was told, in the same place."""
    numbers, last = same.criteria.numbers, find_last_place(clause, talk, same.asks, follows=True)
    there = not numbers and len(same.where) == 1 and bool(last)  # "and in Juárez, is it the same?"
    if not (len(numbers) == 1 or there) or not is_of_one(talk, TALK_OF_SESSIONS):
        return same
    both = tuple(dict.fromkeys((int(talk.ids[0]), *numbers)))
    where = (*same.where, *last) if there else same.where or last
    return replace(same, criteria=replace(same.criteria, numbers=both), where=where)


def _asks_hour_of_something(clause: Clause, talk: Talk | None) -> bool:
    """Returns whether the hour of a session or in a place is asked, and not what time it is."""
    of_something = clause.nouns or clause.numbered or clause.places or clause.days or clause.has("last", "next")
    of_talk = talk is not None and talk.kind in TALK_WITH_A_SESSION
    words = clause.text.lower()
    timed = _AT_WHAT_TIME.search(words) or (of_talk and _AND_WHAT_TIME.search(words))
    return bool(of_something or timed)


def _sure_of_practice(hit: Hit) -> float:
    """Returns how surely a practice is meant: its summary has many words, and one or two of them prove little."""
    least = _WHOLE_NAME if hit.whole and hit.words > 1 else 0.0  # whatever is said around its name
    return max(hit.sure * hit.share * (hit.whole or hit.words > 1), least)


def _how_sure(clause: Clause, criteria: Filter, asks: tuple[Asks, ...]) -> float:
    """Returns how surely those properties of those things are asked."""
    identified = bool(criteria.numbers or criteria.order or criteria.days or criteria.weekdays or clause.places)
    compared = clause.has("compare") and max(len(criteria.numbers), len(criteria.subjects)) >= A_LIST
    chosen = criteria.order or criteria.days or criteria.weekdays or criteria.hours
    worded = asks != (Property.CARD,) or clause.places or chosen or compared or clause.has("sessions")
    worded = worded or (criteria.count is not None and criteria.kind == "session")
    counted = criteria.order in {Order.SECOND_LAST, Order.THIRD_LAST, Order.AFTER_NEXT}
    turned = clause.has(*OF_TIME, *State, Property.TOPIC, "which", "missed")
    turned = turned or (clause.follows and criteria.order is not None)
    identified = identified or (bool(criteria.hours) and criteria.length is None)
    sure = _VAGUE * (identified + bool(clause.nouns) + turned) - 0.05
    if clause.bare or clause.only_place or compared or counted or (criteria.sessions and criteria.numbers):
        sure = CLEAR if worded else ABOUT + 0.1
    elif criteria.subjects:
        told = _VAGUE + 0.65 * criteria.subjects[0].sure + 0.05 * clause.has(*OF_TIME)
        weak = not (identified or clause.nouns) and criteria.subjects[0].sure < _WEAK
        sure = max(sure, told * criteria.subjects[0].sure / _WEAK) if weak else max(sure, told, ANSWER)
        wishes = {*find_wishes(clause)} - {Wish.ZONE, Wish.LANGUAGE}
        sure = ABOUT if clause.pointed and wishes else sure  # "sign me up for the one on data"
        if clause.pointed and clause.follows and len(clause.text.split()) <= _FEW_WORDS:
            sure = max(sure, _WORDED_TOPIC)  # "and the governance one?"
    elif criteria.numbers:
        sure = ABOUT if worded else ABOUT - 0.1
    # "Okay, and on what date does that one fall?", "and in which session do they put that?"
    told = criteria.focus and (asks != (Property.CARD,) or clause.has("sessions"))
    return max(sure, ABOUT) if told else sure


def _is_elsewhere(clause: Clause) -> bool:
    """Returns whether a place is asked for with nothing that has an hour: practices there, or the zone itself."""
    if not clause.places or clause.asked & TIMED:
        return False
    said = clause.only_place or clause.nouns or clause.numbered or clause.days or clause.weekdays
    return not said or clause.has("panelists")  # "who speaks for Brazil in session 2?"


def _sessions(clause: Clause) -> Filter:
    """Returns the sessions that are named by number."""
    return Filter("session", tuple(clause.numbers.get("session", ())))
