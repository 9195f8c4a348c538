"""Finds the mood of a text: an emergency or a personal case first, then greetings, thanks, insults and tricks."""

import re
from collections.abc import Collection
from functools import cache

from knowledge.text.phrases import PhrasePattern, lexicon_pattern, phrase_pattern
from knowledge.text.words import lexicon
from knowledge.understanding.query import Mood
from locales.localized import LANGUAGES, Language

# Topics of the FAQ that are told in the one careful text.
CAREFUL_TOPICS = frozenset({"personal_case", "emergency"})
_OF_THE_BOT = frozenset({"register", "leave", "remind", "language", "interpretation"})
_NAMES_ONE, _OF_ONE = frozenset({"the_one", "last"}), frozenset({"hour", "day", "end", "duration", "topic", "areas"})
_SMALL_TALK = (Mood.GOODBYE, Mood.THANKS, Mood.GREETING)


def is_emergency(words: str, language: Language) -> bool:
    """Returns whether there is danger, or harm to somebody close: that is answered first, whatever else is asked."""
    words = _THEYRE.sub(r"\1 re", _NOT_WRITTEN_OUT.sub(r"\1n t", words)).replace(" im ", " i m ")
    words = _in_every_language("harmless").sub(" ", words)
    if _in_every_language("peril").search(words):
        return True
    known = _somebody_close(language).search(words)
    return known is not None and lexicon_pattern("personal", "befallen", language).search(words) is not None


def classify_case(words: str, language: Language, wishes: Collection[str], *, about_us: bool) -> Mood | None:
    """Returns how the plain text is to be taken: an emergency, somebody's own case, or neither."""
    if is_emergency(words, language):
        return Mood.URGENT
    if lexicon_pattern("personal", "urgent", language).search(words) and not (about_us or "leave" in wishes):
        return Mood.URGENT
    return Mood.PERSONAL if not about_us and _is_own_case(words, language, wishes) else None


def _is_own_case(words: str, language: Language, wishes: Collection[str]) -> bool:
    for polite in (lexicon_pattern("talk", "polite", language), lexicon_pattern("personal", "curious", language)):
        words = polite.sub(" ", words)
    words = _in_every_language("harmless").sub(" ", words)
    if not lexicon_pattern("personal", "own", language).search(words):
        return False
    if lexicon_pattern("personal", "case", language).search(words):
        return True
    vague = lexicon_pattern("personal", "vague", language).search(words) or _somebody_close(language).search(words)
    # "My sister is in Lisbon, at what time is the one of the 23rd?", "my boss sends me to the last, what is it about?"
    asks_of_one = not (_NAMES_ONE.isdisjoint(wishes) or _OF_ONE.isdisjoint(wishes))
    return vague is not None and _OF_THE_BOT.isdisjoint(wishes) and not asks_of_one


# "dont", "wont", "theyre" as phones are typed on; the word lists have "don t", as the apostrophe leaves it.
_NOT_WRITTEN_OUT = re.compile(r"(?<= )(do|wo|ca|did|does|is|are|was|were|would|could|has|have)nt(?= )")
_THEYRE = re.compile(r"(?<= )(they|we|you)re(?= )")


@cache
def _in_every_language(key: str) -> PhrasePattern:
    """Returns the pattern in every language: a short cry for help is easily taken for another one."""
    return phrase_pattern(phrase for language in LANGUAGES for phrase in lexicon("personal")[key][language])


@cache
def _somebody_close(language: Language) -> "re.Pattern[str]":
    """Returns the pattern of "mi hermano", "my younger cousin", "una amiga"."""
    words = lexicon("personal")
    whose, kin, others = (phrase_pattern(words[kind][language]).pattern for kind in ("whose", "kin", "somebody"))
    return re.compile(f"{whose}(?: [^ ]+)? {kin}|{others}")


def find_small_talk(words: str, language: Language) -> Mood | None:
    """Returns the mood of a plain text that is nothing but a greeting, thanks, a goodbye, or signs; else None."""
    if not any(sign.isalnum() for sign in words):
        return Mood.WORDLESS
    if any(lexicon_pattern("asks", each, language).search(words) for each in ("topic", "panelists")):
        return None  # "e fala de quê?", "quem fala?": the greeting "fala" is a verb there
    rest = words
    for kind in (*_SMALL_TALK, "polite"):
        rest = lexicon_pattern("talk", kind, language).sub(" ", rest)
    if not frozenset(lexicon("stop")[language]).issuperset(rest.split()):
        return None
    return next((mood for mood in _SMALL_TALK if lexicon_pattern("talk", mood, language).search(words)), None)


def find_mood(words: str, language: Language, wishes: Collection[str], *, names_ours: bool) -> Mood | None:
    """Returns the mood of the plain text; None where it asks something. Danger comes before everything else.

    `names_ours` is whether a session, an objective or the like is called by its word or number.
    """
    about_us = names_ours or phrase_pattern(lexicon("others")["cycle"]).search(words) is not None
    # "Mon rendez-vous pour la résidence": that is no session of ours, although sessions are called so.
    about_us = about_us and not names_own_appointment(words, language)
    case = classify_case(words, language, wishes, about_us=about_us)
    if case is Mood.URGENT:
        return case
    if lexicon_pattern("talk", "injection", language).search(words):
        return Mood.INJECTION
    if lexicon_pattern("talk", "insult", language).search(words) and not about_us:
        return Mood.INSULT
    return case


def names_own_appointment(words: str, language: Language) -> bool:
    """Returns whether the plain text names an appointment or a hearing of one's own, with an office."""
    return lexicon_pattern("personal", "own_appointment", language).search(words) is not None


def is_beyond(words: str, *, count: bool, asks_time: bool, names_session: bool) -> bool:
    """Returns whether the plain text asks for what is others': other events, offices, leaders, figures of people."""
    if mentions("ours", words):
        return False
    if re.search(r" \d+ (?:times|x|por|vezes|fois|plus|mas|mais|minus|menos|moins|entre|divided by) \d+ ", words):
        return True  # a sum
    if asks_time and mentions("events", words) and not re.search(r" (?:primer|primeiro|first|premier|2022) ", words):
        return True
    if mentions("last_year", words):
        return True
    if names_session:
        return False
    office = mentions("offices", words) and (mentions("hours", words) or mentions("contact", words))
    doors = mentions("opening", words) and (mentions("doors", words) or mentions("offices", words))
    leader = mentions("leaders", words) and mentions("bodies", words)
    return office or doors or leader or (count and mentions("people", words))


def names_later_year(words: str, last: int) -> bool:
    """Returns whether the plain text names one of the five years after the cycle's last: "the cycle of 2025"."""
    years = {int(year) for year in re.findall(r"(?<= )20\d\d(?= )", words)}
    return bool(years & {*range(last + 1, last + 6)}) and last not in years


def mentions(key: str, words: str) -> bool:
    """Returns whether a phrase of that list of others.toml is in the plain text."""
    return phrase_pattern(lexicon("others")[key]).search(words) is not None
