"""Runs the migrations on the connection that db/schema.py hands over."""

from alembic import context

from db.tables import metadata


def run() -> None:
    """Within the caller's transaction, so that a failed migration leaves nothing behind."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


run()
