"""Turns what the team has published into entries of the FAQ beside those of the content pack."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from knowledge.programme.cycle import Faq
from knowledge.programme.field_validation import Instant
from knowledge.text.message_splitting import extract_asked_part, strip_introduction
from knowledge.text.words import fold
from locales.localized import LANGUAGES, Language, Localized

TOPIC = "team_answer"
KEY = "team-"
# What a wording may hold no more than a name may: an address, an account, a page, a number of anybody's.
_SOMEBODYS = re.compile(r"\S+@\S+|(?<!\w)@\w+|https?://|www\.|t\.me/|(?:\d[\s().-]?){5,}", re.IGNORECASE)
LONGEST_WORDING, MOST_WORDINGS = 120, 5
# Several answers may stand in one message, of 4096 signs.
LONGEST_PUBLISHED = 1_000


class PublishedEntry(Protocol):
    """What must be known of an entry."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def asked(self) -> Mapping[Language, Sequence[str]]:
        """The wordings by which it is found."""

    @property
    def texts(self) -> Mapping[Language, str]:
        """Its words as Telegram's HTML, the first one first."""

    @property
    def answered_at(self) -> datetime:
        """When the team answered."""


class TeamAnswer(Faq):
    """An entry that the team has written; its answer is Telegram's HTML."""

    answered_at: Instant
    written: tuple[Language, ...]  # in which the team wrote it, the first one first: it stands in for the others


def faq_from_entry(entry: PublishedEntry) -> TeamAnswer:
    """Returns the entry as an answer; a language without words of its own has the first one's."""
    first = next(iter(entry.texts.values()))
    answer = Localized(**{code: entry.texts.get(code, first) for code in LANGUAGES})
    asked = {code: tuple(entry.asked.get(code, ())) for code in LANGUAGES}
    wordings = [words for code in LANGUAGES for words in asked[code]]
    question = Localized(**{code: next(iter(asked[code]), wordings[0] if wordings else "") for code in LANGUAGES})
    # Organizers wrote it in the chat: its limits are kept there, not a content file's.
    return TeamAnswer.model_construct(
        key=f"{KEY}{entry.id}",
        topic=TOPIC,
        known=True,
        question=question,
        answer=answer,
        asked=asked,
        answered_at=entry.answered_at,
        written=tuple(entry.texts),
    )


def has_personal_data(words: str) -> bool:
    """Returns whether there is an address, an account, a page or a long number in it."""
    return _SOMEBODYS.search(words) is not None


def propose_wordings(wordings: Sequence[str]) -> tuple[str, ...]:
    """Returns wordings to look at: what was asked without who asks, without what is somebody's, each once."""
    once: dict[str, str] = {}
    for words in map(_shorten, wordings):
        if words and not has_personal_data(words):
            once.setdefault(fold(words), words)
    return tuple(once.values())[:MOST_WORDINGS]


def _shorten(words: str) -> str:
    """Shortens a wording; returns nothing where too much is left: a story is no wording."""
    line = " ".join(strip_introduction(extract_asked_part(words)).split())
    line = f"¿{line}" if "¿" in words and "¿" not in line and line.endswith("?") else line
    return line if len(line) <= LONGEST_WORDING and fold(line) else ""


Finds = Callable[[str, Language], bool]


def unanswered_wordings(asked: Mapping[Language, Sequence[str]], finds: Finds) -> list[str]:
    """Returns those wordings to which the bot would say something else."""
    return [words for code in LANGUAGES for words in asked.get(code, ()) if not finds(words, code)]
