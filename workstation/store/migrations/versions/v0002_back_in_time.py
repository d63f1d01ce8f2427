"""Changes of epoch, posts that one process holds at a time, and the digest of each state."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Column, Float, Integer, String, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Expands only; digests are made afterwards, as those of a process of the release before."""
    op.create_table(
        "epoch_change",
        Column("epoch", String(), nullable=False),
        Column("before", String(), nullable=False),
        Column("position", BigInteger(), nullable=False),
        Column("at", String(), nullable=False),
        Column("reason", Text(), nullable=False),
        sa.PrimaryKeyConstraint("epoch"),
    )
    op.create_table(
        "post",
        Column("name", String(), nullable=False),
        Column("holder", String(), nullable=False),
        Column("until", Float(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.add_column("state", Column("bucket", Integer(), nullable=True))
    op.add_column("state", Column("digest", BigInteger(), nullable=True))
    op.add_column("state", Column("digested", BigInteger(), nullable=True))
    op.create_index(
        "state_digest", "state", ["scope", "kind", "bucket", "digest", "digested", "position"]
    )
