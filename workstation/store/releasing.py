"""A held number is released by a supervisor: the kept command is judged again, in its own words.

The crime is its author's, the release the supervisor's; both names stand in the story. A number
that stands for another crime is never released.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec
import sqlalchemy as sa

from workstation.domain import decider
from workstation.domain.act import Context, Event
from workstation.domain.crime import RecordCrime
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import Person, Role
from workstation.domain.settling import ReleaseHeld
from workstation.store import journal, numbers, schema
from workstation.store.sender import IN_DOUBT
from workstation.wire.protocol import Case, Envelope, read_envelope

NOT_HELD = Refusal("release/not-held", "Only a crime that is held for its number is released.")
TAKEN = Refusal(
    "release/taken",
    "The number stands for another crime, or was never lent. Record this crime under a new "
    "number, tell the victim, and settle this.",
)


def released(
    connection: sa.Connection,
    command: ReleaseHeld,
    before: Mapping[ReportId, Report],
    known: Callable[[Envelope], Context],
) -> tuple[Event, ...] | Refusal:
    """The events of the kept command, its serial issued; or why it stays held."""
    case = _held(connection, command)
    kept = None if case is None else read_envelope(bytes(case.envelope))
    if case is None or kept is None or not isinstance(kept.command, RecordCrime):
        return NOT_HELD
    crime = kept.command
    row = numbers.row_of(connection, crime.series, crime.serial)
    is_its_own = row is not None and row.command_id in ("", kept.command_id)
    if row is None or row.state != "allocated" or row.number != crime.number or not is_its_own:
        return TAKEN
    decision = decider.decide(before.get(crime.report), crime, _let(case, crime, known(kept)))
    if isinstance(decision, Refusal):
        return decision
    numbers.settle_serial(
        connection,
        row,
        "issued",
        report=crime.report,
        crime=crime.crime,
        command_id=kept.command_id,
    )
    return decision


def context_of(
    connection: sa.Connection, kept: Envelope, context: Context, now: datetime
) -> Context:
    """What the author knew when the crime was recorded; the store takes it now."""
    people = schema.account
    query = sa.select(people.c.name, people.c.roles).where(people.c.id == kept.author)
    found = connection.execute(query).first()
    name, roles = (found.name, found.roles) if found else (kept.author, "[]")
    held = msgspec.json.decode(roles, type=tuple[Role, ...])
    return msgspec.structs.replace(
        context,
        who=Person(kept.author, name, held),
        at=journal.done_at(connection, kept.made_at, kept.command.reports(), now),
        workstation=kept.workstation,
        seen=kept.seen,
        fence=kept.fence,
    )


def _let(case: Case, crime: RecordCrime, context: Context) -> Context:
    """For what its author may not do any more, the supervisor's word stands."""
    if case.code != IN_DOUBT.code:
        return context
    who = msgspec.structs.replace(context.who, roles=tuple(sorted(crime.may)))
    return msgspec.structs.replace(context, who=who)


def _held(connection: sa.Connection, command: ReleaseHeld) -> Case | None:
    table = schema.state
    mine = sa.and_(table.c.kind == "case", table.c.id == command.case)
    body = connection.scalar(sa.select(table.c.body).where(mine))
    if body is None:
        return None
    case = msgspec.json.decode(body, type=Case)
    return case if case.code.startswith("held/") else None
