"""The stored outcome of each command: a repeat gets the same bytes, other content is a mistake."""

import hashlib
import logging

import sqlalchemy as sa
from msgspec.structs import replace

from workstation.store import schema
from workstation.store.problems import ApiProblem
from workstation.wire.protocol import Envelope, OutboxId, sealed

alarm = logging.getLogger("workstation.store.alarm")


def stored(connection: sa.Connection, envelope: Envelope) -> bytes | None:
    """The outcome of a command that was settled before."""
    table, id = schema.outcome, envelope.command_id
    query = sa.select(table.c.sha256, table.c.body).where(table.c.command_id == id)
    found = connection.execute(query).first()
    if found is None:
        return None
    if bytes(found.sha256) != _content(envelope):
        alarm.error("command %s came again with other content", id)
        detail = f"Command {id} was settled with other content."
        raise ApiProblem(422, "idempotency-mismatch", detail, "command_id")
    return bytes(found.body)


def keep(connection: sa.Connection, envelope: Envelope, body: bytes) -> None:
    """Keep the outcome for every repeat."""
    connection.execute(
        sa.insert(schema.outcome).values(
            command_id=envelope.command_id,
            outbox_id=envelope.outbox_id,
            seq=envelope.seq,
            sha256=_content(envelope),
            body=body,
        )
    )


def _content(envelope: Envelope) -> bytes:
    """What a repeat must equal: all but its place, which a desk that was wound back gives anew."""
    placed = replace(envelope, outbox_id=OutboxId(""), seq=0)
    return hashlib.sha256(sealed(placed)).digest()
