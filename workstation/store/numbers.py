"""Serials of crime and incident numbers: leased in blocks, issued once, each with its ledger row.

Always true of a series: issued + alias + returned + void + allocated = next serial − 1.
"""

from datetime import UTC, datetime
from functools import cache

import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.numbers import LONDON, Kind, series_at, written
from workstation.domain.pack import Pack
from workstation.store import schema
from workstation.store.database import insert_if_absent, instant
from workstation.store.outboxes import Desk

BY_STORE = "store"

_MOVE = (
    sa.update(schema.number_series)
    .where(schema.number_series.c.series == sa.bindparam("mine"))
    .values(next_serial=schema.number_series.c.next_serial + sa.bindparam("by"))
    .returning(schema.number_series.c.next_serial)
)


class LedgerRow(Struct, frozen=True):
    """What the ledger says of one serial."""

    series: str
    serial: int
    number: str
    state: str
    outbox_id: str
    report: str
    crime: str
    command_id: str


_ROWS = sa.select(*(schema.number_ledger.c[name] for name in LedgerRow.__struct_fields__))
_ROWS = _ROWS.with_for_update()


def issue_here(
    connection: sa.Connection, pack: Pack, kind: Kind, now: datetime, report: str, command_id: str
) -> str:
    """The next number of today's series, issued by the store itself at once."""
    series = series_at(pack, kind, now)
    serial = advance(connection, series, 1)
    number = written(pack, kind, serial, now)
    connection.execute(
        sa.insert(schema.number_ledger).values(
            series=series,
            serial=serial,
            number=number,
            state="issued",
            block_id=BY_STORE,
            outbox_id=BY_STORE,
            report=report,
            crime="",
            command_id=command_id,
            recorded_at=instant(now),
            reason="",
        )
    )
    return number


def row_of(connection: sa.Connection, series: str, serial: int) -> LedgerRow | None:
    """The ledger's row of a serial, locked until the transaction ends."""
    table = schema.number_ledger
    return _row(connection, sa.and_(table.c.series == series, table.c.serial == serial))


def row_of_number(connection: sa.Connection, kind: Kind, number: str) -> LedgerRow | None:
    """The row of a number as it is written and spoken."""
    table = schema.number_ledger
    named = sa.and_(table.c.number == number, table.c.series.like(f"{kind}/%"))
    return _row(connection, named)


def is_lent_to(connection: sa.Connection, row: LedgerRow, outbox_id: str, desk: Desk) -> bool:
    """Whether the serial is free for this outbox: its own, or one of its desk's older outboxes.

    A desk that was wound back begins a new outbox; what its person was lent there stays theirs.
    """
    if row.state != "allocated":
        return False
    if row.outbox_id == outbox_id:
        return True
    table = schema.outbox
    query = sa.select(table.c.person, table.c.workstation)
    found = connection.execute(query.where(table.c.outbox_id == row.outbox_id)).first()
    return found is not None and Desk(*found) == desk


def settle_serial(
    connection: sa.Connection,
    row: LedgerRow,
    state: str,
    *,
    report: str,
    crime: str,
    command_id: str,
    reason: str = "",
) -> None:
    """Say for good what became of an allocated serial."""
    table = schema.number_ledger
    connection.execute(
        sa.update(table)
        .where(table.c.series == row.series, table.c.serial == row.serial)
        .values(state=state, report=report, crime=crime, command_id=command_id, reason=reason)
    )


def lend_no_more(connection: sa.Connection, row: LedgerRow, reason: str) -> None:
    """Somebody was told this serial, whose it is not: who has it may use it, nobody else ever."""
    table = schema.number_ledger
    mine = sa.and_(table.c.series == row.series, table.c.serial == row.serial)
    free = sa.and_(mine, table.c.state.in_(("allocated", "returned")), table.c.reason == "")
    connection.execute(sa.update(table).where(free).values(state="allocated", reason=reason))


def totals(connection: sa.Connection) -> list[tuple[str, str, int]]:
    """How many serials of each series are in each state."""
    ledger = schema.number_ledger
    query = (
        sa.select(ledger.c.series, ledger.c.state, sa.func.count())
        .group_by(ledger.c.series, ledger.c.state)
        .order_by(ledger.c.series, ledger.c.state)
    )
    return [(series, state, count) for series, state, count in connection.execute(query)]


@cache
def instant_of(series: str) -> datetime:
    """A time inside a series' year or day, to write its numbers by."""
    period = series.partition("/")[2]
    day = period if len(period) > 4 else f"{period}-07-01"
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=LONDON).astimezone(UTC)


def _row(connection: sa.Connection, where: sa.ColumnElement[bool]) -> LedgerRow | None:
    found = connection.execute(_ROWS.where(where)).first()
    return LedgerRow(*found) if found else None


def lock_series(connection: sa.Connection, series: str) -> None:
    """Begin the series if need be and hold its row."""
    advance(connection, series, 0)


def advance(connection: sa.Connection, series: str, count: int) -> int:
    """Move the series on by a count; the first serial of those is returned."""
    insert_if_absent(connection, schema.number_series, series=series, next_serial=1)
    after: int = connection.execute(_MOVE, {"mine": series, "by": count}).scalar_one()
    return after - count
