"""Outboxes: whose they are and how far their commands have been settled, without a hole."""

import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.roles import PersonId
from workstation.store import schema
from workstation.store.database import insert_if_absent
from workstation.store.problems import ApiProblem

STORES_OWN = "store"
_MINE = schema.outbox.c.outbox_id == sa.bindparam("mine")
_LOCK = (
    sa.select(schema.outbox.c.person, schema.outbox.c.applied_upto).where(_MINE).with_for_update()
)
_ADVANCE = sa.update(schema.outbox).where(_MINE)
_UPTO = sa.select(schema.outbox.c.applied_upto).where(_MINE)


class Desk(Struct, frozen=True):
    """Who stands behind an outbox, and where."""

    person: PersonId
    workstation: str


def lock(connection: sa.Connection, outbox_id: str, desk: Desk) -> int:
    """Hold the outbox's row, the first lock of a transaction; returns how far it is settled."""
    insert_if_absent(
        connection,
        schema.outbox,
        outbox_id=outbox_id,
        person=desk.person,
        workstation=desk.workstation,
        applied_upto=0,
    )
    owner, upto = connection.execute(_LOCK, {"mine": outbox_id}).one()
    if owner != desk.person:
        raise ApiProblem(403, "outbox-other", "This outbox is somebody else's.", "outbox_id")
    return int(upto)


def check_name(outbox_id: str) -> None:
    """A desk's outbox never takes the place of one that is kept here."""
    if outbox_id.partition(":")[0] == STORES_OWN:
        detail = "An outbox of this name is kept by the store. Begin a new outbox."
        raise ApiProblem(403, "outbox-other", detail, "outbox_id")


def check_next(seq: int, upto: int) -> None:
    """A new command is the very next of its outbox, or something is wrong with the desk."""
    expected = upto + 1
    if seq > expected:
        raise ApiProblem(
            409, "outbox-gap", f"Send from number {expected} on.", "seq", expected=expected
        )
    if seq < expected:
        detail = "This outbox was settled beyond here with other commands. Begin a new outbox."
        raise ApiProblem(409, "outbox-rewound", detail, "seq", expected=expected)


def advance(connection: sa.Connection, outbox_id: str, upto: int) -> None:
    """The outbox is settled up to here."""
    connection.execute(_ADVANCE, {"mine": outbox_id, "applied_upto": upto})


def applied_upto(connection: sa.Connection, outbox_id: str) -> int:
    """How far an outbox is settled; 0 for one never seen."""
    return connection.scalar(_UPTO, {"mine": outbox_id}) or 0
