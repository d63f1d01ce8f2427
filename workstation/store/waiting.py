"""How much work of whom waits at which PC: told by that PC, shown until it has arrived.

A row says how far an outbox goes; what has arrived of it, the store knows by itself. So nobody has
to tell that the work is here, and what was lost with a backup waits again.
"""

import logging
from collections.abc import Iterable

import sqlalchemy as sa
from msgspec.structs import replace

from workstation.domain.roles import PersonId
from workstation.store import schema
from workstation.store.accounts import Session
from workstation.store.database import at_instant, instant, put
from workstation.wire.protocol import CONTACT, Present, WaitingOutbox, WaitingWork

MOST = 100  # in a beat, and in all from one PC
_table, _outbox = schema.waiting, schema.outbox
alarm = logging.getLogger("workstation.store.alarm")
_ROWS = (
    sa.select(_table, schema.account.c.name, _outbox.c.applied_upto)
    .join(schema.account, schema.account.c.id == _table.c.person, isouter=True)
    .join(_outbox, _outbox.c.outbox_id == _table.c.outbox_id, isouter=True)
    .order_by(_table.c.since, _table.c.outbox_id)
)


def note(connection: sa.Connection, session: Session, told: tuple[WaitingOutbox, ...]) -> None:
    """What the PC says is kept there; what is here already, or is not its outbox, is passed by.

    So is work of people without an account, and what goes beyond the most that one PC keeps.
    """
    here = session.workstation
    for one in told:
        if not _is_theirs(connection, one, here) or _is_here(connection, one.last):
            continue
        before = sa.and_(_table.c.last == one.last, _table.c.outbox_id != one.outbox_id)
        same = sa.and_(_table.c.person == one.person, _table.c.workstation == here, before)
        connection.execute(sa.delete(_table).where(same))  # it goes on in a new outbox
        if not _has_room(connection, one, here):
            alarm.warning("%s names more waiting work than is kept", here)
            return
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


def all_of(connection: sa.Connection, calls: Iterable[Present]) -> tuple[WaitingWork, ...]:
    """What has not arrived yet, by person and PC, the oldest first; `calls` left half taken."""
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
    for call in calls:
        key, since = (call.person, call.workstation), call.unsent[CONTACT]
        acts = found.get(key, WaitingWork(call.person, call.name, call.workstation, 0, since))
        since = min(since, acts.since)
        found[key] = replace(acts, count=acts.count + 1, calls=1, since=since)
    return tuple(sorted(found.values(), key=lambda one: one.since))


def _is_theirs(connection: sa.Connection, one: WaitingOutbox, workstation: str) -> bool:
    """Whether that outbox, of somebody known here, may be kept at that PC.

    Whose account was removed is still known by what came before.
    """
    theirs = sa.select(_outbox.c.person, _outbox.c.workstation)
    found = connection.execute(theirs.where(_outbox.c.outbox_id == one.outbox_id)).first()
    if found is not None:
        return tuple(found) == (one.person, workstation)
    account = sa.select(schema.account.c.name).where(schema.account.c.id == one.person)
    sent = sa.select(_outbox.c.outbox_id).where(_outbox.c.person == one.person)
    return any(connection.execute(query).first() is not None for query in (account, sent))


def _has_room(connection: sa.Connection, one: WaitingOutbox, workstation: str) -> bool:
    others = sa.and_(_table.c.workstation == workstation, _table.c.outbox_id != one.outbox_id)
    count = sa.select(sa.func.count()).select_from(_table).where(others)
    return connection.execute(count).scalar_one() < MOST


def _is_here(connection: sa.Connection, command_id: str) -> bool:
    """Commands of an outbox arrive in order: with its last one everything is here."""
    table = schema.outcome
    query = sa.select(table.c.seq).where(table.c.command_id == command_id)
    return connection.execute(query).first() is not None
