"""SQLAlchemy's dialects for tests: what one test's database has compiled, the next one does not compile again.

A process of the bot has one database and compiles each statement once. A worker of the tests opens a thousand, and
to compile the same statements for each of them was a sixth of a small story. The cache's key holds the dialect by
identity; these are equal by class, and their engines share one cache. Nothing else is different.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

_compiled: dict[Any, Any] = {}


def share_compiled_statements() -> None:
    """Makes every engine of this process use them, by the names under which SQLAlchemy looks for its own."""
    registry.register("sqlite.aiosqlite", __name__, "SharedSqlite")
    registry.register("postgresql.asyncpg", __name__, "SharedPostgres")


class _Shared:
    """Equals every other of its class, and gives its engines the one cache."""

    def __eq__(self, other: object) -> bool:
        """Compares the class."""
        return type(self) is type(other)

    def __hash__(self) -> int:
        """Returns the class's."""
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Gives the engine the shared cache."""
        engine.update_execution_options(compiled_cache=_compiled)


class SharedSqlite(_Shared, SQLiteDialect_aiosqlite):
    """Equals every other one: all are of the one library in this process."""

    supports_statement_cache = True  # each class has to say so for itself


class SharedPostgres(_Shared, PGDialect_asyncpg):
    """Equals every other one: all are of the one server of this process."""

    supports_statement_cache = True
