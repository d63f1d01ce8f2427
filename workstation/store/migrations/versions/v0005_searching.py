"""What records are found by; it is filled behind the feed, slice by slice, while work goes on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, String

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Expands only: a table of its own."""
    exact = String().with_variant(String(collation="C"), "postgresql")
    op.create_table(
        "trace",
        Column("kind", String(), nullable=False),
        Column("value", exact, nullable=False),
        Column("report", String(), nullable=False),
        Column("line", String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", "report", "line"),
    )
    op.create_index("trace_report", "trace", ["report", "line"])
