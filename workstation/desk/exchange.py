"""The window's side of the conversation with the store: what leaves next, and what came back.

`once` is one whole exchange on the calling thread; the threads run the same steps apart.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Raw, Struct

from workstation.cache.confirmed import CacheDamaged, Filled, Standing
from workstation.cache.outbox import Batch, Kept, Lane
from workstation.cache.parcel import (
    Changes,
    Colleague,
    CommandReply,
    Heartbeat,
    LeaseBlock,
    OutboxId,
    Presence,
    Scan,
)
from workstation.cache.work import Locked
from workstation.desk import lookup
from workstation.desk.desk import Desk
from workstation.desk.numbering import Numbering
from workstation.desk.proof import prove_now
from workstation.desk.recovery import WOUND_BACK, Recovery
from workstation.desk.shown import LinkState
from workstation.domain.report import ReportId
from workstation.sync.courier import Courier, Lent, fill, is_stale, take_greeting
from workstation.sync.transport import LinkDown, ServerRefused, SignedOut

NOT_TAKEN = frozenset({400, 413, 422})
MENDED = frozenset({"outbox-gap", "outbox-rewound"})
DISAGREE = MENDED | {"idempotency-mismatch", "outbox-mixed"}
_NOTHING: frozenset[ReportId] = frozenset()


class _Mended(Struct, frozen=True):
    """What was put right in a lane, and the command that has to arrive to prove it."""

    code: str
    seq: int


class Exchange:
    """What the window does for the conversation; always on the window's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stock = desk.stock
        self._numbering = Numbering(desk.stock, desk.person)
        self._recovery = Recovery(desk.stock, desk.clock)
        self._stuck: dict[Lane, str] = {}
        self._mended: dict[Lane, _Mended] = {}
        self._one_by_one = False
        self._told_signed_out = False

    def next_batch(self) -> Batch | None:
        """What leaves next."""
        waiting = self._stock.outbox.next_batch(self._stuck, 1 if self._one_by_one else None)
        batch = self._recovery.ready(waiting)
        self._one_by_one = self._one_by_one and batch is not None
        return batch

    def settle(self, reply: CommandReply) -> bool:
        """Take the outcomes; whether any command was settled for good."""
        kept = [one for raw in reply.outcomes if (one := self._settled(raw)) is not None]
        for one in kept:
            if (mended := self._mended.get(one.lane)) and one.envelope.seq >= mended.seq:
                del self._mended[one.lane]
        self._desk.refresh(_NOTHING)
        return bool(kept)

    def send_refused(self, batch: Batch, wrong: ServerRefused) -> None:
        """The store would not take the batch as it stands.

        One command it will not take is found by sending one at a time, then set aside, and the
        lane goes on. A lane stands still, told, only where the two disagree on what was sent.
        """
        if self._mends(batch, wrong):
            return
        if len(batch.bodies) > 1:
            self._one_by_one = True
            return
        is_its_own = wrong.status in NOT_TAKEN and wrong.code not in DISAGREE
        if is_its_own and self._stock.outbox.set_aside(batch, str(wrong)):
            self._one_by_one = False
            return
        self._stuck[batch.lane] = (
            f"The store and this PC disagree on what was sent. {self._stock.outbox.waiting()} of "
            "your commands wait and are kept on this PC. Ask IT now, and tell dispatch by voice "
            f"of anything urgent. ({wrong})"
        )

    def _mends(self, batch: Batch, wrong: ServerRefused) -> bool:
        """Put right what can be, once; the same complaint again without progress is not mended."""
        mended = self._mended.get(batch.lane)
        if wrong.code not in MENDED or (mended is not None and mended.code == wrong.code):
            return False
        outbox, seq = self._stock.outbox, batch.upto
        is_kept = wrong.expected is not None and wrong.code == "outbox-gap"
        now = self._desk.clock.now()
        if not (is_kept and outbox.send_again_from(batch.outbox_id, wrong.expected or 0, now)):
            outbox.begin_anew(batch.lane)
            seq = 1
        if wrong.code == "outbox-rewound":
            self._stock.notices.add(WOUND_BACK)
        self._mended[batch.lane] = _Mended(wrong.code, seq)
        return True

    def outboxes(self) -> tuple[OutboxId, ...]:
        """The outboxes to ask the store about after every greeting."""
        return self._recovery.outboxes()

    def compare(self, settled_upto: Mapping[OutboxId, int]) -> bool:
        """The store said how far they are settled; True where the cache is to be filled anew."""
        lost = self._recovery.compare(settled_upto)
        self._desk.refresh(_NOTHING)
        return lost

    def lease_wants(self) -> tuple[OutboxId, list[LeaseBlock]]:
        """The numbers to lease and to give back, under this desk's outbox."""
        wants = self._numbering.wants(self._desk.pack, self._desk.clock.now())
        return self._stock.outbox.outbox_id("main"), wants

    def leased(self, lent: Lent) -> None:
        """Numbers came or went."""
        self._stock.unsaved.do(lambda: self._numbering.take(lent))
        self._desk.refresh(_NOTHING)

    def holds(self) -> tuple[ReportId, ...]:
        """The reports this person holds, for the heartbeat."""
        return tuple(self._stock.shelf.held_by(self._desk.person.id))

    def beat(self) -> Heartbeat:
        """What this desk holds, shows and has unsent."""
        outbox = self._stock.outbox.outbox_id("main")
        viewing, unsent = self._desk.viewing, self._desk.unsent()
        return Heartbeat(outbox, self.holds(), viewing, unsent)

    def present(self, presence: Presence) -> None:
        """The store said who looks at what."""
        self._desk.met(presence)

    def filled(self, filled: Filled) -> None:
        """The cache took a page."""
        pack = self._stock.shelf.pack() if filled.pack else None
        self._desk.refresh(filled.reports, pack)
        if filled.pack or filled.cases:
            self._desk.queue_changed.emit()
        if filled.cases:
            self._desk.attention_changed.emit()

    def measured(self, store_time: datetime) -> None:
        """The store said what time it is."""
        self._desk.measure(store_time)

    def met(self, colleagues: tuple[Colleague, ...]) -> None:
        """The store named the people work can be given to."""
        self._stock.unsaved.do(lambda: lookup.keep_colleagues(self._stock.work, colleagues))
        self._desk.know(colleagues)

    def online(self) -> None:
        """The store answered."""
        self._told_signed_out = False
        problem = next(iter(self._stuck.values()), "")
        synced_at = self._standing().synced_at
        self._desk.heard(LinkState(online=True, synced_at=synced_at, problem=problem))

    def offline(self, problem: str) -> None:
        """The store did not answer, or would not."""
        self._desk.heard(LinkState(online=False, synced_at=None, problem=problem))

    def signed_out(self, sentence: str) -> None:
        """The sign-in has ended; the work is kept. Told once, until a sign-in holds again."""
        self.offline(sentence)
        if not self._told_signed_out:
            self._told_signed_out = True
            self._desk.signed_out.emit(sentence)

    def once(self, courier: Courier) -> bool:
        """One whole exchange: hello, send, lease, pull. False when the store could not be used."""
        self._stock.unsaved.retry()
        try:
            greeting = courier.greet(self._standing())
            self.measured(greeting.hello.server_time)
            self.filled(take_greeting(self._stock.confirmed, greeting))
            asked = {id: courier.settled_upto(id) for id in self.outboxes()}
            if self.compare(asked) and greeting.fresh is None:
                self._stock.confirmed.begin(courier.begin_again(self._standing()))
            self._send_all(courier)
            self._lease_all(courier)
            self._pull_all(courier)
            if self._send_all(courier):
                self._pull_all(courier)
            for filled in prove_now(courier, self._stock.confirmed, self._desk.clock):
                self.filled(filled)
            self.met(courier.colleagues())
            courier.beat(self.beat())
            self.present(courier.presence())
        except LinkDown as down:
            self.offline(str(down))
        except SignedOut as ended:
            self.signed_out(str(ended))
        except (ServerRefused, CacheDamaged, Locked) as refused:
            self.offline(str(refused))
        else:
            self.online()
            return True
        return False

    def _send_all(self, courier: Courier) -> bool:
        sent = False
        while (batch := self.next_batch()) is not None:
            sent = True
            try:
                if not self.settle(courier.send(batch)):
                    raise LinkDown("The store is busy. It will be tried again.")
            except ServerRefused as wrong:
                self.send_refused(batch, wrong)
        return sent

    def _lease_all(self, courier: Courier) -> None:
        for ask in self.lease_wants()[1]:
            self.leased(courier.lease(ask))

    def _pull_all(self, courier: Courier) -> None:
        more = True
        while more:
            page = pull_or_refill(courier, self._standing())
            if isinstance(page, Standing):
                self._stock.confirmed.begin(page)
                continue
            filled = fill(self._stock.confirmed, page, self._desk.clock.now())
            self.filled(filled)
            more = filled.more

    def _settled(self, raw: Raw) -> Kept | None:
        return self._desk.settled(bytes(raw))

    def _standing(self) -> Standing:
        return self._stock.shelf.standing()


def pull_or_refill(courier: Courier, standing: Standing) -> Scan | Changes | Standing:
    """The next page, or from where to fill anew when the cursor is of no use any more."""
    try:
        return courier.pull(standing)
    except ServerRefused as wrong:
        if is_stale(wrong):
            return courier.begin_again(standing)
        raise
