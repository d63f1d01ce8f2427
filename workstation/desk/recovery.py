"""What a desk does when the store has lost work, or this PC's files were put back.

The store is asked, at every greeting, how far each outbox is settled there. What it had and has
lost leaves again, unchanged; a desk that was put back goes on under a new outbox.
"""

import logging
from collections.abc import Callable, Mapping

from workstation.cache.notices import Notices
from workstation.cache.outbox import Batch
from workstation.cache.parcel import CommandId, OutboxId, Settled
from workstation.cache.resuming import Resuming
from workstation.domain.report import ReportId
from workstation.machine.clock import Clock

log = logging.getLogger("workstation.desk")
IsHere = Callable[[ReportId], bool]
WOUND_BACK = (
    "The files of this PC were put back to an older state, or copied to another PC. Nothing you "
    "sent is lost. Numbers set aside for this desk are not used again. Tell IT."
)


class Recovery:
    """Compares a desk's outboxes with the store's word on them."""

    def __init__(
        self, resuming: Resuming, notices: Notices, is_here: IsHere, clock: Clock
    ) -> None:
        self._resuming = resuming
        self._notices = notices
        self._is_here = is_here
        self._clock = clock

    def outboxes(self) -> tuple[OutboxId, ...]:
        """The outboxes to ask the store about."""
        return self._resuming.outboxes()

    def compare(self, settled: Mapping[OutboxId, Settled]) -> bool:
        """True where the store has lost what it had: the cache is to be filled anew."""
        found = self._resuming.compare(settled, self._clock.now())
        if lost := found.lost:
            log.info("the store has lost %d commands it had settled: they are sent again", lost)
            self._notices.add(sent_again(lost))
        if found.wound_back:
            self._notices.add(WOUND_BACK)
        return lost > 0

    def read_back_by(self, head: int) -> None:
        """A new epoch has begun: the fill up to here holds what the store has of our work."""
        self._resuming.read_back_by(head)

    def settled_elsewhere(self, id: CommandId) -> None:
        """It was settled at a colleague's desk."""
        self._resuming.settled_elsewhere(id)

    def place_released(self) -> None:
        """The store was greeted in the epoch this desk has read: released work stands in it."""
        self._resuming.place_released()

    def ready(self, batch: Batch | None) -> Batch | None:
        """The part of a batch that may leave now; what sends officers is never held back."""
        if batch is None or batch.lane == "urgent":
            return batch
        return self._resuming.ready(batch, self._is_here, self._clock.now())


def sent_again(lost: int) -> str:
    """What a person is told where the store lost what it had from this PC."""
    acts = (
        "1 act of yours that it lost is" if lost == 1 else f"{lost} acts of yours that it lost are"
    )
    return (
        f"The store was put back to an older copy. {acts} sent again from this PC by itself: "
        "you need do nothing."
    )
