"""Defines how a text is compared with examples by its meaning: one small interface, for words and for an embedding.

An example's id is its address: `wish:stop`, `property:duration`, `faq:cost`, `objective:9`, `beyond:weather`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from locales.localized import Language


@dataclass(frozen=True, slots=True)
class Near:
    """An example that a text is near to: its id, and how near, calibrated so that 0 is chance and 1 the same words."""

    id: str
    score: float


class Meaning(Protocol):
    """Compares a clause with the examples; called only where words do not settle it."""

    def nearest(
        self, text: str, language: Language, limit: int = 5, published: Mapping[str, Sequence[str]] | None = None
    ) -> Sequence[Near]:
        """Returns the nearest examples, best first, each id once; [] where nothing is near.

        `published` has examples beside those of the content: an id, and its wordings.
        """
        ...
