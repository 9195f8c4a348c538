"""Where the migrations are, and what may be wrong with a database's tables."""

from pathlib import Path

MIGRATIONS = Path(__file__).parent.parent / "migrations"


class DatabaseFromTheFutureError(Exception):
    """A newer Ciclo has used this database; start that version, or restore a backup made before it."""


class DatabaseOutdatedError(Exception):
    """The tables are older than this Ciclo; run `python -m bot migrate` first."""
