"""Finds the words that ask what a word means: "what is …", "define …", "… like I'm five"."""

import re
from functools import cache

from knowledge.text.words import lexicon, normalize
from knowledge.understanding.clause import Clause


def asks_for_meaning(clause: Clause) -> bool:
    """Returns whether it asks what a word means."""
    return meaning_pattern().search(normalize(clause.text)) is not None


@cache
def meaning_pattern() -> "re.Pattern[str]":
    """Returns the pattern of the words that ask what something means."""
    words = lexicon("meaning")
    before, after, lead = ("|".join(words[place]) for place in ("before", "after", "lead"))
    return re.compile(rf"^ (?:(?:{lead}) )?(?:{before}) | (?:{after}) $")


def without_meaning(theme: str) -> str:
    """Returns the subject of "explain statelessness like I'm five"."""
    theme = meaning_pattern().sub(" ", meaning_pattern().sub(" ", f" {theme} "))
    return _article_pattern().sub(" ", f" {theme.strip()} ").strip()


@cache
def _article_pattern() -> "re.Pattern[str]":
    return re.compile(rf"^ (?:{'|'.join(lexicon('meaning')['article'])}) ")
