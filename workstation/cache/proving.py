"""Proof that cache.db holds what the store holds: bucket sums, summed in slices.

A slice at a time, so that news and work are never kept waiting by the proof of the old.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from workstation.machine.sealed import Connection
from workstation.wire.digest import BUCKETS, as_text, bucket_of, mark_of
from workstation.wire.protocol import FeedKind

SLICE = 1_000
_TABLES: dict[FeedKind, str] = {
    "report": "report",
    "entry": "entry",
    "case": "cases",
    "pack": "thing",
}
_NONE = as_text(0)
_NOTHING = (_NONE,) * BUCKETS
_ZEROES = (0,) * BUCKETS


class Summing:
    """The sums of what a cache holds; `step` until it says that all is summed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sums: dict[FeedKind, list[int]] = defaultdict(lambda: [0] * BUCKETS)
        self._left = [(kind, "") for kind in _TABLES]

    def step(self) -> bool:
        """Sum one slice more; False when there is none left."""
        if not self._left:
            return False
        kind, after = self._left.pop()
        rows = self._connection.execute(
            f"SELECT id, version, CAST(body AS BLOB) FROM {_TABLES[kind]}"
            " WHERE id > ? ORDER BY id LIMIT ?",
            (after, SLICE),
        ).fetchall()
        for id, version, body in rows:
            self._sums[kind][bucket_of(id)] += mark_of(kind, id, version, bytes(body))
        if len(rows) == SLICE:
            self._left.append((kind, rows[-1][0]))
        return bool(self._left)

    def differing(self, told: Mapping[FeedKind, Sequence[str]]) -> tuple[int, ...]:
        """The buckets in which the store holds something else."""
        found: set[int] = set()
        for kind in {*told, *_TABLES}:
            mine, theirs = self._texts(kind), told.get(kind, _NOTHING)
            if mine != tuple(theirs):
                found |= {n for n in range(BUCKETS) if mine[n] != theirs[n]}
        return tuple(sorted(found))

    def _texts(self, kind: FeedKind) -> tuple[str, ...]:
        """As they travel; most buckets of a small cache hold nothing."""
        return tuple(as_text(one) if one else _NONE for one in self._sums.get(kind, _ZEROES))


def held_in(connection: Connection, bucket: int) -> Iterator[tuple[tuple[FeedKind, str], int]]:
    """Kind and id of everything held in one bucket, with its mark."""
    for kind, table in _TABLES.items():
        for (id,) in connection.execute(f"SELECT id FROM {table}").fetchall():
            if bucket_of(id) == bucket:
                version, body = connection.execute(
                    f"SELECT version, CAST(body AS BLOB) FROM {table} WHERE id = ?", (id,)
                ).fetchone()
                yield (kind, id), mark_of(kind, id, version, bytes(body))
