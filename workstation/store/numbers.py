"""Serials of crime and incident numbers: leased in blocks, issued once, each with its ledger row.

Always true of a series: issued + alias + returned + void + allocated = next serial − 1.
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.numbers import LONDON, Kind, series_at, written
from workstation.domain.pack import Pack
from workstation.store import schema
from workstation.store.database import insert_if_absent, instant
from workstation.store.outboxes import Desk
from workstation.store.problems import ApiProblem
from workstation.wire.protocol import LeaseBlock, LeasedBlock

LARGEST_BLOCK = 50
OUTSTANDING_LIMIT = 100
BY_STORE = "store"


class LedgerRow(Struct, frozen=True):
    """What the ledger says of one serial."""

    series: str
    serial: int
    number: str
    state: str
    outbox_id: str
    report: str
    crime: str


def issue_here(
    connection: sa.Connection, pack: Pack, kind: Kind, now: datetime, report: str, command_id: str
) -> str:
    """The next number of today's series, issued by the store itself at once."""
    series = series_at(pack, kind, now)
    serial = _advance(connection, series, 1)
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


def row_of_number(connection: sa.Connection, outbox_id: str, number: str) -> LedgerRow | None:
    """The row of a number as written, among those of one outbox."""
    table = schema.number_ledger
    return _row(connection, sa.and_(table.c.outbox_id == outbox_id, table.c.number == number))


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


def lease(
    connection: sa.Connection, ask: LeaseBlock, pack: Pack, now: datetime, block_id: str
) -> LeasedBlock:
    """A block of its own for the outbox; returned serials are lent again, lowest first."""
    kind = _open_kind(pack, ask.series, now)
    if not 1 <= ask.size <= LARGEST_BLOCK:
        raise ApiProblem(422, "block-size", f"Ask for 1 to {LARGEST_BLOCK} numbers.", "size")
    _lock_series(connection, ask.series)
    _refuse_hoarding(connection, ask)
    lo, hi = _returned_run(connection, ask) or _fresh_run(connection, ask, pack, kind, now)
    table = schema.number_ledger
    mine = sa.and_(table.c.series == ask.series, table.c.serial.between(lo, hi))
    connection.execute(
        sa.update(table)
        .where(mine)
        .values(state="allocated", block_id=block_id, outbox_id=ask.outbox_id)
    )
    connection.execute(
        sa.insert(schema.number_block).values(
            id=block_id,
            series=ask.series,
            lo=lo,
            hi=hi,
            outbox_id=ask.outbox_id,
            leased_at=instant(now),
            state="active",
        )
    )
    return LeasedBlock(block_id, ask.series, lo, hi)


def give_back(connection: sa.Connection, ask: LeaseBlock) -> LeasedBlock:
    """Take back the unused end of a block; asked twice, the answer is the same."""
    blocks, ledger = schema.number_block, schema.number_ledger
    _lock_series(connection, ask.series)
    own = sa.and_(blocks.c.id == ask.returns, blocks.c.outbox_id == ask.outbox_id)
    if connection.scalar(sa.select(blocks.c.series).where(own)) != ask.series:
        raise ApiProblem(404, "block-unknown", "This outbox has no such block.", "returns")
    unused = sa.and_(
        ledger.c.block_id == ask.returns,
        ledger.c.serial >= ask.returned_from,
        ledger.c.state == "allocated",
        ledger.c.reason == "",  # what is in doubt is never lent again
    )
    connection.execute(sa.update(ledger).where(unused).values(state="returned"))
    connection.execute(sa.update(blocks).where(own).values(state="closed"))
    return LeasedBlock("", ask.series, 0, 0)


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


def open_series(pack: Pack, kind: Kind, now: datetime) -> tuple[str, ...]:
    """Today's series, and the next one from 1 December or 20:00 on."""
    local = now.astimezone(LONDON)
    ahead = timedelta()
    if kind == "crime" and local.month == 12:
        ahead = timedelta(days=31)
    elif kind == "incident" and local.hour >= 20:
        ahead = timedelta(hours=4)
    return series_at(pack, kind, now), series_at(pack, kind, now + ahead)


def _open_kind(pack: Pack, series: str, now: datetime) -> Kind:
    kinds: tuple[Kind, ...] = ("crime", "incident")
    for kind in kinds:
        if series in open_series(pack, kind, now):
            return kind
    raise ApiProblem(422, "series-not-open", "Numbers of this series are not lent now.", "series")


def _row(connection: sa.Connection, where: sa.ColumnElement[bool]) -> LedgerRow | None:
    table = schema.number_ledger
    columns = [table.c[name] for name in LedgerRow.__struct_fields__]
    found = connection.execute(sa.select(*columns).where(where).with_for_update()).first()
    return LedgerRow(*found) if found else None


def _lock_series(connection: sa.Connection, series: str) -> None:
    """Begin the series if need be and hold its row."""
    _advance(connection, series, 0)


def _advance(connection: sa.Connection, series: str, count: int) -> int:
    """Move the series on by a count; the first serial of those is returned."""
    insert_if_absent(connection, schema.number_series, series=series, next_serial=1)
    table = schema.number_series
    moved = sa.update(table).where(table.c.series == series)
    moved = moved.values(next_serial=table.c.next_serial + count)
    after: int = connection.execute(moved.returning(table.c.next_serial)).scalar_one()
    return after - count


def _refuse_hoarding(connection: sa.Connection, ask: LeaseBlock) -> None:
    table = schema.number_ledger
    outstanding = sa.select(sa.func.count()).where(
        table.c.outbox_id == ask.outbox_id,
        table.c.series == ask.series,
        table.c.state == "allocated",
    )
    if connection.execute(outstanding).scalar_one() + ask.size > OUTSTANDING_LIMIT:
        raise ApiProblem(409, "blocks-enough", "This desk holds enough numbers already.", "size")


def _returned_run(connection: sa.Connection, ask: LeaseBlock) -> tuple[int, int] | None:
    table = schema.number_ledger
    returned = (
        sa.select(table.c.serial)
        .where(table.c.series == ask.series, table.c.state == "returned")
        .order_by(table.c.serial)
        .limit(ask.size)
    )
    serials = list(connection.scalars(returned))
    if not serials:
        return None
    lo = serials[0]
    run = [serial for n, serial in enumerate(serials) if serial == lo + n]
    return lo, run[-1]


def _fresh_run(
    connection: sa.Connection, ask: LeaseBlock, pack: Pack, kind: Kind, now: datetime
) -> tuple[int, int]:
    lo = _advance(connection, ask.series, ask.size)
    within = instant_of(ask.series)
    rows = [
        {
            "series": ask.series,
            "serial": serial,
            "number": written(pack, kind, serial, within),
            "state": "allocated",
            "block_id": "",
            "outbox_id": ask.outbox_id,
            "report": "",
            "crime": "",
            "command_id": "",
            "recorded_at": instant(now),
            "reason": "",
        }
        for serial in range(lo, lo + ask.size)
    ]
    connection.execute(sa.insert(schema.number_ledger), rows)
    return lo, lo + ask.size - 1
