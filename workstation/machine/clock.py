"""What time it is: a port, so that rules and tests never ask the machine themselves."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from msgspec import Struct

# Linux counts sleep in the first, macOS in the second (Python's own count leaves it out there),
# Windows in Python's own. A virtual machine that is stopped counts nothing.
_WITH_SLEEP: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


class Clock(Protocol):
    """Aware UTC for records, and a count of seconds that nobody sets."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds from some fixed point, the machine's sleep among them; never goes back."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from some fixed point, the machine's sleep among them; never goes back."""
        return time.monotonic() if _WITH_SLEEP is None else time.clock_gettime(_WITH_SLEEP)


class _Agreed(Struct, frozen=True):
    """What time it was, and what the machine's clock and count said then."""

    time: datetime
    wall: datetime
    counted: float


class OffsetClock:
    """The time the store last said, and the seconds counted since (sync: time).

    The machine's own clock says only where that begins: set to another time, it moves nothing.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.correct(clock.now())

    def correct(self, store_time: datetime) -> None:
        """Take the store's time as true from now on."""
        self._agreed = _Agreed(store_time, self._clock.now(), self._clock.monotonic())

    def now(self) -> datetime:
        """The corrected time, aware, in UTC."""
        return self._agreed.time + self._since(self._agreed)

    def monotonic(self) -> float:
        """Seconds from some fixed point; never goes back."""
        return self._clock.monotonic()

    def offset(self) -> timedelta:
        """What is to be added to the machine's own clock."""
        return self.now() - self._clock.now()

    def leapt(self) -> timedelta:
        """How far somebody moved the machine's own clock since the last correction."""
        agreed = self._agreed
        return self._clock.now() - agreed.wall - self._since(agreed)

    def _since(self, agreed: _Agreed) -> timedelta:
        return timedelta(seconds=self._clock.monotonic() - agreed.counted)
