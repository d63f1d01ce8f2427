"""The feed: newest states in commit order, contiguous positions, filtered by scope.

Only `publish` moves the head, the last lock of its transaction: commit order is feed order.
"""

import base64
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Raw, Struct

from workstation.store import digests, schema
from workstation.store.database import put_all
from workstation.store.problems import ApiProblem
from workstation.wire.cursor import Cursor, read_cursor
from workstation.wire.protocol import (
    PAGE_BYTES,
    PAGE_ROWS,
    Bucket,
    Change,
    Changes,
    Digest,
    FeedKind,
    Scan,
)

GONE = Raw(b"null")
_HEAD = sa.select(schema.feed_head.c.position, schema.feed_head.c.epoch)
_STORE = sa.select(schema.meta.c.value).where(schema.meta.c.name == "store_id")
_HERE = _HEAD.add_columns(_STORE.scalar_subquery())
_MOVE = (
    sa.update(schema.feed_head)
    .values(position=schema.feed_head.c.position + sa.bindparam("by"))
    .returning(schema.feed_head.c.position)
)
_ADD = sa.insert(schema.feed)
_SCOPES: sa.BindParameter[str] = sa.bindparam("scopes", expanding=True)
_BEYOND = (
    sa.select(schema.state)
    .where(
        schema.state.c.position > sa.bindparam("beyond"),
        sa.or_(schema.state.c.scope.in_(_SCOPES), schema.state.c.left_scope.in_(_SCOPES)),
    )
    .order_by(schema.state.c.position)
    .limit(PAGE_ROWS)
)
alarm = logging.getLogger("workstation.store.alarm")


class Fresh(Struct, frozen=True):
    """A state to be published: the newest body of one thing."""

    kind: FeedKind
    id: str
    version: int
    report: str
    body: str
    holder: str = ""
    scope: str = schema.FORCE_SCOPE
    left_scope: str = ""


def head(connection: sa.Connection) -> int:
    """The last position given."""
    return head_and_epoch(connection)[0]


def head_and_epoch(connection: sa.Connection) -> tuple[int, str]:
    """The last position given, and the epoch it was given in."""
    position, epoch = connection.execute(_HEAD).one()
    return position, epoch


def publish(connection: sa.Connection, states: Sequence[Fresh], command_id: str) -> int:
    """Put states on the feed and return the position of the last; takes the head's lock."""
    return publish_all(connection, [(command_id, states)])[0]


def publish_all(
    connection: sa.Connection, acts: Sequence[tuple[str, Sequence[Fresh]]]
) -> list[int]:
    """The same for the states of several commands, in their order; the last position of each."""
    count = sum(len(states) for _, states in acts)
    if not count:
        return [head(connection)] * len(acts)
    at: int = connection.execute(_MOVE, {"by": count}).scalar_one() - count
    lines, newest, lasts = [], {}, []
    for command_id, states in acts:
        for fresh in states:
            at += 1
            lines.append(
                {
                    "position": at,
                    "kind": fresh.kind,
                    "id": fresh.id,
                    "version": fresh.version,
                    "command_id": command_id,
                }
            )
            newest[fresh.kind, fresh.id] = (fresh, at)
        lasts.append(at)
    connection.execute(_ADD, lines)
    put_all(connection, schema.state, [_row(*one) for one in newest.values()])
    return lasts


def _row(fresh: Fresh, position: int) -> dict[str, Any]:
    marks = digests.columns_of(fresh.kind, fresh.id, fresh.version, fresh.body, position)
    return msgspec.structs.asdict(fresh) | marks | {"position": position}


def rescope(connection: sa.Connection, report: str, scope: str, command_id: str) -> int:
    """Move a report and all that belongs to it to another scope; who loses it hears `gone`."""
    table = schema.state
    rows = connection.execute(
        sa.select(table).where(table.c.report == report).order_by(table.c.kind, table.c.id)
    ).mappings()
    moved = [
        Fresh(
            kind=row["kind"],
            id=row["id"],
            version=row["version"],
            report=report,
            body=row["body"],
            holder=row["holder"],
            scope=scope,
            left_scope=row["scope"],
        )
        for row in rows
    ]
    return publish(connection, moved, command_id)


def changes(
    connection: sa.Connection, text: str, scopes: tuple[str, ...], now: datetime
) -> Changes:
    """The newest states after a cursor (empty: from the beginning), as far as a page goes."""
    start, reached = _start(connection, text, scopes)
    rows = connection.execute(_BEYOND, {"beyond": start.position, "scopes": scopes})
    page, cut = _page(rows.mappings(), scopes)
    upto = page[-1].position if cut else reached
    next_cursor = Cursor(start.store_id, start.epoch, scopes, upto).text()
    return Changes(page, next_cursor, reached, cut, now)


def scan(connection: sa.Connection, after: str, scopes: tuple[str, ...], now: datetime) -> Scan:
    """A page of everything, by kind and id; `after` is empty for the first and at the end."""
    page, beyond = _keyset(connection, sa.true(), after, scopes)
    return Scan(page, beyond, now)


def digest(connection: sa.Connection, text: str, scopes: tuple[str, ...], now: datetime) -> Digest:
    """The sums at a cursor that has reached the head; no other position can be compared."""
    start, reached = _start(connection, text, scopes)
    if start.position != reached:
        detail = "The feed has moved on. Read the changes first, then compare."
        raise ApiProblem(409, "digest-moved", detail, "cursor")
    return Digest(digests.sums(connection, scopes), reached, now)


def bucket(
    connection: sa.Connection, number: int, after: str, scopes: tuple[str, ...], now: datetime
) -> Bucket:
    """A page of the states of one bucket, by kind and id, and the head they were read at."""
    mine = schema.state.c.bucket == number
    page, beyond = _keyset(connection, mine, after, scopes)
    return Bucket(page, beyond, head(connection), now)


def _keyset(
    connection: sa.Connection, where: sa.ColumnElement[bool], after: str, scopes: tuple[str, ...]
) -> tuple[tuple[Change, ...], str]:
    table = schema.state
    query = sa.select(table).where(where, table.c.scope.in_(scopes))
    if after:
        kind, id = _read_after(after)
        beyond = sa.and_(table.c.kind == kind, table.c.id > id)
        query = query.where(sa.or_(table.c.kind > kind, beyond))
    rows = connection.execute(query.order_by(table.c.kind, table.c.id).limit(PAGE_ROWS))
    page, cut = _page(rows.mappings(), scopes)
    return page, _after(page[-1]) if cut else ""


def _page(rows: sa.MappingResult, scopes: tuple[str, ...]) -> tuple[tuple[Change, ...], bool]:
    """The rows that fit a page, and whether there may be more."""
    page: list[Change] = []
    size = 0
    for row in rows:
        body = Raw(row["body"].encode()) if row["scope"] in scopes else GONE
        size += len(bytes(body)) + 120
        if page and size > PAGE_BYTES:
            return tuple(page), True
        page.append(Change(row["kind"], row["id"], row["version"], row["position"], body))
    return tuple(page), len(page) >= PAGE_ROWS


def _start(connection: sa.Connection, text: str, scopes: tuple[str, ...]) -> tuple[Cursor, int]:
    """Where to read on from, and the head."""
    reached, epoch, store_id = connection.execute(_HERE).one()
    if not text:
        return Cursor(store_id, epoch, scopes, 0), reached
    try:
        cursor = read_cursor(text)
    except ValueError as wrong:
        raise ApiProblem(
            400, "cursor-malformed", "Start again from no cursor.", "cursor"
        ) from wrong
    if cursor.position < 0:
        raise ApiProblem(400, "cursor-malformed", "Start again from no cursor.", "cursor")
    if cursor.store_id != store_id:
        raise ApiProblem(409, "wrong-store", "This cursor is of another store.", "cursor")
    if cursor.epoch != epoch:
        raise ApiProblem(
            409, "epoch-changed", "The store went back in time. Fill again.", "cursor"
        )
    if cursor.scopes != scopes:
        raise ApiProblem(409, "scope-changed", "What you may see changed. Fill again.", "cursor")
    if cursor.position > reached:
        said = "a desk has read to %d and the feed ends at %d: was this store restored? %s"
        alarm.critical(
            said, cursor.position, reached, "Type: python -m workstation store new-epoch"
        )
        raise ApiProblem(
            409, "cursor-ahead", "The store is behind this cursor. Fill again.", "cursor"
        )
    return cursor, reached


def _after(change: Change) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((change.kind, change.id))).decode("ascii")


def _read_after(text: str) -> tuple[str, str]:
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii"))
        kind, id = msgspec.json.decode(raw, type=tuple[str, str])
    except (ValueError, msgspec.MsgspecError) as wrong:
        raise ApiProblem(400, "cursor-malformed", "Start the scan again.", "after") from wrong
    if "\0" in kind + id:
        raise ApiProblem(400, "cursor-malformed", "Start the scan again.", "after")
    return kind, id
