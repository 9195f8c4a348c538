"""Parses the languages of interpretation that organizers type, by their names in our four languages."""

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

from knowledge.text.words import fold
from locales.localized import LANGUAGES

_BETWEEN = re.compile(r"[,;/\n·•]|\s(?:y|e|and|et)\s")
# Names that people use and dictionaries do not.
_ALSO = {"castellano": "es", "creole": "ht", "creol": "ht", "kreyol": "ht", "criollo": "ht", "creole haitiano": "ht"}
_LETTERS_OF_A_CODE = 2
_PREPOSITION = r"(?:al|a|en|em|into|in|to|para|vers|au|aux|del|de|do|da|du|from)"
# Words around the languages: how they are interpreted, and prepositions that join them to that.
_MANNER = re.compile(
    r"(?:\b(?P<before>en|em)\s+)?(?:\b(?:interpretaci[oó]n|interpreta[cç][aã]o|interpr[eé]tation|traducci[oó]n|tradu[cç][aã]o"
    r"|translation|traduction)\b\s*)?\b(?:simult[aáâ]ne[ao]s?|simultaneous|simultan[eé]es?|consecutiv[ao]s?|cons[eé]cutive)\b"
    r"(?:\s+(?:interpretation|translation))?\s*:?",
    re.IGNORECASE,
)
_ONLY_CODES = re.compile(r"\s*(?:[a-z]{2}\s*[,;/]\s*)+", re.IGNORECASE)
_LEADING = re.compile(rf"^{_PREPOSITION}\s+(?=\S{{3,}})", re.IGNORECASE)


@cache
def _codes_by_name() -> Mapping[str, str]:
    found = dict(_ALSO)
    for name in LANGUAGES:
        for code, called in Locale(name).languages.items():
            if len(code) == _LETTERS_OF_A_CODE:
                found.setdefault(fold(called), code)
    return found


def is_language_code(kept: str) -> bool:
    """Returns whether it is the code of a language, which each reader is told in their own words."""
    return kept in _codes_by_name().values()


def parse_languages(words: str) -> list[str]:
    """Returns what was typed, in order: codes of languages (ISO 639) where known, else the words as they are."""
    bare = _MANNER.sub(_keep_code, words)
    parts = [part.strip(" .-–—\t") for part in _BETWEEN.split(bare)]
    found = [_one_language(part) for part in parts if part]
    return list(dict.fromkeys(found)) or [words.strip(" .-–—\t")]


def _keep_code(match: "re.Match[str]") -> str:
    """Returns the code in a list of codes ("en" in "es/pt/en simultánea"); a space elsewhere ("en simultánea")."""
    return f"{match['before']} " if match["before"] and _ONLY_CODES.fullmatch(match.string[: match.start()]) else " "


def _one_language(part: str) -> str:
    """Returns a language's code by its name, with or without a preposition before it; else the words as they are."""
    known = _codes_by_name()
    return known.get(fold(part)) or known.get(fold(_LEADING.sub("", part))) or _as_written(part)


def _as_written(words: str) -> str:
    """Returns "es", typed for Spanish, as its code; other words stay, and must not be taken for a code afterwards."""
    if words.lower() in LANGUAGES:
        return words.lower()
    return words.capitalize() if is_language_code(words) else words
