"""Takes one clause apart: numbers, days, places, kinds of things, and the words that ask. Reads no clock."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from knowledge.places.places import Place, Places
from knowledge.places.places_parser import NamedPlace, find_strange_name, parse_countries, parse_places
from knowledge.text.message_splitting import OR
from knowledge.text.numbers_parser import (
    NumberedKind,
    noun_pattern,
    number_words,
    parse_numbers,
    parse_only_number,
    write_all_out,
    write_owned_out,
    write_ranges_out,
)
from knowledge.text.phrases import PhrasePattern, lexicon_pattern, phrase_pattern
from knowledge.text.words import correct_nouns, drop_homonym_verbs, lexicon, normalize
from knowledge.time.days_parser import DayRange, month_pattern
from knowledge.time.length_parser import find_length
from knowledge.understanding.care import find_mood, find_small_talk
from knowledge.understanding.clause_subject import (
    CONTEXT,
    NOUNS,
    extract_subject,
    find_pointed,
    is_empty,
    points_within,
    session_on,
    telling_words,
    without_compact,
    without_context,
)
from knowledge.understanding.clause_times import (
    ClauseContext,
    HourClaim,
    find_claimed_hours,
    find_days,
    find_part_of_day,
    is_day,
    names_alternatives,
    without_hours,
    without_parts_of_day,
    write_is_out,
    write_weekdays_out,
)
from knowledge.understanding.query import Kind, Mood, State
from locales.localized import LANGUAGES, Language

_COUNTED = ("second last", "third last", "after next")
# Sections of turns.toml by which one session is named; the most words that name one and ask nothing.
_NAMES_ONE, _FEW_WORDS = frozenset({"last", "after", "before", "previous", "next", "event", "which", "either"}), 4
_A_PLACE_ALONE = 2  # words: "in ny"
_TELLING = 4  # letters of a word that says something
_TAG = re.compile(r"(?<= )(?:isn t|isnt|aren t|arent|doesn t|doesnt|won t) (?:it|that|they)(?= $)")  # "…, isn't it?"
# "Es verdad que sesión 3 tiene …": no "qué sesión" is asked.
_TRUE_THAT = re.compile(r"(?<= )(verdad|cierto|verdade|certo|vrai|seguro|dijeron|disseram|dicen|dizem) (?:que|qu)(?= )")
_NON = re.compile(r"((?: [^ ]+){3,}) non ")  # "la 3 tombe un mardi, non ?"
# How many there are claimed to be.
_THERE_ARE = r"(?<= )(?:hay|son|tem|ha|sao|are there|there are|il y en a|il y a|y en a|ce sont|caen|caem)"
_AROUND = (*CONTEXT, "tells_others")
# Of what one means to attend: who asks that does not ask to be registered.
_ASKED_OF_SESSIONS = frozenset({"hour", "day", "end", "duration", "clock", "topic", "areas"})
_FALL = r"caen|caem|fall|are in|are on|tombent|sont en|ont lieu|son en|sao em"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, taken apart."""

    text: str
    language: Language
    sure: bool = False  # the text itself says its language
    mood: Mood | None = None
    numbers: Mapping[NumberedKind, Sequence[int]] = field(default_factory=dict)
    number: int | None = None  # where the message is a number and nothing else
    days: tuple[DayRange, ...] = ()
    weekdays: tuple[int, ...] = ()  # where no date is meant: "¿cuáles caen en martes?"; Monday is 0
    hours: tuple[HourClaim, ...] = ()  # when a session may begin for what is claimed to hold
    alternatives: bool = False  # "at 5 or at 6?": neither is claimed
    length: tuple[int, int] | None = None  # the least and the most minutes that it is claimed to last
    count: int | None = None  # "diez principios"
    places: tuple[tuple[Place, ...], ...] = ()  # for each name, what it may mean, best first
    strange: NamedPlace = field(default_factory=NamedPlace)  # to which "en" leads, and that is not known: "Upala"
    only_place: bool = False  # and says nothing else
    countries: tuple[str, ...] = ()
    nouns: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()  # sections of asks.toml and turns.toml of which a word is there
    pointed: tuple[str, ...] = ()  # what follows "the one on": "la de trata", "celle sur les données"
    theme: str = ""  # what is left when all of that is taken out: the subject
    beside: str = ""  # the theme without the names of places
    bare: bool = False  # no word of the theme says anything: "¿qué se trata ese día?"
    follows: bool = False  # it goes on with what was talked about

    def has(self, *sections: str) -> bool:
        """Returns whether a word of any of those sections is there."""
        return not self.asked.isdisjoint(sections)

    @property
    def numbered(self) -> bool:
        """Whether anything is named by its number."""
        return any(self.numbers.values())

    @property
    def elliptical(self) -> bool:
        """Whether a session is named and nothing else said: "la última?", "session 1?"."""
        return self.bare and not self.asked - _NAMES_ONE and len(normalize(self.text).split()) <= _FEW_WORDS

    @property
    def points(self) -> bool:
        """Whether it points at something that was said before: "is that a Monday?"."""
        pattern = phrase_pattern(lexicon("meaning")["follows"][self.language]["points"])
        return pattern.search(normalize(self.text)) is not None

    @property
    def of_every(self) -> bool:
        """Whether something is claimed of every session: "¿las cuatro caen en martes?"."""
        claim = self.days or self.weekdays or self.hours or self.length or self.has(*State)
        return bool(claim) and _every_pattern(self.language).search(normalize(self.text)) is not None

    @property
    def checks(self) -> bool:
        """Whether it can be answered with yes or no: a question without a word such as "which" or "when"."""
        if _is_open(self.text, self.language) or (self.has("other") and self.numbered):
            return False  # "the first is on a Wednesday and the others on Tuesdays?" claims two things
        if self.alternatives:
            return False
        asks = self.has("open", "topic", "which", "sessions", "count", "compare", "day", "duration", "areas", "missed")
        asks = asks or (self.has("list") and not self.of_every)
        claims = not self.bare or not self.has("topic")  # "is session 4 called saving lives?"
        is_so = self.has("yes_no") and not self.has("open") and claims
        return is_so or (self.text.rstrip().endswith("?") and not asks)

    def names(self, *kinds: str) -> bool:
        """Returns whether any of those kinds of things is called by its word."""
        return not self.nouns.isdisjoint(kinds)


@lru_cache(maxsize=16)  # one message is looked at for words, for its questions and for its meaning
def take_apart(text: str, context: ClauseContext, places: Places) -> Clause:
    """Returns the clause with everything found in it that is no subject."""
    language, text = context.language, _write_words_out(text, context.language)
    plain = _write_tag(drop_homonym_verbs(normalize(text)), language)
    if (mood := find_small_talk(plain, language)) is not None:
        return Clause(text, language, context.sure, mood)
    whole, (found_places, rest, timed, plain, asked) = plain, _read_places(text, plain, language, places)
    rest, plain = _cut_counted_orders(rest, plain, language)
    unordered = _close_up(without_parts_of_day(plain, language), language)
    elsewhere = _without_places(unordered, found_places, language)
    nouns, pointed = _find_nouns(elsewhere, language), tuple(find_pointed(elsewhere, language))
    unordered, elsewhere = without_compact(unordered, nouns), without_compact(elsewhere, nouns)
    follows = bool(_pointing_pattern().search(plain) or _follow_pattern(language).match(plain))
    beside = extract_subject(elsewhere, language)
    only_place = bool(found_places) and is_empty(beside, language)
    subject = beside if asked & {"hour", "day"} or (only_place and follows) else extract_subject(unordered, language)
    numbers = _read_numbers(rest, plain, found_places, language)
    days, weekdays = find_days(rest, plain, asked, context, named=bool(numbers["session"] or pointed))
    numbers["session"] = [each for each in numbers["session"] if not is_day(each, days, weekdays, context)]
    hours = find_claimed_hours(timed, language, days) or find_part_of_day(whole, asked, language)
    return Clause(
        text, language, context.sure, find_mood(whole, language, asked, names_ours=any((nouns, *numbers.values()))),
        numbers=numbers, number=parse_only_number(rest, language), length=find_length(plain, language, asked),
        asked=asked | _asked_of_named(plain, numbers["session"], elsewhere if pointed else "", language), days=days,
        alternatives=names_alternatives(whole, language), count=find_count(plain, language, NOUNS), theme=subject,
        only_place=only_place, beside=beside, places=tuple(each.places for each in found_places), pointed=pointed,
        strange=find_strange_name(text, language, found_places), follows=follows, weekdays=weekdays, nouns=nouns,
        countries=tuple(parse_countries(text, places)) if "practice" in nouns else (), hours=hours,
        bare=is_empty(subject, language),
    )  # fmt: skip


def _cut_context(rest: str, plain: str, asked: frozenset[str], language: Language) -> tuple[str, str, frozenset[str]]:
    """Returns both plain texts, and what they ask, without who attends and why, where something is asked of that."""
    words = normalize(rest)
    if asked.isdisjoint(CONTEXT) or "register" in asked:
        return words, plain, asked
    words, plain = without_context(words, language), without_context(plain, language)
    return words, plain, _asked_beside_orders(words, plain, language) | asked.intersection(CONTEXT)


def _write_words_out(text: str, language: Language) -> str:
    text = write_owned_out(write_ranges_out(correct_nouns(text, language), language), language)
    return write_all_out(write_weekdays_out(text, language), language)


def _asked_of_named(words: str, sessions: Sequence[int], pointed: str, language: Language) -> frozenset[str]:
    """Returns what is asked of sessions: what two of them differ in, and the one that a text points at."""
    differs, timed = (("others", "differs"), ("turns", "same_hour"))  # "¿cuántas horas de diferencia?"
    apart = len(sessions) > 1 and lexicon_pattern(*differs, language).search(words) is not None
    compared = apart and not lexicon_pattern(*timed, language).search(words)
    return frozenset((*(("compare", "topic") if compared else ()), *(("the_one",) if points_within(pointed) else ())))


def _find_nouns(words: str, language: Language) -> frozenset[str]:
    """Returns the kinds of things that it calls by their words: "programa de noviembre" is no practice."""
    words = month_pattern(language).sub(" ", words)
    return frozenset(kind for kind in NOUNS if noun_pattern(language, kind).search(words))


def _without_places(words: str, places: Sequence[NamedPlace], language: Language) -> str:
    """Returns the plain text without the names of places, and without "I live in", "I'll be in" before one."""
    if not places:
        return words
    words = _cut_out(words, places, normalize)
    for stay in ("here", "from", "will_be"):
        words = lexicon_pattern("typed/wishes", stay, language).sub(" ", words)
    return words


def _write_tag(words: str, language: Language) -> str:
    """Returns the plain text with its tag in other words: "isn't it" leaves nothing out, and "non" denies nothing."""
    if language == "fr" and (match := _NON.fullmatch(words)) is not None:
        return f"{match[1]} n est ce pas "
    return _TRUE_THAT.sub(r"\1", _TAG.sub(" right ", words))


def _cut_counted_orders(rest: str, plain: str, language: Language) -> tuple[str, str]:
    """Returns both texts without orders of several words: "second to last" names neither the second nor the last."""
    counted = _counted_order_pattern(language)
    return (counted.sub(" ", normalize(rest)), counted.sub(" ", plain)) if counted.search(plain) else (rest, plain)


def _read_numbers(
    rest: str, plain: str, places: Sequence[NamedPlace], language: Language
) -> dict[NumberedKind, list[int]]:
    ordered = _order_pattern(language).sub(" ", plain)
    rest = write_is_out(rest, language)
    return parse_numbers(_cut_out(rest if ordered == plain else ordered, places), language)


def _close_up(words: str, language: Language) -> str:
    """Returns the text without hours; what is no order is one word that no document has: "es la primera vez"."""
    return without_hours(_order_pattern(language).sub(lambda match: match[0].replace(" ", ""), words), language)


def _find_places(text: str, language: Language, places: Places, asked: Collection[str]) -> list[NamedPlace]:
    """Returns the places that it names: also doubtful ones, where an hour is asked or it goes on with the talk."""
    goes_on = _follow_pattern(language).match(normalize(text)) is not None
    strange = find_strange_name(text, language, ()).words[:1].isupper()
    loosely = goes_on or strange or not {"hour", "zone"}.isdisjoint(asked) or len(text.split()) == _A_PLACE_ALONE
    return parse_places(text, language, places, loosely=loosely)


def _read_places(
    text: str, plain: str, language: Language, places: Places
) -> tuple[list[NamedPlace], str, str, str, frozenset[str]]:
    """Returns the places that it names, and the text without their names where they have several words.

    With the text come its plain words, twice: as they are and for its subject; and the sections that they ask for.

    "Santo Domingo" is no Sunday, "Nueva York" and "Puerto Plata" are no subject.
    """
    asked = _asked_beside_orders(text, plain, language)
    found = _find_places(text, language, places, asked)
    rest = _cut_names(text, found)
    if rest == text:
        return found, rest, *_cut_context(rest, plain, asked, language)
    plain = drop_homonym_verbs(normalize(rest))
    return found, rest, *_cut_context(rest, plain, _asked_beside_orders(rest, plain, language), language)


def _cut_names(text: str, places: Iterable[NamedPlace]) -> str:
    """Returns the text without names of several words; countries stay, for practices are found by them."""
    for each in places:
        words = each.words.split()
        if len(normalize(each.words).split()) > 1 and each.places[0].kind != "country":
            text = re.sub(r"[\s]+".join(map(re.escape, words)), " ", text)
    return text


def _asked_beside_orders(text: str, plain: str, language: Language) -> frozenset[str]:
    order = _order_pattern(language)
    found = _find_asked(order.sub(" ", normalize(text)), order.sub(" ", plain), language)
    if _asks_which_is_first(text, found, language):
        found.add("compare")
    return frozenset(found | {each for each in _COUNTED if lexicon_pattern("turns", each, language).search(plain)})


def _order_pattern(language: Language) -> PhrasePattern:
    """Returns the pattern of words that look like an order and are none: "por último" names no last session."""
    return lexicon_pattern("others", "no_order", language)


@cache
def _counted_order_pattern(language: Language) -> PhrasePattern:
    """Returns the pattern of orders of several words: "second to last" names neither the second nor the last."""
    return phrase_pattern(phrase for each in _COUNTED for phrase in lexicon("turns")[each][language])


def _cut_out(words: str, places: Iterable[NamedPlace], written: Callable[[str], str] = str) -> str:
    """Returns the text without any name of a place: "London. First and second", "Puerto Príncipe" is no principle."""
    for each in places:
        words = words.replace(written(each.words), " ") if each.words else words
    return words


def _find_asked(words: str, ordered: str, language: Language) -> set[str]:
    """Returns the sections whose words are there."""
    for spans in ("weeks", "counted_months"):  # "la semana que viene" names no next session
        ordered = phrase_pattern(lexicon("calendar")[spans][language]).sub(" ", ordered)
    found = {section for section in lexicon("asks") if lexicon_pattern("asks", section, language).search(words)}
    found |= {section for section in lexicon("turns") if lexicon_pattern("turns", section, language).search(ordered)}
    found |= {section for section in _AROUND if lexicon_pattern("others", section, language).search(words)}
    if "panelists" in found and not _asks_who_speaks(words, language):
        found.remove("panelists")
    if lexicon_pattern("others", "at_how_many", language).search(words):  # "a sessão é às quantas?"
        found = {*found, "hour"} - {"count"}
    if not (found.isdisjoint(CONTEXT) or found.isdisjoint(_ASKED_OF_SESSIONS)):
        found.discard("register")  # "I want to go to session 2, what is it about?"
    elif "intends" in found:
        found.add("register")
    if "clash" in found:
        found -= {"compare", "same_hour"}  # what is at that time is no session
    if {"only_to", "missed"} <= found:
        found.add("without")  # "I can only come to 1 and 3, what do I miss?"
    return found


def _asks_who_speaks(words: str, language: Language) -> bool:
    """Returns whether it asks for speakers also without "celle qui parle de", which only names a session."""
    for named in (session_on(language), lexicon_pattern("turns", "the_one", language)):
        words = named.sub(" ", words)
    return lexicon_pattern("asks", "panelists", language).search(words) is not None


def _asks_which_is_first(text: str, asked: Collection[str], language: Language) -> bool:
    """Returns whether it asks which of two comes first: "what comes before, the one on data or the one on return?"."""
    words = normalize(text)
    if phrase_pattern(OR[language]).search(words) is None:
        return False
    orders = {word for side in ("earlier", "later") for word in lexicon("others")[side][language]}
    apart = not orders.isdisjoint(word for part in re.split("[,:]", text)[:-1] for word in normalize(part).split()[-1:])
    sides = ["|".join(lexicon("others")[side][language]) for side in ("earlier", "later")]
    either = rf" (?:{sides[0]}) (?:{'|'.join(OR[language])}) (?:{sides[1]}) "  # "before or after"
    apart = apart or re.search(either, words) is not None
    ordered = "before" in asked or "after" in asked
    return apart or (ordered and len(list(lexicon_pattern("turns", "the_one", language).finditer(words))) > 1)


def words_left(clause: Clause) -> list[str]:
    """Returns the words that no part of the clause accounts for, and that mean something."""
    here = {word for lead in lexicon("typed/wishes")["here"][clause.language] for word in lead.split()}
    left = telling_words(clause.beside, clause.language)
    return [word for word in left if word not in here and len(word) >= _TELLING]


def _is_open(text: str, language: Language) -> bool:
    """Returns whether it begins with a word such as "what": "¿qué pasa el 5?", "hola, y cómo es la 3?"."""
    words = normalize(text)
    for mood in ("greeting", "polite"):
        words = lexicon_pattern("talk", mood, language).sub(" ", words)
    return _interrogative_pattern(language).match(f" {' '.join(words.split())} ") is not None


@cache
def _every_pattern(language: Language) -> "re.Pattern[str]":
    every, verb = (lexicon_pattern("turns", each, language).pattern for each in ("every", "yes_no"))
    return re.compile(rf"{every}(?: [^ ]+){{0,2}}? {verb}|{verb} {every}")


@cache
def _interrogative_pattern(language: Language) -> "re.Pattern[str]":
    first = "|".join(lexicon("meaning")["follows"][language]["first"])
    return re.compile(rf"^ (?:(?:{first}) )*(?:{'|'.join(lexicon('others')['interrogative'][language])}) ")


@cache
def _follow_pattern(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of "Y", "and what about": at the beginning of a clause that goes on."""
    words = lexicon("meaning")["follows"][language]
    first, then = ("|".join(words[place]) for place in ("first", "then"))
    return re.compile(rf"^ (?:{first})(?: (?:{then}))* ")


@cache
def _pointing_pattern() -> PhrasePattern:
    """Returns the pattern of words that only make sense after something was said: "¿y qué objetivos ven ahí?"."""
    return phrase_pattern(word for language in LANGUAGES for word in lexicon("meaning")["follows"][language]["points"])


def find_count(words: str, language: Language, kinds: Iterable[Kind]) -> int | None:
    """Returns how many of those kinds of things it claims: "diez principios", "hay 3 en noviembre"; not one."""
    matches = (pattern.search(words) for pattern in _count_patterns(language, tuple(kinds)))
    match = next(filter(None, matches), None)
    known = number_words(language).cardinal
    number = 0 if match is None else known.get(match["number"], 0) or int(match["number"])
    return number if number > 1 else None


@cache
def _count_patterns(language: Language, kinds: tuple[Kind, ...]) -> "tuple[re.Pattern[str], ...]":
    """Returns the patterns of a number before such a noun, after "there are", and before "fall on"."""
    nouns = "|".join(noun_pattern(language, kind).pattern for kind in kinds)
    numbers = rf"(?P<number>\d{{1,2}}|{'|'.join(number_words(language).cardinal)})"
    shapes = (rf"(?<= ){numbers} (?:{nouns})", rf"{_THERE_ARE} {numbers}(?= )", rf" {numbers} (?:{_FALL})(?= )")
    return tuple(map(re.compile, shapes))
