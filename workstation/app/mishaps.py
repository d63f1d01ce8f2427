"""What goes wrong in the program itself, on any thread: in the log, and said on screen.

Qt prints what a slot raises and goes on: whoever pressed the key would wait for what never comes.
"""

import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

log = logging.getLogger(__name__)
SAID_AGAIN_AFTER_S = 60


class Mishaps(QObject):
    """Logs each and tells of it, on the window's thread; what repeats is told once a minute."""

    _told = Signal(str)

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._last: dict[str, float] = {}
        self._told.connect(tell, Qt.ConnectionType.QueuedConnection)

    def on_error(
        self, kind: type[BaseException], wrong: BaseException, trace: TracebackType | None
    ) -> None:
        """As `sys.excepthook` has it; an interrupt ends the program as ever."""
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, wrong, trace)
            return
        places = _places(trace)
        where = f"{kind.__name__} {places[-1] if places else ''}".strip()
        log.error("the program itself went wrong: %s, by way of %s", where, places)
        now = time.monotonic()
        if now - self._last.get(where, -SAID_AGAIN_AFTER_S) >= SAID_AGAIN_AFTER_S:
            self._last[where] = now
            self._told.emit(where)
        sys.last_traceback = None
        sys.last_value = None

    def on_thread(self, ended: threading.ExceptHookArgs) -> None:
        """As `threading.excepthook` has it."""
        if ended.exc_value is not None:
            self.on_error(ended.exc_type, ended.exc_value, ended.exc_traceback)


@contextmanager
def telling_mishaps(tell: Callable[[str], None]) -> Iterator[None]:
    """Until it ends, `tell` hears where in the program something went wrong."""
    mishaps = Mishaps(tell)
    before = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = mishaps.on_error, mishaps.on_thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before


def _places(trace: TracebackType | None) -> list[str]:
    """File, line and function, outermost first: an error's own words may be somebody's."""
    return [
        f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)
    ]
