"""What to send, what to fetch, and how to apply it. No Qt, no threads, no waiting of its own.

Each step runs on the thread that owns what it touches: `Courier` the line, `fill` cache.db.
"""

from datetime import datetime, timedelta

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from workstation.cache.confirmed import Confirmed, Filled, Standing, read_pack
from workstation.cache.outbox import Batch
from workstation.domain.pack import PackProblem
from workstation.sync.credentials import Credentials
from workstation.sync.transport import LinkDown, ServerRefused, SignedOut, Transport, read
from workstation.wire.cursor import Cursor, read_cursor
from workstation.wire.protocol import (
    PROTOCOL,
    Change,
    Changes,
    Colleague,
    CommandBatch,
    CommandReply,
    Digest,
    Heartbeat,
    Hello,
    LeaseBlock,
    LeasedBlock,
    OutboxId,
    Outcome,
    Presence,
    ReleasedBatch,
    Scan,
    StillHeld,
    WaitingWork,
)
from workstation.wire.resuming import Settled
from workstation.wire.searching import Found, Search

REFILL = frozenset(
    {"epoch-changed", "scope-changed", "cursor-ahead", "cursor-malformed", "wrong-store"}
)
NOT_LENT = frozenset({403, 404, 409, 422})
NOT_MOVING = "The store says that there is more, and gives nothing. It will be tried again."
PROVE_EVERY = timedelta(minutes=10)


class Greeting(Struct, frozen=True):
    """Who the store is; a pack the desk lacks; a fresh standing where it must fill anew."""

    hello: Hello
    pack: bytes | None
    fresh: Standing | None


class Lent(Struct, frozen=True):
    """The answer to a block that was asked for or given back; `code` says why it was not done."""

    ask: LeaseBlock
    block: LeasedBlock | None
    code: str = ""


class Courier:
    """One person's conversation with the store."""

    def __init__(self, transport: Transport, credentials: Credentials) -> None:
        self.transport = transport
        self._credentials = credentials

    def greet(self, standing: Standing) -> Greeting:
        """Say hello; another store than the one this desk knows is never spoken to further."""
        hello = self.transport.hello()
        if PROTOCOL not in hello.protocols:
            sentence = "This program is too old for the store. Update it."
            raise ServerRefused(426, "protocol", sentence)
        _check_same(hello, standing)
        pack = None
        if standing.pack != hello.pack:
            pack = self.transport.pack(self._token(), hello.pack)
        fresh = None
        if (standing.store_id, standing.epoch) != (hello.store_id, hello.epoch):
            fresh = self._fresh(hello, standing)
        return Greeting(hello, pack, fresh)

    def begin_again(self, standing: Standing) -> Standing:
        """From where the cache is filled anew, when the cursor is of no use any more."""
        hello = self.transport.hello()
        _check_same(hello, standing)
        return self._fresh(hello, standing)

    def send(self, batch: Batch) -> CommandReply:
        """Send the next commands of a lane."""
        bodies = tuple(Raw(body) for body in batch.bodies)
        reply = self.transport.commands(self._token(), CommandBatch(batch.outbox_id, bodies))
        for outcome in reply.outcomes:
            read(bytes(outcome), Outcome)
        return reply

    def release(self, batch: Batch, why: str) -> CommandReply:
        """Send a colleague's next commands of a lane, as the supervisor who lets them go."""
        bodies = tuple(Raw(body) for body in batch.bodies)
        released = ReleasedBatch(batch.outbox_id, bodies, why)
        reply = self.transport.release(self._token(), released)
        for outcome in reply.outcomes:
            read(bytes(outcome), Outcome)
        return reply

    def settled(self, outbox_id: OutboxId) -> Settled:
        """How far the store has settled an outbox, and with which commands."""
        told = self.transport.commands(self._token(), CommandBatch(outbox_id, ()))
        return Settled(told.applied_upto, told.newest)

    def pull(self, standing: Standing) -> Scan | Changes:
        """The next page: of the first fill, then of what changed."""
        if standing.scanning:
            scan = self.transport.scan(self._token(), standing.after)
            if scan.after and scan.after == standing.after:
                raise LinkDown(NOT_MOVING)
            return scan
        changes = self.transport.changes(self._token(), standing.cursor)
        if changes.more and changes.cursor == standing.cursor:
            raise LinkDown(NOT_MOVING)
        return changes

    def digest(self, standing: Standing) -> Digest | None:
        """The store's sums where the cache stands; None where the feed has moved on meanwhile."""
        try:
            told = self.transport.digest(self._token(), standing.cursor)
        except ServerRefused as wrong:
            if wrong.code == "digest-moved" or is_stale(wrong):
                return None
            raise
        return told if told.head == standing.position else None

    def search(self, search: Search) -> Found:
        """What the store finds of records."""
        return self.transport.search(self._token(), search)

    def bucket(self, number: int) -> tuple[list[Change], int]:
        """The states of one bucket, and the position they were read at; -1 where it moved."""
        page = self.transport.bucket(self._token(), number, "")
        states, head = list(page.changes), page.head
        while page.after:
            page = self.transport.bucket(self._token(), number, page.after)
            states += page.changes
            head = head if page.head == head else -1
        return states, head

    def lease(self, ask: LeaseBlock) -> Lent:
        """Lease a block or give one back; the desk works on with what it has where not."""
        try:
            return Lent(ask, self.transport.lease_block(self._token(), ask))
        except ServerRefused as wrong:
            if wrong.status not in NOT_LENT:
                raise
            return Lent(ask, None, wrong.code)

    def beat(self, beat: Heartbeat) -> StillHeld:
        """Say that this desk is alive, what it holds and what it shows; what is still held.

        A store of an earlier release knows nothing of what sends officers, or of waiting work.
        """
        counted = tuple(replace(one, sends=0) for one in beat.waiting)
        older = (replace(beat, waiting=counted), replace(beat, unsent={}, waiting=()))
        for shorter in [one for one in older if one != beat]:
            try:
                return self.transport.heartbeat(self._token(), beat)
            except ServerRefused:
                beat = shorter
        return self.transport.heartbeat(self._token(), beat)

    def presence(self) -> Presence:
        """Who looks at which report; nobody, where the store does not know that question."""
        try:
            return self.transport.presence(self._token())
        except ServerRefused as wrong:
            if wrong.status == 404:
                return Presence(())
            raise

    def waiting(self) -> tuple[WaitingWork, ...]:
        """How much work of whom waits at which PC; none, where the store cannot tell."""
        try:
            return self.transport.waiting(self._token())
        except ServerRefused as wrong:
            if wrong.status == 404:
                return ()
            raise

    def colleagues(self) -> tuple[Colleague, ...]:
        """The people work can be given to."""
        return self.transport.colleagues(self._token())

    def _token(self) -> str:
        session = self._credentials.session()
        if session is None:
            raise SignedOut("Sign in to send and receive. Your work is kept on this PC.")
        return session.token

    def _fresh(self, hello: Hello, standing: Standing) -> Standing:
        session = self._credentials.session()
        scopes = session.scopes if session is not None else ()
        cursor = Cursor(hello.store_id, hello.epoch, scopes, hello.head)
        return Standing(hello.store_id, hello.epoch, cursor=cursor.text(), pack=standing.pack)


def begun_at(standing: Standing) -> int:
    """How far the feed went when the fill of this cache began, or goes now as far as is read."""
    return read_cursor(standing.cursor).position


def _check_same(hello: Hello, standing: Standing) -> None:
    if standing.store_id not in ("", hello.store_id):
        sentence = "This is another store than before. Nothing is sent to it; ask IT."
        raise ServerRefused(409, "wrong-store", sentence)


class PackUnread(ServerRefused):
    """The force pack cannot be read here: no news is taken in by it, and work goes on leaving."""

    def __init__(self, wrong: Exception) -> None:
        sentence = (
            "The rules of the force cannot be read by this program: tell IT, it may be too old. "
            f"What you do is kept and goes on leaving. ({wrong})"
        )
        super().__init__(426, "pack-unread", sentence)


def take_greeting(confirmed: Confirmed, greeting: Greeting) -> Filled:
    """The store said who it is: take its pack, and begin again where it asks for that.

    Where the pack cannot be read nothing that is here is let go: PackUnread.
    """
    name, pack = greeting.hello.pack, greeting.pack
    if pack is not None:
        try:
            read_pack(name, pack)
        except (PackProblem, msgspec.MsgspecError, ValueError) as wrong:
            raise PackUnread(wrong) from wrong
    if greeting.fresh is not None:
        confirmed.begin(greeting.fresh)
    if pack is not None:
        confirmed.use_pack(name, pack)
    is_new = greeting.fresh is not None or greeting.pack is not None
    return Filled(pack=greeting.pack is not None, cases=is_new, more=True)


def fill(confirmed: Confirmed, page: Scan | Changes, now: datetime) -> Filled:
    """Apply a page with the cursor after it; all of it or, where it cannot be read, nothing."""
    try:
        if isinstance(page, Scan):
            return confirmed.scanned(page)
        return confirmed.changed(page, now)
    except (msgspec.MsgspecError, ValueError) as wrong:
        raise LinkDown(f"The store's answer could not be read ({wrong}).") from wrong


def is_to_be_proved(confirmed: Confirmed, now: datetime) -> bool:
    """Whether a whole cache is to be compared with the store: after a fill, then now and then."""
    standing = confirmed.standing()
    if standing.scanning or standing.synced_at is None:
        return False
    return confirmed.proved_at is None or abs(now - confirmed.proved_at) >= PROVE_EVERY


def was_cut_short(batch: Batch, reply: CommandReply) -> bool:
    """Whether the store stopped before the end: the rest is to be sent again, after a pause."""
    words = [read(bytes(raw), Outcome).word for raw in reply.outcomes]
    return len(words) < len(batch.bodies) or "retry" in words


def is_stale(refused: ServerRefused) -> bool:
    """Whether the cache has to be filled anew."""
    return refused.code in REFILL
