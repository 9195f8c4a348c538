"""Compares the word of a session, that the moderator says near its end, with what people type. Pure."""

import re
import secrets
from collections.abc import Collection, Iterable, Sequence

from rapidfuzz.distance import OSA

from knowledge.text.words import fold

SHORTEST, LONGEST = 4, 20  # letters of a word of attendance
# From that length on, one slip is forgiven: in shorter words one letter makes another word.
_FORGIVEN_FROM = 5
_MOST_WORDS = 6  # of a message that may be an answer: nobody sends a dictionary
_LEAD = re.compile(
    r"^(?:(?:la palabra|a palavra|the word|le mot|palabra|palavra|word|mot)(?: (?:es|e|is|est))?"
    r"|es|e|is|it is|c est)(?= )"
)


def word_key(typed: str) -> str:
    """Returns the word as it is compared: without accents, capitals, signs and spaces."""
    return fold(typed).replace(" ", "")


def usable_word(typed: str) -> str | None:
    """Returns the key of a word that can be said aloud and typed on any phone; None for one that cannot."""
    key = word_key(typed)
    fits = SHORTEST <= len(key) <= LONGEST and key.isascii() and key.isalpha() and len(fold(typed).split()) <= 2  # noqa: PLR2004 - two words at most
    return key if fits else None


def matching_word(typed: str, words: Collection[str], others: Iterable[str] = ()) -> str | None:
    """Returns which of those keys was typed; None where none was, or where it is not beyond doubt.

    One slip (a letter more, less, other, or two exchanged) is forgiven in a word of five letters or more, unless what
    was typed is near to several, or is one of the `others`, which may have been said at another session.
    """
    said = fold(typed)
    if len(said.split()) > _MOST_WORDS:
        return None
    key = _LEAD.sub("", said).replace(" ", "")
    if key in words:
        return key
    near = [each for each in words if len(each) >= _FORGIVEN_FROM and OSA.distance(key, each, score_cutoff=1) <= 1]
    if len(near) != 1 or any(key == word_key(each) for each in others):
        return None
    return near[0]


def suggest_word(words: Sequence[str], used: Collection[str] = ()) -> str | None:
    """Returns a word by chance that was not used before; None where there is none left."""
    fresh = [each for each in words if word_key(each) not in used]
    return secrets.choice(fresh) if fresh else None
