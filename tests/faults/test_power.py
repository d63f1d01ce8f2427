"""Power is lost at any moment: what was acknowledged is on the disk, whatever else is missing."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from tests.faults.kill_nursery import Nursery
from tests.faults.kills import Scene
from tests.faults.power import Loss, Shift, evenly, losses, recorded
from tests.faults.power_disk import Disk
from tests.faults.power_trace import Replay, calls

DAMAGED = "work.db was damaged"


def harm(shift: Shift, count: int) -> Sequence[Loss]:
    """The losses of power, of so many, after which anything was missing."""
    at = evenly(count, len(shift.calls))
    return [loss for loss in losses(shift, at, seed=1) if loss.findings]


@pytest.mark.fault("F4")
@pytest.mark.invariant("I1", "I2", "I6", "I9", "I11", "I23", "I24", "I25")
def test_a_handler_loses_nothing_with_the_power(nest: Nursery, tmp_path: Path) -> None:
    assert harm(recorded("handler", Scene(tmp_path), nest), 16) == []


@pytest.mark.fault("F4")
@pytest.mark.invariant("I2", "I3", "I9", "I23", "I24")
def test_a_store_keeps_what_it_acknowledged_when_the_power_goes(
    nest: Nursery, tmp_path: Path
) -> None:
    assert harm(recorded("store", Scene(tmp_path), nest), 10) == []


@pytest.mark.fault("F4", "F33")
@pytest.mark.invariant("I23", "I24", "I25", "I27")
def test_numbers_stand_through_a_loss_of_power_at_the_turn_of_the_year(
    nest: Nursery, tmp_path: Path
) -> None:
    assert harm(recorded("new-year", Scene(tmp_path), nest), 6) == []


@pytest.mark.fault("F4", "F22")
@pytest.mark.invariant("I6")
@pytest.mark.expects_log(DAMAGED)
def test_a_salvage_stands_through_a_loss_of_power(nest: Nursery, tmp_path: Path) -> None:
    shift = recorded("repair", Scene(tmp_path), nest)
    renames = [n for n, call in enumerate(shift.calls, 1) if call.name == "rename"]
    at = sorted({n + more for n in renames for more in (0, 1)})
    assert [loss for loss in losses(shift, at, seed=1) if loss.findings] == []


@pytest.mark.parametrize(
    "synced",
    [
        pytest.param("work.db-wal", marks=pytest.mark.expects_log(DAMAGED)),
        "keys.new",
        "/profiles",
    ],
)
def test_what_a_program_forgot_to_sync_is_found_missing(
    nest: Nursery, tmp_path: Path, synced: str
) -> None:
    shift = recorded("handler", Scene(tmp_path), nest)
    forgotten = [
        call for call in shift.calls if call.name != "fsync" or not call.path.endswith(synced)
    ]
    assert harm(msgspec.structs.replace(shift, calls=forgotten), 8)


CAME_INTO = """\
7 1.0 fdatasync(3<FILE> <unfinished ...>
8 1.1 pwrite64(3<FILE>, "\\x61", 1, 0) = 1
7 1.2 <... fdatasync resumed>) = 0
"""
CUT_OFF = """\
7 1.0 pwrite64(3<FILE>, "\\x61", 1, 0 <unfinished ...>
8 1.1 pwrite64(3<FILE>, "\\x62", 1, 1) = 1
7 1.2 <... pwrite64 resumed>) = 1
7 1.3 fdatasync(3<FILE>) = 0
"""


@pytest.mark.parametrize(("told", "lasting"), [(CAME_INTO, b""), (CUT_OFF, b"ab")])
def test_a_sync_is_of_all_that_was_handed_over_when_it_began(
    tmp_path: Path, told: str, lasting: bytes
) -> None:
    (path := tmp_path / "store.db").touch()
    disk = Disk(tmp_path)
    name = "".join(f"\\x{byte:02x}" for byte in bytes(path))
    (output := tmp_path / "strace").write_text(told.replace("FILE", name), encoding="ascii")
    replay = Replay(disk)
    for call in calls(output):
        replay.step(call)
    file = disk.file(str(path))
    assert file is not None
    assert bytes(file.lasting) == lasting
