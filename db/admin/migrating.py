"""Migrations by Alembic: only loaded where the tables are not today's."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.admin.schema_errors import MIGRATIONS, DatabaseFromTheFutureError, DatabaseOutdatedError
from db.tables import metadata


def config(connection: Connection) -> Config:
    """Alembic's settings, for that connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _present(connection: Connection) -> str | None:
    """The revision of the tables; None for an empty database."""
    present = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if present is not None and present not in known:
        raise DatabaseFromTheFutureError(DatabaseFromTheFutureError.__doc__)
    return present


def upgrade(connection: Connection) -> None:
    """Applies what is missing. Raises DatabaseFromTheFutureError."""
    _present(connection)
    command.upgrade(config(connection), "head")


def upgrade_if_empty(connection: Connection) -> None:
    """The same, where nothing is there. Raises DatabaseFromTheFutureError, DatabaseOutdatedError."""
    present = _present(connection)
    if present is None:
        command.upgrade(config(connection), "head")
    elif present != ScriptDirectory(str(MIGRATIONS)).get_current_head():
        raise DatabaseOutdatedError(DatabaseOutdatedError.__doc__)


def check(connection: Connection) -> None:
    """Changes nothing. Raises DatabaseFromTheFutureError, DatabaseOutdatedError."""
    if _present(connection) != ScriptDirectory(str(MIGRATIONS)).get_current_head():
        raise DatabaseOutdatedError(DatabaseOutdatedError.__doc__)


def check_usable(connection: Connection) -> None:
    """Changes nothing. Raises DatabaseFromTheFutureError; of a PostgreSQL in use, DatabaseOutdatedError."""
    behind = _present(connection) not in {None, ScriptDirectory(str(MIGRATIONS)).get_current_head()}
    if behind and connection.dialect.name == "postgresql":
        raise DatabaseOutdatedError(DatabaseOutdatedError.__doc__)


def write_revision(connection: Connection, message: str) -> None:
    """Writes a new migration from what tables.py says and the database lacks (scripts/new_migration.py)."""
    command.revision(config(connection), message=message, autogenerate=True, rev_id=_next_id())


def _next_id() -> str:
    return f"{len(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())) + 1:04d}"


def differences(connection: Connection) -> list[object]:
    """What tables.py and the database disagree about; nothing, when the migrations are complete."""
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))
