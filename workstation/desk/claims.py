"""How sure this desk may be that a claim is its person's: by the last sign of life answered.

Counted from when that left, on the count of seconds, which nobody sets. The wall clock serves one
end: where the two disagree on how long it has been, the PC was stopped without counting (a virtual
machine), or its clock was set, and nothing is sure any more.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from workstation.desk.effective import Overlay
from workstation.domain.holders import Claim
from workstation.domain.leases import LEASE, MARGIN, clock_time
from workstation.domain.on_the_phone import WorkOnThePhone
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import Person
from workstation.machine.clock import Clock, OffsetClock

SLEPT = timedelta(seconds=5)
ELSE = "Somebody else may be working this."
SILENT = f"Your claim is not confirmed: the store has not heard this desk {{}}. {ELSE}"
TAKEN_OFFLINE = f"Unconfirmed claim: you took this while the line was down. {ELSE}"
GONE_ON = "Your claim is not confirmed: the store says that this is not yours any more."
HELD_THERE = "Your claim is not confirmed: you hold this at {}. Press F9 to go on here."
TAKE_IT_FIRST = f"The store has not confirmed who works this. Take it first (F9). {ELSE}"
ON_THE_PHONE = "Press F7 if you are on the phone to this person."


class Beaten(Struct, frozen=True):
    """A sign of life that was answered: when it left, what it named, what is held of that."""

    sent: float
    named: tuple[ReportId, ...]
    held: tuple[ReportId, ...] | None


class Lease:
    """How long the store believes this desk to be at its reports, as the desk may count it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sent: float | None = None
        self._doubted_at: float | None = None
        self._looked = (clock.now(), clock.monotonic())

    def renew(self, sent: float) -> None:
        """The store answered a sign of life; one from before the PC slept renews nothing."""
        self._notice_sleep()
        if self._doubted_at is None or sent > self._doubted_at:
            self._sent = sent

    def is_over(self) -> bool:
        """Whether the store may have given the reports to somebody else."""
        return self.age() >= LEASE - MARGIN

    def age(self) -> timedelta:
        """How long ago the last answered sign of life left; endless where nothing is sure."""
        self._notice_sleep()
        if self._sent is None:
            return timedelta.max
        return timedelta(seconds=self._clock.monotonic() - self._sent)

    def _notice_sleep(self) -> None:
        (wall, counted), now = self._looked, (self._clock.now(), self._clock.monotonic())
        self._looked = now
        if abs((now[0] - wall) - timedelta(seconds=now[1] - counted)) > SLEPT:
            self._sent, self._doubted_at = None, now[1]


class Claims:
    """Which reports this person may do alone what only one may do, and why not the others."""

    def __init__(
        self,
        overlay: Overlay,
        person: Person,
        clock: Clock,
        shown: OffsetClock,
        synced_at: Callable[[], datetime | None],
    ) -> None:
        self.is_online = False
        self._overlay = overlay
        self._me = person.id
        self._lease = Lease(clock)
        self._clock = shown
        self._synced_at = synced_at
        self._heard_at: datetime | None = None
        self._gone: frozenset[ReportId] = frozenset()
        self._told: dict[ReportId, str] = {}

    def beaten(self, beaten: Beaten) -> None:
        """The store answered a sign of life, and said what is still held."""
        self._lease.renew(beaten.sent)
        if not self._lease.is_over():
            self._heard_at = self._clock.now() - self._lease.age()
        if beaten.held is not None:
            self._gone = frozenset(beaten.named) - frozenset(beaten.held)

    def news(self, ids: Iterable[ReportId]) -> None:
        """What the store says of these is newer than any answer before."""
        self._gone -= frozenset(ids)

    def is_doubted(self) -> bool:
        """Whether nothing that this desk holds is sure."""
        return self._lease.is_over()

    def doubt(self, report: Report) -> str:
        """Why it is not sure that nobody else works this; empty where it is, or not for us to say.

        A contact that this desk itself took is nobody else's before the store knows of it.
        """
        confirmed = self._overlay.confirmed(report.id)
        if confirmed is None or not report.is_open:
            return ""
        if report.claim is None:
            return "" if self._hears() else TAKE_IT_FIRST
        if report.claim.by.id != self._me:
            return ""
        if confirmed.claim is None or confirmed.claim.by.id != self._me:
            taken = TAKE_IT_FIRST if report.claim.is_packet else TAKEN_OFFLINE
            return "" if self._hears() else taken
        if self._is_set_aside(confirmed):
            return ""
        if self._lease.is_over():
            return SILENT.format(self._since())
        return self._gone_on(confirmed.claim) if report.id in self._gone else ""

    def is_on_the_phone(self, id: ReportId) -> bool:
        """Whether the person went on all the same, and the store has not answered since."""
        return WorkOnThePhone.__name__ in self._overlay.waiting(id)

    def held_back(self, report: Report) -> str:
        """Why what only one person may do is dead here; empty where it may be done."""
        doubt = self.doubt(report)
        if not doubt or self.is_on_the_phone(report.id):
            return ""
        return doubt if report.claim is None else f"{doubt} {ON_THE_PHONE}"

    def changed(self, ids: Iterable[ReportId]) -> frozenset[ReportId]:
        """Of which of these something else is to be told than last time."""
        found = self._overlay.reports(list(ids))
        told = {id: self.held_back(report) + self.doubt(report) for id, report in found.items()}
        before, self._told = self._told, told
        return frozenset(id for id, words in told.items() if before.get(id, "") != words)

    def _hears(self) -> bool:
        return self.is_online and not self._lease.is_over()

    def _is_set_aside(self, confirmed: Report) -> bool:
        """A packet lasts as long as the store said, counted on from its last word."""
        until = confirmed.claim.packet_until if confirmed.claim is not None else None
        age = self._lease.age()
        if until is None or self._heard_at is None or age == timedelta.max:
            return False
        return self._heard_at + age < until - MARGIN

    def _gone_on(self, claim: Claim) -> str:
        """What was hers at another PC that fell silent is not said to be somebody else's."""
        return HELD_THERE.format(claim.workstation) if claim.detached else GONE_ON

    def _since(self) -> str:
        at = self._heard_at or self._synced_at()
        return f"since {clock_time(at, self._clock.now())}" if at is not None else "yet"
