"""Tries every deliberate bug, or those named: exit status 1 if one survives or stands no more."""

import sys
import tempfile
from pathlib import Path

from tests.faults.mutations.records import Mutation, mutations
from tests.faults.mutations.trial import Trial, copied_tree, healthy, tried


def main(names: list[str]) -> int:
    """Tell of each as it is tried, then of all."""
    wanted = [one for one in mutations() if not names or one.name in names]
    if unknown := set(names) - {one.name for one in wanted}:
        _say(f"There is no bug of the name {', '.join(sorted(unknown))}.")
        return 1
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        tree = copied_tree(Path(folder))
        if wrong := healthy(tree, [test for one in wanted for test in one.tests]):
            _say(f"The tests fail without any bug, so they prove nothing:\n{wrong}")
            return 1
        trials = [_told(one, tried(tree, one)) for one in wanted]
    left = [trial for trial in trials if not trial.caught_by]
    seconds = sum(trial.seconds for trial in trials)
    _say(f"{len(trials) - len(left)} of {len(trials)} caught in {seconds:.0f} s")
    for trial in left:
        _say(f"NOT CAUGHT: {trial.name}: {trial.problem}")
    return 1 if left else 0


def _told(mutation: Mutation, trial: Trial) -> Trial:
    by = trial.caught_by.rpartition("::")[2] or trial.problem.splitlines()[0]
    broken = " ".join(mutation.breaks)
    _say(f"{mutation.name:<44} {broken:<14} {by:<88.88} {trial.seconds:5.1f} s")
    return trial


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
