"""A long shift at ten times the load stays flat: `python -m tests.faults.endurance --minutes 8`.

A real store process and one real desk with its window, whose page caches a backlog has filled:
contacts arrive ten times as fast as in the demonstration, and a handler opens, drafts, notes and
closes each. Memory, open files, threads, the
databases' logs and the window's widgets are looked at meanwhile; ends with 1 where any of them
grows on.
"""

import argparse
import gc
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from msgspec import Struct
from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tests.faults.arrivals import fill
from tests.faults.kill_rig import a_sqlite_store, served
from tests.faults.proxy_desk import station
from tests.told import told_yes
from tests.world import PASSWORD
from workstation.app.start import dress
from workstation.demand.sender import Sender
from workstation.desk import Desk
from workstation.domain.claiming import ClaimReport
from workstation.domain.closing import CloseReport
from workstation.domain.report import Channel, EarlierContacts, Facts, ReportId
from workstation.domain.risk import AssessRisk, lowest_levels
from workstation.domain.story import AddNote
from workstation.machine.clock import SystemClock
from workstation.ui.garbage import Garbage
from workstation.views.shell import MainWindow
from workstation.wire.protocol import IntakeReport

A_MINUTE = 60.0  # contacts a minute: ten times the demonstration's six
EIGHT_HOURS = 480.0
CACHE_MIB = 64.0  # of pages, which each connection to a database may come to hold
MOST_MIB = {"desk": 3 * CACHE_MIB + 64, "store": 8 * CACHE_MIB + 64}  # gained in eight hours
MOST_MORE = 2  # files, threads or widgets beyond those of the warm-up: some are open for a moment
MOST_LOG_MIB = 20.0
AT_ONCE = 2
MIB = 1024 * 1024


class Look(Struct, frozen=True):
    """What was in use at one moment, of the desk and of the store."""

    minute: float
    memory: tuple[float, float]
    files: tuple[int, int]
    threads: tuple[int, int]
    widgets: int
    logs: float


class Shift(Struct, frozen=True):
    """The looks at a shift, and how many contacts came and were closed."""

    looks: tuple[Look, ...]
    arrived: int
    closed: int


class Load:
    """Contacts that arrive, and the handler who deals with each at her desk."""

    def __init__(self, url: str, desk: Desk, window: MainWindow, a_minute: float) -> None:
        self.sent = self.closed = 0
        self._desk, self._window = desk, window
        self._every_s = 60.0 / a_minute
        self._over = threading.Event()
        self._sender = Sender(url, "web", PASSWORD, wait=self._over.wait, random=Random(1))
        self._thread = threading.Thread(target=self._arrive, name="demand")
        self._timer = QTimer(interval=round(self._every_s * 1000 * 0.8))
        self._timer.timeout.connect(self._deal)

    def begin(self) -> None:
        """From now on."""
        self._thread.start()
        self._timer.start()

    def end(self) -> None:
        """No more."""
        self._timer.stop()
        self._over.set()
        self._thread.join()

    def _arrive(self) -> None:
        clock = SystemClock()
        with self._sender:
            while not self._over.wait(self._every_s):
                self._sender.send(
                    IntakeReport(
                        source="web", external_id=f"e{self.sent}", channel=Channel.ONLINE,
                        received_at=clock.now(), facts=Facts(title=f"Bicycle {self.sent}"),
                        account=f"Somebody took bicycle {self.sent}, and a knife was seen.",
                    )
                )  # fmt: skip
                self.sent += 1

    def _deal(self) -> None:
        """All that a handler does with the first reports of the queue that wait for somebody."""
        for id in self._desk.stock.shelf.ids("open = 1 AND holder = ''", [])[:AT_ONCE]:
            self._close(id)

    def _close(self, id: ReportId) -> None:
        desk = self._desk
        self._window.open_report(id)
        desk.save_draft(id, "note", "Rang the own")
        levels = lowest_levels(desk.pack)
        for command in (
            ClaimReport(report=id),
            AssessRisk(
                report=id,
                levels=levels,
                earlier=EarlierContacts(),
                interim="Nobody is near",
                rara=("avoid",),
            ),
            AddNote(report=id, text="Rang the owner; a mistake."),
            CloseReport(
                report=id, reason="No crime.", caller_told="yes", told=told_yes(desk.clock.now())
            ),
        ):
            desk.submit(command)
        desk.drop_draft(id, "note")
        self.closed += 1


def endured(folder: Path, minutes: float, a_minute: float = A_MINUTE, backlog: int = 0) -> Shift:
    """One such shift, looked at twelve times at least; it begins when the desk holds a backlog."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    dress(application, "dark")
    garbage = Garbage(application)
    path, models = a_sqlite_store(folder, 20)
    fill(path, models, backlog)
    looks: list[Look] = []
    with (
        served(str(path)) as store,
        station(store.url, folder / "desk", "ann", threads=True) as one,
    ):
        window = MainWindow(one.desk)
        window.resize(1440, 900)
        window.show()
        while one.desk.link().synced_at is None:
            _turn(0.1)
        load = Load(store.url, one.desk, window, a_minute)
        load.begin()
        began = time.monotonic()
        every_s = min(10.0, minutes * 60 / 12)
        while (passed := time.monotonic() - began) < minutes * 60:
            _turn(every_s)
            looks.append(_look(folder, store.pid, passed / 60))
        load.end()
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    garbage.end()
    return Shift(tuple(looks), load.sent, load.closed)


def _turn(seconds: float) -> None:
    """Let the window's loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def _look(folder: Path, store: int, minute: float) -> Look:
    gc.collect()
    both = (os.getpid(), store)
    return Look(
        minute=minute,
        memory=(_memory(both[0]), _memory(both[1])),
        files=(_count(both[0], "fd"), _count(both[1], "fd")),
        threads=(_count(both[0], "task"), _count(both[1], "task")),
        widgets=len(QApplication.allWidgets()),
        logs=max(path.stat().st_size for path in folder.rglob("*-wal")) / MIB,
    )


def _memory(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB


def _count(pid: int, what: str) -> int:
    return len(list(Path(f"/proc/{pid}/{what}").iterdir()))


def counted(looks: Sequence[Look]) -> list[str]:
    """What grew on after the warm-up, of all that can be counted."""
    half = len(looks) // 2
    found = []
    figures: dict[str, Callable[[Look], float]] = {
        "files of the desk": lambda one: one.files[0],
        "files of the store": lambda one: one.files[1],
        "threads of the desk": lambda one: one.threads[0],
        "threads of the store": lambda one: one.threads[1],
        "widgets": lambda one: one.widgets,
    }
    for name, of in figures.items():
        early, late = max(map(of, looks[:half])), min(map(of, looks[half:]))
        if late > early + MOST_MORE:
            found.append(f"{name}: at most {early:.0f} at first, at least {late:.0f} later")
    if (longest := max(one.logs for one in looks)) > MOST_LOG_MIB:
        found.append(f"a log of {longest:.0f} MiB")
    return found


def grown(looks: Sequence[Look]) -> list[tuple[str, float]]:
    """How much memory each process would have gained in eight hours, by the later half."""
    late = looks[len(looks) // 2 :]
    return [
        (name, _slope([one.minute for one in late], [one.memory[n] for one in late]) * EIGHT_HOURS)
        for n, name in enumerate(("desk", "store"))
    ]


def _slope(times: Sequence[float], values: Sequence[float]) -> float:
    """By least squares."""
    middle, mean = sum(times) / len(times), sum(values) / len(values)
    spread = sum((at - middle) ** 2 for at in times)
    joint = sum((at - middle) * (v - mean) for at, v in zip(times, values, strict=True))
    return joint / spread


def main(arguments: Sequence[str]) -> int:
    """One shift; 0 when everything stayed flat."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="tests.faults.endurance", description=__doc__)
    parser.add_argument("--minutes", type=float, default=8.0)
    parser.add_argument("--backlog", type=int, default=30_000, help="closed reports at the start")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="endurance-", ignore_cleanup_errors=True) as folder:
        shift = endured(Path(folder), asked.minutes, backlog=asked.backlog)
    looks = shift.looks
    for one in looks[:: max(1, len(looks) // 16)]:
        say(
            f"{one.minute:5.1f} min  desk {one.memory[0]:6.1f} MiB, {one.files[0]} files, "
            f"{one.threads[0]} threads, {one.widgets} widgets; store {one.memory[1]:6.1f} MiB, "
            f"{one.files[1]} files, {one.threads[1]} threads; log {one.logs:4.1f} MiB"
        )
    say(f"{shift.arrived} contacts arrived, {shift.closed} closed in {asked.minutes} minutes")
    wrong = counted(looks)
    for name, more in grown(looks):
        say(f"{name}: {more:+.0f} MiB in eight hours at this load, by the later half")
        if more > MOST_MIB[name]:
            wrong.append(f"the memory of the {name} grows")
    for one_wrong in wrong:
        say(f"NOT FLAT: {one_wrong}")
    return 1 if wrong else 0


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
