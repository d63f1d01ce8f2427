"""The stored outcome of each command: a repeat gets the same bytes, other content is a mistake."""

import hashlib
import logging
from collections.abc import Mapping, Sequence

import msgspec
import sqlalchemy as sa

from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.store import schema
from workstation.store.problems import ApiProblem
from workstation.store.strict import Unreadable
from workstation.wire.protocol import BATCH, Envelope, Outcome

alarm = logging.getLogger("workstation.store.alarm")

_STORED = sa.select(schema.outcome.c.sha256, schema.outcome.c.body).where(
    schema.outcome.c.command_id == sa.bindparam("asked")
)
_ANY = (
    sa.select(schema.outcome.c.seq)
    .where(schema.outcome.c.command_id.in_(sa.bindparam("asked", expanding=True)))
    .limit(1)
)
_KEEP = sa.insert(schema.outcome)
_NEWEST = sa.select(schema.outcome.c.seq, schema.outcome.c.command_id).where(
    schema.outcome.c.outbox_id == sa.bindparam("mine"),
    schema.outcome.c.seq.between(sa.bindparam("first"), sa.bindparam("upto")),
)


def stored(connection: sa.Connection, envelope: Envelope | Unreadable, raw: bytes) -> bytes | None:
    """The outcome of a command that was settled before."""
    id = envelope.command_id
    found = connection.execute(_STORED, {"asked": id}).first()
    if found is None:
        return None
    if bytes(found.sha256) != _content(raw):
        alarm.error("command %s came again with other content", id)
        detail = f"Command {id} was settled with other content."
        raise ApiProblem(422, "idempotency-mismatch", detail, "command_id")
    return bytes(found.body)


def keep(
    connection: sa.Connection, envelope: Envelope | Unreadable, raw: bytes, body: bytes
) -> None:
    """Keep the outcome for every repeat."""
    keep_all(connection, [(envelope, raw, body)])


def keep_all(
    connection: sa.Connection, settled: Sequence[tuple[Envelope | Unreadable, bytes, bytes]]
) -> None:
    """The same for many: envelope, its bytes as sent, and its outcome."""
    rows = [
        {
            "command_id": envelope.command_id,
            "outbox_id": envelope.outbox_id,
            "seq": envelope.seq,
            "sha256": _content(raw),
            "body": body,
        }
        for envelope, raw, body in settled
    ]
    connection.execute(_KEEP, rows)


def any_stored(connection: sa.Connection, envelopes: Sequence[Envelope]) -> bool:
    """Whether any of these was settled before, or two of them are one."""
    ids = {one.command_id for one in envelopes}
    return len(ids) < len(envelopes) or connection.scalar(_ANY, {"asked": sorted(ids)}) is not None


def newest(connection: sa.Connection, outbox_id: str, upto: int) -> tuple[str, ...]:
    """Which commands an outbox settled up to here settled last, as an empty batch is answered."""
    first = max(1, upto - BATCH + 1)
    rows = connection.execute(_NEWEST, {"mine": outbox_id, "first": first, "upto": upto})
    named = {int(row.seq): str(row.command_id) for row in rows}
    return tuple(named.get(seq, "") for seq in range(first, upto + 1))


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


def _content(raw: bytes) -> bytes:
    """What a repeat must equal: all but its place, which a desk that was wound back gives anew.

    Taken of the words as sent, so that a later release with other shapes still knows a repeat.
    """
    told = msgspec.json.decode(raw)
    rest = {name: value for name, value in told.items() if name not in ("outbox_id", "seq")}
    return hashlib.sha256(msgspec.json.encode(rest, order="sorted")).digest()
