"""The serial a crime is recorded under: this desk's own and unused, or something is wrong."""

import logging

import sqlalchemy as sa

from workstation.domain.crime import RecordCrime
from workstation.domain.refusal import Refusal
from workstation.store import numbers
from workstation.wire.protocol import Envelope

alarm = logging.getLogger("workstation.store.alarm")


def serial_of(connection: sa.Connection, envelope: Envelope) -> numbers.LedgerRow | None:
    """The ledger's row of the serial that a crime is recorded under."""
    command = envelope.command
    if not isinstance(command, RecordCrime):
        return None
    return numbers.row_of(connection, command.series, command.serial)


def serial_refused(envelope: Envelope, row: numbers.LedgerRow | None) -> Refusal | None:
    """Only a desk that was copied or wound back uses a serial that is not its own."""
    command = envelope.command
    if not isinstance(command, RecordCrime):
        return None
    if row is not None and _is_free(envelope, row) and _says(row, command):
        return None
    said = f"{command.series} {command.serial} ({command.number})"
    alarm.critical("serial %s is not free for outbox %s: %s", said, envelope.outbox_id, row)
    sentence = f"The number {command.number} is not this desk's to give. Record the crime again."
    return Refusal("number/not-yours", sentence, "number")


def settle_crime_serial(
    connection: sa.Connection,
    envelope: Envelope,
    row: numbers.LedgerRow | None,
    refusal: Refusal | None,
) -> None:
    """A serial once used is issued, or void with its case; never free again."""
    command = envelope.command
    if row is None or not isinstance(command, RecordCrime) or not _is_free(envelope, row):
        return
    numbers.settle_serial(
        connection,
        row,
        "void" if refusal else "issued",
        report=command.report,
        crime=command.crime,
        command_id=envelope.command_id,
        reason=refusal.code if refusal else "",
    )


def _is_free(envelope: Envelope, row: numbers.LedgerRow) -> bool:
    return row.outbox_id == envelope.outbox_id and row.state == "allocated"


def _says(row: numbers.LedgerRow, command: RecordCrime) -> bool:
    return row.series.startswith("crime/") and row.number == command.number
