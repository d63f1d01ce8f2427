"""Which outboxes wait at which PC, as that PC told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Column, String

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Expands only: a table of its own."""
    op.create_table(
        "waiting",
        *(
            Column(name, String(), nullable=False)
            for name in ("outbox_id", "person", "workstation")
        ),
        Column("upto", BigInteger(), nullable=False),
        *(Column(name, String(), nullable=False) for name in ("last", "since")),
        sa.PrimaryKeyConstraint("outbox_id"),
    )
