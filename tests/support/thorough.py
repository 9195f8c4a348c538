"""How much is tried: every case under HYPOTHESIS_PROFILE=thorough (`make test-thorough`), fewer in every other run."""

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def one_in(step: int, cases: Sequence[T], *, begin: int = 0) -> Sequence[T]:
    """Returns every `step`th case from the one at `begin`; a thorough run gets them all."""
    return cases if THOROUGH else cases[begin % step :: step]
