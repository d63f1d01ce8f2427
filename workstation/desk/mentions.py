"""What has been spoken of in the words being typed, read beside the window.

Of several texts by one asker only the newest is read.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QObject, Signal

from workstation.domain.asked import Mention

log = logging.getLogger("workstation.desk")

FindMentions = Callable[[str], tuple[Mention, ...]]


def no_mentions(_text: str) -> tuple[Mention, ...]:
    """Nothing is noticed where no reading is fitted."""
    return ()


class Mentions(QObject):
    """Signal `found` (the asker, a tuple of Mention), on the window's thread.

    Without `beside` each text is read before `ask` returns.
    """

    found = Signal(int, object)

    def __init__(self, find: FindMentions) -> None:
        super().__init__()
        self._find = find
        self._thread: ThreadPoolExecutor | None = None
        self._newest: dict[int, object] = {}

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Read on a thread of its own, until the end; waits for it."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mentions")
        try:
            yield
        finally:
            self._thread.shutdown(wait=True, cancel_futures=True)
            self._thread = None
            QCoreApplication.removePostedEvents(self)

    def ask(self, asker: int, text: str) -> None:
        """Read this text for this asker."""
        turn = self._newest[asker] = object()
        if self._thread is None:
            self._read(asker, text, turn)
        else:
            self._thread.submit(self._safely, asker, text, turn)

    def _safely(self, asker: int, text: str, turn: object) -> None:
        """Nobody waits for this thread: whatever goes wrong in it has to be told."""
        try:
            self._read(asker, text, turn)
        except Exception:
            log.exception("what is typed could not be read for what was spoken of")

    def _read(self, asker: int, text: str, turn: object) -> None:
        if self._newest[asker] is turn:
            self.found.emit(asker, self._find(text))
