"""Killing a real shift at every system call that changes a file, and looking at what is left.

`python -m tests.faults.kills --all` kills at every point and prints a table; the tests kill at an
even sample of the same points.
"""

import argparse
import os
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Raw, Struct

from tests.faults.kill_checks import handler_findings, store_findings
from tests.faults.kill_nursery import LOGGED, Nursery, nursery
from tests.faults.kill_rig import a_sqlite_store, an_api, wait_until
from tests.faults.kill_shifts import LOOKED_AT, MIDNIGHTS, PORT, RECORD, STOP, reports_of
from tests.faults.kill_strace import CALLS, attached, counted, inject, points, sampled
from tests.faults.kill_upgrade import LOOKS, PREPARED, UPGRADES
from tests.faults.kill_writers import Writer
from tests.world import PASSWORD, STORE_KEY, cambridgeshire
from workstation.domain.numbers import series_at
from workstation.domain.packing import decode_pack
from workstation.machine.clock import SystemClock
from workstation.store.database import Database
from workstation.sync.transport import LinkDown, ServerRefused, SignedOut
from workstation.wire.protocol import CommandBatch, SignIn

KILLED = -9
FEWEST_ACTS = 10
SHIFT_NOTES = 10


class Run(Struct, frozen=True):
    """One shift: where it was to be killed, how it ended, what is wrong, how much was kept."""

    call: str
    n: int
    status: int
    acknowledged: int
    findings: tuple[str, ...]


class Scene:
    """A founded store to be copied for each run, and what runs in the copy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "seed").mkdir()
        _, reports = a_sqlite_store(folder / "seed", 5)
        (folder / "seed" / "reports.json").write_bytes(msgspec.json.encode(reports))
        self._count = 0

    def fresh(self, name: str = "") -> Path:
        """A folder of its own for one run of a shift, with what that shift finds."""
        self._count += 1
        copy = self._folder / f"run{self._count}"
        shutil.copytree(self._seed(name), copy)
        return copy

    def _seed(self, name: str) -> Path:
        if name not in PREPARED:
            return self._folder / "seed"
        seed = self._folder / f"seed-{name}"
        if not seed.exists():
            shutil.copytree(self._folder / "seed", seed)
            PREPARED[name](seed)
        return seed


Shift = Callable[[Scene, Nursery, Sequence[str]], tuple[int, int, list[str], Path]]


def handler_run(
    scene: Scene, nest: Nursery, options: Sequence[str], name: str = "handler"
) -> tuple[int, int, list[str], Path]:
    """A handler's shift under strace: status, acts acknowledged, findings, strace's output."""
    folder = scene.fresh(name)
    pid = nest.bear(name, folder)
    with attached(pid, folder / "strace", *options):
        status = nest.ended()
    acts = (folder / RECORD).read_bytes().count(b"\n") if (folder / RECORD).exists() else 0
    found = look(name, folder)
    return status, acts, found + _log(folder, status), folder


def look(name: str, folder: Path) -> list[str]:
    """What is wrong with what a shift left."""
    if name in LOOKS:
        return LOOKS[name](folder)
    return handler_findings(folder, LOOKED_AT.get(name))


def store_run(
    scene: Scene, nest: Nursery, options: Sequence[str]
) -> tuple[int, int, list[str], Path]:
    """A store's shift under strace, with two writers outside."""
    folder = scene.fresh()
    pid = nest.bear("store", folder)
    with attached(pid, folder / "strace", *options):
        writers = written(folder, pid)
        status = nest.ended()
    database = Database.sqlite(folder / "store.db", STORE_KEY)
    try:
        found = store_findings(database, writers)
        found += sent_again(database, writers)
        found += store_findings(database, writers)
    finally:
        database.close()
    told = sum(len(writer.told) + len(writer.blocks) for writer in writers)
    return status, told, found + _log(folder, status), folder


def written(folder: Path, pid: int) -> list[Writer]:
    """Two writers post until they are done or the store is gone; then it is told to end."""
    wait_until(lambda: _has_port(folder) or not _lives(pid), what="the store's port")
    if not _has_port(folder):
        return []
    url = f"http://127.0.0.1:{(folder / PORT).read_text(encoding='ascii')}"
    people = (("ann", "W01"), ("bob", "W02"))
    writers = [Writer(url, person, reports_of(folder), name) for person, name in people]
    threads = [threading.Thread(target=_shift_of, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _tell_to_stop(folder / STOP)
    return writers


def _shift_of(writer: Writer) -> None:
    """Notes and crimes one by one, the rest of the numbers given back, more lent.

    The first failure ends it, its outcome unknown.
    """
    series = series_at(decode_pack(cambridgeshire()), "crime", SystemClock().now())
    try:
        writer.sign_in()
        writer.lease_series(series)
        for n in range(SHIFT_NOTES):
            writer.post(writer.note(f"{writer.person} {n}"))
            if n % 3 == 0:
                writer.post(writer.crime(writer.blocks[0].lo + n // 3, series))
        writer.give_back(SHIFT_NOTES // 3 + 1)
        writer.lease_series(series)
    except (LinkDown, SignedOut, ServerRefused) as wrong:
        writer.answers.append(str(wrong))
    finally:
        writer.close()


def sent_again(database: Database, writers: Sequence[Writer]) -> list[str]:
    """Everything is sent once more to the store as it was left: the same bytes come back."""
    api = an_api(database)
    found = []
    for writer in writers:
        token = api.sign_in(SignIn(writer.person, PASSWORD, writer.workstation)).token
        batch = CommandBatch(writer.outbox, tuple(Raw(raw) for raw in writer.sent.values()))
        outcomes = api.commands(token, batch).outcomes
        for id, raw in zip(writer.sent, outcomes, strict=True):
            if writer.told.setdefault(id, bytes(raw)) != bytes(raw):
                found.append(f"{id}: another answer the second time")
    return found


def _has_port(folder: Path) -> bool:
    return (folder / STOP).exists() and (folder / PORT).read_text(encoding="ascii") != ""


def _lives(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").exists() and ") Z " not in _stat(pid)


def _stat(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return ") Z "


def _tell_to_stop(fifo: Path) -> None:
    try:
        os.close(os.open(fifo, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        return  # nobody listens any more: it was killed


def _log(folder: Path, status: int) -> list[str]:
    if status in (0, KILLED):
        return []
    return [f"ended {status}: {(folder / LOGGED).read_text(encoding='utf-8')[-2000:]}"]


RUNS: dict[str, Shift] = {
    "handler": handler_run,
    "repair": partial(handler_run, name="repair"),
    **{name: partial(handler_run, name=name) for name in (*MIDNIGHTS, *UPGRADES)},
    "store": store_run,
}


def recorded(name: str, scene: Scene, nest: Nursery) -> list[tuple[str, int]]:
    """The points at which a shift can be killed, from one that is not."""
    status, acknowledged, findings, folder = RUNS[name](scene, nest, ())
    if status or findings or acknowledged < FEWEST_ACTS:
        raise AssertionError(f"the shift alone: {status}, {acknowledged}, {findings}")
    return points(counted(folder / "strace"))


def killed(name: str, scene: Scene, nest: Nursery, point: tuple[str, int]) -> Run:
    """One shift killed at one point, and what was found."""
    call, n = point
    status, acknowledged, found, folder = RUNS[name](
        scene, nest, inject(call, "signal=KILL", str(n))
    )
    if not found:
        shutil.rmtree(folder)
    return Run(call, n, status, acknowledged, tuple(found))


def table(name: str, runs: Sequence[Run], seconds: float) -> str:
    """The figures of many kills, a row for each kind of call."""
    rows = [f"{name}: call        points  killed  acknowledged  findings"]
    for call in CALLS:
        of = [run for run in runs if run.call == call]
        if of:
            rows.append(_row(f"{name}: {call}", of))
    rows.append(_row(f"{name}: all", runs) + f"   {seconds:.0f} s")
    return "\n".join(rows)


def _row(title: str, runs: Sequence[Run]) -> str:
    ended = Counter(run.status for run in runs)
    acts = sum(run.acknowledged for run in runs)
    found = sum(bool(run.findings) for run in runs)
    return f"{title:<20}{len(runs):>7}{ended[KILLED]:>8}{acts:>14}{found:>10}"


def _told(name: str, count: int, runs: Iterable[Run]) -> Iterator[Run]:
    """Say now and then how far it is: thousands of kills take the better part of an hour."""
    for done, run in enumerate(runs, 1):
        if done % 100 == 0:
            sys.stderr.write(f"{name}: {done} of {count} points\n")
        yield run


def main(argv: Sequence[str]) -> int:
    """Kill both shifts; 1 where anything was found."""
    parser = argparse.ArgumentParser(prog="tests.faults.kills", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every point, not a sample")
    parser.add_argument("--shift", choices=RUNS, action="append")
    asked = parser.parse_args(argv)
    wrong = 0
    for name in asked.shift or RUNS:
        folder = Path(tempfile.mkdtemp(prefix=f"kills-{name}-"))
        begun = time.monotonic()
        with nursery() as nest:
            scene = Scene(folder)
            at = recorded(name, scene, nest)
            at = at if asked.all else sampled(at, 25)
            runs = list(_told(name, len(at), (killed(name, scene, nest, one) for one in at)))
        bad = [run for run in runs if run.findings]
        wrong += len(bad)
        for run in bad:
            sys.stdout.write(f"{name} {run.call} {run.n}: {'; '.join(run.findings)}\n")
        sys.stdout.write(table(name, runs, time.monotonic() - begun) + "\n")
        if not bad:
            shutil.rmtree(folder)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
