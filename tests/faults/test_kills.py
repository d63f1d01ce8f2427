"""Killed at any write, sync, rename or unlink: nothing acknowledged is lost or doubled."""

from pathlib import Path

import msgspec
import pytest

from tests.faults.kill_checks import handler_findings
from tests.faults.kill_nursery import Nursery
from tests.faults.kill_rig import lines
from tests.faults.kill_shifts import MARKS, RECORD, Workplace
from tests.faults.kill_strace import attached, inject, sampled
from tests.faults.kills import KILLED, Scene, killed, recorded
from tests.world import HandClock

SAMPLE = 25
MOST_MISSED = 5
FEWEST_RENAMES = 4


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
    ("midnight", "every"), [("new-year", 160), ("spring", 400), ("autumn", 400)]
)
@pytest.mark.fault("F33")
@pytest.mark.invariant("I23", "I24", "I25", "I26", "I27", "I28")
def test_killed_while_numbers_are_lent_loaded_given_back_or_roll_over_none_is_lost(
    nest: Nursery, tmp_path: Path, midnight: str, every: int
) -> None:
    scene = Scene(tmp_path)
    at = recorded(midnight, scene, nest)[every // 2 :: every]
    assert not [run for point in at if (run := killed(midnight, scene, nest, point)).findings]


@pytest.mark.fault("F1", "F22")
@pytest.mark.invariant("I1", "I6")
@pytest.mark.expects_log("work.db was damaged")
def test_a_salvage_killed_between_any_two_renames_loses_nothing(
    nest: Nursery, tmp_path: Path
) -> None:
    scene = Scene(tmp_path)
    at = [point for point in recorded("repair", scene, nest) if point[0] == "rename"]
    assert len(at) > FEWEST_RENAMES
    assert not [run for point in at if (run := killed("repair", scene, nest, point)).findings]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM outbox WHERE n = (SELECT max(n) FROM outbox)", "lost: "),
        ("DELETE FROM draft", "the draft “"),
    ],
)
def test_the_look_afterwards_finds_what_is_missing(
    nest: Nursery, tmp_path: Path, damage: str, said: str
) -> None:
    folder = killed_at_the_close(nest, tmp_path)
    place = Workplace(folder, HandClock())
    with place.desk() as desk:
        desk.stock.work.connection.execute(damage)
    place.database.close()
    (folder / MARKS).unlink()
    assert [one for one in handler_findings(folder) if said in one]


def test_the_look_afterwards_finds_a_number_that_was_spoken_before(
    nest: Nursery, tmp_path: Path
) -> None:
    folder = killed_at_the_close(nest, tmp_path)
    spoken = next(
        act for act in lines(folder / RECORD) if str(act.get("number")).startswith("35/")
    )
    force, serial, year = str(spoken["number"]).split("/")
    following = f"{force}/{int(serial) + 1}/{year}"
    with (folder / RECORD).open("ab") as record:
        record.write(msgspec.json.encode({**spoken, "number": following}) + b"\n")
    assert f"number {following} was spoken twice" in handler_findings(folder)


def killed_at_the_close(nest: Nursery, tmp_path: Path) -> Path:
    """A handler's shift, killed when all of it was done."""
    folder = Scene(tmp_path).fresh()
    pid = nest.bear("handler", folder)
    closing = str(folder / "profiles" / "store" / "ann" / "cache.db-shm")
    fatal = ("-P", closing, *inject("unlink", "signal=KILL", "1"))
    with attached(pid, folder / "strace", *fatal):
        assert nest.ended() == KILLED
    acts = lines(folder / RECORD)
    assert all(any(kind in act for act in acts) for kind in ("command", "number", "draft"))
    return folder


def _kill_at_a_sample(name: str, nest: Nursery, folder: Path) -> None:
    scene = Scene(folder)
    at = sampled(recorded(name, scene, nest), SAMPLE)
    runs = [killed(name, scene, nest, point) for point in at]
    assert not [run for run in runs if run.findings]
    missed = [run for run in runs if run.status == 0]
    assert len(missed) <= MOST_MISSED, missed
