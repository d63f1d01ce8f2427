"""The digest of what a reader may see, and the states of one bucket, so that a desk repairs it.

Each state's mark is kept beside it and summed by an index; one that is older than its state (a
process of the release before wrote it) is made again before anything is summed.
"""

import sqlalchemy as sa

from workstation.store import schema
from workstation.wire.digest import BUCKETS, MODULUS, as_text, bucket_of, mark_of
from workstation.wire.protocol import FeedKind

AT_ONCE = 500
LOW_HALF = 2**32 - 1
_SUMS = (
    sa.select(
        schema.state.c.kind,
        schema.state.c.bucket,
        sa.func.sum(schema.state.c.digest.bitwise_and(LOW_HALF)),
        sa.func.sum(schema.state.c.digest.bitwise_rshift(sa.literal(32, sa.Integer))),
    )
    .where(schema.state.c.scope.in_(sa.bindparam("scopes", expanding=True)))
    .group_by(schema.state.c.kind, schema.state.c.bucket)
)
# Found in the index alone, without reading any body.
_OLD = (
    sa.select(schema.state.c.position)
    .where(schema.state.c.digested.is_distinct_from(schema.state.c.position))
    .limit(sa.bindparam("most"))
)


def columns_of(kind: str, id: str, version: int, body: str, position: int) -> dict[str, int]:
    """What is kept beside a state of this position."""
    mark = mark_of(kind, id, version, body.encode())
    signed = mark - MODULUS if mark >= MODULUS // 2 else mark
    return {"bucket": bucket_of(id), "digest": signed, "digested": position}


def has_old(connection: sa.Connection) -> bool:
    """Whether the mark of any state is missing or older than the state."""
    return connection.scalar(_OLD, {"most": 1}) is not None


def make_anew(connection: sa.Connection) -> bool:
    """Make marks that are missing or old, a slice in a transaction; True while more are."""
    table = schema.state
    query = sa.select(table.c.kind, table.c.id, table.c.version, table.c.body, table.c.position)
    positions = connection.scalars(_OLD, {"most": AT_ONCE}).all()
    for row in connection.execute(query.where(table.c.position.in_(positions))).all():
        mine = sa.update(table).where(table.c.position == row.position)
        connection.execute(mine.values(**columns_of(*row)))
    return has_old(connection)


def sums(connection: sa.Connection, scopes: tuple[str, ...]) -> dict[FeedKind, tuple[str, ...]]:
    """The sums of every kind that has a state in these scopes."""
    found: dict[FeedKind, list[str]] = {}
    for kind, bucket, low, high in connection.execute(_SUMS, {"scopes": scopes}):
        kinds = found.setdefault(kind, [as_text(0)] * BUCKETS)
        kinds[bucket] = as_text((int(high) << 32) + int(low))
    return {kind: tuple(texts) for kind, texts in found.items()}
