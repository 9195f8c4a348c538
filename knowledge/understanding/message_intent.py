"""Classifies a message: greeting, thanks, insult, injection, an emergency, a personal case, or a question."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Literal

from knowledge.text.words import lexicon, lexicon_pattern, phrase_pattern
from locales.localized import LANGUAGES, Language

Case = Literal["personal", "urgent"]
_OF_THE_BOT = frozenset({"register", "unregister", "remind", "language", "interpretation"})


def is_emergency(words: str, language: Language) -> bool:
    """Danger, or harm to somebody close: it is answered as such whatever else is asked."""
    words = _in_every_language("harmless").sub(" ", words)
    if _in_every_language("peril").search(words):
        return True
    if lexicon_pattern("personal", "inquiring", language).search(words):
        return False
    known = _somebody_close(language).search(words)
    return known is not None and lexicon_pattern("personal", "befallen", language).search(words) is not None


def classify_case(words: str, language: Language, wishes: Collection[str], *, about_us: bool) -> Case | None:
    """How the plain text is to be taken: an emergency, somebody's own case, or neither."""
    ceasing = "unregister" in wishes
    if is_emergency(words, language) and not (ceasing and about_us):
        return "urgent"
    if lexicon_pattern("personal", "urgent", language).search(words) and not (about_us or ceasing):
        return "urgent"
    return "personal" if not about_us and _is_own_case(words, language, wishes) else None


def _is_own_case(words: str, language: Language, wishes: Collection[str]) -> bool:
    for polite in (lexicon_pattern("talk", "polite", language), lexicon_pattern("personal", "curious", language)):
        words = polite.sub(" ", words)
    if not lexicon_pattern("personal", "own", language).search(words):
        return False
    if lexicon_pattern("personal", "case", language).search(words):
        return True
    vague = lexicon_pattern("personal", "vague", language).search(words) or _somebody_close(language).search(words)
    return vague is not None and _OF_THE_BOT.isdisjoint(wishes)


@cache
def _in_every_language(key: str) -> "re.Pattern[str]":
    """In every language: a short cry for help is easily taken for another one."""
    return phrase_pattern(phrase for language in LANGUAGES for phrase in lexicon("personal")[key][language])


@cache
def _somebody_close(language: Language) -> "re.Pattern[str]":
    """ "mi hermano", "my younger cousin", "una amiga"."""
    words = lexicon("personal")
    whose, kin, others = (phrase_pattern(words[kind][language]).pattern for kind in ("whose", "kin", "somebody"))
    return re.compile(f"{whose}(?: [^ ]+)? {kin}|{others}")


MessageIntent = Literal[
    "wordless", "greeting", "thanks", "goodbye", "insult", "injection", "personal", "urgent", "asking"
]


def classify_intent(words: str, language: Language) -> MessageIntent:
    """Whether it greets, thanks, insults or tricks; "asking" where it may be a question."""
    if not any(sign.isalnum() for sign in words):
        return "wordless"
    if lexicon_pattern("talk", "injection", language).search(words):
        return "injection"
    rest = _strip_phrases(words, language, ("greeting", "thanks", "goodbye", "polite"))
    stop = frozenset(lexicon("stop")[language])
    if all(word in stop for word in rest.split()):
        for mood in _small_talk_kinds(words, language):
            return mood
    return "insult" if lexicon_pattern("talk", "insult", language).search(words) else "asking"


def _small_talk_kinds(words: str, language: Language) -> Iterator[Literal["thanks", "goodbye", "greeting"]]:
    for mood in ("goodbye", "thanks", "greeting"):
        if lexicon_pattern("talk", mood, language).search(words):
            yield mood


def _strip_phrases(words: str, language: Language, kinds: Iterable[str]) -> str:
    for kind in kinds:
        words = lexicon_pattern("talk", kind, language).sub(" ", words)
    return words


def refine_intent(
    words: str, language: Language, mood: MessageIntent, wishes: frozenset[str], *, names_ours: bool
) -> MessageIntent:
    """Personal and urgent cases; only danger where the question is about the Compact or the cycle.

    `names_ours` is whether a session, an objective or the like is called by its word or number.
    """
    about_us = names_ours or _about_the_cycle().search(words) is not None
    case = classify_case(words, language, wishes, about_us=about_us)
    if case == "urgent":
        return case
    if mood != "asking":
        return "asking" if mood == "insult" and about_us else mood
    return case or "asking"


@cache
def _about_the_cycle() -> "re.Pattern[str]":
    return phrase_pattern(
        ["red", "rede", "network", "reseau", "plan de trabajo", "work plan", "workplan", "pacto", "pmm", "gcm",
         "compact", "pacte", "ciclo", "cycle", "evento", "event", "evenement", "programa", "programme", "bot",
         "charla*", "webinar*", "panel*", "certificad*", "certificat*", "attestation", "constancia*", "link", "enlace",
         "lien", "zoom", "invitacion", "invitation", "convite", "para asistir", "asistir conmigo", "puede asistir",
         "conectar*", "connect*"]
    )  # fmt: skip
