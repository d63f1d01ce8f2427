"""What time it is: a port, so that rules and tests never ask the machine themselves."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Aware UTC for records, and a monotonic count of seconds for waiting."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds from some fixed point; never goes back."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from some fixed point; never goes back."""
        return time.monotonic()


class OffsetClock:
    """A clock corrected by the offset measured against the store (sync: time)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offset = timedelta()

    def correct(self, store_time: datetime) -> None:
        """Take the store's time as true from now on."""
        self._offset = store_time - self._clock.now()

    def now(self) -> datetime:
        """The corrected time, aware, in UTC."""
        return self._clock.now() + self._offset

    def monotonic(self) -> float:
        """Seconds from some fixed point; never goes back."""
        return self._clock.monotonic()
