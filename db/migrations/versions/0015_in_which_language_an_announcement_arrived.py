"""in which language an announcement arrived."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: SQLite adds a column without copying the table.
    op.add_column('outbox', sa.Column('language', sa.String(length=2), nullable=True))


def downgrade() -> None:
    op.drop_column('outbox', 'language')
