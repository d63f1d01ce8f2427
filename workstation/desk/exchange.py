"""The window's side of the conversation with the store: what leaves next, and what came back.

`once` is one whole exchange on the calling thread; the threads run the same steps apart.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Raw

from workstation.cache.confirmed import CacheDamaged, Filled, Standing
from workstation.cache.outbox import Batch, Kept
from workstation.cache.parcel import (
    CONTACT,
    Changes,
    Colleague,
    CommandReply,
    Heartbeat,
    LeaseBlock,
    OutboxId,
    Presence,
    Scan,
    Settled,
)
from workstation.cache.work import Locked, WorkDamaged
from workstation.desk import lookup
from workstation.desk.claims import Beaten
from workstation.desk.desk import Desk
from workstation.desk.left_here import told
from workstation.desk.numbering import Numbering
from workstation.desk.proof import prove_now
from workstation.desk.releasing import Call
from workstation.desk.sending import Sending, Work
from workstation.desk.shown import LinkState
from workstation.domain.report import ReportId
from workstation.sync.courier import (
    Courier,
    Greeting,
    Lent,
    PackUnread,
    begun_at,
    fill,
    is_stale,
    take_greeting,
)
from workstation.sync.transport import LinkDown, ServerRefused, SignedOut

MOST_TOLD = 100
COMPARED = "epoch"  # the setting that keeps in which epoch the outboxes were last compared
_NOTHING: frozenset[ReportId] = frozenset()


class Exchange:
    """What the window does for the conversation; always on the window's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stock = desk.stock
        self._numbering = Numbering(desk.stock, desk.person)
        work = Work(desk.stock.work, desk.stock.outbox, desk.stock.notices)
        self._sending = Sending(work, desk.is_on_record, desk.clock)
        self._recovery = self._sending.recovery
        self._told_signed_out = False
        self._epoch = desk.stock.work.setting(COMPARED) or self._standing().epoch

    def next_batch(self) -> Batch | None:
        """What leaves next."""
        return self._sending.next_batch()

    def settle(self, reply: CommandReply) -> bool:
        """Take the outcomes; whether any command was settled for good."""
        kept = [one for raw in reply.outcomes if (one := self._settled(raw)) is not None]
        for one in kept:
            self._sending.arrived(one)
        self._desk.refresh(_NOTHING)
        return bool(kept)

    def send_refused(self, batch: Batch, wrong: ServerRefused) -> None:
        """The store would not take the batch as it stands."""
        self._sending.refused(batch, wrong)

    def outboxes(self) -> tuple[OutboxId, ...]:
        """The outboxes to ask the store about after every greeting, some of colleagues too."""
        return (*self._recovery.outboxes(), *self._desk.here.outboxes(self._standing().epoch))

    def compare(self, settled: Mapping[OutboxId, Settled]) -> bool:
        """The store said how far they are settled; True where the cache is to be filled anew."""
        mine = set(self._recovery.outboxes())
        lost = self._recovery.compare({id: one for id, one in settled.items() if id in mine})
        self._desk.here.know({id: one for id, one in settled.items() if id not in mine})
        standing = self._standing()
        is_new = standing.epoch != self._epoch
        if is_new:
            self._recovery.read_back_by(begun_at(standing))
        self._recovery.place_released()
        if lost or is_new:
            self._stock.blocks.doubt()
        self._keep_compared(standing.epoch)
        self._desk.refresh(_NOTHING)
        self._desk.attention_changed.emit()
        return lost

    def lease_wants(self) -> tuple[OutboxId, list[LeaseBlock]]:
        """The numbers to lease and to give back, under this desk's outbox.

        What goes back leaves the mark first: no old copy of the file is trusted with it again.
        """
        wants = self._numbering.wants(self._desk.pack, self._desk.clock.now())
        if any(one.returns for one in wants):
            self._desk.marking.keep()
        return self._stock.outbox.outbox_id("main"), wants

    def leased(self, lent: Lent) -> None:
        """Numbers came or went."""
        self._stock.unsaved.do(lambda: self._numbering.take(lent))
        self._desk.refresh(_NOTHING)

    def holds(self) -> tuple[ReportId, ...]:
        """The reports this person holds, for the heartbeat."""
        return tuple(self._stock.shelf.held_by(self._desk.person.id))

    def beat(self) -> Heartbeat:
        """What this desk holds, shows and has unsent, and whose work waits at this PC."""
        outbox, me = self._stock.outbox, self._desk.person.id
        self._desk.note_kept()
        self._desk.here.look()
        mine = [told(me, one, one.waiting) for one in outbox.extents(unsent=True)]
        waiting = (*mine, *self._desk.here.waiting())[:MOST_TOLD]
        viewing, unsent = self._desk.viewing, self._desk.unsent()
        if (call := self._desk.begun_call()) is not None:
            unsent[CONTACT] = call.since
        return Heartbeat(outbox.outbox_id("main"), self.holds(), viewing, unsent, waiting)

    def beaten(self, beaten: Beaten) -> None:
        """The store answered a sign of life."""
        self._desk.beaten(beaten)

    def present(self, presence: Presence) -> None:
        """The store said who looks at what."""
        self._desk.met(presence)

    def filled(self, filled: Filled) -> None:
        """The cache took a page."""
        pack = self._stock.shelf.pack() if filled.pack else None
        self._desk.refresh(filled.reports, pack)
        self._desk.tell_overruled(filled.reports)
        self._desk.check_again()
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
        synced_at = self._standing().synced_at
        self._desk.heard(
            LinkState(online=True, synced_at=synced_at, problem=self._sending.problem)
        )

    def offline(self, problem: str) -> None:
        """The store did not answer, or would not."""
        self._desk.stop_releasing(problem)
        self._desk.questions.give_up(problem)
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
            self._converse(courier)
        except LinkDown as down:
            self.offline(str(down))
        except SignedOut as ended:
            self.signed_out(str(ended))
        except (ServerRefused, CacheDamaged, Locked, WorkDamaged) as refused:
            self.offline(str(refused))
        else:
            self.online()
            return True
        return False

    def _converse(self, courier: Courier) -> None:
        greeting = courier.greet(self._standing())
        self.measured(greeting.hello.server_time)
        unread = self._take_greeting(greeting)
        asked = {id: courier.settled(id) for id in self.outboxes()}
        if self.compare(asked) and greeting.fresh is None and unread is None:
            self._stock.confirmed.begin(courier.begin_again(self._standing()))
        self._send_all(courier)
        if unread is not None:
            raise unread
        self._release_all(courier)
        self._lease_all(courier)
        self._pull_all(courier)
        if self._send_all(courier):
            self._pull_all(courier)
        prove_now(courier, self._stock.confirmed, self._desk.clock, self.filled)
        self._meet(courier)
        for one in self._desk.questions.take():
            one.then(one.answer(courier))

    def _take_greeting(self, greeting: Greeting) -> PackUnread | None:
        """What keeps news out, if anything: work leaves all the same."""
        try:
            self.filled(take_greeting(self._stock.confirmed, greeting))
        except PackUnread as wrong:
            return wrong
        return None

    def _beat_once(self, courier: Courier) -> None:
        sent, beat = self._desk.clock.monotonic(), self.beat()
        self.beaten(Beaten(sent, beat.holds, courier.beat(beat).held))

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

    def _meet(self, courier: Courier) -> None:
        self.met(courier.colleagues())
        self._beat_once(courier)
        self.present(courier.presence())
        if self._desk.is_supervisor:
            self._desk.know_waiting(courier.waiting())

    def _release_all(self, courier: Courier) -> None:
        releasing = self._desk.releasing
        while releasing is not None and (call := releasing.next_call()) is not None:
            self._desk.release_went_on(releasing, answer_to(call, courier))

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

    def _keep_compared(self, epoch: str) -> None:
        """Only now: a desk that is closed before it compared does so when it is opened again."""
        self._epoch = epoch
        work = self._stock.work
        if work.setting(COMPARED) != epoch:
            self._stock.unsaved.do(lambda: work.set(COMPARED, epoch))

    def _settled(self, raw: Raw) -> Kept | None:
        return self._desk.settled(bytes(raw))

    def _standing(self) -> Standing:
        return self._stock.shelf.standing()


def answer_to(call: Call, courier: Courier) -> object:
    """What the store says to a call of a release; a refusal of it all is an answer, too."""
    try:
        return call(courier)
    except ServerRefused as wrong:
        return wrong


def pull_or_refill(courier: Courier, standing: Standing) -> Scan | Changes | Standing:
    """The next page, or from where to fill anew when the cursor is of no use any more."""
    try:
        return courier.pull(standing)
    except ServerRefused as wrong:
        if is_stale(wrong):
            return courier.begin_again(standing)
        raise
