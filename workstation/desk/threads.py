"""The threads beside the window: link speaks HTTP, fill writes cache.db, live hears pokes.

Only frozen structs cross, by queued signals. Leaving `running` ends every thread and waits for it.
"""

import queue
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from workstation.cache.confirmed import CacheDamaged, Confirmed, Filled, Standing
from workstation.cache.outbox import Batch
from workstation.cache.parcel import Heartbeat, LeaseBlock, Presence
from workstation.desk.desk import Desk
from workstation.desk.exchange import Exchange, pull_or_refill
from workstation.machine.clock import Clock
from workstation.sync.courier import Courier, Lent, fill, take_greeting, was_cut_short
from workstation.sync.live import Live, pass_on
from workstation.sync.pace import PRESSING_S, Breaker, Pace
from workstation.sync.transport import LinkDown, ServerRefused, SignedOut, read

BEAT_MS = 30_000
VIEWING_MS = 15_000
SETTLES_MS = 500
TICK_MS = 1_000
STOPPED = (
    "The conversation with the store has stopped. Your work is kept: close the program and open "
    "it again."
)
GRACE_S = 1.5


class Job(NamedTuple):
    """Something to do on the link; what sends officers is urgent, and never waits its turn."""

    do: Callable[[], None]
    urgent: bool = False


def look() -> None:
    """Nothing but to look at the store, which follows every job."""


class Crossing(QObject):
    """Signals from the link thread to the window."""

    replied = Signal(object)
    send_refused = Signal(object, object)
    leased = Signal(object)
    filled = Signal(object)
    met = Signal(object)
    present = Signal(object)
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
        self._pace = Pace(random.random)
        self._breaker = Breaker(time.monotonic, random.random)
        self._pressing = False
        self._trouble = ""
        self._greeted = False
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

    def poke(self) -> None:
        """Look at the store now."""
        self._jobs.put(Job(look))

    def end(self) -> None:
        """Let the call under way finish if it does so soon, else hang up; waits."""
        self._ended.set()
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
            wait_s = self._do(job)

    def _do(self, job: Job) -> float:
        if self._breaker.wait_s() > 0 and not (job.urgent or self._pressing):
            self.crossing.offline.emit(self._trouble)
            return self._breaker.wait_s()
        try:
            if not self._greeted:
                self._greet()
            job.do()
            self._pull()
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
        self._pressing = False
        self._pace.worked()
        self._breaker.worked()
        return self._pace.poll_s()

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
        self.crossing.filled.emit(self._filling(lambda: take_greeting(self._confirmed, greeting)))
        self.crossing.met.emit(self._courier.colleagues())
        self._greeted = True

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
        self._courier.beat(beat)
        if ask:
            self.crossing.present.emit(self._courier.presence())

    def _pull(self) -> None:
        more = True
        while more and not self._ended.is_set():
            page = pull_or_refill(self._courier, self._confirmed.standing())
            filled = self._filling(lambda page=page: self._apply(page))  # type: ignore[misc]
            self.crossing.filled.emit(filled)
            self._greeted = self._greeted and not filled.pack
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
                pass_on(self._live, self._heard, self._told)
            except LinkDown as down:
                self.hears = False
                pause = self._pace.failed(down.retry_after_s)
                self._poke()  # the status must not go on saying online
            except (SignedOut, ServerRefused):
                self.hears = False
                pause = self._pace.poll_s()
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

    def _told(self, data: bytes) -> None:
        self._present.emit(read(data, Presence))
        self.hears = True


class Conversation(QObject):
    """Ties the window's side to the link thread: one batch under way at a time."""

    def __init__(self, desk: Desk, link: LinkThread, listener: LiveThread | None) -> None:
        super().__init__()
        self._desk = desk
        self._exchange = Exchange(desk)
        self._link = link
        self._listener = listener
        self._is_online = False
        self._is_sending = False
        self._asked: set[str] = set()
        crossing, queued = link.crossing, Qt.ConnectionType.QueuedConnection
        crossing.replied.connect(self._on_replied, queued)
        crossing.send_refused.connect(self._on_send_refused, queued)
        crossing.leased.connect(self._on_leased, queued)
        crossing.filled.connect(self._exchange_filled, queued)
        crossing.met.connect(self._on_met, queued)
        crossing.present.connect(self._on_present, queued)
        crossing.measured.connect(self._on_measured, queued)
        crossing.online.connect(self._on_online, queued)
        crossing.offline.connect(self._on_offline, queued)
        crossing.signed_out.connect(self._on_signed_out, queued)
        desk.has_work.connect(self.go_on)
        desk.wants_news.connect(link.poke)
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start()
        self._settles = QTimer(self, interval=SETTLES_MS, singleShot=True)
        self._settles.timeout.connect(self._on_beat)
        desk.viewing_changed.connect(self._settles.start)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(desk.tick)
        self._tick.start()
        self.go_on()

    def go_on(self) -> None:
        """Send what waits, and ask for numbers where few are left."""
        if not self._is_sending and (batch := self._exchange.next_batch()) is not None:
            self._is_sending = True
            self._link.send(batch)
        for ask in self._exchange.lease_wants()[1]:
            name = ask.block or ask.returns
            if name not in self._asked:
                self._asked.add(name)
                self._link.lease(ask)

    def end(self) -> None:
        """No more timers."""
        self._beat.stop()
        self._settles.stop()
        self._tick.stop()

    def _on_replied(self, reply: object) -> None:
        self._is_sending = False
        if self._exchange.settle(reply):  # type: ignore[arg-type]
            self.go_on()

    def _on_send_refused(self, batch: Batch, wrong: ServerRefused) -> None:
        self._is_sending = False
        self._exchange.send_refused(batch, wrong)
        self.go_on()

    def _on_leased(self, lent: Lent) -> None:
        """What was refused is asked for again with the next sign of life."""
        self._exchange.leased(lent)

    def _exchange_filled(self, filled: Filled) -> None:
        self._exchange.filled(filled)

    def _on_met(self, colleagues: object) -> None:
        self._exchange.met(colleagues)  # type: ignore[arg-type]

    def _on_measured(self, store_time: datetime) -> None:
        self._exchange.measured(store_time)

    def _on_online(self) -> None:
        self._exchange.online()
        if not self._is_online:
            self._is_online = True
            self._on_beat()
        self.go_on()

    def _on_offline(self, problem: str) -> None:
        self._is_online = False
        self._is_sending = False
        self._asked.clear()
        self._exchange.offline(problem)

    def _on_signed_out(self, sentence: str) -> None:
        self._is_online = False
        self._is_sending = False
        self._asked.clear()
        self._exchange.signed_out(sentence)

    def _on_present(self, presence: object) -> None:
        self._exchange.present(presence)  # type: ignore[arg-type]

    def _on_beat(self) -> None:
        """More often while a report is on screen: others are to know that it still is."""
        self._asked.clear()
        self._beat.start(BEAT_MS if self._desk.viewing is None else VIEWING_MS)
        ask = self._listener is None or not self._listener.hears
        self._link.beat(self._exchange.beat(), ask)


@contextmanager
def running(desk: Desk, courier: Courier, live: Live | None) -> Iterator[None]:
    """The desk's threads, for as long as the context lasts."""
    link = LinkThread(courier, desk.stock.confirmed, desk.clock)
    listener = None if live is None else LiveThread(live, link)
    conversation = Conversation(desk, link, listener)
    link.start()
    if listener is not None:
        listener.start()
    try:
        yield
    finally:
        conversation.end()
        if listener is not None:
            listener.end()
        link.end()
        # What the link said last must not reach a desk whose files are closed.
        QCoreApplication.removePostedEvents(conversation)
