"""Takes one clause apart: numbers, days, places, kinds of things, and the words that ask. Reads no clock."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from knowledge.places.places import Place, Places
from knowledge.places.places_parser import NamedPlace, parse_countries, parse_places
from knowledge.text.noun_spelling import correct_nouns
from knowledge.text.numbers_parser import NumberedKind, noun_pattern, number_words, parse_numbers, parse_only_number
from knowledge.text.words import drop_homonym_verbs, lexicon, lexicon_pattern, normalize, phrase_pattern
from knowledge.time.days_parser import (
    ORDINAL_END,
    DayRange,
    day_offset_pattern,
    month_names,
    month_pattern,
    parse_days,
    parse_weekdays,
    weekday_pattern,
)
from knowledge.understanding.care import find_mood, find_small_talk
from knowledge.understanding.query import Kind, Mood, State
from locales.localized import LANGUAGES, Language

NOUNS: tuple[Kind, ...] = ("session", "objective", "principle", "area", "practice")
# What says nothing of a subject, and what is no subject either where nothing else is left.
_TURNS = (("asks", "day"), ("asks", "hour"), ("asks", "end"), ("asks", "duration"), ("asks", "sessions"),
          ("asks", "areas"), ("asks", "topic"), ("turns", "count"), ("turns", "list"),
          *(("asks", state) for state in State),
          ("turns", "compare"), ("turns", "without"), ("turns", "other"), ("turns", "which"), ("turns", "yes_no"),
          ("talk", "greeting"), ("talk", "polite"), ("talk", "thanks"))  # fmt: skip
_ORDERS = ("next", "after", "last", "previous", "before", "present", "left", "event", "yes_no")
_HOUR = re.compile(
    r"(?<= )(?P<lead>a las|a la|as|at|a) (?P<hour>\d{1,2})(?: (?P<minute>[0-5]\d))?(?: ?(?P<half>am|pm|h|hs|hrs))?(?= )"
    r"|(?<= )(?P<hour2>\d{1,2})(?: ?(?P<half2>am|pm|h|hs|hrs|heures|horas))(?P<minute2>[0-5]\d)?(?= )"
)
# "From 10 to 12", "das 10 às 12": the hours of a session, where its day is named, too.
_HOURS = re.compile(
    r"(?<= )(?:from|de|das|entre|between) (?P<hour>\d{1,2}) (?:to|till|until|and|a|as|y|e|et) (?P<end>\d{1,2})(?= )"
)
_COUNTED = ("second last", "third last", "after next")
_WITHIN_ONE = re.compile(r"(?<= )the ((?:[^ ]+ ){1,3}?)one(?= )")
_NOON = 12
_WITH_ARTICLE, _SHORTEST_NAME = 2, 4  # words; letters
_A_YEAR = 365
_TELLING = 4  # letters of a word that says something
_CONTRACTED = ("del", "do", "du")  # with the article of the day that follows
_UNIT = r" ?(?:am|pm|a m|p m|h|hs|hrs|hours|horas|heures|o clock|oclock|minutes|minutos)(?= )"
_FIGURES = re.compile(r"\d+[a-z]{0,4}")


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
    hour: int | None = None  # minutes after midnight
    length: int | None = None  # minutes
    count: int | None = None  # "diez principios"
    places: tuple[tuple[Place, ...], ...] = ()  # for each name, what it may mean, best first
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
    def checks(self) -> bool:
        """Whether it can be answered with yes or no: a question without a word such as "which" or "when"."""
        if _is_open(self.text, self.language):
            return False
        asks = self.has("open", "topic", "which", "sessions", "count", "list", "compare", "day", "duration", "areas")
        return (self.has("yes_no") and not self.has("open")) or (self.text.rstrip().endswith("?") and not asks)

    def names(self, *kinds: str) -> bool:
        """Returns whether any of those kinds of things is called by its word."""
        return not self.nouns.isdisjoint(kinds)


@dataclass(frozen=True, slots=True)
class ClauseContext:
    """What a clause is taken apart with: its language, the present day, and the days of the sessions."""

    language: Language
    sure: bool
    today: date
    days: Sequence[date]


def take_apart(text: str, context: ClauseContext, places: Places) -> Clause:
    """Returns the clause with everything found in it that is no subject."""
    language, text = context.language, correct_nouns(text, context.language)
    plain = drop_homonym_verbs(normalize(text))
    if (mood := find_small_talk(plain, language)) is not None:
        return Clause(text, language, context.sure, mood)
    whole, (found_places, rest, plain, asked) = plain, _read_places(text, plain, language, places)
    counted = _counted_order_pattern(language)
    rest = counted.sub(" ", normalize(rest)) if counted.search(plain) else rest
    plain = counted.sub(" ", plain)
    ordered = _order_pattern(language).sub(" ", plain)
    # What is no order is one word that no document has: "es la primera vez".
    unordered = _order_pattern(language).sub(lambda match: match[0].replace(" ", ""), plain)
    elsewhere = _without_places(unordered, found_places)
    nouns = frozenset(kind for kind in NOUNS if noun_pattern(language, kind).search(elsewhere))
    follows = bool(_follow_pattern(language).match(plain) or _pointing_pattern().search(plain))
    beside = _extract_subject(elsewhere, language)
    only_place = bool(found_places) and _is_empty(beside, language)
    of_place = not asked.isdisjoint({"hour", "day"}) or (only_place and follows)
    subject = beside if of_place else _extract_subject(unordered, language)
    numbers = parse_numbers(rest if ordered == plain else ordered, language)
    days, weekdays = _find_days(rest, plain, asked, context)
    return Clause(
        text=text, language=language, sure=context.sure, nouns=nouns, asked=asked,
        mood=find_mood(whole, language, asked, names_ours=bool(nouns) or any(numbers.values())),
        numbers=numbers, number=parse_only_number(rest, language), hour=_find_hour(normalize(rest), days),
        length=_find_length(plain, language), count=_find_count(plain, language),
        days=days, weekdays=weekdays, places=tuple(each.places for each in found_places), only_place=only_place,
        countries=tuple(parse_countries(text, places)) if "practice" in nouns else (),
        pointed=tuple(_find_pointed(elsewhere, language)),
        theme=subject, beside=beside, bare=_is_empty(subject, language), follows=follows,
    )  # fmt: skip


def _find_places(text: str, language: Language, places: Places, asked: Collection[str]) -> list[NamedPlace]:
    """Returns the places that it names; "duran dos horas" names none, though there is a town of that name."""
    goes_on = _follow_pattern(language).match(normalize(text)) is not None
    loosely = goes_on or not {"hour", "zone"}.isdisjoint(asked)
    length = _find_length(normalize(text), language) is not None
    found = parse_places(text, language, places, loosely=loosely and not length)
    asking = {word for section in ("duration", "hour", "day", "end") for word in lexicon("asks")[section][language]}
    return [each for each in found if normalize(each.words).strip() not in asking]


def _read_places(
    text: str, plain: str, language: Language, places: Places
) -> tuple[list[NamedPlace], str, str, frozenset[str]]:
    """Returns the places that it names, and the text without their names where they have several words.

    With the text come its plain words and the sections that they ask for.

    "Santo Domingo" is no Sunday, "Nueva York" and "Puerto Plata" are no subject.
    """
    asked = _asked_beside_orders(text, plain, language)
    found = _find_places(text, language, places, asked)
    rest = _cut_names(text, found)
    if rest == text:
        return found, rest, plain, asked
    plain = drop_homonym_verbs(normalize(rest))
    return found, rest, plain, _asked_beside_orders(rest, plain, language)


def _cut_names(text: str, places: Iterable[NamedPlace]) -> str:
    """Returns the text without names of several words; countries stay, for practices are found by them."""
    for each in places:
        words = each.words.split()
        # "la entrada" in small letters is what it says, though there is a La Entrada.
        ordinary = 0 < len(words) <= _WITH_ARTICLE and len(words[0]) < _SHORTEST_NAME and words[0].islower()
        if len(normalize(each.words).split()) > 1 and not ordinary and each.places[0].kind != "country":
            text = re.sub(r"[\s]+".join(map(re.escape, words)), " ", text)
    return text


def _asked_beside_orders(text: str, plain: str, language: Language) -> frozenset[str]:
    order = _order_pattern(language)
    found = _find_asked(order.sub(" ", normalize(text)), order.sub(" ", plain), language)
    return frozenset(found | {each for each in _COUNTED if lexicon_pattern("turns", each, language).search(plain)})


def _find_length(words: str, language: Language) -> int | None:
    """Returns the length of time that it names, in minutes."""
    lengths: Mapping[str, int] = lexicon("others")["lengths"][language]
    return next((lengths[phrase] for phrase in sorted(lengths, key=len, reverse=True) if f" {phrase} " in words), None)


def _find_count(words: str, language: Language) -> int | None:
    """Returns the number before a noun in the plural: "diez principios"; one is no number there."""
    known = number_words(language).cardinal
    nouns = "|".join(noun_pattern(language, kind).pattern for kind in NOUNS)
    match = re.search(rf"(?<= )(?P<number>\d{{1,2}}|{'|'.join(known)}) (?:{nouns})", words)
    number = 0 if match is None else known.get(match["number"], 0) or int(match["number"])
    return number if number > 1 else None


def _order_pattern(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of words that look like an order and are none: "por último" names no last session."""
    return lexicon_pattern("others", "no_order", language)


@cache
def _counted_order_pattern(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of orders of several words: "second to last" names neither the second nor the last."""
    return phrase_pattern(phrase for each in _COUNTED for phrase in lexicon("turns")[each][language])


def _find_pointed(words: str, language: Language) -> Iterator[str]:
    """Yields what follows "the one on", or stands in "the data one", up to a word that asks, a day or an order."""
    follows = [words[match.end() :] for match in lexicon_pattern("turns", "the_one", language).finditer(words)]
    within = [match[1] for match in _WITHIN_ONE.finditer(words)] if language == "en" else []
    around = (lexicon_pattern("turns", each, language) for each in ("day_after", "day_from", "day_before"))
    ends = (*_asking_patterns(language), *_calendar_patterns(language), *around)
    for each in (*follows, *within):
        for pattern in ends:
            each = pattern.sub(" ; ", f" {each.strip()} ")  # noqa: PLW2901 - one pattern after the other
        first = without_numbers(each.split(";")[0], language)
        if not _is_empty(first, language):
            yield first


def _find_days(
    text: str, words: str, asked: Collection[str], context: ClauseContext
) -> tuple[tuple[DayRange, ...], tuple[int, ...]]:
    """Returns the days that are meant, or the days of the week, where each of them is: "¿cuáles caen en martes?"."""
    every = not _is_dated(words, context.language) and not {"count", "list", "which", "yes_no"}.isdisjoint(asked)
    if every and (weekdays := tuple(parse_weekdays(words, context.language))):
        return (), weekdays
    days = tuple(parse_days(text, context.language, context.today, context.days))
    return tuple(_open_range(each, words, context.language) for each in days), ()


def _open_range(day: DayRange, words: str, language: Language) -> DayRange:
    """Returns all days after that one for "after the 1st of November", all before it for "before"; else the same.

    "From the 1st of November" has that day, too.
    """
    a_day, a_year = timedelta(days=1), timedelta(days=_A_YEAR)
    if _is_led(day, words, "day_after", language):
        return DayRange(day.last + a_day, day.first + a_year)
    if _is_led(day, words, "day_from", language):
        return DayRange(day.first, day.first + a_year)
    if _is_led(day, words, "day_before", language):
        return DayRange(day.last - a_year, day.first - a_day)
    return day


def _is_led(day: DayRange, words: str, section: str, language: Language) -> bool:
    """Returns whether a word of that section leads to the day; "from 10 to 12" leads to an hour."""
    for match in _before_day_pattern(section, language).finditer(words):
        number, second = match["number"], match["second"]
        if number is None:
            return True
        if second is not None and {int(number), int(second)} == {day.first.day, day.first.month}:
            return True
        pointed = match["article"] or match["lead"].endswith(_CONTRACTED)
        if int(number) == day.first.day and (match["month"] or (pointed and not match["unit"])):
            return True
    return False


@cache
def _before_day_pattern(section: str, language: Language) -> "re.Pattern[str]":
    """Returns the pattern of "after" or "before", where a day or a month follows, or a number that may be a day."""
    calendar = lexicon("calendar")
    names = [name for kind in ("months", "weekdays") for each in calendar[kind][language] for name in each.split("|")]
    days = "|".join((*names, *calendar["days"][language]))
    months = rf"(?:(?:of|de|do) )?(?:{'|'.join(month_names(language))}) "
    numbers = "|".join((*number_words(language).cardinal, *number_words(language).ordinal))
    leads = phrase_pattern(lexicon("turns")[section][language]).pattern
    return re.compile(
        rf"(?P<lead>{leads}) (?P<article>(?:(?:the|el|le|o|dia|la) )*)(?:(?:{days}) |(?:{numbers}) {months}"
        rf"|(?P<number>\d{{1,2}})(?P<unit>{_UNIT})?(?:{ORDINAL_END} (?:(?P<month>{months})|(?P<second>\d{{1,2}}) )?)?)"
    )


def _is_dated(words: str, language: Language) -> bool:
    """Returns whether a day of the week has its date: "el martes 29"."""
    return re.search(rf"{weekday_pattern(language).pattern} (?:the )?\d", words) is not None


def _without_places(words: str, places: Iterable[NamedPlace]) -> str:
    """Returns the plain text without the names of places: "Puerto Príncipe" names no principle."""
    for each in places:
        words = words.replace(normalize(each.words), " ") if each.words else words
    return words


def _find_asked(words: str, ordered: str, language: Language) -> set[str]:
    """Returns the sections whose words are there; "mi país" asks for its hours only where hours are asked."""
    ordered = phrase_pattern(lexicon("calendar")["weeks"][language]).sub(" ", ordered)  # "la semana que viene"
    found = {section for section in lexicon("asks") if lexicon_pattern("asks", section, language).search(words)}
    found |= {section for section in lexicon("turns") if lexicon_pattern("turns", section, language).search(ordered)}
    return found | {"zone"} if "own_country" in found and found & {"hour", "day"} else found


def _extract_subject(words: str, language: Language) -> str:
    """Returns the subject: the plain text without greetings, words that ask, and the names of kinds of things."""
    for pattern in _asking_patterns(language):
        words = pattern.sub(" ", words)
    return " ".join(words.split())


def _is_empty(subject: str, language: Language) -> bool:
    """Returns whether only words without meaning, days and orders are left."""
    words = f" {subject} "
    for pattern in _calendar_patterns(language):
        words = pattern.sub(" ", words)
    stop = frozenset(lexicon("stop")[language])
    return all(word in stop for word in without_numbers(words, language).split())


def words_left(clause: Clause) -> list[str]:
    """Returns the words that no part of the clause accounts for, and that mean something."""
    words = f" {clause.beside} "
    around = (
        lexicon_pattern("turns", each, clause.language) for each in ("event", "day_after", "day_from", "day_before")
    )
    for pattern in (*_calendar_patterns(clause.language), *around):
        words = pattern.sub(" ", words)
    stop = frozenset(lexicon("stop")[clause.language])
    stop |= {word for lead in lexicon("typed/wishes")["here"][clause.language] for word in lead.split()}
    left = without_numbers(words, clause.language).split()
    return [word for word in left if word not in stop and len(word) >= _TELLING]


def without_numbers(words: str, language: Language) -> str:
    """Returns the plain text without figures and number words."""
    known = number_words(language)
    kept = (
        word
        for word in words.split()
        if not (word in known.ordinal or word in known.cardinal or _FIGURES.fullmatch(word))
    )
    return " ".join(kept)


@cache
def _asking_patterns(language: Language) -> "tuple[re.Pattern[str], ...]":
    asking = (lexicon_pattern(name, section, language) for name, section in _TURNS)
    return (
        phrase_pattern(lexicon("others")["lengths"][language]),
        *asking,
        *(noun_pattern(language, kind) for kind in NOUNS),
    )


@cache
def _calendar_patterns(language: Language) -> "tuple[re.Pattern[str], ...]":
    calendar = lexicon("calendar")
    names = [name for kind in ("months", "weekdays") for each in calendar[kind][language] for name in each.split("|")]
    spans = [*calendar["days"][language], *calendar["weeks"][language], *calendar["weekends"][language]]
    orders = (lexicon_pattern("turns", section, language) for section in _ORDERS)
    return (
        day_offset_pattern(language),
        month_pattern(language),
        phrase_pattern(spans),
        phrase_pattern(names),
        *orders,
    )


def _is_open(text: str, language: Language) -> bool:
    """Returns whether it begins with a word such as "what": "¿qué pasa el 5?", "hola, y cómo es la 3?"."""
    words = normalize(text)
    for mood in ("greeting", "polite"):
        words = lexicon_pattern("talk", mood, language).sub(" ", words)
    return _interrogative_pattern(language).match(f" {' '.join(words.split())} ") is not None


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
def _pointing_pattern() -> "re.Pattern[str]":
    """Returns the pattern of words that only make sense after something was said: "¿y qué objetivos ven ahí?"."""
    return phrase_pattern(word for language in LANGUAGES for word in lexicon("meaning")["follows"][language]["points"])


def _find_hour(words: str, days: Sequence[DayRange]) -> int | None:
    """Returns an hour that the clause claims: "a las 15", "at 3 pm", "18h30", "from 10 to 12" beside its day."""
    match = _HOUR.search(words)
    if match is None:
        return _find_first_hour(words, days)
    hour = int(match["hour"] or match["hour2"])
    half = match["half"] or match["half2"] or ""
    if match["lead"] == "a" and not half:
        return None  # "a 2" is no hour, "à 14h" is
    hour += _NOON if half == "pm" and hour < _NOON else 0
    return hour * 60 + int(match["minute"] or match["minute2"] or 0)


def _find_first_hour(words: str, days: Sequence[DayRange]) -> int | None:
    match = _HOURS.search(words) if days else None
    if match is None or any(each.first.day in {int(match["hour"]), int(match["end"])} for each in days):
        return None  # "de 5 a 12 de noviembre" are days
    return int(match["hour"]) * 60
