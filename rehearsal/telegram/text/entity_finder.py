"""What Telegram finds by itself in a text: commands, addresses, mentions, hashtags."""

import re

from rehearsal.telegram.text.formatted_text import Entity, utf16_length

_ENDINGS = (
    "com|org|net|int|edu|gov|info|io|me|app|dev|gob|ar|br|ca|ch|cl|co|cr|de|do|ec|es|eu|fr|gt|hn|ht|mx|pe|pt|py|sv|"
    "uk|us|uy|ve"
)
# Source: td/telegram/MessageEntity.cpp, find_entities; addresses are found there with a longer list of endings.
_KINDS = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,8}(?![\w-])")),
    (
        "url",
        re.compile(
            r"(?:https?://[^\s/?#<>«»\"]+\.[^\s/?#<>«»\"]+"
            rf"|(?<![\w@.:/-])(?:[A-Za-z0-9][\w-]*\.)+(?:{_ENDINGS})(?![\w@.-]*[\w@]))"
            r"(?:[/?#][^\s<>«»\"]*)?",
            re.IGNORECASE,
        ),
    ),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z]\w{3,31}(?!\w)", re.ASCII)),
    ("hashtag", re.compile(r"(?<![\w&#])#(?=\w*[^\W\d_])\w{1,256}")),
)
_CLOSING = ".,;:!?…)]}'’”*_"
_TELLTALE = frozenset("/@#.")


def found_entities(text: str) -> list[Entity]:
    """Returns those that overlap no other one found before, in order of place; offsets and lengths in UTF-16 units."""
    if _TELLTALE.isdisjoint(text):
        return []
    found: list[tuple[int, int, str]] = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            start, end = match.start(), _end(kind, match)
            if all(end <= first or start >= last for first, last, _ in found):
                found.append((start, end, kind))
    return [
        {"type": kind, "offset": utf16_length(text[:start]), "length": utf16_length(text[start:end])}
        for start, end, kind in sorted(found)
    ]


def _end(kind: str, match: re.Match[str]) -> int:
    """Returns where the address ends: signs that close a sentence do not belong to it."""
    return match.start() + len(match[0].rstrip(_CLOSING)) if kind == "url" else match.end()
