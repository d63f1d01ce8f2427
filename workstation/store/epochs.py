"""The store went back in time (a backup, a failover with loss): nothing is lost or numbered twice.

After a new epoch each desk asks how far its outboxes are settled here (an empty batch to
`/v1/commands` answers `applied_upto`, and the `newest`) and sends the kept bytes from there again,
unchanged; what is known keeps its outcome. Where the desk has weeded what is expected, or a copy
of it has sent meanwhile, it begins a new outbox.
"""

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.decider import event_decoder
from workstation.domain.intake import BeginContact
from workstation.domain.numbers import Kind, open_series, series_at
from workstation.domain.pack import Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import STORE_ID
from workstation.machine.ids import Ids
from workstation.store import doubts, feed, schema
from workstation.store.database import Database, at_instant, instant
from workstation.store.packs import Packs
from workstation.wire.protocol import Envelope

alarm = logging.getLogger("workstation.store.alarm")
RAISED_BY = 1_000
KINDS: tuple[Kind, ...] = ("crime", "incident")
LONGEST_REASON = 500
LONGEST_LOSS = timedelta(days=60)
NOT_BACK = Refusal(
    "held/report",
    "The store was put back to an older copy, and this report has not come back since. This is "
    "held with every word; a supervisor must see to it.",
)
_NEWEST = sa.select(
    schema.epoch_change.c.epoch, schema.epoch_change.c.position, schema.epoch_change.c.at
).where(schema.epoch_change.c.epoch == sa.select(schema.feed_head.c.epoch).scalar_subquery())


class EpochChange(Struct, frozen=True):
    """When and where in the feed the newest epoch began."""

    epoch: str
    position: int
    at: datetime


def new_epoch(
    database: Database, ids: Ids, now: datetime, reason: str, raised_by: int = RAISED_BY
) -> dict[str, int]:
    """Begin a new epoch; how far each number series was raised."""
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        raise ValueError(f"Say in 1 to {LONGEST_REASON} characters why the store went back.")
    if not 1 <= raised_by <= doubts.FURTHEST:
        raise ValueError(f"Numbers are raised by 1 to {doubts.FURTHEST:,}.")
    with database.write() as connection:
        pack = Packs().in_force(connection)
        epoch = ids.new()
        open_now = set(_series_in_use(connection, pack, now))
        raised = {
            series: doubts.raise_series(connection, pack, series, raised_by, epoch, now)
            for series in sorted(open_now)
        }
        doubts.doubt_what_is_out(connection)
        _note(connection, epoch, reason.strip(), now)
    alarm.warning("a new epoch %s has begun: %s", epoch, reason.strip())
    return raised


def newest(connection: sa.Connection) -> EpochChange | None:
    """The last time the store went back, whatever its clock said; None when it never did."""
    found = connection.execute(_NEWEST).first()
    return EpochChange(found.epoch, found.position, at_instant(found.at)) if found else None


def seen(
    connection: sa.Connection, envelope: Envelope, change: EpochChange | None
) -> dict[ReportId, int]:
    """What the author saw, in this epoch's versions.

    Versions of the lost time mean nothing here: where others have acted since the epoch began,
    its author cannot have seen that. Where the clock was set back since, a time no longer tells
    one from the other: then nobody has seen what was recorded before it was right again.
    """
    if change is None or envelope.made_at >= change.at:
        return envelope.seen
    anew = _acted_on_since(connection, change, envelope)
    return {id: 0 if id in anew else version for id, version in envelope.seen.items()}


def not_back_yet(
    envelope: Envelope, before: Mapping[ReportId, Report], change: EpochChange | None
) -> Refusal | None:
    """Work of the lost time on a report that has not come back is held, its number with it."""
    command = envelope.command
    if change is None or envelope.made_at >= change.at or isinstance(command, BeginContact):
        return None
    return None if command.report in before else NOT_BACK


def adopt_number(connection: sa.Connection, envelope: Envelope, pack: Pack, now: datetime) -> None:
    """A number lent in the time that was lost is accepted from the outbox that presents it."""
    if not isinstance(envelope.command, doubts.NUMBERED):
        return
    change = newest(connection)
    if change is not None:
        doubts.adopt(connection, envelope, pack, change.epoch, now)


def _acted_on_since(
    connection: sa.Connection, change: EpochChange, envelope: Envelope
) -> set[str]:
    table = schema.journal
    query = sa.select(table.c.report, table.c.recorded_at, table.c.body).where(
        table.c.report.in_(sorted(envelope.seen)),
        table.c.position > change.position,
        table.c.author.not_in((envelope.author, STORE_ID)),
    )
    return {r.report for r in connection.execute(query) if _is_since(r, change)}


def _is_since(row: sa.Row[str, str, bytes], change: EpochChange) -> bool:
    was_set_back = at_instant(row.recorded_at) < change.at
    return was_set_back or event_decoder.decode(bytes(row.body)).at >= change.at


def _series_in_use(connection: sa.Connection, pack: Pack, now: datetime) -> Iterator[str]:
    """Every series that may have lent numbers since the last act this store knows of."""
    last = connection.scalar(sa.select(sa.func.max(schema.journal.c.recorded_at)))
    day = min(at_instant(last) if last else now, now) - timedelta(days=1)
    day = max(day, now - LONGEST_LOSS)
    while day < now:
        yield from (series_at(pack, kind, day) for kind in KINDS)
        day += timedelta(days=1)
    for kind in KINDS:
        yield from open_series(pack, kind, now)


def _note(connection: sa.Connection, epoch: str, reason: str, now: datetime) -> None:
    table = schema.feed_head
    before = connection.execute(sa.select(table.c.epoch)).scalar_one()
    connection.execute(
        sa.insert(schema.epoch_change).values(
            epoch=epoch,
            before=before,
            position=feed.head(connection),
            at=instant(now),
            reason=reason,
        )
    )
    connection.execute(sa.update(table).values(epoch=epoch))
