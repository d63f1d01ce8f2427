"""How long the window stands still: `python -m tests.faults.watchdog [--reports 100000]`.

The real window over a real store while reports arrive, garbage collection included. Prints the
longest times the event loop did not turn and what it did then; ends with 1 past 100 ms.
"""

import argparse
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType

from msgspec import Struct
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.bench.rig import child
from tests.faults.proxy_desk import station
from workstation.app.start import dress
from workstation.ui.garbage import Garbage
from workstation.views.shell import MainWindow

TURN_MS = 5
LIMIT_MS = 100.0
LOOKED_AT_MS = 60.0
DEPTH = 6
PATIENCE_S = 3600.0


class Gap(Struct, frozen=True):
    """The loop did not turn for so long; of which its own thread worked so long, doing what."""

    wall_ms: float
    worked_ms: float
    doing: str


class Watchdog(QObject):
    """A timer of the window, and a thread that looks at the window's stack when it is late."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self.turns = 0
        self._window = threading.get_ident()
        self._last, self._last_cpu = time.perf_counter(), time.thread_time()
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

    def _turn(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        wall_ms = (now - self._last) * 1000
        if wall_ms > LOOKED_AT_MS:
            doing = self._seen.most_common(1)[0][0] if self._seen else "not seen"
            self.gaps.append(Gap(wall_ms, (cpu - self._last_cpu) * 1000, doing))
        self._seen.clear()
        self.turns += 1
        self._last, self._last_cpu = now, cpu

    def _watch(self) -> None:
        while not self._over.wait(0.01):
            if (time.perf_counter() - self._last) * 1000 > LOOKED_AT_MS / 2:
                self._seen[_stack_of(self._window)] += 1


def _stack_of(thread: int) -> str:
    """What a thread does; its frames are let go at once: one kept would keep a painter alive."""
    frame = sys._current_frames().get(thread)
    found: list[tuple[CodeType, int]] = []
    while frame is not None and len(found) < DEPTH:
        found.append((frame.f_code, frame.f_lineno))
        frame = frame.f_back
    del frame
    return " < ".join(f"{Path(c.co_filename).name}:{line} {c.co_name}" for c, line in found)


def watched(folder: Path, reports: int) -> tuple[Watchdog, int, float]:
    """Let so many reports arrive at an open window; how many it showed in the end."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    dress(application, "dark")
    garbage = Garbage(application)
    with (
        child("tests.faults.arrivals", str(folder), str(reports)) as (url, store),
        station(url.strip(), folder / "desk", "ann", threads=True) as one,
    ):
        window = MainWindow(one.desk)
        window.resize(1440, 900)
        window.show()
        _turn_until(lambda: one.desk.link().synced_at is not None)
        began = time.monotonic()
        dog = Watchdog()
        assert store.stdin is not None
        store.stdin.write("go\n")
        store.stdin.flush()
        shown: list[int] = [0]
        one.desk.lists.counted.connect(lambda counted: shown.append(counted.open))
        _turn_until(lambda: shown[-1] >= reports + 20)
        dog.end()
        took_s = time.monotonic() - began
        window.close()
    garbage.end()
    return dog, shown[-1], took_s


def _turn_until(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not true() and time.monotonic() < ends:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def main(arguments: list[str]) -> int:
    """One watch; 0 when the window always answered in time."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="tests.faults.watchdog", description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    asked = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="watchdog-", ignore_cleanup_errors=True) as folder:
        dog, shown, took_s = watched(Path(folder), asked.reports)
    say(f"{shown} reports in the queue after {took_s:.1f} s, {dog.turns} turns of the loop")
    worst = sorted(dog.gaps, key=lambda gap: -gap.wall_ms)
    for gap in worst[:12]:
        say(f"{gap.wall_ms:8.0f} ms, of which the window worked {gap.worked_ms:.0f}: {gap.doing}")
    late = [gap for gap in worst if gap.wall_ms > LIMIT_MS]
    say(f"stood still over {LIMIT_MS:.0f} ms: {len(late)} times; load {os.getloadavg()[0]:.1f}")
    return 1 if late else 0


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
