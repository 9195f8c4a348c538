"""Merges groups of people that are so small that they point at somebody. Pure."""

from collections.abc import Mapping, Sequence

from locales.reply import Value, text

# A group of people is shown from that size on; a smaller one is put together with others.
SMALLEST_GROUP = 5
_MOST_GROUPS = 10


def hide_small(number: int) -> int | None:
    """Returns the number; None for one that is too small to be shown."""
    return None if 0 < number < SMALLEST_GROUP else number


def number_or_few(number: int | None) -> Value:
    """Returns the number, or that it is smaller than SMALLEST_GROUP."""
    return text("figures.few") if number is None else number


def kept_back(numbers: Sequence[int], most: Sequence[int]) -> frozenset[int]:
    """Returns the places of numbers that are not shown, so that no small one can be worked out from the total.

    `most` is what each number can be at most, as everybody sees it. Small ones alone say "1 to 4"; where their sum
    settles one of them (one alone, or 1 and 1), the next larger ones are kept back with them, and all say the same.
    """
    hidden = [place for place, number in enumerate(numbers) if hide_small(number) is None]
    few = [(1, min(SMALLEST_GROUP - 1, most[place])) for place in hidden]
    if not hidden or not _settled(sum(numbers[place] for place in hidden), few):
        return frozenset()
    others = [place for place in range(len(numbers)) if place not in hidden]
    for place in sorted(others, key=lambda place: (numbers[place] == 0, numbers[place])):
        hidden.append(place)
        if not _settled(sum(numbers[each] for each in hidden), [(0, most[each]) for each in hidden]):
            break
    return frozenset(hidden)


def _settled(total: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Returns whether numbers within those ranges, with that sum, leave one of them no second value."""
    least, largest = sum(low for low, _ in ranges), sum(high for _, high in ranges)
    return any(max(low, total - (largest - high)) >= min(high, total - (least - low)) for low, high in ranges)


def merge_small_groups(counted: Mapping[str, int]) -> tuple[list[tuple[str, int]], int]:
    """Returns the groups that may be shown, the largest first, and how many people are in all others together.

    The others are nobody or SMALLEST_GROUP at least: where they are fewer, the smallest group joins them, because
    whoever knows the total could count them out.
    """
    order = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    shown = [each for each in order if each[1] >= SMALLEST_GROUP][:_MOST_GROUPS]
    others = sum(counted.values()) - sum(number for _, number in shown)
    while 0 < others < SMALLEST_GROUP and shown:
        others += shown.pop()[1]
    hidden = order[len(shown) :]
    if len(hidden) == 1 and others >= SMALLEST_GROUP:  # alone, it has a name like the rest
        return order, 0
    return shown, others
