"""Reads which things the words of a clause name: a subject, an area, words of the glossary, the last three."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from knowledge.programme.cycle import Cycle
from knowledge.search.index import Hit, Index
from knowledge.text.numbers_parser import noun_pattern, parse_numbers, parse_only_number
from knowledge.text.phrases import lexicon_pattern, phrase_pattern
from knowledge.text.words import lexicon, normalize
from knowledge.understanding.clause import Clause
from knowledge.understanding.clause_subject import extract_subject, telling_words, without_numbers
from knowledge.understanding.query import TALK_OF_SESSIONS, Filter, Kind, Order, Property, Query, Talk, Thing
from locales.localized import Language

# Calibrated on the project's own questions (`make eval`): from ANSWER on a reading is told; where the question names
# the kind of thing that it wants, HINT is enough.
ANSWER, HINT = 0.33, 0.06
_NEAR = 0.01  # what is named as the nearest, where none fits
A_LIST = 2
AS_LIKELY = 0.8  # such a part of the first one's sureness makes the second as likely
SURE_HALF = 0.5  # below half, a part of a message is as good as not read
IN_A_SESSION: tuple[Kind, ...] = ("objective", "area", "session")
_GROUPS: tuple[Kind, ...] = ("area", "objective")
_PLACED = (Order.NEXT, Order.LAST, Order.PREVIOUS, Order.LEFT)
_NUMBERED: tuple[Kind, ...] = ("objective", "principle", "session")
_CLAIMED = frozenset({"objective", "principle"})
_DENIALS = (("turns", "without"), ("others", "neither"))
_COUNT = r"(\d|[a-z]{3,7})"  # a small number, in figures or as a word
_LONGEST_TAG = 3  # words
_LONGEST_NAME = 4  # words of what "the one on" names
_OF_COMING = frozenset({"yes_no", "event", "either"})  # beside "may I come?", they ask nothing else
_OF_WHOM_MAY_COME = (
    ("others", "allowed"), ("others", "come"), ("others", "of_age"), ("personal", "whose"), ("personal", "kin"),
    ("personal", "somebody"), ("talk", "polite"),
)  # fmt: skip


@lru_cache(maxsize=64)  # the readings of one message look for the same words: of five searches three are repeated
def _hits(index: Index, words: str, kinds: tuple[Kind, ...], limit: int) -> tuple[Hit, ...]:
    return tuple(index.search(words, kinds, limit))


@dataclass(frozen=True)
class SubjectReader:
    """Reads the subjects of clauses about one cycle; the FilterReader adds numbers, orders and properties."""

    cycle: Cycle
    by_language: Mapping[Language, Index]

    def search(self, words: str, language: Language, kinds: Sequence[Kind], limit: int = 5) -> list[Hit]:
        """Returns the documents of those kinds that fit best."""
        return list(_hits(self.by_language[language], words, tuple(kinds), limit))

    def things(self, clause: Clause, kinds: Sequence[Kind], least: float, limit: int = 2) -> tuple[Thing, ...]:
        """Returns what the clause's subject may be, best first."""
        if clause.bare:
            return ()
        theme = without_numbers(clause.theme, clause.language) if clause.numbered else clause.theme
        theme = clause.beside if clause.only_place else theme  # "à Paris ?" names no subject
        if "session" in kinds:
            theme = lexicon_pattern("turns", "event", clause.language).sub(" ", f" {theme} ")
        hits = self.search(theme, clause.language, kinds, limit)
        return tuple(thing_of(hit) for hit in hits if hit.sure >= least)

    def pointed(self, clause: Clause, talk: Talk | None) -> tuple[Thing, ...]:
        """Returns what "the one on" names, where nothing else is asked for."""
        # "The objectives of the one on inclusion" are a session's; "which objective talks about children?" is none.
        sought = says(clause, "sought") and not clause.has("deals_with")  # "which are discussed"
        several = clause.has("the_one") and says(clause, "several") and not sought
        asked = {"objective", "area"} if several else set[str]()
        if not clause.pointed or clause.nouns - {"session", *asked} or (talk is not None and talk.kind == "practice"):
            return ()
        return self._named_by(clause)

    def _named_by(self, clause: Clause) -> tuple[Thing, ...]:
        """Returns what deals with the first words after "the one on" that surely fit."""
        own = phrase_pattern(lexicon("personal")["whose"][clause.language])  # "lo de mi hermano" is a case of their own
        pointed = (words for words in clause.pointed if not own.begins(f" {words} "))
        named = (words.split()[:count] for words in pointed for count in range(1, _LONGEST_NAME + 1))
        found = [self.search(" ".join(words), clause.language, IN_A_SESSION, 2) for words in named]
        best = max((hits for hits in found if hits), key=lambda hits: hits[0].sure, default=[])
        if best and best[0].whole and best[0].document.kind == "area":
            best = best[:1]  # an area that is called by its name is meant, and no objective of nearly the same name
        return tuple(thing_of(hit) for hit in best if hit.sure >= ANSWER)

    def called(self, clause: Clause) -> tuple[Thing, ...]:
        """Returns what a clause without a kind of thing calls by its name beside a day or an hour."""
        words = " ".join(telling_words(clause.beside, clause.language))
        hits = self.search(words, clause.language, IN_A_SESSION, 2)
        return tuple(thing_of(hit) for hit in hits if hit.whole and hit.sure >= ANSWER)

    def subjects(self, clause: Clause, talk: Talk | None, kind: Kind | None, *, numbers: bool) -> tuple[Thing, ...]:
        """Returns the subjects that narrow what is asked of; `numbers`: it is named by its number already."""
        subjects: tuple[Thing, ...] = ()
        if kind == "session" and (not numbers or is_checked(clause) or clause.alternatives):
            subjects = self.things(clause, IN_A_SESSION, HINT)
        elif kind is not None and not numbers:
            kinds: tuple[Kind, ...] = (kind,) if kind != "area" or clause.names("objective") else ("area", "objective")
            subjects = self.things(clause, kinds, _NEAR, 3)
        elif kind in _CLAIMED and is_checked(clause):
            subjects = self.things(clause, (kind,), ANSWER, 3)  # "objective 17 is the one on racism, right?"
        pointing = (clause.bare or clause.follows) and not clause.has("list", "count")
        surely = bool(subjects) and subjects[0].sure >= ANSWER
        # "And on the 29th?", "the next one?", "when does the cycle begin?" are about no word told before.
        placed = clause.has(*_PLACED) or says(clause, "the_cycle")
        named = numbers or surely or clause.days or clause.weekdays or placed
        if kind in IN_A_SESSION and pointing and not named and talk is not None:
            return self._of_term(talk, clause.language, kind) or subjects
        return subjects

    def _of_term(self, talk: Talk, language: Language, kind: Kind | None) -> tuple[Thing, ...]:
        """Returns what deals with the word whose meaning was told: "which objective is that in?"."""
        term = next((each for each in self.cycle.terms if talk.kind == "term" and each.key in talk.ids), None)
        if term is None or kind is None:
            return ()
        kinds: tuple[Kind, ...] = ("objective",) if kind == "session" else (kind,)
        hits = self.search(term.name.in_(language), language, kinds, 1)
        return tuple(replace(thing_of(hit), sure=1.0) for hit in hits)  # what was told is surely meant

    def left_out(self, clause: Clause, sessions: Sequence[int], *, named: bool = False) -> tuple[Thing, ...]:
        """Returns the area or objective of those sessions that "except" names: "session 3, but not return".

        `named`: the sessions are named before it.
        """
        words = normalize(clause.text)
        match = lexicon_pattern("turns", "without", clause.language).search(words)
        if match is None or not sessions:
            return ()
        subject = extract_subject(words[match.end() :], clause.language)
        # "Not counting the first, which dates remain?": there the number is what is left out.
        named = named or bool(parse_numbers(words[: match.start()], clause.language)["session"])
        least = HINT if named else ANSWER
        found = (self.search(subject, clause.language, (kind,), 1) for kind in _GROUPS)
        things = map(thing_of, next(filter(None, found), ()))
        return tuple(each for each in things if each.sure >= least and session_of(self.cycle, each) in sessions)

    def sessions_claimed(self, clause: Clause) -> tuple[int, ...]:
        """Returns the sessions in which an objective is claimed to be, by number or subject: "the one on inclusion"."""
        numbers = () if clause.alternatives else tuple(clause.numbers.get("session", ()))
        if numbers or not (clause.checks and (clause.names("session") or clause.pointed)):
            return numbers
        noun = noun_pattern(clause.language, "session").search(words := normalize(clause.text))
        after = extract_subject(words[noun.end() :], clause.language) if noun else ""  # "la sesión sobre gobernanza"
        themes = (after, without_numbers(clause.theme, clause.language))
        found = (self.search(each, clause.language, ("session", "area"), 1) for each in themes)
        things = (
            self._named_by(clause)[:1] or [thing_of(hit) for hits in found for hit in hits if hit.sure >= ANSWER][:1]
        )
        named = (session_of(self.cycle, each) for each in things)
        return tuple(each for each in named if each is not None)

    def claimed_place(self, clause: Clause) -> tuple[tuple[int, ...], Order | None, Thing] | None:
        """Returns the session in which a subject is claimed to be, and it: "remittances are in the last one".

        The session comes by its number or as the last. None where its number is said, or one of both is not known.
        """
        said, _, tag = clause.text.rpartition(",")  # ", right?", ", non ?"
        words, language = normalize(said if said and len(tag.split()) <= _LONGEST_TAG else clause.text), clause.language
        match = None if clause.numbered else lexicon_pattern("others", "is_in", language).search(words)
        if match is None or not clause.checks:
            return None
        before, after = words[: match.start()] + " ", " " + words[match.end() :].strip() + " "
        of = next(iter(self.search(extract_subject(before, language), language, IN_A_SESSION, 1)), None)
        if of is None or of.sure < ANSWER:
            return None
        if lexicon_pattern("turns", "last", language).search(after):
            return (), Order.LAST, thing_of(of)
        named = next(iter(self.search(extract_subject(after, language), language, IN_A_SESSION, 1)), None)
        number = session_of(self.cycle, thing_of(named)) if named is not None and named.sure >= ANSWER else None
        return None if number is None else ((number,), None, thing_of(of))

    def kept_of(self, clause: Clause) -> tuple[int, ...]:
        """Returns the session named by its subject of which "except" leaves a part out; () where it is not so."""
        words = normalize(clause.text)
        match = lexicon_pattern("turns", "without", clause.language).search(words)
        subject = extract_subject(words[: match.start()], clause.language) if match else ""
        hits = self.search(subject, clause.language, IN_A_SESSION, 1) if subject else ()
        named = (session_of(self.cycle, each) for each in map(thing_of, hits) if each.sure >= ANSWER)
        return tuple(each for each in named if each is not None and self.left_out(clause, (each,), named=True))

    def terms_named(self, clause: Clause) -> tuple[Thing, ...]:
        """Returns the words of the glossary that it names whole, in their order; of two in one place the longer."""
        words, found = normalize(clause.text), dict[int, tuple[int, str]]()
        for term in self.cycle.terms:
            for name in map(normalize, (*term.aliases, term.name.in_(clause.language))):
                at = words.find(name)
                if at >= 0 and len(name) > found.get(at, (0, ""))[0]:
                    found[at] = len(name), term.key
        ends, kept = 0, list[str]()
        for at, (length, key) in sorted(found.items()):
            if at + 1 >= ends:  # the space between them belongs to both
                kept.append(key)
                ends = at + length
        return tuple(Thing("term", key) for key in dict.fromkeys(kept))

    def define_several(self, clause: Clause) -> Query | None:
        """Returns the Query of what several words of the glossary mean; None where it does not name several."""
        several = self.terms_named(clause)
        return Query((Property.DEFINITION,), Filter("term", subjects=several)) if len(several) > 1 else None

    def counted_from_an_end(self, clause: Clause) -> tuple[Kind, tuple[int, ...]] | None:
        """Returns the numbers of "the last three", "las dos primeras", "the first two objectives"; None elsewhere."""
        words = normalize(clause.text)
        for section, side in (("first_several", 1), ("last_several", -1)):
            ends = lexicon_pattern("others", section, clause.language).pattern
            before = "" if clause.language == "en" else f"(?:{_COUNT} )?"  # "session three last" names a session
            match = re.search(rf" {before}{ends}(?: {_COUNT})?(?= )", words)
            word = next(filter(None, match.groups()), None) if match else None
            count = parse_only_number(word, clause.language) if word else None
            if match is None or count is None or count <= 1:
                continue
            named = (each for each in _NUMBERED if noun_pattern(clause.language, each).begins(words, match.end()))
            kind = next(named, None if clause.nouns - {"session"} else "session")
            numbers = () if kind is None else self._numbers_of(kind)
            if kind is not None and count < len(numbers):
                return kind, numbers[:count] if side > 0 else numbers[-count:]
        return None

    def _numbers_of(self, kind: Kind) -> tuple[int, ...]:
        if kind == "objective":
            return tuple(each.number for each in self.cycle.objectives)
        things = self.cycle.principles if kind == "principle" else self.cycle.sessions
        return tuple(each.number for each in things)

    def area_called(self, clause: Clause, kind: Kind | None = "area") -> str | None:
        """Returns the area that is called by its name, where it is of that kind or in it."""
        if kind not in {"session", "objective", "area"}:
            return None
        words = normalize(clause.text)
        areas = (area for session in self.cycle.sessions for area in session.areas)
        return next((area.key for area in areas if normalize(area.name.in_(clause.language)) in words), None)


def thing_of(hit: Hit) -> Thing:
    """Returns the thing that a document is of, as surely as the document fits."""
    return Thing(hit.document.kind, hit.document.key, hit.sure)


def session_of(cycle: Cycle, thing: Thing) -> int | None:
    """Returns the number of the session in which that thing is discussed; None for a thing of no session."""
    match thing.kind:
        case "session":
            return int(thing.key)
        case "area":
            return cycle.session_of(cycle.area(thing.key).objectives[0]).number
        case "objective":
            sessions = (each.number for each in cycle.sessions if int(thing.key) in each.objectives)
            return next(sessions, None)  # "objective 24 is today?" names none
        case _:
            return None


def session_told(cycle: Cycle, talk: Talk | None) -> int | None:
    """Returns the one session that was talked about, or that discusses the objectives that were."""
    if talk is None or talk.kind not in {*TALK_OF_SESSIONS, "objective"}:
        return None
    kind: Kind = "objective" if talk.kind == "objective" else "session"
    numbers = {session_of(cycle, Thing(kind, each)) for each in talk.ids}
    return numbers.pop() if len(numbers) == 1 else None


def says(clause: Clause, section: str) -> bool:
    """Returns whether a phrase of that section of others.toml is there."""
    return lexicon_pattern("others", section, clause.language).search(normalize(clause.text)) is not None


def denies_twice(clause: Clause) -> bool:
    """Returns whether two things are left out: "not in November and not about inclusion"."""
    words = normalize(clause.text)
    patterns = (lexicon_pattern(file, section, clause.language) for file, section in _DENIALS)
    return len({match.start() for pattern in patterns for match in pattern.finditer(words)}) > 1


def says_who_may_come(clause: Clause) -> bool:
    """Returns whether it says that somebody may come, or asks it."""
    return says(clause, "allowed") and says(clause, "come")


def asks_whether_to_come(clause: Clause) -> bool:
    """Returns whether it asks if somebody may come, and nothing else: "can my 15 year old daughter come?".

    "With my baby" asks who looks after it, and "to just one" whether one must come to all.
    """
    named = clause.numbered or clause.days or clause.places or clause.asked - _OF_COMING
    if named or not says_who_may_come(clause) or says(clause, "along") or says(clause, "only"):
        return False
    words = normalize(clause.text)
    for file, section in _OF_WHOM_MAY_COME:
        words = lexicon_pattern(file, section, clause.language).sub(" ", words)
    return not telling_words(words, clause.language)


def of_those(clause: Clause, talk: Talk | None, numbers: Sequence[int], order: Order | None) -> tuple[int, ...]:
    """Returns the session of "the second of those": counted in what was just listed; () where that is not asked."""
    if talk is None or talk.kind not in TALK_OF_SESSIONS or len(talk.ids) < A_LIST or not names_those(clause):
        return ()
    place = -1 if order is Order.LAST else numbers[0] - 1 if len(numbers) == 1 else None
    return () if place is None or place >= len(talk.ids) else (int(talk.ids[place]),)


def figures_in(clause: Clause) -> list[str]:
    """Returns the figures of its text, as they are typed."""
    return [word for word in normalize(clause.text).split() if word.isdecimal()]


def names_those(clause: Clause) -> bool:
    """Returns whether it chooses from what was just listed: "the second of those"."""
    those = phrase_pattern(lexicon("meaning")["follows"][clause.language]["those"])
    return those.search(normalize(clause.text)) is not None


def is_checked(clause: Clause) -> bool:
    """Returns whether it claims something that is to be checked."""
    return clause.checks or clause.has("yes_no")


def is_doubtful(things: Sequence[Thing]) -> bool:
    """Returns whether the first of them is no likelier than the second, and neither is likely."""
    if not things or things[0].sure >= ANSWER:
        return False
    return things[0].sure < HINT or (len(things) > 1 and things[1].sure >= things[0].sure * AS_LIKELY)


def claimed_end(clause: Clause) -> Order | None:
    """Returns the session on whose day the cycle is claimed to begin or to end: "it all ends on the 5th?"."""
    if not (says(clause, "all_of_it") or says(clause, "the_cycle")):
        return None
    return Order.LAST if clause.has(Property.END) else Order.FIRST if says(clause, "begins") else None


def claims_most(clause: Clause) -> bool:
    """Returns whether it claims that the first has more: no "which", no "or", no "fewer"."""
    neither = says(clause, "no_claim") or says(clause, "same_number")
    return clause.has("compare") and not (clause.has("open", "which") or neither)


# What a word means


def asks_for_meaning(clause: Clause) -> bool:
    """Returns whether it asks what a word means."""
    return meaning_pattern().search(normalize(clause.text)) is not None


def asks_for_meaning_alone(clause: Clause) -> bool:
    """Returns whether it asks for a meaning and names no word: "what does it mean?", "explain that one"."""
    return asks_for_meaning(clause) and not telling_words(without_meaning(clause.theme), clause.language)


@cache
def meaning_pattern() -> "re.Pattern[str]":
    """Returns the pattern of the words that ask what something means."""
    words = lexicon("meaning")
    before, after, lead = ("|".join(words[place]) for place in ("before", "after", "lead"))
    trail = "|".join(words["trail"])
    return re.compile(rf"^ (?:(?:{lead}) )?(?:{before}) | (?:{after})(?: (?:{trail}))? $")


def without_meaning(theme: str) -> str:
    """Returns the subject of "explain statelessness like I'm five"."""
    theme = meaning_pattern().sub(" ", meaning_pattern().sub(" ", f" {theme} "))
    return _article_pattern().sub(" ", f" {theme.strip()} ").strip()


def asked_word(clause: Clause) -> str:
    """Returns the word whose meaning is asked; "je ne comprends pas le mot …" leaves nothing out."""
    return without_meaning(normalize(clause.text).strip() if clause.has("without") else clause.theme)


@cache
def _article_pattern() -> "re.Pattern[str]":
    return re.compile(rf"^ (?:{'|'.join(lexicon('meaning')['article'])}) ")
