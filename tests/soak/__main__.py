"""Runs seeds FIRST to FIRST+SEEDS-1 of the simulator: `make soak SEEDS=20000 FIRST=1 JOBS=2`.

What is done is kept under build/soak for this very source, so that an interrupted soak goes on
where it stopped; FRESH=1 neither reads nor keeps that. ENGINE=postgresql runs the store on a
throw-away server. Exit status 1 on any violation; the last line is a summary.
"""

import os
import sys
from collections.abc import Sequence

from msgspec import Struct

from tests.faults.simulator import Outcome
from tests.soak.progress import Progress
from tests.soak.sharing import outcomes
from tests.soak.summary import Summary

ENGINES = ("sqlite", "postgresql")
TOLD_EVERY = 500


class Wanted(Struct, frozen=True):
    """What the environment asks for."""

    first: int
    seeds: int
    jobs: int
    engine: str
    is_fresh: bool


def main(arguments: Sequence[str]) -> int:
    """Run what is wanted and not yet done."""
    if arguments:
        raise SystemExit(
            f"The soak takes no arguments, not {' '.join(arguments)}: set SEEDS, FIRST, JOBS, "
            "ENGINE and FRESH in the environment, as in SEEDS=200 FIRST=1 make soak."
        )
    wanted = _wanted()
    progress = Progress(wanted.engine, is_fresh=wanted.is_fresh)
    seeds = range(wanted.first, wanted.first + wanted.seeds)
    summary = Summary()
    for done in progress.done(seeds):
        summary.add(done)
    if summary.seeds:
        print(f"{summary.seeds} of these seeds are done already (FRESH=1 runs them again)")
    left = [seed for seed in seeds if not summary.has(seed)]
    for outcome in outcomes(left, wanted.engine, wanted.jobs):
        progress.add(outcome)
        summary.add(outcome)
        if outcome.violations:
            print(_told(outcome, wanted.engine), flush=True)
        elif summary.seeds % TOLD_EVERY == 0:
            print(f"… {summary.line()}", flush=True)
    for line in summary.branches():
        print(line)
    print(summary.line())
    return 1 if summary.violating else 0


def _wanted() -> Wanted:
    engine = os.environ.get("ENGINE", ENGINES[0])
    if engine not in ENGINES:
        raise SystemExit(f"ENGINE is one of {', '.join(ENGINES)}; not {engine}.")
    return Wanted(
        first=_number("FIRST", 1),
        seeds=_number("SEEDS", 500),
        jobs=_number("JOBS", 1),
        engine=engine,
        is_fresh=bool(os.environ.get("FRESH")),
    )


def _number(name: str, otherwise: int) -> int:
    text = os.environ.get(name, "") or str(otherwise)
    if not text.isdigit() or int(text) < 1:
        raise SystemExit(f"{name} is a whole number from 1 on; not {text}.")
    return int(text)


def _told(outcome: Outcome, engine: str) -> str:
    """A failing seed: how to run it again, what is wrong, and the last that happened."""
    on = "" if engine == ENGINES[0] else f" ENGINE={engine}"
    again = f"make soak SEEDS=1 FIRST={outcome.seed}{on} FRESH=1"
    return "\n".join([f"\nVIOLATION in seed {outcome.seed}: {again}", *outcome.violations,
                      "The last that happened:", *outcome.last])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
