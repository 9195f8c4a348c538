"""Entities in the order and nesting that Telegram returns: styles are merged and split, the rest never crosses."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rehearsal.telegram.text.formatted_text import Entity

# Source: td/telegram/MessageEntity.cpp, fix_entities
_STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_VERBATIM = frozenset({"code", "pre"})


def ordered(entities: Iterable[Entity], found: Sequence[Entity] = ()) -> tuple[Entity, ...]:
    """Returns the entities as Telegram keeps them; `found` are added where they cross nothing that was there."""
    given = _sorted(entities)
    styles = [each for each in given if each["type"] in _STYLES]
    quotes = _apart(each for each in given if each["type"] in _QUOTES)
    whole = _apart(each for each in given if each["type"] not in _QUOTES and each["type"] not in _STYLES)
    whole += [each for each in found if not any(_touch(each, other) for other in whole)]
    others = _sorted([*quotes, *(each for each in whole if not any(_crosses(each, quote) for quote in quotes))])
    return tuple(_sorted([*others, *_split(styles, others)]))


def _sorted(entities: Iterable[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda each: (each["offset"], -each["length"], _priority(each["type"])))


def _priority(kind: str) -> int:
    if kind in _QUOTES:
        return 0
    return 1 + _STYLES.index(kind) if kind in _STYLES else len(_STYLES) + 1


def _end(entity: Entity) -> int:
    end: int = entity["offset"] + entity["length"]
    return end


def _touch(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] < _end(other) and other["offset"] < _end(one))


def _crosses(inner: Entity, quote: Entity) -> bool:
    """Returns whether it lies neither outside the quote nor wholly within."""
    return _touch(inner, quote) and not (quote["offset"] <= inner["offset"] and _end(inner) <= _end(quote))


def _apart(entities: Iterable[Entity]) -> list[Entity]:
    """Returns the first of those that overlap."""
    kept: list[Entity] = []
    for each in entities:
        if not kept or each["offset"] >= _end(kept[-1]):
            kept.append(each)
    return kept


def _split(styles: Sequence[Entity], others: Sequence[Entity]) -> Iterator[Entity]:
    """Yields the styles, merged with their like, cut where another entity or style begins or ends."""
    runs = [(kind, *run) for kind in _STYLES for run in _merged([each for each in styles if each["type"] == kind])]
    cuts = {start for _, start, _ in runs} | {place for each in others for place in (each["offset"], _end(each))}
    verbatim = [each for each in others if each["type"] in _VERBATIM]
    for kind, start, end in runs:
        places = [start, *sorted(cut for cut in cuts if start < cut < end), end]
        for first, last in pairwise(places):
            piece = {"type": kind, "offset": first, "length": last - first}
            if not any(_touch(piece, each) for each in verbatim):
                yield piece


def _merged(same: Sequence[Entity]) -> Iterator[tuple[int, int]]:
    """Yields where each stretch begins and ends, those that overlap or meet taken together."""
    start, end = 0, -1
    for each in same:
        if each["offset"] > end:
            if end > start:
                yield start, end
            start, end = each["offset"], _end(each)
        end = max(end, _end(each))
    if end > start:
        yield start, end
