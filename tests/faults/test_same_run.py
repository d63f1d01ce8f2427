"""A seed is a run: the same twice in one process and in others, whatever their hashes of texts."""

import os
import subprocess
import sys

import pytest

from tests.faults.test_seeds import ROOT

SEEDS = (3, 11, 24)
PROGRAM = """
import logging, sys
logging.getLogger("workstation").setLevel(logging.CRITICAL + 1)
from tests.faults.founded import Ground
from tests.faults.simulator import run
ground = Ground("sqlite")
for seed in map(int, sys.argv[1:]):
    print(run(seed, ground).digest)
"""


@pytest.mark.timeout(60)
def test_the_same_seed_gives_the_same_history() -> None:
    told = [histories(hashes) for hashes in ("1", "2")]
    assert told[0] == told[1]
    first, again = told[0][: len(SEEDS)], told[0][len(SEEDS) :]
    assert first == again
    assert len(set(first)) == len(SEEDS)


def histories(hashes: str) -> list[str]:
    """What the seeds give in a process of its own, each run twice."""
    seeds = [str(seed) for seed in (*SEEDS, *SEEDS)]
    surroundings = os.environ | {"PYTHONHASHSEED": hashes}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *seeds],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()
