"""Counts the steps of SQLite's machine on the window's thread, whatever the machine's load.

A statement that reads through the reports takes more steps the more of them there are.
"""

import threading

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
