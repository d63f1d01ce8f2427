"""The threads beside the window: link speaks HTTP, fill writes cache.db, live hears pokes.

Only frozen structs cross, by queued signals. Leaving `running` ends every thread and waits for it.
"""

import queue
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from workstation.cache.confirmed import CacheDamaged, Confirmed, Filled, Standing
from workstation.cache.outbox import Batch
from workstation.cache.parcel import Heartbeat, LeaseBlock, OutboxId, Presence
from workstation.desk.claims import Beaten
from workstation.desk.exchange import answer_to, pull_or_refill
from workstation.desk.proof import Proof
from workstation.desk.releasing import Call
from workstation.machine.clock import Clock
from workstation.sync.courier import (
    Courier,
    PackUnread,
    fill,
    take_greeting,
    was_cut_short,
)
from workstation.sync.live import Live, pass_on
from workstation.sync.pace import PRESSING_S, Breaker, Pace
from workstation.sync.transport import LinkDown, ServerRefused, Shed, SignedOut, read

STOPPED = (
    "The conversation with the store has stopped. Your work is kept: close the program and open "
    "it again."
)
GRACE_S = 1.5
SHED_S = 5.0
APART_S = 0.5
UNCHANGED = Presence((), whole=False)


class Job(NamedTuple):
    """Something to do on the link; what sends officers is urgent, and never waits its turn."""

    do: Callable[[], None]
    urgent: bool = False


def look() -> None:
    """Nothing but to look at the store, which follows every job."""


POKE = Job(look)


class Crossing(QObject):
    """Signals from the link thread to the window."""

    replied = Signal(object)
    send_refused = Signal(object, object)
    leased = Signal(object)
    filled = Signal(object)
    met = Signal(object)
    asked = Signal(object)
    answered = Signal(object, object)
    present = Signal(object)
    beaten = Signal(object)
    measured = Signal(object)
    online = Signal()
    offline = Signal(str)
    signed_out = Signal(str)


class LinkThread(threading.Thread):
    """Says hello, sends what it is given, and pulls: after a job, at a poke, by the clock."""

    def __init__(self, courier: Courier, confirmed: Confirmed, clock: Clock) -> None:
        super().__init__(name="link")
        self.crossing = Crossing()
        self._courier = courier
        self._confirmed = confirmed
        self._clock = clock
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._fill = ThreadPoolExecutor(1, thread_name_prefix="fill")
        self._proof = Proof(courier, confirmed, clock, self._fill, self._later)
        self._pace = Pace(random.random)
        self._breaker = Breaker(time.monotonic, random.random)
        self._pressing = False
        self._trouble = ""
        self._last: Heartbeat | None = None
        self._greeted = False
        self._met = False
        self._unread: PackUnread | None = None
        self._news_from = 0.0
        self._looked_at = 0.0
        self._is_poked = threading.Event()
        self._ended = threading.Event()

    def send(self, batch: Batch) -> None:
        """Send a batch now."""
        self._jobs.put(Job(lambda: self._send(batch), batch.lane == "urgent"))

    def lease(self, ask: LeaseBlock) -> None:
        """Lease numbers, or give them back, now."""
        self._jobs.put(Job(lambda: self.crossing.leased.emit(self._courier.lease(ask))))

    def beat(self, beat: Heartbeat, ask: bool = True) -> None:
        """Say that the desk is alive; `ask` who else is where, while no live line says so."""
        self._jobs.put(Job(lambda: self._beat(beat, ask)))

    def ask(self, outboxes: tuple[OutboxId, ...]) -> None:
        """Ask how far these are settled at the store."""
        self._jobs.put(Job(lambda: self._ask(outboxes)))

    def refill(self) -> None:
        """Fill the cache anew: the store has lost what it had."""
        self._jobs.put(Job(self._refill))

    def call(self, call: Call, then: Callable[[object], None]) -> None:
        """Ask this on the line, and give the answer to `then` on the window's thread."""
        self._jobs.put(
            Job(lambda: self.crossing.answered.emit(then, answer_to(call, self._courier)))
        )

    def _later(self, do: Callable[[], None]) -> None:
        self._jobs.put(Job(do))

    def poke(self) -> None:
        """Look at the store soon: however many pokes come, they are one, and twice a second."""
        if not self._is_poked.is_set():
            self._is_poked.set()
            self._jobs.put(POKE)

    def end(self, last: Heartbeat | None = None) -> None:
        """Let the call under way finish if it does so soon, else hang up; waits.

        With the line up, the store is told last what stays behind at this PC.
        """
        self._last = last
        self._ended.set()
        self._proof.end()
        self._jobs.put(None)
        self.join(GRACE_S)
        if self.is_alive():
            self._courier.transport.hang_up()
            self.join()
        self._fill.shutdown(wait=True)

    def run(self) -> None:
        """Until ended; should it ever stop otherwise, the window is told."""
        try:
            self._converse()
            self._say_goodbye()
        finally:
            if not self._ended.is_set():
                self.crossing.offline.emit(STOPPED)

    def _converse(self) -> None:
        """A job or the time to look, then how long to wait."""
        wait_s = 0.0
        while not self._ended.is_set():
            try:
                job = self._jobs.get(timeout=wait_s) if wait_s > 0 else self._jobs.get_nowait()
            except queue.Empty:
                job = Job(look)
            if job is None:
                return
            if job is POKE:
                self._is_poked.clear()
                wait_s = self._looked_at + APART_S - time.monotonic()
                if wait_s > 0:
                    continue
            wait_s = self._do(job)

    def _say_goodbye(self) -> None:
        """Nobody waits for this; where it fails, the next heartbeat from this PC tells it."""
        if self._last is None or not self._greeted:
            return
        with suppress(LinkDown, SignedOut, ServerRefused):
            self._courier.beat(self._last)

    def _do(self, job: Job) -> float:
        if self._breaker.wait_s() > 0 and not (job.urgent or self._pressing):
            self.crossing.offline.emit(self._trouble)
            return self._breaker.wait_s()
        try:
            if not self._greeted:
                self._greet()
            job.do()
            self._hear_news()
        except LinkDown as down:
            return self._down(down, job)
        except SignedOut as ended:
            self._greeted = False
            self.crossing.signed_out.emit(str(ended))
        except (ServerRefused, CacheDamaged) as refused:
            self._greeted = False
            self.crossing.offline.emit(str(refused))
        else:
            self.crossing.online.emit()
            if self._greeted and self._jobs.empty():
                self._proof.begin_if_due(self.crossing.filled.emit)
        self._pressing = False
        self._pace.worked()
        self._breaker.worked()
        put_off_s = self._news_from - time.monotonic()
        return put_off_s if put_off_s > 0 else self._pace.poll_s()

    def _down(self, down: LinkDown, job: Job) -> float:
        """Offline, and for how long; soon again while officers are to be sent."""
        self._greeted = False
        self._trouble = str(down)
        self._pressing = self._pressing or job.urgent
        self._breaker.failed(down.retry_after_s)
        self.crossing.offline.emit(self._trouble)
        pause = max(self._pace.failed(down.retry_after_s), self._breaker.wait_s())
        return min(pause, PRESSING_S) if self._pressing else pause

    def _greet(self) -> None:
        greeting = self._courier.greet(self._confirmed.standing())
        self.crossing.measured.emit(greeting.hello.server_time)
        self._unread = None
        try:
            filled = self._filling(lambda: take_greeting(self._confirmed, greeting))
        except PackUnread as wrong:
            self._unread = wrong
        else:
            self.crossing.filled.emit(filled)
        self._greeted, self._met = True, False

    def _hear_news(self) -> None:
        """What the store may put off while it takes work in; work goes on leaving meanwhile."""
        if self._unread is not None:
            raise self._unread
        if time.monotonic() < self._news_from:
            return
        self._looked_at = time.monotonic()
        try:
            if not self._met:
                self.crossing.met.emit(self._courier.colleagues())
                self._met = True
            self._pull()
        except Shed as shed:
            self._news_from = time.monotonic() + max(SHED_S, shed.retry_after_s or 0.0)

    def _send(self, batch: Batch) -> None:
        try:
            reply = self._courier.send(batch)
        except ServerRefused as wrong:
            self.crossing.send_refused.emit(batch, wrong)
            return
        self.crossing.replied.emit(reply)
        if was_cut_short(batch, reply):
            raise LinkDown("The store is busy. It will be tried again.")

    def _beat(self, beat: Heartbeat, ask: bool) -> None:
        sent = self._clock.monotonic()
        held = self._courier.beat(beat).held
        self.crossing.beaten.emit(Beaten(sent, beat.holds, held))
        if ask:
            self.crossing.present.emit(self._courier.presence())

    def _ask(self, outboxes: tuple[OutboxId, ...]) -> None:
        self.crossing.asked.emit({id: self._courier.settled(id) for id in outboxes})

    def _refill(self) -> None:
        if self._unread is not None:
            return  # what is here is better than nothing
        fresh = self._courier.begin_again(self._confirmed.standing())
        self.crossing.filled.emit(self._filling(lambda: self._apply(fresh)))

    def _pull(self) -> None:
        more = True
        while more and not self._ended.is_set():
            page = pull_or_refill(self._courier, self._confirmed.standing())
            filled = self._filling(lambda page=page: self._apply(page))  # type: ignore[misc]
            self.crossing.filled.emit(filled)
            went_back = isinstance(page, Standing)  # then the store is asked what else it lost
            self._greeted = self._greeted and not filled.pack and not went_back
            more = filled.more and self._jobs.empty()
            if filled.more and not more:
                self.poke()

    def _apply(self, page: object) -> Filled:
        if isinstance(page, Standing):
            self._confirmed.begin(page)
            return Filled(more=True)
        return fill(self._confirmed, page, self._clock.now())  # type: ignore[arg-type]

    def _filling(self, work: Callable[[], Filled]) -> Filled:
        return self._fill.submit(work).result()


class LiveThread(threading.Thread):
    """Keeps the live line open and pokes the link thread."""

    def __init__(self, live: Live, link: LinkThread) -> None:
        super().__init__(name="live")
        self._live = live
        self._poke = link.poke
        self._present = link.crossing.present
        self.hears = False
        self._ended = threading.Event()
        self._pace = Pace(random.random)

    def run(self) -> None:
        """Listen; after every end wait a little and listen again."""
        while not self._ended.is_set():
            pause = 0.0
            try:
                pass_on(self._live, self._heard, self._told, self._still)
            except LinkDown as down:
                pause = self._pace.failed(down.retry_after_s)
                self._poke()  # the status must not go on saying online
            except (SignedOut, ServerRefused):
                pause = self._pace.poll_s()
            finally:
                self.hears = False
            self._ended.wait(pause)

    def end(self) -> None:
        """Hang up and wait."""
        self._ended.set()
        while self.is_alive():
            self._live.hang_up()
            self.join(timeout=0.1)

    def _heard(self) -> None:
        self._pace.worked()
        self._poke()

    def _still(self) -> None:
        """Whoever is not told of is still where this line said."""
        if self.hears:
            self._present.emit(UNCHANGED)

    def _told(self, data: bytes) -> None:
        self._present.emit(read(data, Presence))
        self.hears = True
