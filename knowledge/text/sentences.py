"""Where one question of a message ends and the next begins."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from knowledge.text.words import lexicon, plain
from locales.localized import Language

_AND = frozenset(["y", "e", "and", "et", "plus", "&", "además", "también", "também", "also", "aussi"])


# Where one question ends and the next begins; not the point of "14.00", "n.º 3" or "Obj. 6".
_ENDS = re.compile(r"[?!¿¡\n;]+|(?<=[^\W\d]{4})\.(?=\s)|…|,\s*(?=(?:y|e|et|and|pero|mas|but|mais|además|aussi|also)\s)")


# A sentence with its mark; every sign is looked at once, however long a text without any marks is.
_SENTENCE = re.compile(r"(?:[^?!¿¡.\n;]|[.](?=\S))*(?P<end>[?!¿¡.\n;]|$)")

_ASKING = {
    "es": r" (?:a que|cuando|donde|como|quien|que|cual|cuales|cuanto|cuantos|cuantas|puedo|hay|en que|si) ",
    "pt": r" (?:a que|quando|onde|como|quem|que|qual|quais|quanto|quantos|quantas|posso|tem|em que|se) ",
    "en": r" (?:at what|when|where|how|who|what|which|can|is|are|do|will|if) ",
    "fr": r" (?:a quelle|quand|ou|comment|qui|que|quel|quelle|quels|quelles|combien|peut|est|si|ce sera) ",
}


def asked_part(text: str) -> str:
    """Only the sentences that end with a question mark, where there are any: the rest says who writes, and why."""
    asked = [match[0] for match in _SENTENCE.finditer(text) if match["end"] == "?"]
    return " ".join(asked) if any(any(sign.isalpha() for sign in each) for each in asked) else text


def split(text: str, language: Language) -> Iterator[str]:
    """The questions of a message: by its marks, and by "and when", "y cómo"."""
    for sentence in _ENDS.split(text):
        words = sentence.split()
        cuts = [place for place in joints(words) if _asks_on(words[place + 1 :], language)]
        for first, last in pairwise([-1, *cuts, len(words)]):
            if part := " ".join(words[first + 1 : last]):
                yield part


def joints(words: Sequence[str]) -> list[int]:
    """Where an "and" stands; as it is written, for "é" is no "e"."""
    return [place for place, word in enumerate(words) if word.casefold().strip(",.") in _AND]


def _asks_on(words: Sequence[str], language: Language) -> bool:
    start = plain(" ".join(words[:4]))
    return re.match(_ASKING[language], start) is not None or _a_meaning().match(start) is not None


@cache
def _a_meaning() -> "re.Pattern[str]":
    return re.compile(rf" (?:{'|'.join(lexicon('meaning')['before'])}) ")
