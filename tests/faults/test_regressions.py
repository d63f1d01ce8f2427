"""Defects that seeds once found stay mended: the same faults, until the same branch is met."""

import logging
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.befall import FAULTS
from tests.faults.founded import Ground
from tests.faults.simulator import run

ALARMS = logging.getLogger("workstation")
FILES = sorted((Path(__file__).parent / "regressions").glob("*.toml"))
TIMES, MOST_SEEDS = 2, 120


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    made = Ground("sqlite")
    yield made
    made.close()


@pytest.fixture
def quiet() -> Iterator[None]:
    """Alarms are outcomes here."""
    ALARMS.setLevel(logging.CRITICAL + 1)
    yield
    ALARMS.setLevel(logging.NOTSET)


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_defect_that_a_seed_found_stays_mended(file: Path, ground: Ground) -> None:
    once = tomllib.loads(file.read_text(encoding="utf-8"))
    assert set(once) == {"was", "invariant", "faults", "meets", "date"}
    assert set(once["faults"]) <= set(FAULTS), "there is no such fault"
    met = 0
    for seed in range(1, MOST_SEEDS + 1):
        outcome = run(seed, ground, faults=once["faults"])
        assert not outcome.violations, f"seed {seed}: {outcome.violations} {outcome.last}"
        met += outcome.sometimes.get(once["meets"], 0) > 0
        if met == TIMES:
            return
    pytest.fail(f"no longer met: {once['meets']}. Name another branch, or other faults.")
