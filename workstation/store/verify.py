"""Proof that the store is whole: states are their folded journal, the feed whole, digests hold.

Every finding is a sentence; an empty list means nothing is wrong.
"""

import hmac
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from workstation.domain.act import Event
from workstation.domain.decider import event_decoder, fold
from workstation.domain.entry import Entry
from workstation.domain.report import Report, ReportId
from workstation.store import digests, feed, number_audit, schema
from workstation.store.database import Database
from workstation.store.fresh import holder_of

AT_ONCE = 500
TOLD = ("report", "entry")
_lines, _states = schema.journal, schema.state


def verify(database: Database) -> list[str]:
    """Everything that is wrong in one snapshot of the store."""
    with database.read() as connection:
        if found := _file_findings(connection):
            return found
        return [
            *_feed_findings(connection),
            *_digest_findings(connection),
            *_mark_findings(connection),
            *_state_findings(connection),
            *number_audit.audit(connection),
        ]


def unfit(database: Database) -> list[str]:
    """What forbids serving it: pages that do not fit together, a feed that has gaps."""
    with database.read() as connection:
        return _file_findings(connection) or list(_feed_findings(connection))


def _file_findings(connection: sa.Connection) -> list[str]:
    """What SQLite itself finds wrong with its pages."""
    if connection.dialect.name != "sqlite":
        return []
    try:
        said = connection.exec_driver_sql("PRAGMA quick_check(10)").scalars().all()
    except sa.exc.DatabaseError as wrong:
        return [f"the file: {wrong.orig}"]
    return [f"the file: {one}" for one in said if one != "ok"]


def _feed_findings(connection: sa.Connection) -> Iterator[str]:
    head, table, states = feed.head(connection), schema.feed, schema.state
    figures = sa.select(
        sa.func.count(), sa.func.min(table.c.position), sa.func.max(table.c.position)
    )
    count, low, high = connection.execute(figures).one()
    if head and (count, low, high) != (head, 1, head):
        yield f"feed: {count} rows from {low} to {high}, and the head says {head}"
    newest = (
        sa.select(table.c.kind, table.c.id, sa.func.max(table.c.position).label("position"))
        .group_by(table.c.kind, table.c.id)
        .subquery()
    )
    same = sa.and_(newest.c.kind == states.c.kind, newest.c.id == states.c.id)
    strays = (
        sa.select(newest.c.kind, newest.c.id)
        .join(states, same, isouter=True)
        .where(states.c.position.is_distinct_from(newest.c.position))
    )
    for kind, id in connection.execute(strays):
        yield f"{kind} {id}: its state is not where the feed last put it"
    known = sa.select(table.c.id).where(table.c.kind == states.c.kind, table.c.id == states.c.id)
    for kind, id in connection.execute(
        sa.select(states.c.kind, states.c.id).where(~known.exists())
    ):
        yield f"{kind} {id}: a state that was never on the feed"


def _digest_findings(connection: sa.Connection) -> Iterator[str]:
    for row in _rows(connection, sa.select(_lines)):
        right = hmac.digest(bytes(row["salt"]), bytes(row["body"]), "sha256")
        if not hmac.compare_digest(right, bytes(row["digest"])):
            yield f"journal {row['position']}.{row['ordinal']}: its words are not as recorded"


def _mark_findings(connection: sa.Connection) -> Iterator[str]:
    for row in _rows(connection, sa.select(_states)):
        kept = {name: row[name] for name in ("bucket", "digest", "digested")}
        fresh = row["kind"], row["id"], row["version"], row["body"], row["position"]
        if row["digested"] == row["position"] and kept != digests.columns_of(*fresh):
            yield f"{row['kind']} {row['id']}: its mark in the digest is not its own"


def _state_findings(connection: sa.Connection) -> Iterator[str]:
    told, kept = _lines.c.report, _states.c.report
    named = sa.union(sa.select(told), sa.select(kept).where(_states.c.kind.in_(TOLD)))
    for part in connection.scalars(named.execution_options(yield_per=AT_ONCE)).partitions():
        yield from _findings_of(connection, part)


def _findings_of(connection: sa.Connection, reports: Sequence[str]) -> Iterator[str]:
    """Some reports and their stories, from all that the journal tells of them."""
    history: dict[str, dict[str, list[Event]]] = defaultdict(lambda: defaultdict(list))
    told: dict[str, Entry] = {}
    of = sa.select(_lines).where(_lines.c.report.in_(reports))
    for row in _rows(connection, of.order_by(_lines.c.position, _lines.c.ordinal)):
        try:
            event = event_decoder.decode(bytes(row["body"]))
        except msgspec.MsgspecError:
            yield f"journal {row['position']}.{row['ordinal']}: cannot be read"
            continue
        history[row["report"]][row["command_id"]].append(event)
        entry = event.entry(f"{row['command_id']}:{row['ordinal']}")
        if entry is not None:
            told[entry.id] = entry
    kept = sa.select(_states).where(_states.c.report.in_(reports))  # by its index, of any kind
    for row in _rows(connection, kept):
        if row["kind"] == "report":
            yield from _report_finding(row, history.pop(row["id"], {}))
        elif row["kind"] == "entry":
            entry = msgspec.json.decode(row["body"], type=Entry)
            if told.pop(row["id"], None) != entry:
                yield f"entry {row['id']}: is not what the journal tells"
    yield from (f"report {id}: in the journal, but it has no state" for id in history)
    yield from (f"entry {id}: in the journal, but it has no state" for id in told)


def _rows(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[sa.RowMapping]:
    """Each row as it comes: of a whole table there may be millions."""
    found = connection.execute(query.execution_options(yield_per=AT_ONCE))
    return iter(found.mappings())


def _report_finding(row: sa.RowMapping, history: dict[str, list[Event]]) -> Iterator[str]:
    id = ReportId(row["id"])
    try:
        folded = fold(history.values(), id)
    except ValueError as wrong:
        yield f"report {id}: its journal does not fold: {wrong}"
        return
    kept = msgspec.json.decode(row["body"], type=Report)
    if folded != kept or row["version"] != kept.version or row["holder"] != holder_of(kept):
        yield f"report {id}: its state is not what its journal gives"
