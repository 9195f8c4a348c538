"""Runs the migrations on the connection that db/admin/schema.py hands over."""

from alembic import context

from db.tables import metadata


def _tell_postgresql() -> None:
    """Adds what db/tables.py leaves to us: the rows that an index is over."""
    for table in metadata.tables.values():
        for index in table.indexes:
            if "only" in index.info:
                index.dialect_kwargs["postgresql_where"] = index.info["only"]


def run() -> None:
    """Runs within the caller's transaction, so that a failed migration leaves nothing behind."""
    connection = context.config.attributes["connection"]
    if connection.dialect.name == "postgresql":
        _tell_postgresql()
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


run()
