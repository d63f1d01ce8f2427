"""Serials of crime and incident numbers: leased in blocks, issued once, each with its ledger row.

Always true of a series: issued + alias + returned + void + allocated = next serial − 1.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.numbers import LONDON, Kind, series_at, written
from workstation.domain.pack import Pack
from workstation.store import schema
from workstation.store.database import insert_if_absent, instant
from workstation.store.outboxes import Desk

BY_STORE = "store"
STATES = ("allocated", "issued", "alias", "returned", "void")

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


def audit(connection: sa.Connection) -> list[str]:
    """What is wrong with the ledger, a sentence each; empty when every serial is accounted for."""
    series, ledger = schema.number_series, schema.number_ledger
    found = []
    for name, next_serial in connection.execute(sa.select(series.c.series, series.c.next_serial)):
        figures = sa.select(
            sa.func.count(), sa.func.min(ledger.c.serial), sa.func.max(ledger.c.serial)
        ).where(ledger.c.series == name)
        count, low, high = connection.execute(figures).one()
        if next_serial > 1 and (count, low, high) != (next_serial - 1, 1, next_serial - 1):
            found.append(f"series {name}: {count} rows for {next_serial - 1} serials")
    known = sa.select(series.c.series)
    strays = sa.select(ledger.c.series).where(ledger.c.series.not_in(known)).distinct()
    found += [
        f"series {name}: in the ledger, but never begun" for name in connection.scalars(strays)
    ]
    unexplained = sa.select(ledger.c.number, ledger.c.state).where(
        ledger.c.state.in_(("alias", "void")), ledger.c.reason == ""
    )
    found += [
        f"number {number} is {state}, and nothing says why"
        for number, state in connection.execute(unexplained)
    ]
    strange = sa.select(ledger.c.number, ledger.c.state).where(ledger.c.state.not_in(STATES))
    found += [f"number {one} is {state}" for one, state in connection.execute(strange)]
    return found


def totals(connection: sa.Connection) -> list[tuple[str, str, int]]:
    """How many serials of each series are in each state."""
    ledger = schema.number_ledger
    query = (
        sa.select(ledger.c.series, ledger.c.state, sa.func.count())
        .group_by(ledger.c.series, ledger.c.state)
        .order_by(ledger.c.series, ledger.c.state)
    )
    return [(series, state, count) for series, state, count in connection.execute(query)]


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
