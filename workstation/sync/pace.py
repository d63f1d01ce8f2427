"""How long to wait before trying again, and when not to try at all: pure over clock and chance.

Full jitter, the store's own wish, never for ever. After many failures the circuit is open: the
desk is offline, and only one hello now and then asks whether the store is back.
"""

import re
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_S = 60.0
FIRST_S = 0.5
LONGEST_WISH_S = 600.0
IN_A_ROW = 5
WINDOW_S, AT_LEAST = 30.0, 10
FIRST_OPEN_S, LONGEST_OPEN_S = 10.0, 120.0
PRESSING_S = 5.0


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
        return max(pause, min(retry_after_s or 0.0, LONGEST_WISH_S))

    def poll_s(self) -> float:
        """Seconds until the next look at the store while all is well: 20 to 30."""
        return 20.0 + 10.0 * self._random()


class Breaker:
    """Whether a store may be tried at all.

    Open after 5 failures in a row, or more than half of at least 10 tries in 30 s; then for 10 s,
    doubled each time up to 2 min. When that is over one probe decides. What sends officers is
    tried whatever this says: such a try closes the circuit, but never lengthens its opening.
    """

    def __init__(self, monotonic: Callable[[], float], random: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._random = random
        self._tries: deque[tuple[float, bool]] = deque()
        self._in_a_row = 0
        self._openings = 0
        self._until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the store counts as gone: until a probe has succeeded."""
        return self._openings > 0

    def wait_s(self) -> float:
        """Seconds until a try is allowed; 0 when it is."""
        return max(0.0, self._until - self._monotonic())

    def worked(self) -> None:
        """The store answered: the circuit is closed."""
        if self.is_open:
            self._tries.clear()
        self._in_a_row, self._openings, self._until = 0, 0, 0.0
        self._note(True)

    def failed(self, wish_s: float | None = None) -> None:
        """The store did not answer, or asks to be left alone for so long."""
        if self.wait_s() > 0:
            return  # an urgent try while open: it does not put off the next probe
        self._in_a_row += 1
        self._note(False)
        bad = sum(not worked for _, worked in self._tries)
        is_bad = len(self._tries) >= AT_LEAST and bad * 2 > len(self._tries)
        pause = 0.0
        if self.is_open or self._in_a_row >= IN_A_ROW or is_bad:
            longest = min(LONGEST_OPEN_S, FIRST_OPEN_S * 2.0 ** min(self._openings, 10))
            pause = longest * (0.5 + 0.5 * self._random())
            self._openings += 1
        wish = min(wish_s or 0.0, LONGEST_WISH_S)
        self._until = self._monotonic() + max(pause, wish)

    def _note(self, worked: bool) -> None:
        now = self._monotonic()
        self._tries.append((now, worked))
        while self._tries[0][0] < now - WINDOW_S:
            self._tries.popleft()


def wished_s(retry_after: str | None, now: datetime) -> float | None:
    """What a Retry-After asks for, in seconds or as a date; None where it is neither."""
    text = (retry_after or "").strip()
    if re.fullmatch(r"[+-]?[0-9]+", text):
        return min(max(float(text), 0.0), LONGEST_WISH_S)
    then = http_date(text)
    if then is None:
        return None
    return min(max((then - now).total_seconds(), 0.0), LONGEST_WISH_S)


def http_date(text: str) -> datetime | None:
    """A date of an HTTP header, aware; None where it is none."""
    try:
        then = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    return then if then.tzinfo is not None else then.replace(tzinfo=UTC)
