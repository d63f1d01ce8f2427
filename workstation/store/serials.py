"""The serial a crime or a contact is recorded under: lent to this desk and unused, or held.

The victim may have been told the number: nothing here ever asks for another one.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.act import Event
from workstation.domain.crime import RecordCrime
from workstation.domain.intake import CreateReport
from workstation.domain.merging import CrimesMerged
from workstation.domain.numbers import ends_at, has_begun, near
from workstation.domain.pack import Pack
from workstation.domain.refusal import Refusal
from workstation.store import epochs, numbers
from workstation.store.outboxes import Desk
from workstation.wire.protocol import Envelope

alarm = logging.getLogger("workstation.store.alarm")
GRACE = timedelta(hours=72)
LATE, EARLY, NOT_ITS_OWN = "held/late", "held/early", "held/number"
HELD = frozenset({LATE, EARLY, "held/author", "held/report", "held/scope"})


class Serial(Struct, frozen=True):
    """The ledger's row of a serial, if it has one, and whether the sender may use it."""

    row: numbers.LedgerRow | None
    is_free: bool


def serial_of(connection: sa.Connection, envelope: Envelope) -> Serial | None:
    """The serial that a crime or a contact brings; None where there is none."""
    command = envelope.command
    if isinstance(command, RecordCrime):
        row = numbers.row_of(connection, command.series, command.serial)
        row = row if row is not None and _says(row, command) else None
    elif isinstance(command, CreateReport) and command.incident_number:
        row = numbers.row_of_number(connection, "incident", command.incident_number)
    else:
        return None
    if row is None:
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
    return Refusal(NOT_ITS_OWN, sentence, "number")


def late(
    connection: sa.Connection, envelope: Envelope, pack: Pack, serial: Serial | None, now: datetime
) -> Refusal | None:
    """A number of last year arrives within 72 hours of its end, or a supervisor looks at it.

    She looks too where its year has not begun: a PC's clock ran ahead. What a store that went back
    in time is sent again was in time once.
    """
    command = envelope.command
    if serial is None or not serial.is_free or not isinstance(command, RecordCrime):
        return None
    if not has_begun(command.series, now):
        alarm.warning("serial %s of %s came at %s", command.serial, command.series, now)
        sentence = (
            f"The year of the number {command.number} has not begun: the clock of that PC ran "
            "ahead. It is kept for this crime; a supervisor must release it (F8). Do not tell "
            "anybody another number."
        )
        return Refusal(EARLY, sentence, "number")
    is_its_year = near(pack, "crime", command.series, envelope.made_at)
    change = epochs.newest(connection)
    again = change is not None and envelope.made_at < change.at
    if is_its_year and (again or now <= ends_at(command.series) + GRACE):
        return None
    alarm.info("serial %s of %s came at %s", command.serial, command.series, now)
    sentence = (
        f"The number {command.number} came too late for its year. It is kept for this crime; "
        "a supervisor must release it (F8). Do not tell anybody another number."
    )
    return Refusal(LATE, sentence, "number")


def settle_serial_of(
    connection: sa.Connection,
    envelope: Envelope,
    serial: Serial | None,
    refusal: Refusal | None,
) -> bool:
    """A serial once used is issued, or void with its case; never free again. Whether it stands.

    One that is not the sender's was told to somebody all the same.
    """
    command = envelope.command
    if serial is None or serial.row is None:
        return False
    if not serial.is_free:
        numbers.lend_no_more(connection, serial.row, NOT_ITS_OWN)
        return False
    state = "void" if refusal else "issued"
    if refusal is not None and refusal.code in HELD:
        state = "allocated"
    numbers.settle_serial(
        connection,
        serial.row,
        state,
        report=command.report,
        crime=command.crime if isinstance(command, RecordCrime) else "",
        command_id=envelope.command_id,
        reason=refusal.code if refusal else "",
    )
    return True


def void_with_its_case(connection: sa.Connection, envelope: Envelope, refusal: Refusal) -> None:
    """The serial of what nobody could work out: void, with all its words kept."""
    settle_serial_of(connection, envelope, serial_of(connection, envelope), refusal)


def note_aliases(connection: sa.Connection, command_id: str, events: Sequence[Event]) -> None:
    """The second number of a crime is an alias of the first from now on, with the reason."""
    for event in events:
        if not isinstance(event, CrimesMerged):
            continue
        row = numbers.row_of_number(connection, "crime", event.other_number)
        if row is None or row.crime != event.other:
            alarm.critical("number %s of a crime is not in the ledger", event.other_number)
            continue
        numbers.settle_serial(
            connection,
            row,
            "alias",
            report=event.report,
            crime=event.main,
            command_id=command_id,
            reason=f"{event.main_number}: {event.reason}",
        )


def _says(row: numbers.LedgerRow, command: RecordCrime) -> bool:
    return row.series.startswith("crime/") and row.number == command.number
