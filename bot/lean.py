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
    for name in _OF_THE_ORM:
        if "sqlalchemy" not in sys.modules:
            sys.modules[name] = _Empty(name)
    with _in_place_of("rich", None):  # typer may still want it, for an error on the command line
        importlib.import_module("structlog")
    if "telegram" not in sys.modules:
        with _in_place_of("httpx", _Empty("httpx")):  # PTB's usual way to Telegram; ours is bot/transport.py
            importlib.import_module("telegram.request")


class _Empty(ModuleType):
    """A module in which every name is there, and means nothing."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


@contextmanager
def _in_place_of(name: str, module: ModuleType | None) -> Iterator[None]:
    """Whoever imports it meanwhile gets that; None is how Python says that there is none."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = module  # type: ignore[assignment] # None is allowed, see the import system's reference
    try:
        yield
    finally:
        del sys.modules[name]
