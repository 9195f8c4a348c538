"""In what mood somebody writes: a greeting, thanks, an insult, a trick, a case of their own, or a question."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

from knowledge.text.words import lexicon, listed, pattern
from knowledge.understanding.sensitive_cases import own_case
from locales.localized import Language

MessageIntent = Literal[
    "wordless", "greeting", "thanks", "goodbye", "insult", "injection", "personal", "urgent", "asking"
]


def intent_of(words: str, language: Language) -> MessageIntent:
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
    words: str, language: Language, mood: MessageIntent, wishes: frozenset[str], *, names_ours: bool
) -> MessageIntent:
    """Personal and urgent cases; only danger where the question is about the Compact or the cycle.

    `names_ours` is whether a session, an objective or the like is called by its word or number.
    """
    about_us = names_ours or _about_the_cycle().search(words) is not None
    case = own_case(words, language, wishes, about_us=about_us)
    if case == "urgent":
        return case
    if mood != "asking":
        return "asking" if mood == "insult" and about_us else mood
    return case or "asking"


@cache
def _about_the_cycle() -> "re.Pattern[str]":
    return pattern(
        ["red", "rede", "network", "reseau", "plan de trabajo", "work plan", "workplan", "pacto", "pmm", "gcm",
         "compact", "pacte", "ciclo", "cycle", "evento", "event", "evenement", "programa", "programme", "bot",
         "charla*", "webinar*", "panel*", "certificad*", "certificat*", "attestation", "constancia*", "link", "enlace",
         "lien", "zoom", "invitacion", "invitation", "convite", "para asistir", "asistir conmigo", "puede asistir",
         "conectar*", "connect*"]
    )  # fmt: skip
