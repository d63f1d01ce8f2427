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


def columns_of(kind: str, id: str, version: int, body: str, position: int) -> dict[str, int]:
    """What is kept beside a state of this position."""
    mark = mark_of(kind, id, version, body.encode())
    signed = mark - MODULUS if mark >= MODULUS // 2 else mark
    return {"bucket": bucket_of(id), "digest": signed, "digested": position}


def has_old(connection: sa.Connection) -> bool:
    """Whether the mark of any state is missing or older than the state."""
    return connection.scalar(sa.select(sa.exists().where(_is_old()))) is True


def make_anew(connection: sa.Connection) -> None:
    """Make every mark that is missing or old."""
    table = schema.state
    query = sa.select(table.c.kind, table.c.id, table.c.version, table.c.body, table.c.position)
    while rows := connection.execute(query.where(_is_old()).limit(AT_ONCE)).all():
        for row in rows:
            same = sa.and_(table.c.kind == row.kind, table.c.id == row.id)
            untouched = sa.and_(same, table.c.position == row.position)
            connection.execute(sa.update(table).where(untouched).values(**columns_of(*row)))


def sums(connection: sa.Connection, scopes: tuple[str, ...]) -> dict[FeedKind, tuple[str, ...]]:
    """The sums of every kind that has a state in these scopes."""
    table = schema.state
    query = (
        sa.select(
            table.c.kind,
            table.c.bucket,
            sa.func.sum(table.c.digest.bitwise_and(LOW_HALF)),
            sa.func.sum(table.c.digest.bitwise_rshift(sa.literal(32, sa.Integer))),
        )
        .where(table.c.scope.in_(scopes))
        .group_by(table.c.kind, table.c.bucket)
    )
    found: dict[FeedKind, list[str]] = {}
    for kind, bucket, low, high in connection.execute(query):
        kinds = found.setdefault(kind, [as_text(0)] * BUCKETS)
        kinds[bucket] = as_text((int(high) << 32) + int(low))
    return {kind: tuple(texts) for kind, texts in found.items()}


def _is_old() -> sa.ColumnElement[bool]:
    return schema.state.c.digested.is_distinct_from(schema.state.c.position)
