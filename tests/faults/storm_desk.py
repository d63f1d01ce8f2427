"""A desk of a storm: the real line, courier, pace and breaker; its queue and cursor in memory.

It keeps to the rules of the desk's link thread: greet, send what waits, pull; after a failure wait
as the pace and the store ask; what sends officers is tried whatever the breaker says.
"""

import random
import threading
import time
from collections import Counter

from tests.faults.storm_work import Shift
from workstation.cache.confirmed import Standing
from workstation.cache.outbox import Batch
from workstation.sync.courier import Courier
from workstation.sync.credentials import HeldCredentials
from workstation.sync.link import Link
from workstation.sync.pace import PRESSING_S, Breaker, Pace
from workstation.sync.transport import LinkDown, Shed, read
from workstation.wire.protocol import Outcome, Scan


class StormDesk(threading.Thread):
    """Reconnects at once and goes on until every command has its outcome, then until ended."""

    def __init__(self, number: int, url: str, shift: Shift, standing: Standing) -> None:
        super().__init__(name=f"desk {number}", daemon=True)
        self.shift = shift
        self.link = Link(url)
        self.courier = Courier(self.link, HeldCredentials(shift.session))
        self.standing = standing
        self.words: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.in_a_row = 0
        self.longest_row = 0
        self.done_at = 0.0
        self.wrong: BaseException | None = None
        self.went = threading.Event()
        self.over = threading.Event()
        self._pace = Pace(random.random)
        self._breaker = Breaker(time.monotonic, random.random)
        self._greeted = self._met = False
        self._no_pull_before = 0.0
        self._pressing = True

    @property
    def waiting(self) -> int:
        """How many commands have no outcome."""
        return sum(len(bodies) for bodies in self.shift.waiting.values())

    def run(self) -> None:
        """Wait for the start, then converse."""
        self.went.wait()
        try:
            while not self.over.is_set():
                self.over.wait(self._turn())
        except BaseException as wrong:
            self.wrong = wrong
            raise
        finally:
            self.link.close()

    def _turn(self) -> float:
        batch = self.shift.next_batch()
        self._pressing = batch is not None and batch.lane == "urgent"
        if (closed_s := self._breaker.wait_s()) > 0 and not self._pressing:
            return closed_s
        try:
            self._look(batch)
        except LinkDown as down:
            return self._down(down)
        self._pace.worked()
        self._breaker.worked()
        self.in_a_row = 0
        return 0.0 if self.waiting else self._pace.poll_s()

    def _look(self, batch: Batch | None) -> None:
        if not self._greeted:
            self.courier.greet(self.standing)
            self._greeted = True
        if batch is not None:
            self._send(batch)
        if time.monotonic() < self._no_pull_before:
            return
        try:
            if not self._met:
                self.courier.colleagues()
                self._met = True
            self._pull()
        except Shed as shed:
            self.failures["pull shed"] += 1
            self._no_pull_before = time.monotonic() + (shed.retry_after_s or 0.0)

    def _send(self, batch: Batch) -> None:
        reply = self.courier.send(batch)
        outcomes = [read(bytes(raw), Outcome) for raw in reply.outcomes]
        settled = [one for one in outcomes if one.word != "retry"]
        self.words.update(one.word for one in settled)
        del self.shift.waiting[batch.lane][: len(settled)]
        if not self.waiting:
            self.done_at = time.monotonic()
        if len(settled) < len(batch.bodies):
            raise LinkDown("The store is busy. It will be tried again.")

    def _pull(self) -> None:
        page = self.courier.pull(self.standing)
        assert not isinstance(page, Scan)
        self.standing = Standing(
            self.standing.store_id, self.standing.epoch, cursor=page.cursor,
            pack=self.standing.pack, scanning=False,
        )  # fmt: skip

    def _down(self, down: LinkDown) -> float:
        self.failures[str(down)] += 1
        self.in_a_row += 1
        self.longest_row = max(self.longest_row, self.in_a_row)
        self._greeted = self._met = False
        self._breaker.failed(down.retry_after_s)
        pause = max(self._pace.failed(down.retry_after_s), self._breaker.wait_s())
        return min(pause, PRESSING_S) if self._pressing else pause
