"""Whether somebody tells of danger or of a case of their own, however indirectly: that comes before any question."""

import re
from collections.abc import Collection
from functools import cache
from typing import Literal

from knowledge.text.words import lexicon, listed, pattern
from locales.localized import LANGUAGES, Language

Case = Literal["personal", "urgent"]
_OF_THE_BOT = frozenset({"register", "unregister", "remind", "language", "interpretation"})


def in_need(words: str, language: Language) -> bool:
    """Danger, or harm to somebody close: it is answered as such whatever else is asked."""
    words = _everywhere("harmless").sub(" ", words)
    if _everywhere("peril").search(words):
        return True
    if listed("personal", "inquiring", language).search(words):
        return False
    known = _somebody(language).search(words)
    return known is not None and listed("personal", "befallen", language).search(words) is not None


def own_case(words: str, language: Language, wishes: Collection[str], *, about_us: bool) -> Case | None:
    """How the plain text is to be taken: an emergency, somebody's own case, or neither."""
    ceasing = "unregister" in wishes
    if in_need(words, language) and not (ceasing and about_us):
        return "urgent"
    if listed("personal", "urgent", language).search(words) and not (about_us or ceasing):
        return "urgent"
    return "personal" if not about_us and _of_their_own(words, language, wishes) else None


def _of_their_own(words: str, language: Language, wishes: Collection[str]) -> bool:
    for polite in (listed("talk", "polite", language), listed("personal", "curious", language)):
        words = polite.sub(" ", words)
    if not listed("personal", "own", language).search(words):
        return False
    if listed("personal", "case", language).search(words):
        return True
    vague = listed("personal", "vague", language).search(words) or _somebody(language).search(words)
    return vague is not None and _OF_THE_BOT.isdisjoint(wishes)


@cache
def _everywhere(key: str) -> "re.Pattern[str]":
    """In every language: a short cry for help is easily taken for another one."""
    return pattern(phrase for language in LANGUAGES for phrase in lexicon("personal")[key][language])


@cache
def _somebody(language: Language) -> "re.Pattern[str]":
    """ "mi hermano", "my younger cousin", "una amiga"."""
    words = lexicon("personal")
    whose, kin, others = (pattern(words[kind][language]).pattern for kind in ("whose", "kin", "somebody"))
    return re.compile(f"{whose}(?: [^ ]+)? {kin}|{others}")
