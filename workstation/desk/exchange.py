"""The window's side of the conversation with the store: what leaves next, and what came back.

`once` is one whole exchange on the calling thread; the threads run the same steps apart.
"""

from datetime import datetime, timedelta

from msgspec import Raw

from workstation.cache.confirmed import CacheDamaged, Filled, Standing
from workstation.cache.outbox import Batch, Kept, Lane
from workstation.cache.parcel import Changes, Colleague, CommandReply, OutboxId, Scan
from workstation.desk import lookup
from workstation.desk.desk import Desk
from workstation.desk.shown import LinkState
from workstation.domain.numbers import Block, series_at
from workstation.domain.report import ReportId
from workstation.sync.courier import REFILL_AT, Courier, fill, is_stale, take_greeting
from workstation.sync.transport import LinkDown, ServerRefused, SignedOut

AHEAD = timedelta(hours=4)
_NOTHING: frozenset[ReportId] = frozenset()


class Exchange:
    """What the window does for the conversation; always on the window's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stock = desk.stock
        self._stuck: dict[Lane, str] = {}
        self._most: int | None = None

    def next_batch(self) -> Batch | None:
        """What leaves next."""
        return self._stock.outbox.next_batch(self._stuck, self._most)

    def settle(self, reply: CommandReply) -> bool:
        """Take the outcomes; whether any command was settled for good."""
        kept = [self._settled(raw) for raw in reply.outcomes]
        self._desk.refresh(_NOTHING)
        return any(one is not None for one in kept)

    def send_refused(self, batch: Batch, wrong: ServerRefused) -> bool:
        """The store would not take the batch as it stands; whether to go on at once.

        A command that the store cannot even read is found by sending one at a time; its lane then
        stands still, told, while the other goes on.
        """
        if wrong.code == "outbox-gap" and wrong.expected is not None:
            self._stock.outbox.send_again_from(batch.outbox_id, wrong.expected)
            return True
        if wrong.code == "outbox-rewound":
            self._stock.outbox.begin_anew(batch.lane)
            return True
        if len(batch.bodies) > 1:
            self._most = 1
            return True
        self._stuck[batch.lane] = (
            f"The store cannot take one of your commands, and {self._stock.outbox.waiting()} "
            f"wait. They are kept on this PC; ask IT. ({wrong})"
        )
        return False

    def lease_wants(self) -> tuple[OutboxId, list[str]]:
        """The series of which this desk has few numbers left."""
        now, pack = self._desk.clock.now(), self._desk.pack
        ahead = {series_at(pack, "crime", now), series_at(pack, "crime", now + AHEAD)}
        few = [one for one in sorted(ahead) if self._stock.blocks.left(one) <= REFILL_AT]
        return self._stock.outbox.outbox_id("main"), few

    def leased(self, block: Block) -> None:
        """Numbers came."""
        self._stock.blocks.add(block)
        self._desk.refresh(_NOTHING)

    def holds(self) -> tuple[ReportId, ...]:
        """The reports this person holds, for the heartbeat."""
        return tuple(self._stock.shelf.ids("holder = ? AND open = 1", [self._desk.person.id]))

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
        lookup.keep_colleagues(self._stock.work, colleagues)
        self._desk.know(colleagues)

    def online(self) -> None:
        """The store answered."""
        problem = next(iter(self._stuck.values()), "")
        synced_at = self._standing().synced_at
        self._desk.heard(LinkState(online=True, synced_at=synced_at, problem=problem))

    def offline(self, problem: str) -> None:
        """The store did not answer, or would not."""
        self._desk.heard(LinkState(online=False, synced_at=None, problem=problem))

    def signed_out(self, sentence: str) -> None:
        """The sign-in has ended; the work is kept."""
        self.offline(sentence)
        self._desk.signed_out.emit(sentence)

    def once(self, courier: Courier) -> bool:
        """One whole exchange: hello, send, lease, pull. False when the store could not be used."""
        try:
            greeting = courier.greet(self._standing())
            self.measured(greeting.hello.server_time)
            self.filled(take_greeting(self._stock.confirmed, greeting))
            self._send_all(courier)
            self._lease_all(courier)
            self._pull_all(courier)
            self.met(courier.colleagues())
        except LinkDown as down:
            self.offline(str(down))
        except SignedOut as ended:
            self.signed_out(str(ended))
        except (ServerRefused, CacheDamaged) as refused:
            self.offline(str(refused))
        else:
            self.online()
            return True
        return False

    def _send_all(self, courier: Courier) -> None:
        while (batch := self.next_batch()) is not None:
            try:
                if not self.settle(courier.send(batch)):
                    raise LinkDown("The store is busy. It will be tried again.")
            except ServerRefused as wrong:
                self.send_refused(batch, wrong)

    def _lease_all(self, courier: Courier) -> None:
        outbox, series = self.lease_wants()
        for one in series:
            block = lease_if_lent(courier, outbox, one)
            if block is not None:
                self.leased(block)

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


def lease_if_lent(courier: Courier, outbox: OutboxId, series: str) -> Block | None:
    """A block, or None where the store lends none now: the desk works with what it has."""
    try:
        return courier.lease(outbox, series)
    except ServerRefused as wrong:
        if wrong.code in ("series-not-open", "blocks-enough"):
            return None
        raise


def pull_or_refill(courier: Courier, standing: Standing) -> Scan | Changes | Standing:
    """The next page, or from where to fill anew when the cursor is of no use any more."""
    try:
        return courier.pull(standing)
    except ServerRefused as wrong:
        if is_stale(wrong):
            return courier.begin_again(standing)
        raise
