"""Reads the address of a database, and fills in the driver that we use."""

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


class DatabaseUrlError(ValueError):
    """The database's address cannot be used."""


def read_url(url: str) -> URL:
    """Returns the address with our asynchronous driver filled in.

    Raises DatabaseUrlError, without quoting a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUrlError("write it like sqlite:///ciclo.db or postgresql://user:password@host/name") from error
    backend = parsed.drivername.split("+")[0]
    if backend not in _DRIVERS:
        raise DatabaseUrlError(f"{backend!r} is not supported; use sqlite or postgresql")
    return parsed.set(drivername=_DRIVERS[backend])
