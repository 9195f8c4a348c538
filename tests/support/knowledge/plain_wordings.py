"""The names and wordings of plain.toml and frames.toml, put together: "de el encuentro 3" is "del encuentro 3"."""

import re
from collections.abc import Mapping
from typing import Any

import tomli

from locales.localized import Language
from tests.support.knowledge.grading import QUESTIONS

PLAIN: Mapping[str, Any] = tomli.loads((QUESTIONS / "plain.toml").read_text("utf-8"))
FRAMES: Mapping[str, Any] = tomli.loads((QUESTIONS / "frames.toml").read_text("utf-8"))
_CONTRACTED = {
    "es": ((r"\bde el ", "del "), (r"\ba el ", "al ")),
    "pt": ((r"\bde a ", "da "), (r"\bde o ", "do "), (r"\bem a ", "na "), (r"\bem o ", "no ")),
}


def contract(words: str, language: Language) -> str:
    """The words as they are written together."""
    for pattern, short in _CONTRACTED.get(language, ()):
        words = re.sub(pattern, short, words)
    return words
