"""What crosses HTTP under /v1: envelopes up, outcomes back, states down. JSON in UTF-8.

Unknown fields are refused in what comes to the store and ignored in what comes to a desk.
"""

from datetime import datetime
from typing import Literal, NewType

import msgspec
from msgspec import Raw, Struct

from workstation.domain.decider import AnyCommand
from workstation.domain.report import Channel, Facts, Line, Location, ReportId
from workstation.domain.roles import Author, Person, PersonId, Release, Role
from workstation.wire.upcasting import brought_up, version_of

PROTOCOL = 1
SCHEMA = 1
CommandId = NewType("CommandId", str)
OutboxId = NewType("OutboxId", str)

BODY_LIMIT = 1024 * 1024
CONTACT = ReportId("taking")
PAGE_BYTES = 1024 * 1024
PAGE_ROWS = 1000
BATCH = 100
DEPTH_LIMIT = 16
UNREADABLE = "unreadable"


class Upward(Struct, frozen=True, forbid_unknown_fields=True):
    """Anything sent to the store: an unknown field is a mistake and is refused."""


class Downward(Struct, frozen=True):
    """Anything sent to a desk: an unknown field is news from a later release and is ignored."""


class Envelope(Upward, frozen=True, kw_only=True, omit_defaults=True):
    """One command, addressed: who made it, where, when, and what its author had seen.

    Stored in the outbox as the exact bytes first written. `seen` maps reports to versions; `v` is
    the version of the command's shape.
    """

    command_id: CommandId
    outbox_id: OutboxId
    seq: int
    author: PersonId
    workstation: str
    made_at: datetime
    pack: str
    command: AnyCommand
    seen: dict[ReportId, int] = {}
    fence: int | None = None
    v: int = 1


class Address(Struct, frozen=True, kw_only=True):
    """Which command of whom an envelope is, readable although its command may not be."""

    command_id: CommandId
    outbox_id: OutboxId
    seq: int
    author: PersonId
    workstation: str


class CommandBatch(Upward, frozen=True):
    """Up to 100 envelopes of one outbox, in order; each is kept as its own bytes."""

    outbox_id: OutboxId
    commands: tuple[Raw, ...]


class ReleasedBatch(Upward, frozen=True):
    """A colleague's kept envelopes, of one outbox and unchanged, that a supervisor lets leave."""

    outbox_id: OutboxId
    commands: tuple[Raw, ...]
    why: str


class Outcome(Downward, frozen=True, kw_only=True, omit_defaults=True):
    """The store's word on one command: accepted, refused (both final), or retry (never stored)."""

    command_id: CommandId
    seq: int
    word: Literal["accepted", "refused", "retry"]
    merged: bool = False
    code: str = ""
    sentence: str = ""
    field: str = ""
    position: int = 0
    versions: dict[ReportId, int] = {}


class CommandReply(Downward, frozen=True, omit_defaults=True):
    """One outcome for each command that was settled, in order; `applied_upto` of the outbox.

    `newest` answers an empty batch: which commands were settled last, the last at `applied_upto`;
    "" for one that another outbox had brought before.
    """

    outcomes: tuple[Raw, ...]
    applied_upto: int
    server_time: datetime
    newest: tuple[str, ...] = ()


FeedKind = Literal["report", "entry", "case", "pack"]


class Change(Downward, frozen=True):
    """The newest state of one thing; a null body means it left the reader's scopes (`gone`)."""

    kind: FeedKind
    id: str
    version: int
    position: int
    body: Raw


class Changes(Downward, frozen=True):
    """A page of newest states after a cursor; `more` means call again now."""

    changes: tuple[Change, ...]
    cursor: str
    head: int
    more: bool
    server_time: datetime


class Scan(Downward, frozen=True):
    """A page of the first fill, by kind and id; `after` is empty at the end."""

    changes: tuple[Change, ...]
    after: str
    server_time: datetime


class Digest(Downward, frozen=True):
    """Sums of 256 buckets for each kind a reader holds (see `wire.digest`); absent: all nought."""

    sums: dict[FeedKind, tuple[str, ...]]
    head: int
    server_time: datetime


class Bucket(Downward, frozen=True):
    """A page of the states of one bucket; what a desk has there and this lacks is gone."""

    changes: tuple[Change, ...]
    after: str
    head: int
    server_time: datetime


class Case(Downward, frozen=True):
    """A refused command, kept with its full payload; `settled` says how a person dealt with it.

    `released`: it was a colleague's kept work, sent by a supervisor.
    """

    id: str
    report: ReportId
    author: PersonId
    author_name: str
    at: datetime
    code: str
    sentence: str
    envelope: Raw
    settled: str = ""
    settled_by: Author | None = None
    settled_at: datetime | None = None
    settled_why: str = ""
    released: Release | None = None


class SchemaRange(Downward, frozen=True):
    """The oldest schema of states a desk may pull with, and the one they are written in."""

    min_pull: int = 1
    current: int = 1


class Hello(Downward, frozen=True, kw_only=True):
    """Which store this is, how it speaks, and the pack in force.

    `commands` names every command it takes with the oldest version it can read; `min_build` is
    the oldest program the force wants to see.
    """

    store_id: str
    epoch: str
    force: str
    protocols: tuple[int, ...]
    pack: str
    head: int
    server_time: datetime
    limits: dict[str, int]
    demonstration: bool = False
    schema: SchemaRange = SchemaRange()
    commands: dict[str, int] = {}
    min_build: str = ""


class SignIn(Upward, frozen=True):
    """A person (or machine) and a workstation ask for a token."""

    account: str
    password: str
    workstation: str
    role: Role | None = None


class SignedIn(Downward, frozen=True):
    """The token, for twelve hours, of a person with these roles and scopes."""

    token: str
    person: Person
    scopes: tuple[str, ...]
    expires_at: datetime


class LeaseBlock(Upward, frozen=True, omit_defaults=True):
    """Ask for a block of a series, or give one back from `returned_from` on.

    `block` is the id the desk minted: asked again, the same comes; by a size of 0, only that one.
    """

    outbox_id: OutboxId
    series: str
    size: int = 10
    returns: str = ""
    returned_from: int = 0
    block: str = ""


class LeasedBlock(Downward, frozen=True):
    """The serials lo..hi are this outbox's alone, `next` the first unused; a return has no id."""

    id: str
    series: str
    lo: int
    hi: int
    next: int = 0


class VoidNumbers(Upward, frozen=True, omit_defaults=True):
    """Declare a stranded block, or one serial of a series, void: twice, by two people."""

    reason: str
    block: str = ""
    series: str = ""
    serial: int = 0


class VoidStanding(Downward, frozen=True):
    """Who certified it and who confirmed it; nothing is void before somebody else confirms."""

    target: str
    certified_by: str
    confirmed_by: str = ""
    voided: int = 0


class WaitingOutbox(Upward, frozen=True, omit_defaults=True):
    """An outbox at a PC: whose, its last command, since when; `sends` of it send officers."""

    person: PersonId
    outbox_id: OutboxId
    upto: int
    last: CommandId
    since: datetime
    sends: int = 0


class Heartbeat(Upward, frozen=True, omit_defaults=True):
    """The reports a desk holds and has on screen, so that silence is noticed.

    `unsent`: the reports with words typed here and not sent, and since when; under `CONTACT` a
    contact that is not on record. `waiting`: outboxes here whose commands the store may lack.
    """

    outbox_id: OutboxId
    holds: tuple[ReportId, ...]
    viewing: ReportId | None = None
    unsent: dict[ReportId, datetime] = {}
    waiting: tuple[WaitingOutbox, ...] = ()


class WaitingWork(Downward, frozen=True):
    """Whose acts wait at which PC since when: `calls` not on record, `sends` send officers."""

    person: PersonId
    name: str
    workstation: str
    count: int
    since: datetime
    calls: int = 0
    sends: int = 0


class StillHeld(Downward, frozen=True):
    """Which of the reports that a sign of life named are that person's; None: not said."""

    held: tuple[ReportId, ...] | None = None


class Present(Downward, frozen=True, kw_only=True, omit_defaults=True):
    """What one person at one workstation has on screen and unsent, as far as the reader may see.

    `stale`: not heard for a while. Neither viewing nor unsent: gone.
    """

    person: PersonId
    name: str
    workstation: str
    viewing: ReportId | None = None
    unsent: dict[ReportId, datetime] = {}
    stale: bool = False
    offline: bool = False


class Presence(Downward, frozen=True):
    """Who is where: everybody (`whole`), or only those of whom something changed."""

    present: tuple[Present, ...]
    whole: bool = True


class IntakeReport(Upward, frozen=True, kw_only=True):
    """One contact from the public, idempotent on (source, external_id)."""

    source: str
    external_id: str
    channel: Channel
    received_at: datetime
    account: str
    facts: Facts = Facts()
    location: Location = Location()
    form: Line = ""
    receipt_code: str = ""
    happening_now: bool = False


class Receipt(Downward, frozen=True):
    """Proof of submission: the receipt code to quote, and the incident number."""

    report: ReportId
    receipt_code: str
    incident_number: str


class JournalLine(Downward, frozen=True):
    """One event as the journal keeps it, in the order of the feed."""

    position: int
    command_id: CommandId
    ordinal: int
    event: Raw


class Journal(Downward, frozen=True):
    """The append-only story of one report."""

    lines: tuple[JournalLine, ...]


class Colleague(Downward, frozen=True):
    """Somebody work can be given to."""

    id: PersonId
    name: str
    roles: tuple[Role, ...]


class Problem(Struct, frozen=True, omit_defaults=True):
    """RFC 9457 `application/problem+json`; `field` is the path of what is wrong."""

    type: str
    title: str
    status: int
    detail: str
    field: str = ""


envelope_decoder = msgspec.json.Decoder(Envelope)


def read_envelope(raw: bytes) -> Envelope:
    """An envelope of any version, as today's commands are."""
    return envelope_decoder.decode(brought_up(raw))


def sealed(envelope: Envelope) -> bytes:
    """The envelope's bytes, written once and never again."""
    version = version_of(type(envelope.command).__name__)
    return msgspec.json.encode(msgspec.structs.replace(envelope, v=version))
