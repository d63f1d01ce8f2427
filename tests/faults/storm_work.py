"""What the desks of a storm have to send: signed in beforehand, each with its queue of envelopes.

As a shift leaves it: a claim, grades (one sends officers: the urgent lane), crimes under leased
numbers, a command that no store can read, and notes on reports that everybody works on.
"""

from collections.abc import Iterator

from msgspec import Struct

from tests.faults.kill_rig import an_api
from tests.world import PASSWORD, cambridgeshire
from workstation.cache.outbox import LIMITS, Batch, Lane
from workstation.domain.act import Command
from workstation.domain.claiming import ClaimReport
from workstation.domain.crime import RecordCrime
from workstation.domain.grading import GradeReport
from workstation.domain.numbers import series_at
from workstation.domain.packing import decode_pack, pack_hash
from workstation.domain.report import Channel, CrimeId, Facts, Location, ReportId, Victim
from workstation.domain.roles import PersonId, Role
from workstation.domain.story import AddNote
from workstation.machine.clock import SystemClock
from workstation.machine.ids import Ids
from workstation.store.api import Api
from workstation.store.database import Database
from workstation.store.founding import found
from workstation.wire.aside import set_aside
from workstation.wire.protocol import (
    CommandId,
    Envelope,
    IntakeReport,
    LeaseBlock,
    OutboxId,
    SignedIn,
    SignIn,
    envelope_decoder,
    sealed,
)

CRIMES = 3
OFFENCE = "1/01"
NOBODY = Victim(kind="not yet known")
SENDS, CALM = "I", "P"


class Shift(Struct):
    """One desk: its sign-in and, by lane, what waits to leave."""

    session: SignedIn
    workstation: str
    outboxes: dict[Lane, OutboxId]
    waiting: dict[Lane, list[bytes]]

    def next_batch(self) -> Batch | None:
        """What leaves next, as the outbox of a real desk has it."""
        for lane, bodies in self.waiting.items():
            if bodies:
                return Batch(lane, self.outboxes[lane], tuple(bodies[: LIMITS[lane]]), 0)
        return None


class Depot:
    """A new store in a database, filled with people, reports and leased numbers."""

    def __init__(self, database: Database, reports: int) -> None:
        self._clock = SystemClock()
        self._ids = Ids(self._clock)
        self.pack = decode_pack(cambridgeshire())
        self._pack_hash = pack_hash(cambridgeshire())
        found(database, cambridgeshire(), self._ids)
        self.api: Api = an_api(database, self._clock)
        self.api.accounts.add("web", "Public intake", (Role.INTAKE_MACHINE,), PASSWORD)
        machine = self.api.sign_in(SignIn("web", PASSWORD, "web")).token
        self.reports = [self.api.intake(machine, self._contact(n)).report for n in range(reports)]

    def shift(self, number: int, commands: int) -> Shift:
        """The desk of this number with so many commands waiting."""
        person, workstation = f"p{number:03}", f"W{number:03}"
        self.api.accounts.add(person, f"Handler {number}", (Role.HANDLER,), PASSWORD)
        session = self.api.sign_in(SignIn(person, PASSWORD, workstation))
        outboxes: dict[Lane, OutboxId] = {
            "urgent": OutboxId(self._ids.new()),
            "main": OutboxId(self._ids.new()),
        }
        shift = Shift(session, workstation, outboxes, {"urgent": [], "main": []})
        for command in self._urgent(number):
            self._queue(shift, "urgent", command)
        for command in self._main(shift, number, commands - len(shift.waiting["urgent"])):
            self._queue(shift, "main", command)
        self._poison(shift)
        return shift

    def _urgent(self, number: int) -> Iterator[Command]:
        yield GradeReport(report=self._report(number), code=SENDS, reason="He is inside now.")

    def _main(self, shift: Shift, number: int, count: int) -> Iterator[Command]:
        """Exactly so many; the reports meet: this desk's, its neighbour's, and everybody's."""
        mine, next_ones = self._report(number), self._report(number + 1)
        first = [
            ClaimReport(report=mine),
            GradeReport(report=self._report(7 * number + 3), code=CALM, reason="No harm."),
            ClaimReport(report=next_ones),
            *self._crimes(shift, mine),
        ]
        yield from first[:count]
        for n in range(count - len(first)):
            report = self._report(number * 13 + n * n)
            text = f"Desk {number} rang back, note {n}. " + 9 * "Said. "
            yield AddNote(report=report, text=text)

    def _crimes(self, shift: Shift, report: ReportId) -> Iterator[Command]:
        series = series_at(self.pack, "crime", self._clock.now())
        ask = LeaseBlock(shift.outboxes["main"], series, 10)
        block = self.api.lease_block(shift.session.token, ask)
        year = series.rpartition("/")[2]
        for serial in range(block.lo, block.lo + CRIMES):
            yield RecordCrime(
                report=report,
                crime=CrimeId(self._ids.new()),
                offence=OFFENCE,
                victim=NOBODY,
                series=series,
                serial=serial,
                number=f"35/{serial}/{year[-2:]}",
            )

    def _queue(self, shift: Shift, lane: Lane, command: Command) -> None:
        envelope = Envelope(
            command_id=CommandId(self._ids.new()),
            outbox_id=shift.outboxes[lane],
            seq=len(shift.waiting[lane]) + 1,
            author=PersonId(shift.session.person.id),
            workstation=shift.workstation,
            made_at=self._clock.now(),
            pack=self._pack_hash,
            command=command,  # type: ignore[arg-type]
            seen={command.report: 1},
        )
        shift.waiting[lane].append(sealed(envelope))

    def _poison(self, shift: Shift) -> None:
        """One command went aside at its desk: what leaves is the note that stands for it."""
        waiting = shift.waiting["main"]
        raw = waiting[-1]
        waiting[-1] = set_aside(envelope_decoder.decode(raw), raw, "The store cannot read it.")

    def _report(self, number: int) -> ReportId:
        return self.reports[number % len(self.reports)]

    def _contact(self, number: int) -> IntakeReport:
        return IntakeReport(
            source="web",
            external_id=str(number),
            channel=Channel.ONLINE,
            received_at=self._clock.now(),
            account=f"Somebody took bicycle {number} from the racks at the station.",
            facts=Facts(title=f"Bicycle {number}"),
            location=Location(text="Cambridge station"),
        )
