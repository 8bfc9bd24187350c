"""letters of dead events."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_WITH_LETTER = sa.text("letter_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("parked", sa.Column("letter_id", sa.Uuid(), nullable=True))
    op.create_index("parked_letters", "parked", ["letter_id"], unique=False, postgresql_where=_WITH_LETTER)
    # Those that died before there were letters are tried once more; who dies again has one.
    op.execute("UPDATE parked SET state = 'waiting', attempts = 0, next_attempt_at = now() WHERE state = 'dead'")
    op.add_column("parked_decisions", sa.Column("letter_id", sa.Uuid(), nullable=False))
    op.add_column("parked_decisions", sa.Column("decision_id", sa.Uuid(), nullable=False))
    op.drop_column("parked_decisions", "reason")


def downgrade() -> None:
    op.add_column("parked_decisions", sa.Column("reason", sa.String(), nullable=False))
    op.drop_column("parked_decisions", "decision_id")
    op.drop_column("parked_decisions", "letter_id")
    op.drop_index("parked_letters", table_name="parked", postgresql_where=_WITH_LETTER)
    op.drop_column("parked", "letter_id")
