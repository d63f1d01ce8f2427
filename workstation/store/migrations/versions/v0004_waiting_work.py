"""Which outboxes wait at which PC, as that PC told; the key that receipt codes are made with."""

import secrets

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Column, String

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Expands only: a table of its own, and a key where there is none."""
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
    named = sa.text("SELECT 1 FROM meta WHERE name = 'receipt_key'")
    if op.get_bind().execute(named).first() is None:
        made = sa.text("INSERT INTO meta (name, value) VALUES ('receipt_key', :key)")
        op.execute(made.bindparams(key=secrets.token_hex(32)))
