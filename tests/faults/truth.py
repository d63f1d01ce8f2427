"""What is really in the store at the end of a run, read once from its tables for every checker."""

from collections import defaultdict
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.act import Event
from workstation.domain.decider import apply, event_decoder
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import PersonId
from workstation.store import schema
from workstation.store.database import Database
from workstation.wire.protocol import Case, Outcome


class FeedRow(Struct, frozen=True):
    """One position of the feed."""

    position: int
    kind: str
    id: str
    version: int
    command_id: str


class Settled(Struct, frozen=True):
    """A stored outcome, and where its outbox had it."""

    outbox_id: str
    seq: int
    body: bytes
    outcome: Outcome


class LedgerRow(Struct, frozen=True):
    """One serial."""

    series: str
    serial: int
    number: str
    state: str
    outbox_id: str
    report: str
    crime: str
    command_id: str
    reason: str


class Step(Struct, frozen=True):
    """What one command did to one report: its events, and the report before and after."""

    command_id: str
    author: str
    position: int
    events: tuple[Event, ...]
    before: Report | None
    after: Report


class Truth(Struct, frozen=True):
    """The store as it is."""

    head: int
    epoch: str
    feed: tuple[FeedRow, ...]
    bodies: dict[tuple[str, str], bytes]
    outcomes: dict[str, Settled]
    upto: dict[str, int]
    next_serial: dict[str, int]
    ledger: tuple[LedgerRow, ...]
    blocks: tuple[tuple[str, int, int], ...]
    ordinals: dict[str, list[tuple[int, int]]]
    stories: dict[str, tuple[Step, ...]]
    told: dict[str, list[str]]

    @property
    def reports(self) -> dict[ReportId, Report]:
        """Every report on record."""
        return {
            ReportId(id): msgspec.json.decode(body, type=Report)
            for (kind, id), body in self.bodies.items()
            if kind == "report"
        }

    @property
    def cases(self) -> dict[str, Case]:
        """Every refused command the store keeps."""
        return {
            id: msgspec.json.decode(body, type=Case)
            for (kind, id), body in self.bodies.items()
            if kind == "case"
        }


def read_truth(database: Database) -> Truth:
    """Everything in one snapshot."""
    with database.read() as connection:
        return _read(connection)


def _read(connection: sa.Connection) -> Truth:
    lines = connection.execute(_JOURNAL).all()
    ordinals: dict[str, list[tuple[int, int]]] = defaultdict(list)
    told: dict[str, list[str]] = defaultdict(list)
    for position, ordinal, command_id, report, _, body in lines:
        ordinals[command_id].append((position, ordinal))
        line = f"{command_id}:{ordinal}"
        if event_decoder.decode(body).entry(line) is not None:
            told[report].append(line)
    head, epoch = connection.execute(_HEAD).one()
    return Truth(
        head=head,
        epoch=epoch,
        feed=tuple(FeedRow(*row) for row in connection.execute(_FEED)),
        bodies={(kind, id): body.encode() for kind, id, body in connection.execute(_STATES)},
        outcomes={
            id: Settled(outbox, seq, bytes(body), msgspec.json.decode(body, type=Outcome))
            for id, outbox, seq, body in connection.execute(_OUTCOMES)
        },
        upto=dict(connection.execute(_OUTBOXES).all()),
        next_serial=dict(connection.execute(_SERIES).all()),
        ledger=tuple(LedgerRow(*row) for row in connection.execute(_LEDGER)),
        blocks=tuple((name, lo, hi) for name, lo, hi in connection.execute(_BLOCKS)),
        ordinals=ordinals,
        stories=_stories([tuple(line) for line in lines]),
        told=told,
    )


def _stories(lines: list[tuple[int, int, str, str, str, bytes]]) -> dict[str, tuple[Step, ...]]:
    """Each report's history folded command by command, by the product's own rules."""
    grouped: dict[str, dict[str, list[Event]]] = defaultdict(lambda: defaultdict(list))
    where: dict[str, tuple[int, str]] = {}
    for position, _, command_id, report, author, body in lines:
        grouped[report][command_id].append(event_decoder.decode(body))
        where[command_id] = position, author
    return {report: tuple(_folded(report, told, where)) for report, told in grouped.items()}


def _folded(
    report: str, told: dict[str, list[Event]], where: dict[str, tuple[int, str]]
) -> list[Step]:
    steps: list[Step] = []
    state: dict[ReportId, Report] = {}
    id = ReportId(report)
    for command_id, events in told.items():
        position, author = where[command_id]
        before = state.get(id)
        state |= apply(state, events, PersonId(author))
        steps.append(Step(command_id, author, position, tuple(events), before, state[id]))
    return steps


def _of(table: sa.Table, *names: str) -> Any:
    return sa.select(*(table.c[name] for name in names))


_HEAD = _of(schema.feed_head, "position", "epoch")
_FEED = _of(schema.feed, "position", "kind", "id", "version", "command_id").order_by(
    schema.feed.c.position
)
_STATES = _of(schema.state, "kind", "id", "body")
_OUTCOMES = _of(schema.outcome, "command_id", "outbox_id", "seq", "body").order_by(
    schema.outcome.c.outbox_id, schema.outcome.c.seq
)
_OUTBOXES = _of(schema.outbox, "outbox_id", "applied_upto")
_SERIES = _of(schema.number_series, "series", "next_serial")
_LEDGER = _of(schema.number_ledger, *LedgerRow.__struct_fields__).order_by(
    schema.number_ledger.c.series, schema.number_ledger.c.serial
)
_BLOCKS = _of(schema.number_block, "series", "lo", "hi")
_JOURNAL = _of(
    schema.journal, "position", "ordinal", "command_id", "report", "author", "body"
).order_by(schema.journal.c.position, schema.journal.c.ordinal)
