"""Another client of the store in a run, whom nobody watches: it leases and misuses numbers."""

from typing import TYPE_CHECKING

from msgspec import Raw

from workstation.domain.crime import RecordCrime
from workstation.domain.numbers import series_at, written
from workstation.domain.pack import Pack
from workstation.domain.packing import decode_pack
from workstation.domain.report import CrimeId, ReportId, Victim
from workstation.domain.roles import PersonId
from workstation.machine.ids import Ids
from workstation.wire.protocol import (
    CommandBatch,
    CommandId,
    Envelope,
    LeaseBlock,
    LeasedBlock,
    OutboxId,
    sealed,
)

if TYPE_CHECKING:
    from tests.faults.simulator import Run

SIZE = 6


class Spare:
    """A client at a workstation called `spare`."""

    def __init__(self, run: "Run") -> None:
        self._store = run.store
        self._random = run.random
        self._ids = Ids(run.store.clock, run.random.randbytes)

    def lends_and_returns(self) -> None:
        """Numbers are lent, and some of them come back."""
        token = self._token("sue")
        lent = self._lent(token)
        back = lent.lo + self._random.randrange(SIZE)
        outbox = OutboxId(f"spare {lent.id}")
        self._store.api.lease_block(token, LeaseBlock(outbox, lent.series, SIZE, lent.id, back))

    def uses_anothers(self, report: ReportId) -> None:
        """A crime is recorded under a number that was lent to somebody else: it is held."""
        lent, token = self._lent(self._token("sue")), self._token("bob")
        pack, now = self._pack(token), self._store.clock.now()
        number = written(pack, "crime", lent.lo, now)
        command = RecordCrime(
            report=report,
            crime=CrimeId(self._ids.new()),
            offence=pack.offences[0].code,
            victim=Victim(kind="not yet known"),
            series=lent.series,
            serial=lent.lo,
            number=number,
        )
        envelope = Envelope(
            command_id=CommandId(self._ids.new()),
            outbox_id=OutboxId(self._ids.new()),
            seq=1,
            author=PersonId("bob"),
            workstation="spare",
            made_at=now,
            pack=self._store.api.hello().pack,
            command=command,
        )
        batch = CommandBatch(envelope.outbox_id, (Raw(sealed(envelope)),))
        self._store.api.commands(token, batch)

    def _lent(self, token: str) -> LeasedBlock:
        block = self._ids.new()
        series = series_at(self._pack(token), "crime", self._store.clock.now())
        ask = LeaseBlock(OutboxId(f"spare {block}"), series, SIZE, block=block)
        return self._store.api.lease_block(token, ask)

    def _pack(self, token: str) -> Pack:
        return decode_pack(self._store.api.pack(token, self._store.api.hello().pack))

    def _token(self, person: str) -> str:
        return self._store.sign_in(person, "spare").token
