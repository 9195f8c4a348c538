"""Loads the content that the configuration names, and what compares by its meaning, once in a process."""

from functools import cache
from pathlib import Path

from bot.config.settings import Settings
from knowledge.loading.cycle_loader import load_cycle
from knowledge.meaning.lazy_meaning import LazyMeaning
from knowledge.programme.cycle import Cycle

CONTENT = Path(__file__).parents[2] / "knowledge" / "content"


@cache
def load_content(folder: Path) -> Cycle:
    """Loads that content pack. It never changes while a process runs, so it is loaded once. Raises ContentError."""
    return load_cycle(folder)


@cache
def load_meaning(folder: Path) -> LazyMeaning:
    """Returns the embedding of that content pack; loaded once in a process, soon after the start."""
    return LazyMeaning(load_content(folder), folder)


def choose_meaning(settings: Settings) -> LazyMeaning | None:
    """Returns the embedding of the cycle; None where it is switched off."""
    return load_meaning(CONTENT / settings.cycle.content) if settings.answers.meaning else None
