"""How much work of whom waits at which PC: told by that PC, shown until it has arrived.

A row says how far an outbox goes; what has arrived of it, the store knows by itself. So nobody has
to tell that the work is here, and what was lost with a backup waits again.
"""

import sqlalchemy as sa

from workstation.domain.roles import PersonId
from workstation.store import schema
from workstation.store.accounts import Session
from workstation.store.database import at_instant, instant, put
from workstation.wire.protocol import WaitingOutbox, WaitingWork

MOST = 100
_table, _outbox = schema.waiting, schema.outbox
_ROWS = (
    sa.select(_table, schema.account.c.name, _outbox.c.applied_upto)
    .join(schema.account, schema.account.c.id == _table.c.person, isouter=True)
    .join(_outbox, _outbox.c.outbox_id == _table.c.outbox_id, isouter=True)
    .order_by(_table.c.since, _table.c.outbox_id)
)


def note(connection: sa.Connection, session: Session, told: tuple[WaitingOutbox, ...]) -> None:
    """What the PC says is kept there; what is here already, or is not its outbox, is passed by."""
    for one in told:
        if not _is_theirs(connection, one, session.workstation) or _is_here(connection, one.last):
            continue
        before = sa.and_(_table.c.last == one.last, _table.c.outbox_id != one.outbox_id)
        connection.execute(sa.delete(_table).where(before))  # it goes on in a new outbox
        put(
            connection,
            _table,
            outbox_id=one.outbox_id,
            person=one.person,
            workstation=session.workstation,
            upto=one.upto,
            last=one.last,
            since=instant(one.since),
        )


def all_of(connection: sa.Connection) -> tuple[WaitingWork, ...]:
    """What has not arrived yet, by person and PC, the oldest first."""
    found: dict[tuple[str, str], WaitingWork] = {}
    for row in connection.execute(_ROWS).mappings():
        count = row["upto"] - (row["applied_upto"] or 0)
        if count <= 0 or _is_here(connection, row["last"]):
            continue
        key = (row["person"], row["workstation"])
        more = found[key].count if key in found else 0
        since = found[key].since if key in found else at_instant(row["since"])
        name = row["name"] or row["person"]
        found[key] = WaitingWork(PersonId(key[0]), name, key[1], count + more, since)
    return tuple(found.values())


def _is_theirs(connection: sa.Connection, one: WaitingOutbox, workstation: str) -> bool:
    query = sa.select(_outbox.c.person, _outbox.c.workstation)
    found = connection.execute(query.where(_outbox.c.outbox_id == one.outbox_id)).first()
    return found is None or tuple(found) == (one.person, workstation)


def _is_here(connection: sa.Connection, command_id: str) -> bool:
    """Commands of an outbox arrive in order: with its last one everything is here."""
    table = schema.outcome
    query = sa.select(table.c.seq).where(table.c.command_id == command_id)
    return connection.execute(query).first() is not None
