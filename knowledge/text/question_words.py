"""Cleans a question that will be shown to many: one line, without signs that nobody sees. Pure."""

import unicodedata

# They join letters of Arabic, Persian and Indian scripts; every other sign that nobody sees may turn a line around.
_JOINERS = frozenset("\u200c\u200d")
_MOST_MARKS = 3  # on one letter; what has more covers the lines above


def clean_question(words: str) -> str:
    """Returns the words in one line, composed (NFC), without control and formatting signs, and towers of accents."""
    kept: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", words):
        category = unicodedata.category(sign)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > _MOST_MARKS or (category == "Cf" and sign not in _JOINERS):
            continue
        kept.append(" " if category in {"Cc", "Zl", "Zp", "Zs"} else sign)
    return " ".join("".join(kept).split())


def asks_something(words: str) -> bool:
    """Returns whether there are letters enough for a question, in any script."""
    return sum(sign.isalpha() for sign in words) > 1
