"""The time at this desk: what the store last said, and what has gone by since, as the PC counts.

Somebody who sets the PC's clock meanwhile moves no time on record; it is told, and what is to be
added to that clock is kept, for a program that starts again without the store.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from workstation.cache.work import DiskFull
from workstation.desk.stock import Stock
from workstation.machine.clock import OffsetClock

CLOCKS_AGREE = timedelta(seconds=2)
LEAP = timedelta(seconds=5)
OFFSET = "clock_offset_s"


class Timing:
    """Keeps the desk's clock by the store's, and notices when the PC's own was set."""

    def __init__(self, clock: OffsetClock, stock: Stock) -> None:
        self._clock = clock
        self._stock = stock
        self._kept = timedelta(seconds=float(stock.work.setting(OFFSET) or 0))
        self.leapt = timedelta()
        clock.correct(clock.now() + self._kept)

    def measure(self, store_time: datetime) -> None:
        """The store's time: this desk's is corrected where it is more than two seconds off."""
        now = self._clock.now()
        self._clock.correct(store_time if abs(store_time - now) > CLOCKS_AGREE else now)
        self._keep()

    def look(self) -> bool:
        """Whether the PC's clock was set since, or set back: something else is to be told."""
        found, before = self._clock.leapt(), self.leapt
        self.leapt = found if abs(found) > LEAP else timedelta()
        self._keep()
        return abs(self.leapt - before) > LEAP

    def _keep(self) -> None:
        offset = self._clock.offset()
        if abs(offset - self._kept) > CLOCKS_AGREE:
            told = str(offset.total_seconds())
            with suppress(DiskFull):  # told elsewhere; tried again with the next look
                self._stock.unsaved.do(lambda: self._stock.work.set(OFFSET, told))
                self._kept = offset
