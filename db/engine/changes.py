"""Notes in a transaction what it has changed; listeners are called after its commit, never for a rollback."""

from collections.abc import Callable
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

# Something in the outbox may leave; a session's time is another; somebody of the team has changed an announcement.
Change = Literal["outbox", "programme", "announcements"]
_KEY = "ciclo.changes"


def note_change(tx: AsyncConnection, change: Change) -> None:
    """Notes a change in this transaction; its listeners are called once, after the commit."""
    noted: set[Change] | None = tx.info.get(_KEY)
    if noted is not None:
        noted.add(change)


class ChangeListeners:
    """Calls listeners in the process that made a change; they must return at once."""

    def __init__(self) -> None:
        self._listeners: list[tuple[Change, Callable[[], None]]] = []

    def listen(self, change: Change, callback: Callable[[], None]) -> None:
        """Adds a listener that is called after each commit of a transaction with that change."""
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
