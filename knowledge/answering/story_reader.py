"""Reads a story that ends with "which session deals with that?": what it tells is compared by its meaning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.answering.meaning_reader import thing_of_class
from knowledge.answering.recommendation_reader import asks_for_a_recommendation
from knowledge.text.message_splitting import begins_with_who_writes, introduces_somebody
from knowledge.text.phrases import lexicon_pattern
from knowledge.text.words import normalize
from knowledge.understanding.clause import Clause
from knowledge.understanding.filter_reader import ask_of_sessions
from knowledge.understanding.meaning import Near
from knowledge.understanding.query import Filter, Query
from knowledge.understanding.subject_reader import IN_A_SESSION
from locales.localized import Language

_SENTENCE = re.compile(r"[^.!?;\n¡¿…]+[.!?;…]*")
_LEAST_WORDS, _MOST_SENTENCES = 5, 5  # of a sentence that tells something; that are compared, from the last on
_LEAST = 0.25  # how probable an objective must be for what a sentence tells


@dataclass(frozen=True)
class Story:
    """What a message tells before it asks for the session on it, sentence by sentence, and the asking sentence."""

    told: tuple[str, ...]
    asked: str


@lru_cache(maxsize=16)  # one message is looked at for its words, for what is compared, and for its answer
def find_story(text: str, language: Language) -> Story | None:
    """Returns the story of a message that asks for the session on what it tells; None where it is none.

    Who writes, and from where, is no part of what is told.
    """
    sentences = [each.strip() for each in _SENTENCE.findall(text) if any(map(str.isalnum, each))]
    asking = next((at for at, each in enumerate(sentences) if at and _asks_for_its_session(each, language)), None)
    if asking is None:
        return None
    told = [each for each in sentences[:asking] if len(each.split()) >= _LEAST_WORDS and not introduces_somebody(each)]
    others = [each for each in told if not begins_with_who_writes(each)]
    told = others or told  # "my employer does not pay me" may be all that is told
    return Story(tuple(told[-_MOST_SENTENCES:]), sentences[asking]) if told else None


def read_story(whole: Clause, parts: Sequence[tuple[str, Sequence[Near]]]) -> Query | None:
    """Returns the Query of the session on what one of those sentences most probably tells; None where none is near."""
    kinds = tuple(f"{kind}:" for kind in IN_A_SESSION)
    near = [each for _, found in parts for each in found if each.id.startswith(kinds)]
    best = max(near, key=lambda each: each.score, default=None)
    if best is None or best.score < _LEAST:
        return None
    return ask_of_sessions(whole, Filter("session", subjects=(replace(thing_of_class(best), sure=1.0),)))


def _asks_for_its_session(sentence: str, language: Language) -> bool:
    """Returns whether it asks which session is on that, or is for them, and names nothing itself."""
    points = lexicon_pattern("others", "on_that", language).search(normalize(sentence)) is not None
    which = lexicon_pattern("others", "which_session", language).search(normalize(sentence)) is not None
    return which and (points or asks_for_a_recommendation(sentence, language))
