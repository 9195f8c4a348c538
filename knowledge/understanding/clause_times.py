"""Finds the days that a clause means, from or before a day as well, and the hours and lengths that it claims."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from knowledge.text.numbers_parser import number_words
from knowledge.text.phrases import PhrasePattern, lexicon_pattern, phrase_pattern
from knowledge.text.words import lexicon
from knowledge.time.days_parser import (
    ORDINAL_END,
    DayRange,
    month_names,
    parse_dates,
    parse_days,
    parse_weekdays,
    weekday_pattern,
)
from locales.localized import Language

_A_YEAR, _BOTH = 365, 2
_ON_A_WEEKDAY = re.compile(
    r"\b(?:na|numa|nas|às|toda) (?:quinta|sexta)s?\b(?!-| feira| sess| reuni| vez)|"
    r"\b(?:nas|às|todas as) (?:segunda|quarta)s\b(?!-| feira| sess| reuni| vez)|"
    r"\b(?:uma|numa|toda) (?:segunda|quarta|quinta|sexta)\b(?!-| feira| sess| reuni| vez)|"
    r"\b(?:primeira|segunda|terceira|quarta|última|ultima|próxima|abertura|sess[aã]o \d)\b[^?!.;]{0,20}?"
    r"\b(?:é|eh|será|vai ser|cai|fica) na (?:segunda|quarta|quinta|sexta)\b(?!-| feira| sess| reuni| vez)|"
    r"\b(?:é|eh|será|vai ser|cai|fica|acontece) (?:na |numa )?(?:segunda|quarta|quinta|sexta)\b"
    r"(?!-| feira| sess| reuni| vez| edi| que)|"
    r"\bou na (?:segunda|quarta|quinta|sexta)\b(?!-| feira| sess| reuni| vez)|"
    r"\b(?:tem|há|ha|tiver|alguma|algo|cai|caem|livre|só posso)\b(?:(?! sobre | d[aeo]s? )[^?!.;]){0,25}?"
    r"\b(?:na|à|numa|toda|às|nas) (?:segunda|quarta|quinta|sexta)s?\b(?!-| feira| sess| reuni| vez)",
    re.IGNORECASE,
)
_ANY_SUCH = "a|un|una|uma|um|los|nos|aos|le|les|cada|todo|toda|chaque|every|each|only|just"
_THIS = "este|esta|esse|essa|this|next|ce|cet|cette|proximo|proxima"
_CONTRACTED = ("del", "do", "du")  # with the article of the day that follows
_UNIT = r" ?(?:am|pm|a m|p m|h|hs|hrs|hours|horas|heures|o clock|oclock|minutes|minutos)(?= )"


@dataclass(frozen=True, slots=True)
class ClauseContext:
    """What a clause is taken apart with: its language, the present day, and the days of the sessions."""

    language: Language
    sure: bool
    today: date
    days: tuple[date, ...]


def find_days(
    text: str, words: str, asked: Collection[str], context: ClauseContext, *, named: bool = False
) -> tuple[tuple[DayRange, ...], tuple[int, ...]]:
    """Returns the days that are meant, or the days of the week, where each of them is: "¿cuáles caen en martes?".

    `named`: a session is, whose day of the week is meant: "la 3 toca martes".
    """
    language = context.language
    every = named or not {"count", "list", "which", "yes_no"}.isdisjoint(asked)
    every = every or _any_weekday_pattern(language).search(words) is not None
    weekday = weekday_pattern(language).pattern
    dated = re.search(rf"{weekday} (?:the )?\d|(?<= )(?:{_THIS}) {weekday}", words)  # "el martes 29", "este viernes"
    if every and not dated and (weekdays := tuple(parse_weekdays(words, language))):
        return tuple(parse_dates(text, language, context.today, context.days, named=named)), weekdays
    days = parse_days(text, language, context.today, context.days, named=named)
    span = len(days) == _BOTH and days[0].first < days[1].last and "moved" not in asked
    if span and _span_pattern(language).search(words):
        return (DayRange(days[0].first, days[1].last),), ()  # "I am away from 28 October to 6 November"
    if named and dated and days and (of_date := tuple(parse_weekdays(words, language))):
        return tuple(days), of_date  # "la 2 es el miércoles 29" claims both
    return tuple(_open_range(each, words, language) for each in days), ()


@cache
def _any_weekday_pattern(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of any such day: "just the Tuesdays", "is that a Monday?", "los martes"."""
    names = "|".join(name for each in lexicon("calendar")["weekdays"][language] for name in each.split("|"))
    return re.compile(
        rf" (?:{_ANY_SUCH}) (?:{names})s? | (?:{names})s | (?:celles|ceux) du (?:{names}) | (?:{names}) ones? "
    )


@cache
def _span_pattern(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of "28 October to 6 November": of all days from one to the other."""
    to, months = "|".join(lexicon("calendar")["to_day"][language]), "|".join(month_names(language))
    between = r" (?:between|entre)(?: [^ ]+){1,5} (?:and|y|e|et) "  # "between 28 October and 6 November"
    return re.compile(rf"{between}| \d[^ ]*(?: (?:of|de))?(?: (?:{months}))? (?:{to})(?: (?:{months}))? \d")


def _open_range(day: DayRange, words: str, language: Language) -> DayRange:
    """Returns all days after "after the 1st of November", all from it on, or all before it; else the same day."""
    a_day, a_year = timedelta(days=1), timedelta(days=_A_YEAR)
    if _leads_to_day(day, words, "day_after", language):
        return DayRange(day.last + a_day, day.first + a_year)
    if _leads_to_day(day, words, "day_from", language):
        return DayRange(day.first, day.first + a_year)
    if _leads_to_day(day, words, "day_before", language):
        return DayRange(day.last - a_year, day.first - a_day)
    return day


def _leads_to_day(day: DayRange, words: str, section: str, language: Language) -> bool:
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


def write_weekdays_out(text: str, language: Language) -> str:
    """Returns "tem alguma na quarta?" with "quarta-feira": there "a quarta" is a day, and elsewhere the fourth."""
    if language != "pt":
        return text
    return _ON_A_WEEKDAY.sub(lambda match: f"{match[0]}-feira{'s' * match[0].endswith('s')}", text)


def write_is_out(text: str, language: Language) -> str:
    """Returns "a 1 eh quarta-feira": without its accent "é" would be "e", and this a list."""
    return re.sub(r"\bé\b", "eh", text) if language == "pt" else text


def is_day(number: int, days: Sequence[DayRange], weekdays: Sequence[int], context: ClauseContext) -> bool:
    """Returns whether the number is that of a day: "from the 5th" names no session 5, "na sexta" none of four."""
    weekday = bool(days or weekdays) and number > len(context.days)
    return weekday or any(each.first.day == number for each in days if each.first == each.last)


class HourClaim(NamedTuple):
    """The first and the last minute after midnight at which a session may begin, or end, for a claim to hold."""

    first: int
    last: int
    of_end: bool = False
    of_day: bool = False  # a part of the day: where the person's place is not known, it may be another one there


_HOUR = re.compile(
    r"(?<= )(?P<lead>a las|a la|as|at|a|de las|das|until|till|by) (?P<hour>\d{1,2})(?: (?P<minute>[0-5]\d))?"
    r"(?: ?(?P<half>am|pm|a m|p m|hs|hrs|h|heures|horas|o clock|oclock)(?P<minute3>[0-5]\d)?)?(?= )"
    r"|(?<= )(?P<hour2>\d{1,2})(?: ?(?P<half2>am|pm|a m|p m|h|hs|hrs|heures|horas|o clock|oclock))"
    r"(?P<minute2>[0-5]\d)?(?= )"
)
_HOURS = re.compile(
    r"(?<= )(?:from|de|das|entre|between) (?P<hour>\d{1,2}) (?:to|till|until|and|a|as|y|e|et) (?P<end>\d{1,2})(?= )"
)
_WORDED = re.compile(
    r"(?<= )(?P<lead>a las|a la|as|at|by|until|till|past|de las|das) (?P<hour>[a-z]+)(?= $| (?:no|nao|ne|verdad"
    r"|verdade|cierto|certo|right|pm|am|hora|horas|de la (?:manana|tarde)|da (?:manha|tarde)|en|em|in|[ye] media"
    r"|y cuarto) )"
)
# "one in the afternoon", "duas da tarde", "cinq heures".
_WORDED_PART = re.compile(
    r"(?<= )(?P<hour>[a-z]{2,8})(?= (?:de la (?:tarde|manana|noche)|da (?:tarde|manha|noite)"
    r"|in the (?:morning|afternoon|evening)|(?:heures? )?(?:de l apres midi|du matin|du soir)"
    r"|o clock|oclock|heures|pm|am) )"
)
_HALF = re.compile(r"(?<= )(?:(?P<hour>\d{1,2})h? (?:[ye] media|e meia|et demie)|half past (?P<past>\d{1,2}))(?= )")
# "a la 1 de la tarde", "9 du matin": the twelve hours of which; noon and midnight are left as they are.
_PART = re.compile(
    r"(?<= )(?<!session )(?<!sesion )(?<!sessao )(?<!seance )"
    r"(?P<hour>(?:[1-9]|1[01])(?: [0-5]\d)?) ?(?:h |heures? |horas? )?(?:"
    r"(?P<pm>de la tarde|de la noche|da tarde|da noite|in the afternoon|in the evening|de l apres midi|du soir)"
    r"|de la manana|da manha|in the morning|du matin)(?= )"
)
_BESIDE_HOUR = re.compile(
    r"(?<= )(?:antes|despues|luego|depois|before|after|avant|apres) "
    r"(?=(?:(?:de las|das|a las|as|at) )?\d{1,2}(?: [0-5]\d)? ?(?:am|pm|h|hs|hrs|horas|heures) )"
)
# "midi" is no hour after "après".
_NOON_WORDS = re.compile(
    r"(?<= )(?<!apres )(?:(?:at|a las|a la|as|a|ao|al|aux|12|twelve|doce) ){0,2}"
    r"(?:noon|midday|mediodia|meio dia|midi)(?: pile)?(?= )"
)
_SON_LAS = re.compile(r"(?<= )(?:son|serian|seran) las(?= (?:[5-9]|1\d|2[0-4]) )")  # "son las 4" may be the sessions
_MIDNIGHT = re.compile(r"(?<= )(?:midnight|medianoche|media noche|meia noite|minuit)(?= )")
_NEXT_OF_A_LIST = re.compile(r" (?:[yeo] )?(?:a )?la \d ")
_OR = re.compile(
    r"^ ?(?:(?:session|sesion|sessao|seance|one) )?(?:o|u|ou|or)"
    r"(?: (?:a|as|at|las|la|the|les|le|el|es|is|eh|e|on|em|na|no|c est|de|del|da|do|en|in|dans|dia"
    r"|session|sesion|sessao|seance|objective|objetivo|objectif))* ?$"
)
_FIGURE = r"(?<= )(?:\d{1,2}(?:st|nd|rd|th|er)?)(?= )"
_ARTICLES = re.compile(r"(?: (?:the|las|la|as))? $")
_NOON, _DAY, _EARLY = 12 * 60, 24 * 60, 7 * 60
_LED_ONLY = frozenset({"de las", "das"})  # an hour after "antes" only: "de las 4 sesiones"
_LED_TO_END = frozenset({"until", "till", "by"})
# From which minute of the day to which a session that begins then is in that part of it.
_PARTS = {
    "dawn": (0, 359), "morning": (300, 719), "noon": (690, 810), "afternoon": (720, 1139),
    "evening": (1080, 1439), "night": (1140, 1439),
}  # fmt: skip
_NO_CLAIM = frozenset({"open", "which", "sessions", "list", "count", "day", "compare"})


def find_claimed_hours(words: str, language: Language, days: Sequence[DayRange]) -> tuple[HourClaim, ...]:
    """Returns when a session may begin or end for the claim to hold; () where no hour is claimed, or not clearly."""
    if names_alternatives(words, language):
        return ()  # "7 pm or 6 pm?"
    written = _in_figures(words, language)
    found = (_claim(match, written, language) for match in _HOUR.finditer(written))
    claims = [claim for claim in found if claim] or [_find_first_hour(words, days)]
    if claims[0] and lexicon_pattern("turns", "clash", language).search(words):
        at = claims[0][-1 if claims[0][0].first < _EARLY else 0].first  # "at 3" is in the afternoon, "at 9" is not
        return HourClaim(0, at), HourClaim(at + 1, _DAY, of_end=True)  # it has begun by then, and is not over
    if len(claims) == 1 and claims[0] and (by := _held_by(claims[0], words, language)) is not None:
        return (by,)
    # "It begins at 14 and ends at 16": both are claimed.
    end = next((claim for claim in claims[1:] if claim[0].of_end), ()) if claims[0] and not claims[0][0].of_end else ()
    return (*claims[0], *end)


def without_parts_of_day(words: str, language: Language) -> str:
    """Returns the plain text without "in the morning" and the like; without greetings, for "good morning" is one."""
    words = lexicon_pattern("talk", "greeting", language).sub(" ", words)
    for pattern in _part_patterns(language).values():
        words = pattern.sub(" ", words)
    return words


def find_part_of_day(words: str, asked: Collection[str], language: Language) -> tuple[HourClaim, ...]:
    """Returns when a session may begin for "is it in the morning?"; () where two parts of the day, or more, are named.

    `asked`: where something else is asked ("I work in the morning, which one can I see?"), nothing is claimed by it.
    """
    if not _NO_CLAIM.isdisjoint(asked):
        return ()
    words = lexicon_pattern("talk", "greeting", language).sub(" ", words)  # "good morning" claims nothing
    named = [name for name, pattern in _part_patterns(language).items() if pattern.search(words)]
    return (HourClaim(*_PARTS[named[0]], of_day=True),) if len(named) == 1 else ()


@cache
def _part_patterns(language: Language) -> dict[str, PhrasePattern]:
    """Returns the pattern of each part of the day."""
    parts = lexicon("moments")["parts"][language]
    return {name: phrase_pattern(parts[name]) for name in _PARTS if name in parts}


def names_alternatives(words: str, language: Language) -> bool:
    """Returns whether two hours, weekdays or numbers are joined by "or": neither of them is claimed."""
    written = _in_figures(words, language)
    for pattern in (_HOUR, weekday_pattern(language), _placed_pattern(language)):
        spans = [match.span() for match in pattern.finditer(written)]
        if any(_OR.search(written[end:start]) for (_, end), (start, _) in pairwise(spans)):
            return True
    return False


@cache
def _placed_pattern(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of a number or a place in an order: "the first or the 2nd"."""
    return re.compile(rf"{_FIGURE}|(?<= )(?:{'|'.join(number_words(language).ordinal)})(?= )")


def _claim(match: "re.Match[str]", written: str, language: Language) -> tuple[HourClaim, ...]:
    """Returns what is claimed with one hour of that text."""
    before, after = written[: match.start()], written[match.end() :]
    half, lead = match["half"] or match["half2"] or "", match["lead"]
    led = f"{before}{'de ' if lead == 'de las' else 'das ' if lead == 'das' else ''}"
    earlier, later = (_leads_to_hour(led, f"day_{side}", language) for side in ("before", "after"))
    if (lead == "a" and not half) or (lead in _LED_ONLY and not (earlier or later)):
        return ()  # "a 2" is no hour, "à 14h" is
    if lead == "a la" and (match["hour"] != "1" or language == "fr" or _NEXT_OF_A_LIST.match(after)):
        return ()  # "voy a la 2", "a la 1 y la 3" are sessions
    meant, of_end = _read_hour(match, half), lead in _LED_TO_END or _is_of_end(before, language)
    if of_end and lead == "by":
        return (HourClaim(0, meant[-1], of_end=True),)  # "ends by 4": at four at the latest
    if earlier or later:
        span = (0, meant[-1] - 1) if earlier else (meant[-1] + 1, _DAY)
        return (HourClaim(*span, of_end),) if len(meant) == 1 or of_end else ()
    return tuple(HourClaim(minutes, minutes, of_end) for minutes in meant)


def _held_by(claim: Sequence[HourClaim], words: str, language: Language) -> HourClaim | None:
    """Returns the claim of "will it be over at 4?", "will it have begun at 2?": by then, at the latest."""
    over, begun = (lexicon_pattern("others", section, language).search(words) for section in ("over", "begun"))
    point = claim[-1].first == claim[-1].last
    return HourClaim(0, claim[-1].last, of_end=over is not None) if point and (over or begun) else None


def _is_of_end(before: str, language: Language) -> bool:
    """Returns whether the last verb before the hour is one of ending: "empieza a las 14 y termina a las 16"."""
    begins, ends = (
        max((match.end() for match in lexicon_pattern(*section, language).finditer(before)), default=-1)
        for section in (("others", "begins"), ("asks", "end"))
    )
    return ends > begins


def _in_figures(words: str, language: Language) -> str:
    """Returns "a la una, ¿no?" as "a la 1"; not where what follows is counted: "a las dos sesiones"."""
    known = number_words(language).cardinal
    words = _MIDNIGHT.sub("at 0 00", _NOON_WORDS.sub("at 12 00", _SON_LAS.sub("a las", words)))
    words = _WORDED_PART.sub(lambda match: str(known.get(match["hour"], match["hour"])), words)
    words = _WORDED.sub(lambda match: f"{match['lead']} {known.get(match['hour'], match['hour'])}", words)
    words = _HALF.sub(lambda match: f"{match['hour'] or match['past']} 30", words)
    return _PART.sub(lambda match: f"{match['hour']} {'pm' if match['pm'] else 'am'}", words)


def without_hours(words: str, language: Language) -> str:
    """Returns the plain text without the hours that it names."""
    loose = _LED_ONLY | {"a"}
    written = _BESIDE_HOUR.sub("", _in_figures(words, language))
    return _HOUR.sub(lambda match: match[0] if match["lead"] in loose and not match["half"] else " ", written)


def _read_hour(match: "re.Match[str]", half: str) -> tuple[int, ...]:
    """Returns the minutes after midnight; two of them for "a las 2", which may be in the afternoon."""
    minute = next((int(match[each]) for each in ("minute", "minute2", "minute3") if match[each]), 0)
    minutes, half = int(match["hour"] or match["hour2"]) * 60 + minute, half.replace(" ", "")
    if half in {"am", "pm"}:
        return (minutes % _NOON + _NOON * (half == "pm"),)
    return (minutes, minutes + _NOON) if 0 < minutes < _NOON else (minutes,)


def _leads_to_hour(words: str, section: str, language: Language) -> bool:
    lead = _ARTICLES.sub(" ", words)
    return any(match.end() == len(lead) - 1 for match in lexicon_pattern("turns", section, language).finditer(lead))


def _find_first_hour(words: str, days: Sequence[DayRange]) -> tuple[HourClaim, ...]:
    match = _HOURS.search(words) if days else None
    if match is None or any(each.first.day in {int(match["hour"]), int(match["end"])} for each in days):
        return ()  # "de 5 a 12 de noviembre" are days
    minutes = int(match["hour"]) * 60
    return tuple(HourClaim(each, each) for each in (minutes, minutes + _NOON))
