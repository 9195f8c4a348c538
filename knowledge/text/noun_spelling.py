"""Corrects misspelled words for sessions, objectives and the like: "obgetivo", "sesoin", "prinsipio"."""

import re
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.text.words import lexicon, normalize
from locales.localized import Language

_WORD = re.compile(r"[^\W\d_]{5,}")
_SLIPS = ((8, 2), (5, 1))  # the least length at which that many slips are forgiven
# Words of their own that are one slip from a noun.
_OTHERS = frozenset([
    "mission", "passion", "version", "pension", "sesiono", "objeto", "objetos", "objet", "objets", "object", "objects",
    "principal", "principales", "principais", "principaux", "principally", "practico", "practicar", "praticar",
    "pratico", "practical", "pratiquer", "arena", "areia", "encontro", "encuentra", "reunir", "lesion", "cession",
    "objection", "subjetivo", "adjetivo", "principe", "principes", "princesa", "sciences", "science", "licencias",
])  # fmt: skip


@cache
def _nouns(language: Language) -> tuple[str, ...]:
    words = lexicon("nouns")
    kinds = ("session", "objective", "principle", "practice")
    return tuple(word for kind in kinds for word in words[kind][language][:2])


def correct_nouns(text: str, language: Language) -> str:
    """Returns the text with those words spelled correctly."""
    return _WORD.sub(lambda match: _corrected(match[0], language), text)


def _corrected(word: str, language: Language) -> str:
    folded = normalize(word).strip()
    nouns = _nouns(language)
    slips = next((number for least, number in _SLIPS if len(folded) >= least), 0)
    if folded in nouns or folded in _OTHERS or not slips:
        return word
    found = process.extractOne(folded, nouns, scorer=OSA.distance, score_cutoff=slips)
    return found[0] if found is not None and found[0][:1] == folded[:1] else word
