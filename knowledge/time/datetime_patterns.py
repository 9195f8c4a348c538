"""Builds the patterns of typed days and hours, once for each language, from the word lists."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.text.numbers_parser import number_words
from knowledge.text.words import lexicon
from knowledge.time.days_parser import month_names
from locales.localized import Language

_IDIOMS = frozenset({8, 15})
_MOST = 31  # the largest number that is a day or an hour
_ORDINAL = r"(?:st|nd|rd|th|er|ro|o|a|eme)?"
_AM_PM = r"(?P<ampm>[ap])\.? ?m(?![a-z0-9])\.?"
_UNIT = r"(?:hrs?|hs|h|horas|heures|hours|o clock|(?<=1 )hora|(?<=1 )heure|(?<=une )heure)(?![a-z0-9])\.?(?: en punto)?"
_BEFORE_THE_HOUR = ("five", "ten", "twenty", "twenty five")
# What makes a number an hour, so that it is no day.
_NO_HOUR = r"(?![\d/]|[.:-]\d|:| ?(?:h|hs|hrs|horas|heures|hours)(?![a-z])| ?[ap]\.? ?m(?![a-z]))"
_YEAR = r"(?P<year>20\d\d)(?!\d)"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language's moments, folded, with what they mean."""

    months: Mapping[str, int]
    numbers: Mapping[str, int]  # days and hours, as words and as figures
    minutes: Mapping[str, int]  # the same up to 59
    today_parts: Mapping[str, str]
    day_offsets: Mapping[str, int]
    weekday_numbers: Mapping[str, int]
    parts: Mapping[str, str]
    fractions: Mapping[str, int]  # before the hour
    fractions_after: Mapping[str, int]
    leads_to_end: frozenset[str]


@dataclass(frozen=True, slots=True)
class Patterns:
    """What one language's moments are made of; all patterns are for folded text and match where a part begins."""

    dates: "tuple[re.Pattern[str], ...]"
    today: "re.Pattern[str]"
    days: "re.Pattern[str]"
    counted: "re.Pattern[str]"
    weekdays: "re.Pattern[str]"
    named_hour: "re.Pattern[str]"
    relative_hour: "re.Pattern[str]"
    hour: "re.Pattern[str]"
    universal: "re.Pattern[str]"
    zone: "re.Pattern[str]"
    zone_before_time: "re.Pattern[str]"
    until: "re.Pattern[str]"
    between: "re.Pattern[str]"
    part: "re.Pattern[str]"
    number: "re.Pattern[str]"
    filler: "re.Pattern[str]"
    word: "re.Pattern[str]"
    words: "Vocabulary"


def _any_of(words: Iterable[str]) -> str:
    """Returns a group that matches any of them, the longest first; nothing at all where there are none."""
    ordered = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else "(?!)"


def _whole_word(pattern: str) -> "re.Pattern[str]":
    """Returns the same as whole words."""
    return re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])")


@cache
def datetime_patterns(language: Language) -> Patterns:
    """Returns those of that language."""
    words, known = lexicon("moments"), _vocabulary(language)
    written = [word for word, value in known.numbers.items() if not word.isdigit() and value <= _MOST]
    number = rf"(?:\d{{1,2}}|{_any_of(written)})"
    return Patterns(
        dates=_dates(language, number),
        today=_whole_word(_any_of(known.today_parts)),
        days=_whole_word(_any_of(known.day_offsets)),
        counted=_counted(language, known.numbers, number),
        weekdays=re.compile(rf"(?<![a-z0-9])(?P<name>{_any_of(known.weekday_numbers)})(?![a-z0-9])\.?"),
        named_hour=_named_hour(language),
        relative_hour=_relative_hour(language, number, known.parts),
        hour=_hour(language, number, known.parts, known.minutes),
        universal=_whole_word(r"\(?(?:utc|gmt)(?: ?(?P<sign>[+-]) ?(?P<hours>1[0-4]|0?\d)(?::?00)?)?"),
        zone=re.compile(rf"(?<![a-z0-9]){_any_of(words['zone_lead'][language])} (?P<zone>[a-z][a-z_/' .-]*)"),
        zone_before_time=re.compile(
            rf"(?P<zone>(?:[a-z.]+ ){{1,4}}){_any_of(words['zone_end'][language])}(?![a-z0-9])"
        ),
        until=_whole_word(_any_of(words["until"][language])),
        between=re.compile(rf"-|(?<![a-z0-9]){_any_of(words['between'][language])}(?![a-z0-9])"),
        part=_whole_word(_any_of(known.parts)),
        number=_whole_word(number),
        filler=re.compile(rf"[\s,.;:!¡()]+|(?<![a-z0-9]){_any_of(words['filler'][language])}(?![a-z0-9])"),
        word=re.compile(r"[^\s,;()]+"),
        words=known,
    )


def _vocabulary(language: Language) -> Vocabulary:
    words, calendar = lexicon("moments"), lexicon("calendar")
    written = {word: number for word, number in number_words(language).cardinal.items() if number <= _MOST}
    written |= {words["first"][language]: 1}
    numbers = written | {str(number): number for number in range(100)}
    weekdays = [*enumerate(calendar["weekdays"][language]), *enumerate(words["weekdays"][language])]
    return Vocabulary(
        months=month_names(language),
        numbers=numbers,
        minutes=numbers | {f"0{number}": number for number in range(10)} | words["tens"][language],
        today_parts=words["today"][language],
        day_offsets={**calendar["days"][language], **words["days"][language]},
        weekday_numbers={name: number for number, names in weekdays for name in names.split("|")},
        parts={phrase: part for part, phrases in words["parts"][language].items() for phrase in phrases},
        fractions=words["fractions"][language],
        fractions_after=words["after_hour"][language],
        leads_to_end=frozenset(words["lead_to_end"][language]),
    )


def _counted(language: Language, written: Mapping[str, int], number: str) -> "re.Pattern[str]":
    """Returns the pattern of "In 3 days", "dentro de una semana"."""
    words = lexicon("calendar")["counted"][language]
    lead, days, weeks = (_any_of(words[each]) for each in ("lead", "days", "weeks"))
    # "En ocho días" may be seven, "en quince días" fourteen.
    idioms = _any_of(word for word, value in written.items() if value in _IDIOMS)
    clear = "" if language == "en" else rf"(?!(?:8|15|{idioms}) {days})"
    return _whole_word(rf"{lead} {clear}(?P<number>{number}) (?:{days}|(?P<weeks>{weeks}))")


def _dates(language: Language, number: str) -> "tuple[re.Pattern[str], ...]":
    """Returns patterns of figures (2024-11-06, 6/11), of day and month by name, and of a day after its article."""
    words = lexicon("moments")
    articles, month = _any_of(words["a_day"][language]), _any_of(month_names(language))
    # "mar 5" is a Tuesday where that is short for one.
    weekdays = {name for names in words["weekdays"][language] for name in names.split("|")}
    clear = _any_of(set(month_names(language)) - weekdays)
    day = rf"(?P<day>\d{{1,2}}(?!\d){_ORDINAL}|{number})"
    connector = r"(?: (?:do mes |del mes )?(?:de|of|del|do|d))?(?: (?:el|the|mes de))?"
    year = rf"(?:,? (?:de |del |do |of )?{_YEAR})?"
    return (
        re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
        re.compile(
            rf"(?<![\d/.:-])(?P<day>\d{{1,2}})(?P<sign>[/.-])(?P<month>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}|\d\d){_NO_HOUR}"
        ),
        # "15-17" and "18.30" are hours: with these signs the second figure must be a month.
        re.compile(
            rf"(?<![\d/.:-])(?P<day>\d{{1,2}})(?:/(?=\d)|[.-](?=0?[1-9](?!\d)|1[0-2]))(?P<month>\d{{1,2}}){_NO_HOUR}"
        ),
        re.compile(rf"(?<![a-z0-9:])(?:{articles} )?{day}{connector} (?P<month>{month})(?![a-z])\.?{year}"),
        re.compile(
            rf"(?<![a-z0-9])(?P<month>{clear})\.?(?: the)? (?P<day>\d{{1,2}}(?!\d){_ORDINAL}){_NO_HOUR}"
            rf"(?![a-z])(?!(?: de| of)? {month}(?![a-z])){year}"
        ),
        re.compile(rf"(?<![a-z0-9]){articles} (?P<day>\d{{1,2}}(?!\d){_ORDINAL}){_NO_HOUR}(?![a-z])"),
        re.compile(r"(?<![a-z0-9])(?P<day>\d{1,2}(?:st|nd|rd|th))(?![a-z])"),
    )


def _named_hour(language: Language) -> "re.Pattern[str]":
    words = lexicon("moments")
    pattern = rf"(?:(?P<noon>{_any_of(words['noon'][language])})|{_any_of(words['midnight'][language])})"
    return _whole_word(rf"{pattern}(?P<fraction> {_any_of(words['after_hour'][language])})?")


def _relative_hour(language: Language, number: str, parts: Iterable[str]) -> "re.Pattern[str]":
    """Returns the pattern of "Quarter past three", "ten to four", "cuarto para las tres", with what follows."""
    words = lexicon("moments")
    minutes = rf"(?P<minutes>{_any_of(words['fractions'][language])}|{number})(?: minutes| minutos)?"
    if language == "en":  # "from 3 to 5" are two hours, "ten to four" is one
        minutes = rf"(?<!from )(?P<minutes>{_any_of((*words['fractions']['en'], *_BEFORE_THE_HOUR))}|{number} minutes)"
    way = rf"(?:(?P<past>{_any_of(words['past'][language])})|{_any_of(words['to'][language])})"
    return re.compile(
        rf"(?<![a-z0-9])(?:at )?{minutes} {way} (?P<hour>{number})(?![a-z0-9:/])(?: ?{_UNIT})?{_hour_end(parts)}"
    )


def _hour_end(parts: Iterable[str]) -> str:
    """Returns what may follow an hour: am or pm, or a part of the day."""
    return rf"(?: ?{_AM_PM}|,? (?P<part>{_any_of(parts)})(?![a-z0-9]))?"


def _hour(language: Language, number: str, parts: Iterable[str], minutes: Iterable[str]) -> "re.Pattern[str]":
    """Returns the pattern of "15:00", "15 h 30", "a las 3 y media de la tarde", "3pm", and of a number alone."""
    words = lexicon("moments")
    lead = rf"(?P<lead>{_any_of(words['lead'][language])} )?"
    colon = r" ?(?::|h(?:eures|oras)?) ?(?P<minute>[0-5]\d)(?::00)?(?![\d/]|[.:]\d)"
    clock = rf"(?:{colon}|\.(?P<dotted>[0-5]\d)(?![\d/]|\.\d))?"
    many = sorted(minutes, key=len, reverse=True)
    plus, minus = _any_of(words["plus_minutes"][language]), _any_of(words["minus_minutes"][language])
    count = rf"(?:(?:{plus}|(?P<minus>{minus})) (?P<counted>{_any_of(many)})(?: minut[oe]s)?(?![a-z0-9/:.]))"
    if language == "en":  # "three fifteen"
        count = rf"(?P<minus>(?!))?(?P<counted>{_any_of(each for each in many if not each.isdigit())})(?![a-z0-9])"
    fraction = rf"(?: (?:(?P<plus>{_any_of(words['after_hour'][language])})|{count})(?![a-z0-9]))?"
    unit = rf"(?P<unit> ?{_UNIT})?"
    return re.compile(
        rf"(?<![a-z0-9:/.]){lead}(?P<hour>{number})(?![\d/]){clock}{unit}{fraction}{_hour_end(parts)}(?![a-z0-9])"
    )
