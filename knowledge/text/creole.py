"""Reads Haitian Creole as French, by the words that questions about a cycle are made of."""

import re
from functools import cache

from knowledge.text.words import lexicon, normalize


def as_french(text: str) -> str:
    """Returns the text with those words in French, without accents; what is not in the list stays as it was."""
    french = lexicon("creole")["french"]
    return _pattern().sub(lambda match: str(french[match[0]]), normalize(text)).strip()


@cache
def _pattern() -> "re.Pattern[str]":
    phrases = sorted(lexicon("creole")["french"], key=len, reverse=True)
    return re.compile(f"(?<= )(?:{'|'.join(map(re.escape, phrases))})(?= )")
