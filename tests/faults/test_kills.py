"""Killed at any write, sync, rename or unlink: nothing acknowledged is lost or doubled."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.kill_checks import handler_findings
from tests.faults.kill_nursery import Nursery, nursery
from tests.faults.kill_rig import lines
from tests.faults.kill_shifts import RECORD, Workplace
from tests.faults.kill_strace import attached, counted, inject, points, sampled
from tests.faults.kills import KILLED, RUNS, Scene, killed
from tests.world import HandClock

SAMPLE = 25
MOST_MISSED = 5


@pytest.fixture(scope="module")
def nest() -> Iterator[Nursery]:
    """Where the shifts come from."""
    if shutil.which("strace") is None:
        pytest.fail("strace is not installed here: `make test` installs it on Debian.")
    with nursery() as one:
        yield one


@pytest.mark.fault("F1", "F2", "F33")
@pytest.mark.invariant("I1", "I2", "I3", "I4", "I6", "I9", "I11", "I23", "I24", "I25")
def test_a_handler_killed_at_any_point_loses_nothing(nest: Nursery, tmp_path: Path) -> None:
    _kill_at_a_sample("handler", nest, tmp_path)


@pytest.mark.fault("F2", "F3", "F33")
@pytest.mark.invariant("I2", "I3", "I4", "I9", "I23", "I24", "I27", "I41")
def test_a_store_killed_at_any_point_keeps_what_it_acknowledged(
    nest: Nursery, tmp_path: Path
) -> None:
    _kill_at_a_sample("store", nest, tmp_path)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM outbox WHERE n = (SELECT max(n) FROM outbox)", "lost: "),
        pytest.param(
            "UPDATE block SET next = lo",
            "was spoken twice",
            marks=pytest.mark.expects_log("is not free for outbox"),
        ),
        ("DELETE FROM draft", "the draft “"),
    ],
)
def test_the_look_afterwards_finds_what_is_missing(
    nest: Nursery, tmp_path: Path, damage: str, said: str
) -> None:
    folder = Scene(tmp_path).fresh()
    pid = nest.bear("handler", folder)
    closing = str(folder / "profiles" / "store" / "ann" / "cache.db-shm")
    fatal = ("-P", closing, *inject("unlink", "signal=KILL", "1"))
    with attached(pid, folder / "strace", *fatal):
        assert nest.ended() == KILLED
    acts = lines(folder / RECORD)
    assert all(any(kind in act for act in acts) for kind in ("command", "number", "draft"))
    place = Workplace(folder, HandClock())
    with place.desk() as desk:
        desk.stock.work.connection.execute(damage)
    place.database.close()
    assert [one for one in handler_findings(folder) if said in one]


def _kill_at_a_sample(name: str, nest: Nursery, folder: Path) -> None:
    scene = Scene(folder)
    status, acknowledged, findings, alone = RUNS[name](scene, nest, ())
    assert (status, findings) == (0, [])
    assert acknowledged > SAMPLE
    at = sampled(points(counted(alone / "strace")), SAMPLE)
    runs = [killed(name, scene, nest, point) for point in at]
    assert not [run for run in runs if run.findings]
    missed = [run for run in runs if run.status == 0]
    assert len(missed) <= MOST_MISSED, missed
