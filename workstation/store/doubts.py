"""Serials in doubt: since the store went back in time, some desk may hold or have used them.

They are never lent again. The outbox that first presents one may use it, and that is alarmed.
"""

import logging
from datetime import datetime

import sqlalchemy as sa

from workstation.domain.crime import RecordCrime
from workstation.domain.intake import CreateReport
from workstation.domain.numbers import Kind, written
from workstation.domain.pack import Pack
from workstation.store import numbers, schema
from workstation.store.database import insert_if_absent, instant
from workstation.wire.protocol import Envelope

alarm = logging.getLogger("workstation.store.alarm")
DOUBT = "in doubt: the store went back in time"
NOBODY_KNOWN = ""
FURTHEST = 10_000
NUMBERED = (RecordCrime, CreateReport)


def raise_series(
    connection: sa.Connection, pack: Pack, series: str, by: int, epoch: str, now: datetime
) -> int:
    """Leave out the next serials of a series: a desk may hold them; the new next one."""
    table = schema.number_series
    insert_if_absent(connection, table, series=series, next_serial=1)
    row = sa.select(table.c.next_serial).where(table.c.series == series).with_for_update()
    low: int = connection.execute(row).scalar_one()
    within = numbers.instant_of(series)
    connection.execute(
        sa.insert(schema.number_ledger),
        [
            {
                "series": series,
                "serial": serial,
                "number": written(pack, _kind(series), serial, within),
                "state": "allocated",
                "block_id": f"epoch:{epoch}",
                "outbox_id": NOBODY_KNOWN,
                "report": "",
                "crime": "",
                "command_id": "",
                "recorded_at": instant(now),
                "reason": DOUBT,
            }
            for serial in range(low, low + by)
        ],
    )
    moved = sa.update(table).where(table.c.series == series).values(next_serial=low + by)
    connection.execute(moved)
    return low + by


def doubt_what_is_out(connection: sa.Connection) -> None:
    """What is lent or free to lend may have changed hands in the time that was lost."""
    table = schema.number_ledger
    free = sa.update(table).where(table.c.state == "returned")
    connection.execute(free.values(state="allocated", outbox_id=NOBODY_KNOWN, reason=DOUBT))
    lent = sa.update(table).where(table.c.state == "allocated")
    connection.execute(lent.values(reason=DOUBT))


def adopt(
    connection: sa.Connection, envelope: Envelope, pack: Pack, epoch: str, now: datetime
) -> None:
    """A number in doubt, or unknown, is this outbox's from now on: it presented it first."""
    command, table = envelope.command, schema.number_ledger
    if isinstance(command, RecordCrime):
        _reach(connection, command, pack, epoch, now)
        named = sa.and_(table.c.series == command.series, table.c.serial == command.serial)
        _take(connection, envelope, command.number, named)
    elif isinstance(command, CreateReport) and command.incident_number:
        _take(connection, envelope, command.incident_number, table.c.outbox_id == NOBODY_KNOWN)


def _take(
    connection: sa.Connection, envelope: Envelope, number: str, named: sa.ColumnElement[bool]
) -> None:
    table = schema.number_ledger
    mine = envelope.outbox_id
    free = sa.and_(table.c.state == "allocated", table.c.reason == DOUBT)
    others = sa.and_(named, free, table.c.number == number, table.c.outbox_id != mine)
    if connection.execute(sa.update(table).where(others).values(outbox_id=mine)).rowcount:
        said = "number %s was lent in the time this store has lost: taken from outbox %s"
        alarm.critical(said, number, mine)


def _reach(
    connection: sa.Connection, command: RecordCrime, pack: Pack, epoch: str, now: datetime
) -> None:
    """Stretch the ledger to a serial that lies beyond what was raised, but not far."""
    table = schema.number_series
    mine = sa.select(table.c.next_serial).where(table.c.series == command.series)
    low = connection.scalar(mine)
    if low is None or _kind(command.series) != "crime":
        return
    beyond = command.serial - low + 1
    right = written(pack, "crime", command.serial, numbers.instant_of(command.series))
    if 1 <= beyond <= FURTHEST and right == command.number:
        raise_series(connection, pack, command.series, beyond, epoch, now)


def _kind(series: str) -> Kind:
    return "crime" if series.startswith("crime/") else "incident"
