"""Putting on record what was judged: the outbox, then the feed's head last, for one or for many.

Everything that needs no position is done before: the head's lock is held for five statements.
"""

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.act import Event
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import Person
from workstation.machine.ids import Ids
from workstation.store import feed, outboxes, outcomes, schema
from workstation.store.database import instant
from workstation.store.feed import Fresh
from workstation.wire.protocol import Envelope, Outcome


class Judged(Struct, frozen=True):
    """What the rules said: events and the reports after them, or a refusal."""

    events: tuple[Event, ...] = ()
    changed: Mapping[ReportId, Report] = {}
    refusal: Refusal | None = None


class Ready(Struct, frozen=True):
    """A command that lacks nothing but its place on the feed."""

    envelope: Envelope
    raw: bytes
    judged: Judged
    before: Mapping[ReportId, Report]
    fresh: Sequence[Fresh]


def write(
    connection: sa.Connection, who: Person, ready: Sequence[Ready], now: datetime, ids: Ids
) -> tuple[bytes, ...]:
    """Put commands of one outbox on record, in order; their outcomes."""
    last = ready[-1].envelope
    outboxes.advance(connection, last.outbox_id, last.seq)
    positions = feed.publish_all(
        connection, [(one.envelope.command_id, one.fresh) for one in ready]
    )
    lines = [
        line
        for one, position in zip(ready, positions, strict=True)
        for line in _lines(who, one, position, now, ids)
    ]
    if lines:
        connection.execute(sa.insert(schema.journal), lines)
    bodies = tuple(
        msgspec.json.encode(_outcome(one, position))
        for one, position in zip(ready, positions, strict=True)
    )
    outcomes.keep_all(
        connection, [(one.envelope, one.raw, b) for one, b in zip(ready, bodies, strict=True)]
    )
    return bodies


def _lines(
    who: Person, one: Ready, position: int, now: datetime, ids: Ids
) -> list[dict[str, Any]]:
    rows = []
    for ordinal, event in enumerate(one.judged.events):
        body, salt = msgspec.json.encode(event), ids.secret()
        rows.append(
            {
                "position": position,
                "ordinal": ordinal,
                "command_id": one.envelope.command_id,
                "report": event.report,
                "recorded_at": instant(now),
                "author": who.id,
                "body": body,
                "salt": salt,
                "digest": hmac.digest(salt, body, "sha256"),
            }
        )
    return rows


def _outcome(one: Ready, position: int) -> Outcome:
    envelope, judged, before = one.envelope, one.judged, one.before
    if judged.refusal:
        return outcomes.refused(envelope, judged.refusal, before, position)
    newer = any(
        r.changed_by_others_since(envelope.seen.get(id, r.version), envelope.author)
        for id, r in before.items()
    )
    return Outcome(
        command_id=envelope.command_id,
        seq=envelope.seq,
        word="accepted",
        merged=newer and bool(judged.events),
        position=position,
        versions={id: r.version for id, r in {**before, **judged.changed}.items()},
    )
