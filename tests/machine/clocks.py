"""A clock that stands until it is moved."""

from datetime import UTC, datetime, timedelta


class StoppedClock:
    """Time that moves only when a test says so."""

    def __init__(self, at: datetime = datetime(2026, 11, 22, 9, tzinfo=UTC)) -> None:
        self.at = at
        self.seconds = 0.0

    def now(self) -> datetime:
        """The time it stands at."""
        return self.at

    def monotonic(self) -> float:
        """The seconds it was moved."""
        return self.seconds

    def move(self, seconds: float) -> None:
        """Let this many seconds pass."""
        self.at += timedelta(seconds=seconds)
        self.seconds += seconds
