"""Parses the languages of interpretation that organizers type, by their names in our four languages."""

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

from knowledge.text.spelling import fold
from locales.localized import LANGUAGES

_BETWEEN = re.compile(r"[,;/\n·•]|\s(?:y|e|and|et)\s")
# Names that people use and dictionaries do not.
_ALSO = {"castellano": "es", "creole": "ht", "creol": "ht", "kreyol": "ht", "criollo": "ht", "creole haitiano": "ht"}
_LETTERS_OF_A_CODE = 2


@cache
def _codes_by_name() -> Mapping[str, str]:
    found = dict(_ALSO)
    for name in LANGUAGES:
        for code, called in Locale(name).languages.items():
            if len(code) == _LETTERS_OF_A_CODE:
                found.setdefault(fold(called), code)
    return found


@cache
def _codes() -> frozenset[str]:
    return frozenset(_codes_by_name().values())


def is_language_code(kept: str) -> bool:
    """Whether it is the code of a language, which each reader is told in their own words."""
    return kept in _codes()


def parse_languages(words: str) -> list[str]:
    """What was typed, in order: codes of languages (ISO 639) where they are known, else the words as they are."""
    said = [part.strip(" .-–—\t") for part in _BETWEEN.split(words)]
    found = [_codes_by_name().get(fold(part), _as_written(part)) for part in said if part]
    return list(dict.fromkeys(found))


def _as_written(words: str) -> str:
    """ "es" typed for Spanish is its code; other words stay, and must not be taken for a code afterwards."""
    if words.lower() in LANGUAGES:
        return words.lower()
    return words.capitalize() if is_language_code(words) else words
