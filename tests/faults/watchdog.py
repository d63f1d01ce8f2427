"""How long the window stands still: `python -m tests.faults.watchdog [--reports N] [--locked S]`.

The real window over a real store while reports arrive, garbage collection included; with
`--locked` also while another program holds work.db for so many seconds and a handler types,
grades and takes contacts. Prints the longest times the event loop did not turn and what it did
then; ends with 1 past 100 ms.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tests.bench.rig import ROOT, child
from tests.faults.hands import Hands
from tests.faults.proxy_desk import station
from tests.faults.standstill import Gap, Watchdog
from tests.world import DESK_KEY
from workstation.app.start import dress, take_short_turns
from workstation.cache.keys import open_keys
from workstation.desk import Desk
from workstation.ui.garbage import Garbage
from workstation.views.shell import MainWindow

LIMIT_MS = 100.0
PATIENCE_S = 3600.0
FOUNDED = 20
IDLE_S = 3.0


class Watch(Struct, frozen=True):
    """What a watch saw: how many reports were shown in the end, and every longer standstill.

    `idle_ms` is the longest standstill of the same window before anything arrived.
    """

    shown: int
    took_s: float
    turns: int
    gaps: list[Gap]
    longest_ms: float
    idle_ms: float
    most_worked_ms: float
    done: str

    @property
    def late(self) -> list[Gap]:
        """The times over the limit."""
        return [gap for gap in self.gaps if gap.wall_ms > LIMIT_MS]


class Scene(Struct, frozen=True):
    """An open window, and the store where reports arrive when told."""

    desk: Desk
    window: MainWindow
    expected: int
    store: "subprocess.Popen[str]"

    def arrive(self) -> None:
        """Let the reports come, from now on."""
        assert self.store.stdin is not None
        self.store.stdin.write("go\n")
        self.store.stdin.flush()

    def wait(self) -> None:
        """Run the loop until the window has counted them all."""
        turn_until(lambda: self.desk.counters().open >= self.expected)


@contextmanager
def a_scene(folder: Path, reports: int) -> Iterator[Scene]:
    """A handler's real window over a real store process, with its threads."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    dress(application, "dark")
    as_before = sys.getswitchinterval()
    take_short_turns()
    with (
        child("tests.faults.arrivals", str(folder), str(reports)) as (url, store),
        station(url.strip(), folder / "desk", "ann", threads=True) as one,
    ):
        garbage = Garbage(application)
        window = MainWindow(one.desk)
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        turn_until(lambda: one.desk.counters().open >= FOUNDED)
        yield Scene(one.desk, window, reports + FOUNDED, store)
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
        garbage.end()
    sys.setswitchinterval(as_before)


def watched(folder: Path, reports: int, locked_s: float = 0.0) -> Watch:
    """Let so many reports arrive at an open window, work.db held meanwhile where told."""
    with a_scene(folder, reports) as scene:
        idle = Watchdog()
        turn_for(IDLE_S)
        idle.end()
        began = time.monotonic()
        with held(scene.desk) if locked_s else nullcontext():
            dog = Watchdog()
            scene.arrive()
            done = work_on(scene, locked_s) if locked_s else ""
        turn_until(lambda: not scene.desk.link().unsaved)
        scene.wait()
        dog.end()
        took_s, shown = time.monotonic() - began, scene.desk.counters().open
    return Watch(
        shown, took_s, dog.turns, dog.gaps, dog.longest_ms, idle.longest_ms, dog.most_worked_ms,
        done,
    )  # fmt: skip


def work_on(scene: Scene, seconds: float) -> str:
    """A handler works for so long; what was done."""
    hands = Hands(scene.window)
    turn_for(seconds)
    hands.stop()
    acts = f"{hands.notes} notes, {hands.grades} grades, {hands.contacts} contacts"
    unsaved = scene.desk.link().unsaved
    return f"{hands.keys} keys, {acts}; {unsaved} acts not yet saved when the file was let go"


@contextmanager
def held(desk: Desk) -> Iterator[None]:
    """Another process holds this desk's work.db."""
    profile = desk.stock.profile
    key = open_keys(profile.folder, DESK_KEY).work
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.work_held", str(profile.work)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdin.write(f"{key.hex()}\n")
        other.stdin.flush()
        assert other.stdout.readline() == "held\n"
        try:
            yield
        finally:
            other.stdin.close()


def turn_for(seconds: float) -> None:
    """Run the loop for so long."""
    over: list[bool] = []
    QTimer.singleShot(round(seconds * 1000), lambda: over.append(True))
    turn_until(lambda: bool(over))


def turn_until(true: Callable[[], bool]) -> None:
    """Run the loop until it is so."""
    ends = time.monotonic() + PATIENCE_S
    while not true() and time.monotonic() < ends:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def main(arguments: list[str]) -> int:
    """One watch; 0 when the window always answered in time."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="tests.faults.watchdog", description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--locked", type=float, default=0.0, help="seconds work.db is held")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="watchdog-", ignore_cleanup_errors=True) as folder:
        watch = watched(Path(folder), asked.reports, asked.locked)
    say(f"{watch.shown} reports in the queue after {watch.took_s:.1f} s, {watch.turns} turns")
    if watch.done:
        say(watch.done)
    for gap in sorted(watch.gaps, key=lambda gap: -gap.wall_ms)[:12]:
        say(
            f"{gap.wall_ms:8.0f} ms, of which the window worked {gap.worked_ms:.0f} and waited "
            f"{gap.queued_ms:.0f} for a processor: {gap.doing}"
        )
    own = sum(gap.stood_ms > LIMIT_MS for gap in watch.late)
    say(
        f"stood still over {LIMIT_MS:.0f} ms: {len(watch.late)} times, {own} of them not for want "
        f"of a processor; longest {watch.longest_ms:.0f} ms (idle {watch.idle_ms:.0f} ms), most "
        f"work in one turn {watch.most_worked_ms:.0f} ms; "
        f"load {os.getloadavg()[0]:.1f}"
    )
    return 1 if watch.late else 0


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
