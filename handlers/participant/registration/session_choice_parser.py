"""Parses which sessions somebody chooses: numbers, a range, the first and the last, all but some, or a description."""

import re
from collections.abc import Collection

from handlers.dialog import StepResult
from handlers.participant.registration.registration_parsers import BETWEEN_SEVERAL, QUESTION_START
from handlers.turn import Turn
from knowledge.text.numbers_parser import parse_numbers, parse_only_number
from knowledge.text.words import fold
from locales.reply import text

_ALL = re.compile(
    r"(?:(?:a|as|las|a las|les|the) )?(?:tod[ao]s?|tudo|all|every|each|everything|toutes|tous|tout|cualquiera|"
    r"(?:las )?cuatro|(?:as )?quatro|"
    r"all four|quatre)(?: (?:las|as|les|the|of|them|sesion(?:es)?|sess(?:ao|oes)|sessions?|seances?))*"
)
# "todas menos la 2": all but those that follow.
_ALL_BUT = re.compile(r"(?P<all>.+?) (?:menos|excepto|salvo|exceto|but|except(?: for)?|sauf|hormis) (?P<those>.+)")
# With these words numbers mean something else than "those": better asked again than taken the wrong way round.
_CONTRARY = re.compile(r"\b(?:no|nao|not|non|ne|pas|sin|sem|without|sans|menos|excepto|salvo|exceto|but|except|sauf|"
                       r"hormis|desde|partir|depuis|from|hasta|ate|until|jusqu)\b")  # fmt: skip
# "del 1 al 3", "1 até 3", "from 1 to 3".
_RANGE = re.compile(
    r"(?:(?:del?|d[ao]|du|from|desde) )?(?:(?:la|a|l|the|session|sesion|sessao) )?(\d{1,2}) "
    r"(?:al|a la|a|ao|ate(?: a)?|to|until|hasta(?: la)?|jusqu a(?: la)?) (\d{1,2})"
)
_FIRST_OR_LAST = re.compile(
    r"(?:(?:las|as|the|les) )?(?P<many>dos|tres|duas|tres|two|three|deux|trois)? ?"
    r"(?P<end>primer[ao]s?|primeir[ao]s?|first|premieres?|ultim[ao]s?|last|dernieres?)"
    r"(?: (?P<after>dos|tres|duas|two|three))?"
    r"(?: (?:ones?|sesion(?:es)?|sess(?:ao|oes)|sessions?))?"
)
_MANY = {"dos": 2, "duas": 2, "two": 2, "deux": 2, "tres": 3, "three": 3, "trois": 3}
_ALL_OF_SO_MANY = re.compile(r"(?:las|as|les|all|all the) (\d+)")
_ONLY_NUMBERS = re.compile(
    r"(?:la|las|el|a|as|o|os|the|les|sesion(?:es)?|sess(?:ao|oes)|sessions?|seances?|y|e|and|et|\d+| )+"
)
# "la de inclusión", "las de noviembre", "the November ones": sessions that are described, not numbered.
_DESCRIBES = re.compile(
    r"(?:(?:solo|solamente|so|somente|only|just|seulement) )?(?:(?:la|las|a|as|the|celles?) .+|.+ ones?)"
)
_MOST_WORDS = 8


def parse_sessions(turn: Turn, words: str, open_ones: Collection[int]) -> StepResult:
    """Reads which sessions: "1 y 3", "la segunda", "del 1 al 3", "la última", "todas", "todas menos la 2"."""
    folded = fold(words)
    if any(_means_all(each, open_ones) for each in (folded, _plainly(folded))):
        return _chosen_sessions(set(open_ones), open_ones)
    but = _ALL_BUT.fullmatch(folded)
    if but is not None and _means_all(but["all"], open_ones):
        left_out = _session_numbers(turn, but["those"])
        return _chosen_sessions(set(open_ones) - left_out if left_out else set(), open_ones)
    listed = _listed_sessions(turn, words, open_ones)
    found = listed or (set() if _CONTRARY.search(folded) else _session_numbers(turn, words))
    return _chosen_sessions(found, open_ones)


_PLEASE = re.compile(r" ?\b(?:por favor|porfa|please|sil vous plait|svp|gracias|obrigad[oa]|thanks|thank you|merci)$")


def _plainly(folded: str) -> str:
    return _PLEASE.sub("", folded)


# "Quita la 2", "falta la sesión 3", "solo las sesiones 1 y 2", said after the sessions were chosen.
_CHANGES = {
    "add": re.compile(r"(?:agreg\w+|anad\w+|sum\w+|incluy\w+|falta|tambien|adicion\w+|acrescent\w+|inclu[ai]r?|"
                      r"tambem|add|include|also|ajout\w+|inclu\w+|aussi|il manque) (?P<rest>.+)"),
    "out": re.compile(r"(?:quit\w+|sac\w+|elimin\w+|tir\w+|retir\w+|remov\w+|remove|take out|drop|enlev\w+|"
                      r"supprim\w+|sin|sem|without|sans) (?P<rest>.+)"),
    "only": re.compile(r"(?:solo|solamente|so|somente|apenas|only|just|seulement) (?P<rest>.+)"),
}  # fmt: skip


def parse_session_change(turn: Turn, chosen: Collection[int], open_ones: Collection[int]) -> list[int] | None:
    """Returns the sessions as they are wished after they were chosen; None where that is not said, or none is left."""
    folded = _plainly(fold(turn.words))
    for way, pattern in _CHANGES.items():
        if (match := pattern.fullmatch(folded)) is None:
            continue
        named = _listed_sessions(turn, match["rest"], open_ones)
        after = {"add": {*chosen, *named}, "out": set(chosen) - named, "only": named}[way] if named else set()
        return sorted(after) if after and named <= set(open_ones) else None
    return None


def _listed_sessions(turn: Turn, words: str, open_ones: Collection[int]) -> set[int]:
    """Returns the sessions of a list, where each part of it names some; none otherwise."""
    found: set[int] = set()
    for part in filter(None, BETWEEN_SEVERAL.split(words.strip(" .!"))):
        folded = _plainly(fold(part))
        some = _range(folded) or _first_or_last(folded, open_ones)
        some = some or (set() if _CONTRARY.search(folded) else _session_numbers(turn, part))
        if not some:
            return set()
        found |= some
    return found


def _range(folded: str) -> set[int]:
    ends = _RANGE.fullmatch(folded)
    return set(range(int(ends[1]), int(ends[2]) + 1)) if ends is not None else set()


def _first_or_last(folded: str, open_ones: Collection[int]) -> set[int]:
    """Returns the first or last ones that are still to come: "las dos primeras", "la última"."""
    match = _FIRST_OR_LAST.fullmatch(re.sub(r"^(?:la|el|a|o|l|le|the) ", "", folded))
    if match is None:
        return set()
    many = _MANY.get(match["many"] or match["after"] or "", 1)
    ordered = sorted(open_ones)
    return set(ordered[:many] if match["end"].startswith(("prim", "prem", "first")) else ordered[-many:])


def describes_sessions(turn: Turn, words: str) -> bool:
    """Returns whether they may say which sessions by a subject or a day, not by numbers, and ask nothing."""
    folded = fold(words)
    if _session_numbers(turn, words):
        return False
    plain = "?" not in words and len(folded.split()) <= _MOST_WORDS and not _CONTRARY.search(folded)
    return plain and bool(_DESCRIBES.fullmatch(folded)) and not QUESTION_START.match(folded)


def _means_all(folded: str, open_ones: Collection[int]) -> bool:
    """Returns whether they mean all, also by "las 4", where that many are to come."""
    so_many = _ALL_OF_SO_MANY.fullmatch(folded)
    return bool(_ALL.fullmatch(folded)) or (so_many is not None and int(so_many[1]) == len(open_ones))


def _session_numbers(turn: Turn, words: str) -> set[int]:
    folded = fold(words)
    found = set(parse_numbers(words, turn.language).get("session", ()))
    if _ONLY_NUMBERS.fullmatch(folded):
        found |= {int(each) for each in re.findall(r"\d{1,3}", folded)}
    elif (number := parse_only_number(words, turn.language)) is not None:
        found.add(number)
    return found


def _chosen_sessions(found: set[int], open_ones: Collection[int]) -> StepResult:
    if not found or not found <= set(open_ones):
        return StepResult(problem=text("registration.no_session"))
    return StepResult(sorted(found))
