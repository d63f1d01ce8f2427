"""How long an event loop does not turn, and what its thread does meanwhile."""

import os
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from types import CodeType

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, QTimer

import workstation

TURN_MS = 5
LOOKED_AT_MS = 60.0
LOOK_EVERY_S = 0.004
TOLD = 4
OURS = str(Path(workstation.__file__).parent)
QT = "Qt itself"


class Gap(Struct, frozen=True):
    """The loop did not turn for so long: how much of it its thread worked, doing what.

    `queued_ms` it was ready to work and the machine had no processor for it: that is of the
    machine's load, not of ours.
    """

    wall_ms: float
    worked_ms: float
    queued_ms: float
    doing: str

    @property
    def stood_ms(self) -> float:
        """How long it would have been with a processor to itself."""
        return self.wall_ms - self.queued_ms


class Watchdog(QObject):
    """A timer of the window, and a thread that looks at the window's stack when it is late."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self.turns = 0
        self.longest_ms = self.most_worked_ms = 0.0
        self._window = threading.get_ident()
        self._queued = _Queued()
        self._last = self._now()
        self._seen: Counter[str] = Counter()
        self._over = threading.Event()
        self._timer = QTimer(self, interval=TURN_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self._timer.start()
        self._thread = threading.Thread(target=self._watch, name="watchdog")
        self._thread.start()

    def end(self) -> None:
        """Stop watching."""
        self._timer.stop()
        self._over.set()
        self._thread.join()
        self._queued.close()

    def _now(self) -> tuple[float, float, float]:
        return time.perf_counter() * 1000, time.thread_time() * 1000, self._queued.ms()

    def _turn(self) -> None:
        now = self._now()
        wall, worked, queued = (a - b for a, b in zip(now, self._last, strict=True))
        seen, self._seen = self._seen, Counter()
        if wall > LOOKED_AT_MS:
            self.gaps.append(Gap(wall, worked, queued, _told(seen)))
        self.longest_ms = max(self.longest_ms, wall)
        self.most_worked_ms = max(self.most_worked_ms, worked)
        self.turns += 1
        self._last = now

    def _watch(self) -> None:
        while not self._over.wait(LOOK_EVERY_S):
            if time.perf_counter() * 1000 - self._last[0] > 2 * TURN_MS:
                self._seen[_place_of(self._window)] += 1


class _Queued:
    """For how long this thread was ready and had no processor, where the system says."""

    def __init__(self) -> None:
        path = f"/proc/self/task/{threading.get_native_id()}/schedstat"
        self._file = os.open(path, os.O_RDONLY) if Path(path).exists() else None

    def ms(self) -> float:
        """Since the thread began."""
        return 0.0 if self._file is None else int(os.pread(self._file, 64, 0).split()[1]) / 1e6

    def close(self) -> None:
        """Look no more."""
        if self._file is not None:
            os.close(self._file)


def _told(seen: Counter[str]) -> str:
    """Where the thread was most often, of how many looks: many small events are told, too."""
    most = ", ".join(f"{count}x {place}" for place, count in seen.most_common(TOLD))
    return f"{seen.total()} looks: {most}" if most else "not seen"


def _place_of(thread: int) -> str:
    """The innermost function of the product a thread is in, and who called it.

    With none it is in Qt itself: it lays out, paints or takes apart what is not ours. Frames are
    let go at once: one kept would keep a painter alive.
    """
    frame = sys._current_frames().get(thread)
    found: list[CodeType] = []
    while frame is not None and len(found) < 2:
        if frame.f_code.co_filename.startswith(OURS):
            found.append(frame.f_code)
        frame = frame.f_back
    del frame
    return " < ".join(f"{Path(c.co_filename).stem}.{c.co_qualname}" for c in found) or QT
