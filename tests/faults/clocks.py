"""Virtual time: one true time, and machines whose clocks are off by years, or jump."""

from datetime import datetime, timedelta

YEAR = timedelta(days=365)


class TrueTime:
    """The time that passes for everybody alike."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        self.time = start

    def pass_by(self, length: timedelta) -> None:
        """Let time go by."""
        self.time += length

    @property
    def gone_s(self) -> float:
        """Seconds since the start."""
        return (self.time - self.start).total_seconds()


class MachineClock:
    """The clock of one machine: what it shows is off by `skew`; what it counts is not.

    While a virtual machine is stopped, what it shows goes on and what it counts stands still.
    """

    def __init__(self, true: TrueTime, skew: timedelta = timedelta()) -> None:
        self._true = true
        self.skew = skew
        self._slept_s = 0.0

    def sleep(self, length: timedelta) -> None:
        """Time goes by, and this machine sleeps through it."""
        self._true.pass_by(length)
        self._slept_s += length.total_seconds()

    def now(self) -> datetime:
        """What this machine takes for the time."""
        return self._true.time + self.skew

    def monotonic(self) -> float:
        """Seconds gone by awake, whatever the clock shows."""
        return self._true.gone_s - self._slept_s


class TickingClock(MachineClock):
    """A clock that moves on by a microsecond whenever it is read, as time does within a batch."""

    def __init__(self, true: TrueTime) -> None:
        super().__init__(true)
        self._reads = 0

    def now(self) -> datetime:
        """What this machine takes for the time; later than ever it was read before."""
        self._reads += 1
        return super().now() + timedelta(microseconds=self._reads)
