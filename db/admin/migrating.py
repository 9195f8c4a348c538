"""Migrations by Alembic. Only loaded where the tables are not today's: it takes 10 MB and 100 ms."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.tables import metadata

_FOLDER = Path(__file__).parent.parent / "migrations"


def config(connection: Connection) -> Config:
    """Returns Alembic's settings for that connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config


def revision(connection: Connection) -> str | None:
    """Returns the revision of the database's tables; None for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


def known_revisions() -> list[str]:
    """Returns every revision that this program knows, the newest first."""
    return [script.revision for script in ScriptDirectory(str(_FOLDER)).walk_revisions()]


def upgrade(connection: Connection) -> None:
    """Applies the migrations that are missing."""
    command.upgrade(config(connection), "head")


def write_revision(connection: Connection, message: str) -> None:
    """Writes a new migration from the difference between db/tables.py and the database."""
    command.revision(config(connection), message=message, autogenerate=True, rev_id=f"{len(known_revisions()) + 1:04d}")


def differences(connection: Connection) -> list[object]:
    """Returns what db/tables.py and the database disagree about; nothing when the migrations are complete."""
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))
