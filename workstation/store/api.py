"""The store's whole service as plain methods: wire request in, wire reply out, no HTTP.

Everything that can go wrong with a request as a whole is one exception, `ApiProblem`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, get_args

import msgspec
import sqlalchemy as sa
from argon2 import PasswordHasher
from msgspec import Raw

from workstation.domain.decider import AnyCommand
from workstation.domain.report import ReportId
from workstation.domain.roles import READERS, Person, Role
from workstation.machine.clock import Clock
from workstation.machine.ids import Ids
from workstation.reading.phrases import Marker
from workstation.store import (
    digests,
    feed,
    heartbeats,
    journal,
    kept_work,
    leasing,
    outboxes,
    outcomes,
    presence,
    versions,
    voiding,
    waiting,
)
from workstation.store.accounts import Accounts, Session, colleagues
from workstation.store.database import Busy, Database
from workstation.store.intake import Intake
from workstation.store.ledger import Ledger
from workstation.store.outboxes import Desk
from workstation.store.packs import Packs, every_meta, needed, pack_bytes
from workstation.store.presence import Rooms
from workstation.store.problems import ApiProblem
from workstation.store.sender import Sender
from workstation.store.strict import Unreadable, check_time, read_envelopes
from workstation.wire.protocol import (
    BATCH,
    BODY_LIMIT,
    PAGE_BYTES,
    PAGE_ROWS,
    PROTOCOL,
    Bucket,
    Changes,
    Colleague,
    CommandBatch,
    CommandReply,
    Digest,
    Envelope,
    Heartbeat,
    Hello,
    IntakeReport,
    Journal,
    LeaseBlock,
    LeasedBlock,
    OutboxId,
    Outcome,
    Presence,
    Receipt,
    ReleasedBatch,
    Scan,
    SignedIn,
    SignIn,
    StillHeld,
    VoidNumbers,
    VoidStanding,
    WaitingOutbox,
    WaitingWork,
)
from workstation.wire.upcasting import oldest_versions

Result = TypeVar("Result")
LIMITS = {
    "body_bytes": BODY_LIMIT,
    "batch": BATCH,
    "page_rows": PAGE_ROWS,
    "page_bytes": PAGE_BYTES,
}
COMMANDS = tuple(sorted(kind.__name__ for kind in get_args(AnyCommand)))
MACHINES = frozenset({Role.INTAKE_MACHINE})
SIGNED_IN = frozenset(Role)


class Api:
    """The store as a desk, an intake machine or a test calls it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: Ids,
        mark: Marker,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._packs = Packs()
        self.accounts = Accounts(database, clock, ids, hasher)
        self.ledger = Ledger(database, clock, ids, self._packs, mark)
        self.rooms = Rooms(database, clock)
        self._intake = Intake(database, self.ledger, clock, ids, mark)

    def hello(self) -> Hello:
        """Which store this is."""
        with self._database.read() as connection:
            position, epoch = feed.head_and_epoch(connection)
            facts = every_meta(connection)
            return Hello(
                store_id=needed(facts, "store_id"),
                epoch=epoch,
                force=needed(facts, "force"),
                protocols=(PROTOCOL,),
                pack=needed(facts, "pack"),
                head=position,
                server_time=self._clock.now(),
                limits=LIMITS,
                demonstration=bool(needed(facts, "demonstration")),
                schema=versions.schema_range(facts),
                commands=oldest_versions(COMMANDS),
                min_build=versions.min_build(facts),
            )

    def head(self) -> int:
        """The last position of the feed."""
        with self._database.read() as connection:
            return feed.head(connection)

    def sign_in(self, ask: SignIn) -> SignedIn:
        """A token for twelve hours."""
        if not 1 <= len(ask.workstation) <= 200:
            raise ApiProblem(422, "value", "A workstation has 1 to 200 characters.", "workstation")
        return self.accounts.sign_in(ask)

    def sign_out(self, token: str) -> None:
        """End a token."""
        self.accounts.sign_out(token)

    def session(self, token: str, may: frozenset[Role] = SIGNED_IN) -> Session:
        """Who asks; a problem when not signed in or not of these roles."""
        with self._reading(token, may) as (session, _):
            return session

    def commands(self, token: str, batch: CommandBatch) -> CommandReply:
        """Settle envelopes in order; a `retry` ends the batch."""
        with self._reading(token, SIGNED_IN) as (session, connection):
            outboxes.check_name(batch.outbox_id)
            if not batch.commands:
                return self._standing(connection, batch.outbox_id)
        envelopes = read_envelopes(batch)
        _check_authors(session, envelopes)
        return self._settle(Sender(session.person, session.scopes), batch, envelopes)

    def release(self, token: str, batch: ReleasedBatch) -> CommandReply:
        """Settle a colleague's kept envelopes that a supervisor lets go, as if she sent them."""
        session = self.session(token, kept_work.MAY)
        outboxes.check_name(batch.outbox_id)
        sent = CommandBatch(batch.outbox_id, batch.commands)
        envelopes = read_envelopes(sent)
        with self._database.read() as connection:
            sender = kept_work.sender_of(connection, session, batch, envelopes)
        return self._settle(sender, sent, envelopes)

    def waiting(self, token: str) -> tuple[WaitingWork, ...]:
        """How much work of whom waits at which PC; for supervisors."""
        self.session(token, kept_work.MAY)
        with self._database.read() as connection:
            calls = presence.begun_calls(connection, self._clock.now())
            return waiting.all_of(connection, calls)

    def changes(self, token: str, cursor: str = "", schema_read: int = 1) -> Changes:
        """The newest states after a cursor, for a desk that reads this schema of states."""
        with self._reading(token, READERS) as (session, connection):
            versions.check_pull(connection, schema_read)
            return feed.changes(connection, cursor, session.scopes, self._clock.now())

    def scan(self, token: str, after: str = "", schema_read: int = 1) -> Scan:
        """A page of the first fill."""
        with self._reading(token, READERS) as (session, connection):
            versions.check_pull(connection, schema_read)
            return feed.scan(connection, after, session.scopes, self._clock.now())

    def digest(self, token: str, cursor: str) -> Digest:
        """Bucket sums, so that a desk can prove it holds what the store holds."""
        with self._proving(token) as (session, connection):
            return feed.digest(connection, cursor, session.scopes, self._clock.now())

    def bucket(self, token: str, number: int, after: str = "") -> Bucket:
        """The states of one bucket, so that only that is repaired."""
        with self._proving(token) as (session, connection):
            return feed.bucket(connection, number, after, session.scopes, self._clock.now())

    def lease_block(self, token: str, ask: LeaseBlock) -> LeasedBlock:
        """Lease a block of numbers, or give one back."""
        session = self.session(token, READERS)
        ids = {"series": ask.series, "returns": ask.returns, "block": ask.block}
        _check_ids({"outbox_id": ask.outbox_id, **ids})
        return self._transact(lambda connection: self._lease(connection, session, ask))

    def void_numbers(self, token: str, ask: VoidNumbers) -> VoidStanding:
        """Declare serials void; a second person asks the same to confirm it."""
        session = self.session(token, voiding.CERTIFIERS)
        _check_ids({"block": ask.block, "series": ask.series})
        now, id = self._clock.now(), self._ids.new()
        return self._transact(lambda c: voiding.void(c, session.person, ask, now, id))

    def pack(self, token: str, name: str) -> bytes:
        """A force pack as it travels."""
        with self._reading(token, SIGNED_IN) as (_, connection):
            return pack_bytes(connection, name)

    def journal(self, token: str, report: str) -> Journal:
        """The story of one report."""
        with self._reading(token, READERS) as (session, connection):
            return journal.read(connection, report, session.scopes)

    def intake(self, token: str, sent: IntakeReport) -> Receipt:
        """A contact from the public; machine accounts only."""
        return self.intake_as(self.session(token, MACHINES).person, sent)

    def intake_as(self, machine: Person, sent: IntakeReport) -> Receipt:
        """The same for a caller who stands beside the store, such as an import."""
        try:
            return self._intake.submit(machine, sent)
        except Busy as busy:
            raise ApiProblem(503, "busy", str(busy)) from busy

    def heartbeat(self, token: str, beat: Heartbeat) -> StillHeld:
        """A desk is there; what it holds is no longer detached, and it hears what that is."""
        session = self.session(token, READERS)
        _check_ids({"outbox_id": beat.outbox_id, "viewing": beat.viewing or ""})
        for name, ids in (("holds", beat.holds), ("unsent", tuple(beat.unsent))):
            if len(ids) > heartbeats.MOST:
                detail = f"{name} names up to {heartbeats.MOST} reports."
                raise ApiProblem(422, "value", detail, name)
            _check_ids({f"{name}[{n}]": id for n, id in enumerate(ids)})
        for n, since in enumerate(beat.unsent.values()):
            check_time(since, f"unsent[{n}]")
        _check_waiting(beat.waiting)
        now = self._clock.now()
        self._transact(lambda connection: heartbeats.note(connection, session, beat, now))
        return StillHeld(self._heard(session, beat.holds))

    def presence(self, token: str) -> Presence:
        """Who looks at which report, as far as the reader may see."""
        with self._reading(token, READERS) as (session, connection):
            return presence.whole(connection, session.scopes, self._clock.now())

    def colleagues(self, token: str) -> tuple[Colleague, ...]:
        """Who work can be given to."""
        with self._reading(token, READERS) as (_, connection):
            return colleagues(connection)

    def _settle(
        self, sender: Sender, batch: CommandBatch, envelopes: tuple[Envelope | Unreadable, ...]
    ) -> CommandReply:
        outcomes = []
        raws = [bytes(raw) for raw in batch.commands]
        for settled in self.ledger.settle_all(sender, envelopes, raws):
            outcomes.append(Raw(settled))
            if msgspec.json.decode(settled, type=Outcome).word == "retry":
                break
        with self._database.read() as connection:
            upto = outboxes.applied_upto(connection, batch.outbox_id)
        return CommandReply(tuple(outcomes), upto, self._clock.now())

    def _standing(self, connection: sa.Connection, outbox_id: OutboxId) -> CommandReply:
        upto = outboxes.applied_upto(connection, outbox_id)
        newest = outcomes.newest(connection, outbox_id, upto)
        return CommandReply((), upto, self._clock.now(), newest)

    def _heard(self, session: Session, holds: tuple[ReportId, ...]) -> tuple[ReportId, ...]:
        try:
            heartbeats.resume(self._database, self.ledger, session, holds)
            return heartbeats.still_held(self._database, session, holds)
        except Busy as busy:
            raise ApiProblem(503, "busy", str(busy)) from busy

    def _lease(self, connection: sa.Connection, session: Session, ask: LeaseBlock) -> LeasedBlock:
        outboxes.check_name(ask.outbox_id)
        outboxes.lock(connection, ask.outbox_id, Desk(session.person.id, session.workstation))
        if ask.returns:
            return leasing.give_back(connection, ask)
        pack = self._packs.in_force(connection)
        block_id = ask.block or self._ids.new()
        now = self._clock.now()
        return leasing.lease(connection, ask, session.person, pack, now, block_id)

    @contextmanager
    def _reading(
        self, token: str, may: frozenset[Role]
    ) -> Iterator[tuple[Session, sa.Connection]]:
        """One snapshot to read who asks and what is asked for."""
        with self._database.read() as connection:
            session = self.accounts.session(connection, token)
            if not session.person.is_any(may):
                roles = " or ".join(sorted(may))
                raise ApiProblem(403, "role-not-yours", f"Only a {roles} may do this.")
            yield session, connection

    @contextmanager
    def _proving(self, token: str) -> Iterator[tuple[Session, sa.Connection]]:
        """The same, of states whose marks are all up to date."""
        with self._reading(token, READERS) as read:
            is_old = digests.has_old(read[1])
            if not is_old:
                yield read
        if is_old:
            while self._transact(digests.make_anew):
                continue
            with self._reading(token, READERS) as read:
                yield read

    def _transact(self, work: Callable[[sa.Connection], Result]) -> Result:
        try:
            return self._database.transact(work)
        except Busy as busy:
            raise ApiProblem(503, "busy", str(busy)) from busy


def _check_authors(session: Session, envelopes: tuple[Envelope | Unreadable, ...]) -> None:
    """An envelope leaves only under its author's own token."""
    for n, envelope in enumerate(envelopes):
        if envelope.author != session.person.id:
            detail = "A command is sent under the token of the person who made it."
            raise ApiProblem(403, "author-other", detail, f"commands[{n}].author")


def _check_waiting(told: tuple[WaitingOutbox, ...]) -> None:
    if len(told) > waiting.MOST:
        detail = f"waiting names up to {waiting.MOST} outboxes."
        raise ApiProblem(422, "value", detail, "waiting")
    for n, one in enumerate(told):
        at = f"waiting[{n}]"
        ids = {"person": one.person, "outbox_id": one.outbox_id, "last": one.last}
        _check_ids({f"{at}.{name}": id for name, id in ids.items()})
        check_time(one.since, f"{at}.since")
        if one.upto < 1:
            raise ApiProblem(422, "value", "An outbox counts from 1.", f"{at}.upto")


def _check_ids(ids: dict[str, str]) -> None:
    for name, value in ids.items():
        if len(value) > 200:
            raise ApiProblem(422, "value", f"{name} has up to 200 characters.", name)
