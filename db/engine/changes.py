"""What a transaction has changed that others wait for: they are told once it is committed, never for a rollback."""

from collections.abc import Callable
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

# Something in the outbox may leave; a session's time is another; somebody of the team has changed an announcement.
Change = Literal["outbox", "programme", "announcements"]
_KEY = "ciclo.changes"


def note_change(tx: AsyncConnection, change: Change) -> None:
    """Notes in this transaction that it changes that; whoever listens is told after the commit, once."""
    noted: set[Change] | None = tx.info.get(_KEY)
    if noted is not None:
        noted.add(change)


class ChangeListeners:
    """Who waits for changes; they are called in the process that made the change, and must return at once."""

    def __init__(self) -> None:
        self._listeners: list[tuple[Change, Callable[[], None]]] = []

    def listen(self, change: Change, callback: Callable[[], None]) -> None:
        """Calls back after each commit of a transaction in which that was changed."""
        self._listeners.append((change, callback))

    def begin(self, tx: AsyncConnection) -> set[Change]:
        """Returns the set in which this transaction's changes are noted from here on, for tell()."""
        noted: set[Change] = set()
        tx.info[_KEY] = noted  # of the driver's connection, which the next transaction uses again: always a new one
        return noted

    def tell(self, noted: set[Change]) -> None:
        """Calls whoever listens to any of these."""
        for change, callback in self._listeners:
            if change in noted:
                callback()
