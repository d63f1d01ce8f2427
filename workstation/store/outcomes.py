"""The stored outcome of each command: a repeat gets the same bytes, other content is a mistake."""

import hashlib
import logging
from collections.abc import Mapping

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.store import schema
from workstation.store.problems import ApiProblem
from workstation.store.strict import Unreadable
from workstation.wire.protocol import Envelope, OutboxId, Outcome, sealed

alarm = logging.getLogger("workstation.store.alarm")


def stored(connection: sa.Connection, envelope: Envelope | Unreadable, raw: bytes) -> bytes | None:
    """The outcome of a command that was settled before."""
    table, id = schema.outcome, envelope.command_id
    query = sa.select(table.c.sha256, table.c.body).where(table.c.command_id == id)
    found = connection.execute(query).first()
    if found is None:
        return None
    if bytes(found.sha256) != _content(envelope, raw):
        alarm.error("command %s came again with other content", id)
        detail = f"Command {id} was settled with other content."
        raise ApiProblem(422, "idempotency-mismatch", detail, "command_id")
    return bytes(found.body)


def keep(
    connection: sa.Connection, envelope: Envelope | Unreadable, raw: bytes, body: bytes
) -> None:
    """Keep the outcome for every repeat."""
    connection.execute(
        sa.insert(schema.outcome).values(
            command_id=envelope.command_id,
            outbox_id=envelope.outbox_id,
            seq=envelope.seq,
            sha256=_content(envelope, raw),
            body=body,
        )
    )


def refused(
    envelope: Envelope | Unreadable,
    refusal: Refusal,
    before: Mapping[ReportId, Report],
    position: int,
) -> Outcome:
    """The outcome that says no, for good."""
    return Outcome(
        command_id=envelope.command_id,
        seq=envelope.seq,
        word="refused",
        code=refusal.code,
        sentence=refusal.sentence,
        field=refusal.field,
        position=position,
        versions={id: report.version for id, report in before.items()},
    )


def _content(envelope: Envelope | Unreadable, raw: bytes) -> bytes:
    """What a repeat must equal: all but its place, which a desk that was wound back gives anew."""
    if isinstance(envelope, Unreadable):
        plain = {**msgspec.json.decode(raw), "outbox_id": "", "seq": 0}
        return hashlib.sha256(msgspec.json.encode(plain, order="sorted")).digest()
    placed = replace(envelope, outbox_id=OutboxId(""), seq=0)
    return hashlib.sha256(sealed(placed)).digest()
