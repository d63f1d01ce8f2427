"""What leaves next of a work file's outboxes, and what becomes of a batch that is not taken.

One command the store will not take is found by sending one at a time, then set aside, and the
lane goes on. A lane stands still, told, only where the two disagree on what was sent.
"""

from msgspec import Struct

from workstation.cache.notices import Notices
from workstation.cache.outbox import Batch, Kept, Lane, Outbox
from workstation.cache.resuming import Resuming
from workstation.cache.work import WorkFile
from workstation.desk.recovery import WOUND_BACK, IsHere, Recovery
from workstation.machine.clock import Clock
from workstation.sync.transport import ServerRefused

NOT_TAKEN = frozenset({400, 413, 422})
MENDED = frozenset({"outbox-gap", "outbox-rewound"})
DISAGREE = MENDED | {"idempotency-mismatch", "outbox-mixed"}


class _Mended(Struct, frozen=True):
    """What was put right in a lane, and the command that has to arrive to prove it."""

    code: str
    seq: int


class Work(Struct, frozen=True):
    """What of one person's work.db the sending needs."""

    file: WorkFile
    outbox: Outbox
    notices: Notices


class Sending:
    """The sending side of one person's outboxes; `is_here`: whether a report is on record.

    `whose` they are, as whoever sits here is told of them.
    """

    def __init__(self, work: Work, is_here: IsHere, clock: Clock, whose: str = "your") -> None:
        self._outbox = work.outbox
        self._notices = work.notices
        resuming = Resuming(work.file, work.outbox)
        self.recovery = Recovery(resuming, work.notices, is_here, clock)
        self._clock = clock
        self._whose = whose
        self._stuck: dict[Lane, str] = {}
        self._mended: dict[Lane, _Mended] = {}
        self._one_by_one = False

    @property
    def problem(self) -> str:
        """Why a lane stands still; empty where none does."""
        return next(iter(self._stuck.values()), "")

    def next_batch(self) -> Batch | None:
        """What leaves next."""
        waiting = self._outbox.next_batch(self._stuck, 1 if self._one_by_one else None)
        batch = self.recovery.ready(waiting)
        self._one_by_one = self._one_by_one and batch is not None
        return batch

    def arrived(self, kept: Kept) -> None:
        """The store settled this one."""
        if (mended := self._mended.get(kept.lane)) and kept.envelope.seq >= mended.seq:
            del self._mended[kept.lane]

    def refused(self, batch: Batch, wrong: ServerRefused) -> None:
        """The store would not take the batch as it stands."""
        if self._mends(batch, wrong):
            return
        if len(batch.bodies) > 1:
            self._one_by_one = True
            return
        is_its_own = wrong.status in NOT_TAKEN and wrong.code not in DISAGREE
        if is_its_own and self._outbox.set_aside(batch, str(wrong)):
            self._one_by_one = False
            return
        self._stuck[batch.lane] = (
            f"The store and this PC disagree on what was sent. {self._outbox.waiting()} of "
            f"{self._whose} commands wait and are kept on this PC. Ask IT now, and tell dispatch "
            f"by voice of anything urgent. ({wrong})"
        )

    def _mends(self, batch: Batch, wrong: ServerRefused) -> bool:
        """Put right what can be, once; the same complaint again without progress is not mended."""
        mended = self._mended.get(batch.lane)
        if wrong.code not in MENDED or (mended is not None and mended.code == wrong.code):
            return False
        outbox, seq = self._outbox, batch.upto
        is_kept = wrong.expected is not None and wrong.code == "outbox-gap"
        now = self._clock.now()
        if not (is_kept and outbox.send_again_from(batch.outbox_id, wrong.expected or 0, now)):
            outbox.begin_anew()
            seq = 1
        if wrong.code == "outbox-rewound":
            self._notices.add(WOUND_BACK)
        self._mended[batch.lane] = _Mended(wrong.code, seq)
        return True
