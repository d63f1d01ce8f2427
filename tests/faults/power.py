"""Power is lost at any moment of a real shift, and what is left is opened and looked at.

`python -m tests.faults.power --all` does so after every call that changes a file; the tests do it
at an even sample of the same moments.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from msgspec import Struct

from tests.faults.kill_checks import store_findings
from tests.faults.kill_nursery import LOGGED, Nursery, nursery
from tests.faults.kill_shifts import MARKS, RECORD
from tests.faults.kill_strace import attached
from tests.faults.kill_writers import Writer
from tests.faults.kills import RUNS, Scene, look, sent_again, written
from tests.faults.power_disk import Disk
from tests.faults.power_trace import CALLS, OPTIONS, Call, Replay, calls
from tests.world import STORE_KEY
from workstation.store.database import Database

STRACE = "strace"
STORE = "store.db"
SHIFTS = tuple(RUNS)


class Shift(Struct, frozen=True):
    """A shift that was recorded: its files before, each call after, and who wrote to its store."""

    name: str
    folder: Path
    before: Disk
    calls: Sequence[Call]
    writers: Sequence[Writer]


class Loss(Struct, frozen=True):
    """Power lost after so many calls, and what is wrong with what is left."""

    after: int
    call: str
    findings: tuple[str, ...]


def recorded(name: str, scene: Scene, nest: Nursery) -> Shift:
    """Do a shift to its end and keep every byte that it wrote."""
    folder = scene.fresh(name)
    before = Disk(folder)
    pid = nest.bear(name, folder)
    writers: Sequence[Writer] = ()
    with attached(pid, folder / STRACE, *OPTIONS, calls=CALLS):
        if name == "store":
            writers = written(folder, pid)
        status = nest.ended()
    if status:
        raise AssertionError((folder / LOGGED).read_text(encoding="utf-8"))
    own = [call for call in calls(folder / STRACE) if call.is_below(folder)]
    return Shift(name, folder, before, own, writers)


def losses(shift: Shift, moments: Sequence[int], seed: int) -> Iterator[Loss]:
    """Lose power after each of these calls, in order; what is left is looked at."""
    replay, done = Replay(shift.before), 0
    for moment in moments:
        for call in shift.calls[done:moment]:
            replay.step(call)
        done = moment
        left = shift.folder.with_name(f"left{seed}-{moment}")
        left.mkdir()
        random = Random(f"{seed} {moment}")
        shift.before.rebuild(left, random, _with_power(shift, random))
        found = tuple(_findings(shift, left, moment))
        if not found:
            shutil.rmtree(left)
        yield Loss(moment, shift.calls[moment - 1].name, found)


def _with_power(shift: Shift, random: Random) -> tuple[str, ...]:
    """What a person remembers and her keyring are never lost, nor at times the store's machine."""
    kept = [RECORD, MARKS]
    if shift.name != "store" and random.random() < 0.5:
        kept.append(STORE)
    return tuple(str(shift.folder / name) for name in kept)


def _findings(shift: Shift, left: Path, moment: int) -> list[str]:
    look = _store_findings if shift.name == "store" else _handler_findings
    try:
        return look(shift, left, moment)
    except Exception as wrong:  # noqa: BLE001 - whatever keeps it from opening is what was found
        return [f"{type(wrong).__name__}: {wrong}"]


def _handler_findings(shift: Shift, left: Path, _moment: int) -> list[str]:
    return look(shift.name, left)


def _store_findings(shift: Shift, left: Path, moment: int) -> list[str]:
    """What the writers had been told when the call after the moment began."""
    rest = shift.calls[moment : moment + 1]
    until = rest[0].at if rest else time.time()
    writers = [writer.as_of(until) for writer in shift.writers]
    database = Database.sqlite(left / STORE, STORE_KEY)
    try:
        found = store_findings(database, writers)
        found += sent_again(database, writers)
        return found + store_findings(database, writers)
    finally:
        database.close()


def evenly(count: int, of: int) -> list[int]:
    """So many moments of all, the last among them."""
    return sorted({of - n * of // count for n in range(count)})


def main(argv: Sequence[str]) -> int:
    """Lose power in both shifts; 1 where anything was found."""
    parser = argparse.ArgumentParser(prog="tests.faults.power", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every moment, not a sample")
    parser.add_argument("--shift", choices=SHIFTS, action="append")
    parser.add_argument("--seed", type=int, default=1, help="of what the disk had kept")
    asked = parser.parse_args(argv)
    found = [_shown(name, asked.seed, whole=asked.all) for name in asked.shift or SHIFTS]
    return 1 if any(found) else 0


def _shown(name: str, seed: int, *, whole: bool) -> int:
    """Lose power in one shift and print what came of it; how many losses did harm."""
    begun, folder = time.monotonic(), Path(tempfile.mkdtemp(prefix=f"power-{name}-"))
    with nursery() as nest:
        shift = recorded(name, Scene(folder), nest)
    count = len(shift.calls)
    moments = range(1, count + 1) if whole else evenly(100, count)
    bad = 0
    for loss in losses(shift, moments, seed):
        if loss.findings:
            bad += 1
            first, more = loss.findings[0], len(loss.findings) - 1
            sys.stdout.write(f"{name} after {loss.after} {loss.call}: {first} (and {more} more)\n")
    seconds = time.monotonic() - begun
    sys.stdout.write(
        f"{name}: {count} calls, power lost at {len(moments)} moments (seed {seed}), "
        f"{bad} with findings, {seconds:.0f} s\n"
    )
    if not bad:
        shutil.rmtree(folder)
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
