"""Recognizes database errors that pass by themselves: what met one is tried again, without an apology."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionError

# Lost or refused connections, conflicts, limits of time and space; 55P03: a lock was not to be had in time.
# Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES = ("08", "40", "53", "57", "55P03")
_SQLITE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR")


def is_transient(error: BaseException) -> bool:
    """Returns whether the same may succeed a moment later."""
    if isinstance(error, DBAPIError):
        code = str(getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None) or "")
        return error.connection_invalidated or code.startswith(_POSTGRES + _SQLITE)
    return isinstance(error, NoConnectionError | OSError)
