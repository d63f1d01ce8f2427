"""How long to wait before trying again: full jitter, the store's own wish, never for ever."""

from collections.abc import Callable

LONGEST_S = 60.0
FIRST_S = 0.5


class Pace:
    """Counts failures; `random` gives a number from 0 to 1."""

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random
        self._failures = 0

    def worked(self) -> None:
        """Something came back: begin at the shortest pause again."""
        self._failures = 0

    def failed(self, retry_after_s: float | None = None) -> float:
        """Seconds to wait now."""
        self._failures += 1
        longest = min(LONGEST_S, FIRST_S * 2.0 ** min(self._failures, 10))
        pause = self._random() * longest
        return max(pause, min(retry_after_s or 0.0, 10 * LONGEST_S))

    def poll_s(self) -> float:
        """Seconds until the next look at the store while all is well: 20 to 30."""
        return 20.0 + 10.0 * self._random()
