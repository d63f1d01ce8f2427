"""Work beside the window: a thread of its own for a part of the desk that reads much."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QObject

log = logging.getLogger("workstation.desk")


class BesideTheWindow(QObject):
    """Works on a thread inside `beside`, one thing after another, and at once outside of it.

    What it finds it tells by its own signals, which come on the window's thread.
    """

    thread_name: ClassVar[str]
    trouble: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self._thread: ThreadPoolExecutor | None = None

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Work on a thread of its own, until the end; waits for it."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=self.thread_name)
        try:
            yield
        finally:
            self._leave()
            self._thread.shutdown(wait=True, cancel_futures=True)
            self._thread = None
            # What it said last must not reach screens of a desk whose files are closed.
            QCoreApplication.removePostedEvents(self)

    def _do(self, work: Callable[[], None]) -> None:
        if self._thread is None:
            work()
        else:
            self._thread.submit(self._safely, work)

    def _safely(self, work: Callable[[], None]) -> None:
        """Nobody waits for this thread: whatever goes wrong in it has to be told."""
        try:
            work()
        except Exception as wrong:
            log.exception(self.trouble)
            self._went_wrong(wrong)

    def _went_wrong(self, wrong: Exception) -> None:
        """Says it to the person as well, where she misses what was to be found."""

    def _leave(self) -> None:
        """What is being worked on is not wanted any more."""
