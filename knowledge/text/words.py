"""Normalizes typed text to plain words: folded, nouns corrected, short forms written out; reads the lexicon."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import tomli
from rapidfuzz import process
from rapidfuzz.distance import OSA

from locales.localized import Language

# GeoNames and people write Saint John’s, St. John's and Saint Johns for the same town.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻ`´"))
_SHORT = {
    "st": "saint", "ste": "sainte", "sto": "santo", "sta": "santa", "sn": "san", "cd": "ciudad", "pto": "puerto",
    "gral": "general", "cnel": "coronel", "mt": "mount", "ft": "fort", "prov": "provincia", "edo": "estado",
}  # fmt: skip

# Sounds that Spanish, Portuguese and French share although they write them differently, in this order.
_SOUNDS = [
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("ph", "f"), ("sch|sh|tch|ch", "x"), ("c(?=[eiy])|z", "s"), ("qu(?=[ei])|[cq]", "k"), ("g(?=[eiy])|dj", "j"),
        ("gu(?=[ei])", "g"), ("h", ""), ("[vw]", "b"), ("ll|y", "i"), ("ou", "u"), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


# Signs remembered: those of European languages, and not the million others that somebody may send.
_MOST_SIGNS = 0x3000


class Signs(dict[int, str]):
    """For str.translate(): what becomes of each sign, which is looked at once, when it is first seen."""

    def __init__(self, keep: Callable[[str], str]) -> None:
        super().__init__()
        self._keep = keep

    def __missing__(self, code: int) -> str:
        kept = self._keep(chr(code))
        return self.setdefault(code, kept) if code < _MOST_SIGNS else kept


# Accents go, letters and figures stay.
_BARE = Signs(lambda sign: "" if unicodedata.combining(sign) else sign if sign.isalnum() else " ")


def fold(text: str) -> str:
    """Returns small letters and figures without accents, with one space for any run of other signs; maybe ""."""
    small = text.casefold()
    if small.isascii() and small.replace(" ", "").isalnum():  # most names: five times as fast, which counts at start
        return " ".join(small.split())
    plain = unicodedata.normalize("NFKD", small.translate(_APOSTROPHES))
    return " ".join(plain.translate(_BARE).split())


def name_key(folded: str) -> str:
    """Returns a folded text with short forms written out and without spaces: "pto principe" gives "puertoprincipe"."""
    return "".join(_SHORT.get(word, word) for word in folded.split(" "))


def phonetic_key(key: str) -> str:
    """Returns roughly how a key is pronounced: "jinebra" and "ginebra" sound alike, so do "kito" and "quito"."""
    for pattern, letter in _SOUNDS:
        key = pattern.sub(letter, key)
    return key


_FOLDER = Path(__file__).parent / "lexicon"
# "l’objectif" and "can't" are two words each here; in the names of places they are one, see fold().
_APART = str.maketrans(dict.fromkeys("'’‘ʻ`´", " "))
# "trata" and "traite" are a crime as a noun, and say nothing as a verb: "de qué trata", "l'objectif 4 traite de".
# "No se tratan en la 2" denies with it.
_VERB = re.compile(
    r"(?<= )(?!en trata |(?<=no )se tratan en |(?<=nao )se tratam (?:em|na|no|nas|nos) )"
    r"(que|se|lo|nos|cual|cuales|quien|sesion|sessao|seance|session|objetivos?|objectifs?|principios?|principes?|"
    r"areas?|ejes?|axes?|eixos?|domaines?|temas?|themes?|quais|que|practica|pratique|pratica|qui|en|y|donde|onde|ou|acuerdo|pacto|ciclo|cycle|pacte|"
    r"il|elle|ils|elles|on|le|les|est|sont|sera|seront|ca|cela|ela|ele|elas|eles|isso|isto|eso|esto|ella|ellas|\d+)"
    r" (?:trata|tratan|trate|traite|traitent|traitee?s|tratam)(?= )"
)


@cache
def lexicon(name: str) -> Mapping[str, Any]:
    """Returns one of the word lists in knowledge/text/lexicon/, by its file's name; read once."""
    return tomli.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


@lru_cache(maxsize=4096)  # each name of the content is compared with every clause: a tenth of a question's time
def normalize(text: str) -> str:
    """Returns the words with one space between them and one at each end, so that " word " finds whole words only."""
    return f" {fold(text.translate(_APART))} "


def drop_homonym_verbs(words: str) -> str:
    """Returns the text without "trata" and "traite" where they are verbs."""
    # Most texts have none of them, and ten thousand lines are looked at when the bot starts.
    return _VERB.sub(r"\1", words) if " trat" in words or " trait" in words else words


def lexicon_words(language: Language) -> list[str]:
    """Returns the words of those lists in one language, by which it is told."""
    numbers = lexicon("numbers")[language]
    counted = [*numbers["cardinal"], *numbers["ordinal"]] * 2
    calendar = [each for kind in lexicon("calendar").values() for each in kind[language]]
    kinds = [kind for name in ("nouns", "asks", "turns", "talk") for kind in lexicon(name).values()]
    words = [word.rstrip("*") for kind in kinds for word in kind.get(language, ())]
    return [*words, *(variant for each in (*counted, *calendar) for variant in each.split("|"))]


_WORD_LISTS = (
    "asks", "calendar", "creole", "demonyms", "meaning", "moments", "nouns", "numbers", "other_languages", "others",
    "personal", "stop", "talk", "turns", "typed/places", "typed/wishes",
)  # fmt: skip


@cache
def listed_words() -> frozenset[str]:
    """Returns the words of all those lists, in any language; "empez*" stands for all that begin so."""
    lines = (line for name in _WORD_LISTS for line in _strings(lexicon(name)))
    words = {word for line in lines for part in line.split("|") for word in part.split()}
    return frozenset(f"{fold(word)}{'*' * word.endswith('*')}" for word in words)


def _strings(listed: object) -> Iterator[str]:
    inner = listed.values() if isinstance(listed, Mapping) else listed if isinstance(listed, list) else ()
    yield from (line for each in inner for line in _strings(each))
    if isinstance(listed, str):
        yield listed


def is_listed(word: str) -> bool:
    """Returns whether any word list has that word, in any language."""
    folded, known = fold(word), listed_words()
    return folded in known or (
        " " not in folded and any(f"{folded[:end]}*" in known for end in range(3, len(folded) + 1))
    )


def forgiven_slips(word: str, least: Iterable[tuple[int, int]] = ((8, 2), (5, 1))) -> int:
    """Returns how many slips of the finger are forgiven: for each number the least length, the longest first."""
    return next((slips for length, slips in least if len(word) >= length), 0)


_LONG_WORD = re.compile(r"[^\W\d_]{5,}")


@cache
def _nouns(language: Language) -> tuple[str, ...]:
    words = lexicon("nouns")
    kinds = ("session", "objective", "principle", "practice")
    return tuple(word for kind in kinds for word in words[kind][language][:2])


def correct_nouns(text: str, language: Language) -> str:
    """Returns the text with those words spelled correctly."""
    return _LONG_WORD.sub(lambda match: _corrected_noun(match[0], language), text)


def _corrected_noun(word: str, language: Language) -> str:
    folded, nouns = normalize(word).strip(), _nouns(language)
    slips = forgiven_slips(folded)
    if folded in nouns or folded in lexicon("others")["like_nouns"] or not slips:
        return word
    found = process.extractOne(folded, nouns, scorer=OSA.distance, score_cutoff=slips)
    return found[0] if found is not None and found[0][:1] == folded[:1] else word


# The "n" of "objetivo n 8" is a number's, and no "não".
_SHORT_WORD = re.compile(r"(?<![\w'’@./-])(?![nN] \d)[^\W_]{1,8}(?![\w'’@/-])(?!\.\w)")


def write_out(text: str, language: Language) -> str:
    """Returns the text with those words as they stand for; whatever else it has stays as it was typed."""
    known, accented = _abbreviations(language), _accented(language)
    first, *_ = text.split(" ", maxsplit=1)
    text = accented.get(first.lower(), first) + text[len(first) :]  # within a text "Pará" is a place
    return _SHORT_WORD.sub(lambda match: accented.get(match[0]) or _written_out(match[0], known), text)


def _written_out(word: str, known: Mapping[str, str]) -> str:
    if word.isupper() and len(word) > 1:
        return word  # "BC", "PA", "TS" are names
    return known.get(fold(word), word)


@cache
def _accented(language: Language) -> Mapping[str, str]:
    rows = lexicon("typed/abbreviations")["accented"].get(language, {})
    return {typed: full for full, several in rows.items() for typed in several}


@cache
def _abbreviations(language: Language) -> Mapping[str, str]:
    return {fold(short): full for full, typed in lexicon("typed/abbreviations")[language].items() for short in typed}
