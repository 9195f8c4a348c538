"""Leaves out what our libraries bring along and we never use: a tenth of the memory, and of the time to start."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

# sqlalchemy.ext.asyncio brings its ORM along for these two; we speak Core.
_OF_THE_ORM = ("sqlalchemy.ext.asyncio.session", "sqlalchemy.ext.asyncio.scoping")


def leave_out() -> None:
    """Before anything else is imported; what is there already stays."""
    # PTB imports httpx, and httpx its command line, wherever rich is installed. It does without where there is none.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type] # None is how Python says that there is none
    for name in _OF_THE_ORM:
        if "sqlalchemy" not in sys.modules:
            sys.modules[name] = _Empty(name)
    with _without("rich"):  # typer may still want it, for an error on the command line
        importlib.import_module("structlog")


class _Empty(ModuleType):
    """A module in which every name is there, and means nothing."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


@contextmanager
def _without(name: str) -> Iterator[None]:
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment] # the same
    try:
        yield
    finally:
        del sys.modules[name]
