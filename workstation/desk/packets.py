"""Which reports a desk sets aside, so that its person can begin new work while the line is down.

One report is reserved for each one taken, after the first few: the feed is not churned, and a desk
that nobody works at reserves nothing more.
"""

import zlib
from collections.abc import Callable

from workstation.cache.shelf import Shelf
from workstation.desk.effective import Overlay
from workstation.domain.act import Command
from workstation.domain.claiming import ReleaseReport
from workstation.domain.packets import ReservePacket, may_be_reserved
from workstation.domain.report import ReportId
from workstation.domain.roles import DECIDERS, Person

Keep = Callable[[Command], None]
FIRST_OF_QUEUE = 12
LOOKS_EVERY_S = 60.0


class Packets:
    """How many more reports may be set aside, and which."""

    def __init__(self, shelf: Shelf, overlay: Overlay, person: Person, workstation: str) -> None:
        self._shelf = shelf
        self._overlay = overlay
        self._person = person
        self._credit = overlay.pack.claims.packet_size
        self._asked: set[tuple[ReportId, int]] = set()
        self._looked_at: float | None = None
        self._start = zlib.crc32(f"{workstation}/{person.id}".encode())

    def taken(self) -> None:
        """A report was taken: one more may be set aside."""
        self._credit = min(self._credit + 1, self._overlay.pack.claims.packet_size)
        self._looked_at = None

    def settled(self, *, won: bool) -> None:
        """A reservation does not count where another desk was first."""
        if not won:
            self.taken()

    def wanted(self, monotonic: float) -> list[ReportId]:
        """The reports to set aside now; each is asked for once."""
        if self._credit <= 0 or not self._person.is_any(DECIDERS) or not self._is_time(monotonic):
            return []
        room = min(self._credit, self._overlay.pack.claims.packet_size - len(self.unused()))
        chosen = self._candidates()[: max(room, 0)]
        self._asked |= set(chosen)
        self._credit -= len(chosen)
        return [id for id, _ in chosen]

    def set_aside(self, keep: Keep, monotonic: float) -> None:
        """Reserve what may be reserved now."""
        for id in self.wanted(monotonic):
            keep(ReservePacket(report=id))

    def give_back(self, keep: Keep) -> None:
        """Back from being offline: what was not begun is everybody's again."""
        for id in self.unused():
            keep(ReleaseReport(report=id))

    def unused(self) -> list[ReportId]:
        """What is set aside for this person and not begun."""
        found = self._overlay.reports(self._shelf.held_by(self._person.id))
        return [id for id, report in found.items() if report.lease == "packet"]

    def _is_time(self, monotonic: float) -> bool:
        if self._looked_at is not None and monotonic - self._looked_at < LOOKS_EVERY_S:
            return False
        self._looked_at = monotonic
        return True

    def _candidates(self) -> list[tuple[ReportId, int]]:
        """The first of the queue that may wait; desks begin apart, so that they seldom race."""
        ids = self._shelf.free(FIRST_OF_QUEUE)
        found = self._overlay.reports(ids)
        calm = [(id, found[id].fence) for id in ids if may_be_reserved(found[id])]
        free = [one for one in calm if one not in self._asked]
        start = self._start % len(free) if free else 0
        return free[start:] + free[:start]
