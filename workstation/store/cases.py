"""Refused commands that a person settles: by their author or a supervisor, once, kept for good.

A case that the asker may not see is answered as one that does not exist.
"""

from datetime import datetime

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.refusal import Refusal
from workstation.domain.roles import Person
from workstation.domain.settling import ReleaseHeld, SettleCase, may_not_settle, number_in
from workstation.store import schema
from workstation.store.feed import Fresh
from workstation.store.sender import Sender
from workstation.wire.protocol import Case, Envelope, read_envelope
from workstation.wire.upcasting import NewerCommand

UNKNOWN = Refusal("case/unknown", "No refused work of this name is on record here.", "case")
SETTLED = Refusal(
    "case/settled",
    "Somebody settled this meanwhile, so it is not recorded. Read in the log what was done.",
)


class Settlement(Struct, frozen=True):
    """What settling comes to: a refusal, the case's new state, or neither: it is settled.

    `tells` where the report's story gets a line; a command nobody could read may name no report.
    `number`: what the crime had that is not recorded by it.
    """

    refusal: Refusal | None = None
    state: Fresh | None = None
    tells: bool = False
    number: str = ""


def settlement(
    connection: sa.Connection, sender: Sender, envelope: Envelope, now: datetime
) -> Settlement | None:
    """What an envelope settles; None where it settles no case."""
    command, table = envelope.command, schema.state
    who, scopes = sender.person, sender.scopes
    if not isinstance(command, SettleCase | ReleaseHeld):
        return None
    if (wrong := _may_not(who, command) or command.wrong()) is not None:
        return Settlement(wrong)
    mine = sa.and_(table.c.kind == "case", table.c.id == command.case)
    query = sa.select(table.c.version, table.c.scope, table.c.report, table.c.body)
    row = connection.execute(query.where(mine).with_for_update()).first()
    if row is None or row.report not in (command.report, ""):
        return Settlement(UNKNOWN)
    case = msgspec.json.decode(row.body, type=Case)
    if case.author != who.id and scopes is not None and row.scope not in scopes:
        return Settlement(UNKNOWN)
    if (wrong := may_not_settle(case.code, case.author, who)) is not None:
        return Settlement(wrong)
    if case.settled:
        return _settled_before(case, command, who, tells=row.report == command.report)
    state = _settled(case, command, row.version + 1, who, now)
    return Settlement(state=state, tells=row.report == command.report, number=_number(case))


def _settled_before(
    case: Case, command: SettleCase | ReleaseHeld, who: Person, *, tells: bool
) -> Settlement:
    """The first settlement stands; other words on it are told in the story, never dropped."""
    if isinstance(command, ReleaseHeld):
        return Settlement() if case.settled == command.how else Settlement(SETTLED)
    is_said = (case.settled_by, case.settled_why) == (who.author, command.why)
    number = "" if case.settled == ReleaseHeld.how else _number(case)
    return Settlement(tells=tells and not is_said, number=number)


def _number(case: Case) -> str:
    """The number in the kept words of a crime; of what cannot be read, none."""
    try:
        return number_in(read_envelope(bytes(case.envelope)).command)
    except (msgspec.MsgspecError, ValueError, NewerCommand):
        return ""


def _may_not(who: Person, command: SettleCase | ReleaseHeld) -> Refusal | None:
    if who.is_any(command.may):
        return None
    return Refusal("role/not-yours", "Only people who work on records settle refused work.")


def _settled(
    case: Case, command: SettleCase | ReleaseHeld, version: int, who: Person, now: datetime
) -> Fresh:
    settled = msgspec.structs.replace(
        case,
        settled=command.how,
        settled_by=who.author,
        settled_at=now,
        settled_why=command.why,
    )
    body = msgspec.json.encode(settled).decode()
    return Fresh("case", case.id, version, case.report, body)
