"""Keeps Python from looking for garbage while much is made and nothing thrown away: a tenth of a start.

What was made is not looked through later, either: that held replies up for 0.1 s, see docs/decisions.md.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Looks for no garbage within the block, nor ever in what was made until its end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()
