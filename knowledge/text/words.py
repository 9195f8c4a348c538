"""Normalizes typed text to words without capitals, accents or signs, and reads the word lists of the lexicon."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.text.spelling import fold
from locales.localized import Language

_FOLDER = Path(__file__).parent / "lexicon"
# "l’objectif" and "can't" are two words each here; in the names of places they are one, see spelling.py.
_APART = str.maketrans(dict.fromkeys("'’‘ʻ`´", " "))
# "trata" and "traite" are a crime as a noun, and say nothing as a verb: "de qué trata", "l'objectif 4 traite de".
_VERB = re.compile(
    r"(?<= )(que|se|lo|nos|cual|cuales|quien|sesion|sessao|seance|session|objetivo|objectif|principio|principe|area|"
    r"eje|axe|eixo|practica|pratique|pratica|qui|en|y|donde|onde|ou|acuerdo|pacto|ciclo|cycle|pacte|\d+)"
    r" (?:trata|tratan|trate|traite|traitent|tratam)(?= )"
)


@cache
def lexicon(name: str) -> Mapping[str, Any]:
    """Returns one of the word lists in knowledge/text/lexicon/, by its file's name; read once."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


def normalize(text: str) -> str:
    """Returns the words with one space between them and one at each end, so that " word " finds whole words only."""
    return f" {fold(text.translate(_APART))} "


def drop_homonym_verbs(words: str) -> str:
    """Returns the text without "trata" and "traite" where they are verbs."""
    return _VERB.sub(r"\1", words)


def phrase_pattern(phrases: Iterable[str]) -> "re.Pattern[str]":
    """Finds any of those phrases in a plain text; `inscri*` stands for every word that begins so."""
    return _phrase_pattern(tuple(phrases))


@cache  # the phrases are of our word lists and of the content: there are no more than these
def _phrase_pattern(phrases: tuple[str, ...]) -> "re.Pattern[str]":
    written = sorted({fold_phrase(phrase) for phrase in phrases}, key=len, reverse=True)
    return re.compile(f"(?<= )(?:{'|'.join(map(_regex, written))})(?= )") if written else re.compile("(?!)")


def fold_phrase(phrase: str) -> str:
    """Returns a phrase of a word list as it is looked for: folded, its wildcard kept."""
    words = (normalize(word.removesuffix("*")).strip() + "*" * word.endswith("*") for word in phrase.split())
    return " ".join(words)


def _regex(phrase: str) -> str:
    return re.escape(phrase).replace(r"\*", "[^ ]*")


@cache
def lexicon_pattern(name: str, key: str, language: Language) -> "re.Pattern[str]":
    """Finds any phrase of that word list of the lexicon, in that language."""
    return phrase_pattern(lexicon(name)[key][language])


def lexicon_words(language: Language) -> list[str]:
    """Returns the words of those lists in one language, by which it is told."""
    numbers = lexicon("numbers")[language]
    words = [variant for each in (*numbers["cardinal"], *numbers["ordinal"]) for variant in each.split("|")]
    nouns = [word.rstrip("*") for kind in lexicon("nouns").values() for word in kind.get(language, ())]
    asks = [
        word.rstrip("*") for name in ("asks", "turns") for each in lexicon(name).values() for word in each[language]
    ]
    talk = [word.rstrip("*") for mood in lexicon("talk").values() for word in mood[language]]
    calendar = [word for kind in lexicon("calendar").values() for word in _split_variants(kind[language])]
    return [*words * 2, *nouns, *asks, *talk, *calendar]


def _split_variants(words: Iterable[str]) -> list[str]:
    return [variant for word in words for variant in word.split("|")]
