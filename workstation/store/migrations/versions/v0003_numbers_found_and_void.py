"""Serials found by number and by block, and what two people together declared void."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, String, Text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Expands only: two indexes and a table of its own; a void without a reason gets one."""
    op.execute("UPDATE number_ledger SET reason = 'refused' WHERE state = 'void' AND reason = ''")
    op.create_index("ledger_number", "number_ledger", ["number"])
    op.create_index("ledger_block", "number_ledger", ["block_id"])
    people = ("certified_by", "certified_name", "certified_at")
    second = ("confirmed_by", "confirmed_name", "confirmed_at")
    op.create_table(
        "number_void",
        Column("id", String(), nullable=False),
        Column("target", String(), nullable=False),
        Column("reason", Text(), nullable=False),
        *(Column(name, String(), nullable=False) for name in (*people, *second)),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("void_target", "number_void", ["target"])
