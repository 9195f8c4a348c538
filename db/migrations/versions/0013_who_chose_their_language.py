"""Who chose their language by hand."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: on SQLite that may make the table anew, and what refers to it would go with the old one.
    op.add_column('participants', sa.Column('language_kept', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column('participants', 'language_kept')
