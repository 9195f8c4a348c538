"""The database's own clock: those of the replicas may differ, and a rehearsal's runs ahead."""

from sqlalchemy import ColumnElement, literal_column

from db.engine.database import Tx

_CLOCKS = {
    "sqlite": "((julianday('now') - 2440587.5) * 86400.0)",
    "postgresql": "CAST(extract(epoch FROM now()) AS double precision)",
}


def db_now(tx: Tx) -> ColumnElement[float]:
    """Seconds since 1970 when this transaction began, as the database sees it."""
    return literal_column(_CLOCKS[tx.dialect.name])
