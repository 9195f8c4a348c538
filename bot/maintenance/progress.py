"""Shows how far a long command has come: bars on a terminal, nothing in a log."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import typer

from db.admin.transfer import SILENT, Progress


class Bars(Progress):
    """Draws a bar for each step on standard error, one below the other."""

    def __init__(self, shown: ExitStack) -> None:
        """Takes the stack of open bars: the last bar's line ends when it is closed."""
        self._shown = shown
        self._update: Callable[[int], None] = lambda _count: None

    def begin(self, step: str, total: int) -> None:
        """Ends the bar before and begins another."""
        self._shown.close()
        bar = typer.progressbar(length=total, label=f"{step:<16}", file=sys.stderr)
        self._update = self._shown.enter_context(bar).update

    def advance(self, count: int) -> None:
        """Moves the bar."""
        self._update(count)


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """Gives bars where standard error is a terminal, and otherwise nothing that shows."""
    if not sys.stderr.isatty():
        yield SILENT
        return
    with ExitStack() as shown:
        yield Bars(shown)
