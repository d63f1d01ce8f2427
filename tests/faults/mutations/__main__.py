"""Tries every deliberate bug, or those named: `JOBS=2 python -m tests.faults.mutations [NAME…]`.

What was shown for this very source is kept under build/mutations, so that an interrupted run goes
on where it stopped; FRESH=1 shows all of it again. Exit status 1 if a bug survives or stands no
more; the last lines sum up.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from tests.faults.mutations.progress import Progress
from tests.faults.mutations.records import Mutation, mutations
from tests.faults.mutations.table import TABLE, written
from tests.faults.mutations.trial import Trial, copied_tree, healthy, tried

SHARE = 6  # so many share one run of their tests without any bug


class Trials:
    """Tries bugs in copies of the tree, one copy for each that is tried at the same time."""

    def __init__(self, trees: Sequence[Path], progress: Progress) -> None:
        self._free: SimpleQueue[Path] = SimpleQueue()
        for tree in trees:
            self._free.put(tree)
        self._progress = progress

    def tell(self, share: Sequence[Mutation]) -> list[Trial]:
        """Try these, one after the other, telling of each; what came of them."""
        with self._tree() as tree:
            tests = self._progress.unproved(test for one in share for test in one.tests)
            if tests and (wrong := healthy(tree, tests)):
                problem = f"the tests fail without any bug, so they prove nothing:\n{wrong}"
                return [Trial(one.name, "", problem, 0.0) for one in share]
            self._progress.are_sound(tests)
            return [self._tell(one, tree) for one in share]

    def _tell(self, mutation: Mutation, tree: Path) -> Trial:
        trial = tried(tree, mutation)
        self._progress.tried(trial)
        by = trial.caught_by.rpartition("::")[2] or trial.problem.splitlines()[0]
        broken = " ".join(mutation.breaks)
        _say(f"{mutation.name:<44} {broken:<14} {by:<88.88} {trial.seconds:5.1f} s")
        return trial

    @contextmanager
    def _tree(self) -> Iterator[Path]:
        tree = self._free.get()
        try:
            yield tree
        finally:
            self._free.put(tree)


def main(names: list[str]) -> int:
    """Tell of each as it is tried, then of all."""
    wanted = [one for one in mutations() if not names or one.name in names]
    if unknown := set(names) - {one.name for one in wanted}:
        _say(f"There is no bug of the name {', '.join(sorted(unknown))}.")
        return 1
    TABLE.write_text(written(), encoding="utf-8")
    progress = Progress(is_fresh=bool(os.environ.get("FRESH")))
    done = [progress.trials[one.name] for one in wanted if one.name in progress.trials]
    if done:
        _say(f"{len(done)} of these were caught already (FRESH=1 tries them again)")
    left = [one for one in wanted if one.name not in progress.trials]
    trials = [*done, *_tried(left, progress, jobs=int(os.environ.get("JOBS") or 1))]
    survived = [trial for trial in trials if not trial.caught_by]
    for trial in survived:
        _say(f"NOT CAUGHT: {trial.name}: {trial.problem}")
    seconds = sum(trial.seconds for trial in trials)
    _say(f"{len(trials) - len(survived)} of {len(trials)} caught in {seconds:.0f} s")
    return 1 if survived else 0


def _tried(left: Sequence[Mutation], progress: Progress, jobs: int) -> Iterator[Trial]:
    shares = [left[n : n + SHARE] for n in range(0, len(left), SHARE)]
    if not shares:
        return
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        folders = [Path(folder) / str(n) for n in range(min(jobs, len(shares)))]
        for one in folders:
            one.mkdir()
        trials = Trials([copied_tree(one) for one in folders], progress)
        with ThreadPoolExecutor(len(folders)) as pool:
            for told in pool.map(trials.tell, shares):
                yield from told


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
