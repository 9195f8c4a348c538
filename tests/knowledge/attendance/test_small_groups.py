"""No small number can be worked out from those beside it and their sum: every way to fill the gaps is tried."""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.summary.small_groups import SMALLEST_GROUP, hide_small, kept_back

GROUPS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 3)), min_size=1, max_size=4)


def fillings(numbers: Sequence[int], most: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """What a reader can take the numbers for: those shown as they are, few as 1 to 4, the rest up to what is seen."""
    kept = kept_back(numbers, most)
    seen = [
        range(most[place] + 1)
        if place in kept
        else range(1, min(SMALLEST_GROUP - 1, most[place]) + 1)
        if hide_small(number) is None
        else (number,)
        for place, number in enumerate(numbers)
    ]
    return (each for each in product(*seen) if sum(each) == sum(numbers))


@pytest.mark.parametrize("numbers", [[1, 1, 9, 12], [4, 4, 9], [3, 9, 12], [1, 4, 9], [2, 2, 0], [1, 1, 5, 5]])
def test_two_small_numbers_are_not_settled_by_their_sum(numbers: list[int]) -> None:
    found = list(fillings(numbers, [20] * len(numbers)))
    for place, number in enumerate(numbers):
        if hide_small(number) is None:
            assert len({each[place] for each in found}) > 1, (numbers, place)


def test_nothing_more_is_kept_back_than_needed() -> None:
    assert kept_back([5, 9, 0, 12], [20] * 4) == frozenset()
    assert kept_back([2, 3, 9, 12], [20] * 4) == frozenset(), "1 and 4, 2 and 3, 3 and 2, 4 and 1"
    assert kept_back([1, 1, 9, 12], [20] * 4) == {0, 1, 2}


@given(GROUPS)
def test_every_small_number_could_be_another_one(groups: list[tuple[int, int]]) -> None:
    numbers, most = [each for each, _ in groups], [each + more for each, more in groups]
    found = list(fillings(numbers, most))
    hidden = kept_back(numbers, most)
    small = [place for place, number in enumerate(numbers) if hide_small(number) is None]
    # Where all came of everybody, nothing that is kept back could be otherwise.
    if len(hidden) == len(numbers):
        return
    for place in small:
        assert len({each[place] for each in found}) > 1, (numbers, most, place)
