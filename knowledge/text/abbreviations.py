"""Writes out the words that are shortened on phones: "q", "qdo", "wen", "keske". Pure."""

import re
from collections.abc import Mapping
from functools import cache

from knowledge.text.spelling import fold
from knowledge.text.words import lexicon
from locales.localized import Language

_WORD = re.compile(r"(?<![\w'’@./-])[^\W_]{1,8}(?![\w'’@/-])(?!\.\w)")


def write_out(text: str, language: Language) -> str:
    """Returns the text with those words as they stand for; whatever else it has stays as it was typed."""
    known = _known(language)
    return _WORD.sub(lambda match: _written(match[0], known), text)


def _written(word: str, known: Mapping[str, str]) -> str:
    if word.isupper() and len(word) > 1:
        return word  # "BC", "PA", "TS" are names
    return known.get(fold(word), word)


@cache
def _known(language: Language) -> Mapping[str, str]:
    return {fold(short): full for full, typed in lexicon("typed/abbreviations")[language].items() for short in typed}
