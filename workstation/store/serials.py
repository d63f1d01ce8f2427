"""The serial a crime is recorded under: lent to this desk and unused, or the crime is held.

The victim may have been told the number: nothing here ever asks for another one.
"""

import logging

import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.crime import RecordCrime
from workstation.domain.refusal import Refusal
from workstation.store import numbers
from workstation.store.outboxes import Desk
from workstation.wire.protocol import Envelope

alarm = logging.getLogger("workstation.store.alarm")


class Serial(Struct, frozen=True):
    """The ledger's row of a serial, if it has one, and whether the sender may use it."""

    row: numbers.LedgerRow | None
    is_free: bool


def serial_of(connection: sa.Connection, envelope: Envelope) -> Serial | None:
    """The serial that a crime is recorded under; None where no crime is."""
    command = envelope.command
    if not isinstance(command, RecordCrime):
        return None
    row = numbers.row_of(connection, command.series, command.serial)
    if row is None or not _says(row, command):
        return Serial(None, is_free=False)
    desk = Desk(envelope.author, envelope.workstation)
    return Serial(row, numbers.is_lent_to(connection, row, envelope.outbox_id, desk))


def serial_refused(envelope: Envelope, serial: Serial | None) -> Refusal | None:
    """Only a desk that was copied or wound back uses a serial that is not its own: held."""
    command = envelope.command
    if serial is None or serial.is_free or not isinstance(command, RecordCrime):
        return None
    said = f"{command.series} {command.serial} ({command.number})"
    alarm.critical("serial %s is not free for outbox %s: %s", said, envelope.outbox_id, serial.row)
    sentence = (
        f"The number {command.number} may stand for another crime. The crime is kept with it; "
        "a supervisor must see to it. Do not tell anybody another number."
    )
    return Refusal("held/number", sentence, "number")


def settle_crime_serial(
    connection: sa.Connection,
    envelope: Envelope,
    serial: Serial | None,
    refusal: Refusal | None,
) -> None:
    """A serial once used is issued, or void with its case; never free again."""
    command = envelope.command
    if serial is None or serial.row is None or not serial.is_free:
        return
    if not isinstance(command, RecordCrime):
        return
    numbers.settle_serial(
        connection,
        serial.row,
        "void" if refusal else "issued",
        report=command.report,
        crime=command.crime,
        command_id=envelope.command_id,
        reason=refusal.code if refusal else "",
    )


def _says(row: numbers.LedgerRow, command: RecordCrime) -> bool:
    return row.series.startswith("crime/") and row.number == command.number
