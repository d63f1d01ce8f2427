"""Changes of epoch, posts that one process holds at a time, and the digest of each state."""

import hashlib

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Column, Float, Integer, String, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Expands only: a process of the release before writes states without their digest."""
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
    _digest_all()


def _digest_all() -> None:
    """As `wire.digest` had it; a slice at a time, so that memory stays small."""
    connection = op.get_bind()
    names = ("kind", "id", "version", "position", "body", "bucket", "digest", "digested")
    state = sa.table("state", *(sa.column(name) for name in names))
    query = sa.select(state.c.kind, state.c.id, state.c.version, state.c.position, state.c.body)
    query = query.order_by(state.c.position).limit(500)
    last = 0
    while rows := connection.execute(query.where(state.c.position > last)).all():
        last = rows[-1].position
        for kind, id, version, position, body in rows:
            told = f"{kind}|{id}|{version}|".encode() + hashlib.sha256(body.encode()).digest()
            mark = hashlib.blake2b(told, digest_size=8).digest()
            values = {
                "bucket": hashlib.sha256(id.encode()).digest()[0],
                "digest": int.from_bytes(mark, "big", signed=True),
                "digested": position,
            }
            same = sa.and_(state.c.kind == kind, state.c.id == id)
            connection.execute(sa.update(state).where(same).values(**values))
