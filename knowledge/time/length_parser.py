"""Reads how long a session is claimed to last, in minutes: "90 minutes", "una hora y media", "more than an hour"."""

import re
from collections.abc import Collection, Mapping

from knowledge.text.numbers_parser import number_words
from knowledge.text.words import lexicon
from locales.localized import Language

_DAY = 24 * 60  # minutes
_WRITTEN = re.compile(
    r"(?<= )(?<! in )(?<! en )(?<! em )(?<! dans )"
    r"(?:(?P<minutes>\d{1,3}|[a-z]+(?: et)?) ?(?:min|mins|minutos?|minutes?|mn)"
    r"|(?P<hours>\d) ?(?:h|hs|hrs?|horas?|hours?|heures?) ?(?P<rest>[0-5]\d)?(?P<half> y media| e meia| et demie)?"
    r"|(?P<dotted>1 5) (?:h|hours|horas|heures))(?= )"
)
_BESIDE_LENGTH = frozenset({"before", "after", "remind", "left", "day_before", "open", "count"})  # "45 minutes before"
_TENS = {"noventa": 90, "ninety": 90, "dix": 90, "sesenta": 60, "sessenta": 60, "sixty": 60, "soixante": 60}
_MORE = re.compile(r" (?:mas|mais|more|over|longer|plus) (?:de |than |que |d )?$")
_LESS = re.compile(r" (?:menos|less|under|shorter|moins) (?:de |than |que |d )?$")

# "A las 1 hora de Tokyo", "session 1, heure de Montréal".
_AT_HOUR = re.compile(
    r" (?:(?:a las|a la|as) \d{1,2} horas?|(?:session|seance|sesion|sessao|encuentro|encontro|rencontre) \d{1,2})(?= )"
)


def find_length(words: str, language: Language, asked: Collection[str]) -> tuple[int, int] | None:
    """Returns the least and the most minutes that a plain text claims; None where it claims no length.

    `asked`: "1h30" is a time of day where it is not about how long something lasts; "90 minutes" is not.
    """
    lengths: Mapping[str, int] = lexicon("others")["lengths"][language]
    words = _AT_HOUR.sub(" ", words)
    phrase = next((each for each in sorted(lengths, key=len, reverse=True) if f" {each} " in words), None)
    if phrase is not None:
        return _compare(words[: words.index(f" {phrase} ") + 1], lengths[phrase])
    lasts, claimed = "duration" in asked, "yes_no" in asked and _BESIDE_LENGTH.isdisjoint(asked)
    written = _WRITTEN.search(words) if lasts or claimed else None
    written = written if lasts or (written and written["minutes"]) else None
    minutes = None if written is None else _minutes_of(written, language)
    return None if written is None or minutes is None else _compare(words[: written.start()], minutes)


def _compare(before: str, minutes: int) -> tuple[int, int]:
    if _MORE.search(before):
        return (minutes + 1, _DAY)
    return (0, minutes - 1) if _LESS.search(before) else (minutes, minutes)


def _minutes_of(match: "re.Match[str]", language: Language) -> int | None:
    if match["dotted"]:
        return 90  # "1.5 hours"
    if match["hours"]:
        return int(match["hours"]) * 60 + int(match["rest"] or 0) + (30 if match["half"] else 0)
    word = match["minutes"]
    return int(word) if word.isdigit() else _TENS.get(word) or number_words(language).cardinal.get(word)
