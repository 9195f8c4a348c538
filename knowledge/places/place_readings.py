"""The ways to read what someone typed as the name of a place."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.text.spelling import fold

_MOST_WORDS, _MOST_WORDS_APART, _MOST_PARTS = 10, 6, 4
_SEPARATORS = re.compile(r"[,;/()|\n–—]| - ")
_ELISION = re.compile(r"\b([jldm])['’](?=\w)", re.IGNORECASE)
# Words people put before a place ("vivo en", "moro em", "I live in", "j'habite à") and after it.
_BEFORE = frozenset({
    "vivo", "estoy", "soy", "somos", "resido", "radico", "encuentro", "me", "ahora", "actualmente", "en", "de",
    "del", "desde", "la", "el", "los", "las", "ciudad", "mi", "zona", "horaria", "hora", "horario", "es", "yo",
    "aqui", "por", "para", "lugar", "pais", "te", "escribo", "saludos", "hola", "moro", "estou", "sou", "em",
    "no", "na", "do", "da", "dos", "das", "fuso", "minha", "meu", "cidade", "o", "a", "eu", "fica", "agora",
    "falo", "i", "im", "am", "live", "living", "in", "from", "at", "the", "my", "time", "timezone", "zone",
    "city", "of", "currently", "based", "is", "located", "je", "j", "habite", "suis", "vis", "au", "aux", "du",
    "le", "les", "d", "mon", "ma", "fuseau", "horaire", "heure", "ville", "dans", "l", "chez",
})  # fmt: skip
_AFTER = frozenset({
    "por", "favor", "gracias", "hora", "time", "timezone", "zone", "city", "obrigado", "obrigada", "please",
    "thanks", "merci", "svp", "aqui", "capital",
})  # fmt: skip


class Reading(NamedTuple):
    """A name, folded; the country or state said with it, folded; whether a comma or bracket stood between them."""

    name: str
    area: str | None = None
    apart: bool = False


def literal_readings(text: str) -> Iterator[Reading]:
    """The ways to read a text as a whole: as it stands, as a city and its country, without what leads to the name."""
    words = fold(text).split()
    if not 0 < len(words) <= _MOST_WORDS:
        return
    yield Reading(" ".join(words))
    parts = _parts(text)
    for part in parts:
        yield from (Reading(part, other, apart=True) for other in parts if part is not other)
    yield from _with_area(words)
    words = fold(_ELISION.sub(r"\1 ", text)).split()
    start, end = _bare(words)
    yield from (Reading(" ".join(words[first:end])) for first in range(start + 1) if first < end)
    yield from _with_area(words[start:end])


def loose_readings(text: str) -> Iterator[Reading]:
    """What stands between commas, slashes and brackets, each for itself, unless it is a whole sentence."""
    parts = _parts(text)
    if sum(len(part.split()) for part in parts) <= _MOST_WORDS_APART:
        yield from (Reading(part) for part in parts)


def _parts(text: str) -> list[str]:
    pieces = (fold(_ELISION.sub(r"\1 ", piece)).split() for piece in _SEPARATORS.split(text))
    bare = [" ".join(words[slice(*_bare(words))]) for words in pieces]
    return [part for part in bare if part][:_MOST_PARTS]


def _bare(words: list[str]) -> tuple[int, int]:
    """Where the name begins and ends between the words that lead to it and those that follow it."""
    start, end = 0, len(words)
    while start < end and words[start] in _BEFORE:
        start += 1
    while end > start and words[end - 1] in _AFTER:
        end -= 1
    return start, end


def _with_area(words: list[str]) -> Iterator[Reading]:
    for cut in range(len(words) - 1, 0, -1):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        yield Reading(left, right)
        yield Reading(right, left)
