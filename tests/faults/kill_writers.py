"""Desks as the store sees them: writers that post commands and remember what they were told."""

import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from itertools import islice

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from tests.world import PASSWORD
from workstation.domain.act import Command
from workstation.domain.crime import RecordCrime
from workstation.domain.report import CrimeId, ReportId, Victim
from workstation.domain.roles import PersonId
from workstation.domain.story import AddNote
from workstation.machine.clock import SystemClock
from workstation.machine.ids import Ids
from workstation.sync.link import Link
from workstation.sync.transport import LinkDown
from workstation.wire.protocol import (
    CommandBatch,
    CommandId,
    Envelope,
    LeaseBlock,
    LeasedBlock,
    OutboxId,
    Outcome,
    SignIn,
    sealed,
)

PEOPLE = ("ann", "bob", "sue", "ann")
AT_MOST_S = 60.0
OFFENCE = "1/01"
NOBODY = Victim(kind="not yet known")


class Writer:
    """One outbox: sends notes and crimes one by one, each again until it has its outcome."""

    def __init__(self, url: str, person: str, reports: Sequence[ReportId], name: str) -> None:
        self.person = PersonId(person)
        self.workstation = name
        self._reports = reports
        self._link = Link(url)
        self._clock = SystemClock()
        self._ids = Ids(self._clock)
        self.outbox = OutboxId(self._ids.new())
        self.told: dict[CommandId, bytes] = {}
        self.sent: dict[CommandId, bytes] = {}
        self.blocks: list[LeasedBlock] = []
        self.answers: list[str] = []
        self._times: dict[str, list[float]] = {"told": [], "sent": [], "blocks": []}
        self.token = ""
        self._seq = 0

    def sign_in(self) -> None:
        """Begin."""
        self.token = self._link.sign_in(SignIn(self.person, PASSWORD, self.workstation)).token

    def close(self) -> None:
        """Close the line."""
        self._link.close()

    def lease_series(self, series: str) -> None:
        """A block of ten numbers."""
        ask = LeaseBlock(self.outbox, series, 10)
        self.blocks.append(self._link.lease_block(self.token, ask))
        self._times["blocks"].append(time.time())

    def give_back(self, used: int) -> None:
        """All but the first of the newest block go back; from the asking on they may be gone."""
        block = self.blocks[-1]
        self.blocks[-1] = replace(block, hi=block.lo + used - 1)
        ask = LeaseBlock(
            self.outbox, block.series, returns=block.id, returned_from=block.lo + used
        )
        self._link.lease_block(self.token, ask)

    def note(self, text: str) -> bytes:
        """A note, ready to be sent."""
        report = self._reports[self._seq % len(self._reports)]
        return self.seal(AddNote(report=report, text=text))

    def crime(self, serial: int, series: str) -> bytes:
        """A crime under a serial of the block, ready to be sent."""
        year = series.rpartition("/")[2]
        command = RecordCrime(
            report=self._reports[self._seq % len(self._reports)],
            crime=CrimeId(self._ids.new()),
            offence=OFFENCE,
            victim=NOBODY,
            series=series,
            serial=serial,
            number=f"35/{serial}/{year[-2:]}",
        )
        return self.seal(command)

    def seal(self, command: Command) -> bytes:
        """The next envelope of the outbox."""
        self._seq += 1
        envelope = Envelope(
            command_id=CommandId(self._ids.new()),
            outbox_id=self.outbox,
            seq=self._seq,
            author=self.person,
            workstation=self.workstation,
            made_at=self._clock.now(),
            pack="",
            command=command,  # type: ignore[arg-type]
        )
        raw = sealed(envelope)
        self.sent[envelope.command_id] = raw
        self._times["sent"].append(time.time())
        return raw

    def post(self, *envelopes: bytes) -> list[Outcome]:
        """Send once; outcomes that came are remembered as the bytes they were."""
        batch = CommandBatch(self.outbox, tuple(Raw(raw) for raw in envelopes))
        reply = self._link.commands(self.token, batch)
        outcomes = [msgspec.json.decode(raw, type=Outcome) for raw in reply.outcomes]
        for outcome, raw in zip(outcomes, reply.outcomes, strict=True):
            if outcome.word != "retry":
                self.told[outcome.command_id] = bytes(raw)
                self._times["told"].append(time.time())
        return outcomes

    def as_of(self, at: float) -> "Writer":
        """The same as it was at a time: what it had sent, and been told, until then."""
        then = copy(self)
        count = {name: bisect_right(times, at) for name, times in self._times.items()}
        then.told = dict(islice(self.told.items(), count["told"]))
        then.sent = dict(islice(self.sent.items(), count["sent"]))
        then.blocks = self.blocks[: count["blocks"]]
        return then

    def settle(self, envelope: bytes, is_over: Callable[[], bool]) -> bool:
        """Send until there is an outcome; False when it was over first."""
        pause = threading.Event()
        while not is_over():
            try:
                outcome = self.post(envelope)[0]
                if outcome.word != "retry":
                    return True
                self.answers.append("retry")
            except LinkDown as down:
                self.answers.append(str(down))
            pause.wait(0.02)
        return False


@contextmanager
def writing(urls: Sequence[str], reports: Sequence[ReportId]) -> Iterator[list[Writer]]:
    """Four desks that go on sending; at the end each gets the outcome it still waits for."""
    writers = [
        Writer(urls[n % len(urls)], person, reports, f"W{n:02}") for n, person in enumerate(PEOPLE)
    ]
    for writer in writers:
        writer.sign_in()
    enough, over = threading.Event(), threading.Event()
    threads = [threading.Thread(target=_send, args=(one, enough, over)) for one in writers]
    for thread in threads:
        thread.start()
    try:
        yield writers
        enough.set()
        for thread in threads:
            thread.join(AT_MOST_S)
        heard = [set(writer.answers) for writer in writers]
        assert not any(thread.is_alive() for thread in threads), heard
        assert all(len(writer.told) == len(writer.sent) for writer in writers)
    finally:
        enough.set()
        over.set()
        for thread in threads:
            thread.join()
        for writer in writers:
            writer.close()


def _send(writer: Writer, enough: threading.Event, over: threading.Event) -> None:
    while not enough.is_set():
        writer.settle(writer.note(f"{writer.outbox} {len(writer.sent)}"), over.is_set)
