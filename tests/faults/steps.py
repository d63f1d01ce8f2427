"""Counts what the window's thread does, whatever the machine's load.

Steps of SQLite's machine: a statement that reads through the reports takes more of them the more
reports there are. And how often a function was called.
"""

import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from workstation.desk import Desk

EVERY = 50


class Steps:
    """The most steps of one statement on cache.db, and which it was."""

    def __init__(self, desk: Desk) -> None:
        self.statements = 0
        self.most = 0
        self.longest = ""
        self._window = threading.get_ident()
        self._now, self._taken = "", 0
        for shelf in (desk.stock.shelf, desk.stock.lists):
            connection = shelf._connection._connection
            connection.set_trace_callback(self._begins)
            connection.set_progress_handler(self._goes_on, EVERY)

    def _begins(self, statement: str) -> None:
        if threading.get_ident() == self._window:
            self.statements += 1
            self._now, self._taken = statement, 0

    def _goes_on(self) -> int:
        if threading.get_ident() == self._window:
            self._taken += EVERY
            if self._taken > self.most:
                self.most, self.longest = self._taken, self._now
        return 0


@contextmanager
def counted(*functions: Callable[..., object]) -> Iterator[Counter[str]]:
    """How often each of these was called on this thread, by its name."""
    names = {one.__code__: one.__qualname__ for one in functions}
    calls: Counter[str] = Counter()

    def look(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code in names:
            calls[names[frame.f_code]] += 1

    sys.setprofile(look)
    try:
        yield calls
    finally:
        sys.setprofile(None)
