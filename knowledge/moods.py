"""In what mood somebody writes: a greeting, thanks, an insult, a trick, a case of their own, or a question."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from knowledge.numbers_said import Numbered
from knowledge.words import lexicon, listed, pattern
from locales.localized import Language

Mood = Literal["wordless", "greeting", "thanks", "goodbye", "insult", "injection", "personal", "urgent", "asking"]


def mood_of(words: str, language: Language) -> Mood:
    """Whether it greets, thanks, insults or tricks; "asking" where it may be a question."""
    if not any(sign.isalnum() for sign in words):
        return "wordless"
    if listed("talk", "injection", language).search(words):
        return "injection"
    rest = _stripped(words, language, ("greeting", "thanks", "goodbye", "polite"))
    stop = frozenset(lexicon("stop")[language])
    if all(word in stop for word in rest.split()):
        for mood in _small_talk(words, language):
            return mood
    return "insult" if listed("talk", "insult", language).search(words) else "asking"


def _small_talk(words: str, language: Language) -> Iterator[Literal["thanks", "goodbye", "greeting"]]:
    for mood in ("goodbye", "thanks", "greeting"):
        if listed("talk", mood, language).search(words):
            yield mood


def _stripped(words: str, language: Language, kinds: Iterable[str]) -> str:
    for kind in kinds:
        words = listed("talk", kind, language).sub(" ", words)
    return words


def of_their_own(
    words: str, language: Language, mood: Mood, named: frozenset[str], numbers: Mapping[Numbered, Sequence[int]]
) -> Mood:
    """Personal and urgent cases; never where the question is about the Compact or the cycle."""
    about_us = bool(named) or any(numbers.values()) or _about_the_cycle().search(words) is not None
    if listed("personal", "urgent", language).search(words) and not about_us:
        return "urgent"
    if mood != "asking":
        return "asking" if mood == "insult" and about_us else mood
    asked = _stripped(words, language, ("polite",))
    case = listed("personal", "case", language).search(asked)
    own = listed("personal", "own", language).search(asked)
    return "personal" if case and own and not about_us else "asking"


@cache
def _about_the_cycle() -> "re.Pattern[str]":
    return pattern(
        ["red", "rede", "network", "reseau", "plan de trabajo", "work plan", "workplan", "pacto", "pmm", "gcm",
         "compact", "pacte", "ciclo", "cycle", "evento", "event", "evenement", "programa", "programme", "bot",
         "charla*", "webinar*", "panel*", "certificad*", "certificat*", "attestation"]
    )  # fmt: skip
