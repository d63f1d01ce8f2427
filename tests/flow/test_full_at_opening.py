"""The disk is full when the program is opened, not while it is open."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flow.test_a_full_disk import ann, fill, small_disk  # noqa: F401
from tests.flow.test_left_behind import sit_down
from tests.world import Station, World
from workstation.app.workstation import CANNOT_OPEN
from workstation.domain.grading import EscalateEmergency
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote

MANY = 30


def leave(folder: Path, kib: int) -> Path:
    """Somebody else fills the disk but for so much."""
    filler = fill(folder)
    with filler.open("r+b") as file:
        file.truncate(filler.stat().st_size - kib * 1024)
    return filler


def said_on(opening: Callable[[], object]) -> str:
    """What a person is told where the desk does not open."""
    try:
        opening()
    except CANNOT_OPEN as wrong:
        return str(wrong)
    return ""


def aside(station: Station) -> list[str]:
    """The files that were put aside as damaged."""
    folder = station.profile / "store" / "ann"
    return sorted(path.name for path in folder.glob("*.damaged-*"))


@pytest.fixture
def id(world: World, ann: Station) -> ReportId:  # noqa: F811
    """A report at Ann's desk; what she does from here on stays there, until the line is back."""
    made = world.a_day()[0]
    ann.exchange()
    ann.line.is_cut = True
    return made


def close_unsent(station: Station, id: ReportId) -> None:
    """She acts, off the line, and closes the program."""
    station.do(EscalateEmergency(report=id, why="A knife."))
    station.close()


@pytest.mark.fault("F18", "F21")
@pytest.mark.invariant("I7", "I42")
@pytest.mark.parametrize("kib", [0, 32, 48])
def test_a_desk_opens_in_the_room_of_its_reserve_and_unsent_work_leaves(
    ann: Station,  # noqa: F811
    small_disk: Path,  # noqa: F811
    id: ReportId,
    kib: int,
) -> None:
    """With some of it, work.db can be opened where cache.db cannot."""
    close_unsent(ann, id)
    leave(small_disk, kib)
    ann.line.is_cut = False
    ann.reopen()
    assert aside(ann) == []
    assert ann.exchange()
    assert ann.desk.link().waiting == 0


@pytest.mark.fault("F18")
@pytest.mark.invariant("I42")
def test_who_opens_in_the_room_of_the_reserve_is_told_that_the_disk_is_full(
    ann: Station,  # noqa: F811
    small_disk: Path,  # noqa: F811
    id: ReportId,
) -> None:
    close_unsent(ann, id)
    fill(small_disk)
    ann.reopen().tick()
    assert "disk is full" in ann.desk.link().disk
    assert isinstance(ann.desk.submit(AddNote(report=id, text="Not now")), Refusal)


@pytest.mark.fault("F18", "F21")
@pytest.mark.invariant("I7", "I42")
@pytest.mark.parametrize("kib", [0, 32, 48, 64, 80, 96, 128])
def test_without_a_reserve_it_says_why_it_does_not_open_and_throws_no_sound_file_away(
    ann: Station,  # noqa: F811
    small_disk: Path,  # noqa: F811
    id: ReportId,
    kib: int,
) -> None:
    close_unsent(ann, id)
    (ann.profile / "store" / "ann" / "reserve").unlink()
    filler = leave(small_disk, kib)
    said = said_on(ann.reopen)
    assert said == "" or "no room on this PC's disk" in said
    ann.close()
    filler.unlink()
    ann.reopen()
    assert aside(ann) == []
    assert ann.desk.link().waiting == 1


@pytest.mark.fault("F18")
@pytest.mark.invariant("I42")
def test_who_never_worked_here_hears_why_she_cannot_begin(
    world: World,
    ann: Station,  # noqa: F811
    small_disk: Path,  # noqa: F811
) -> None:
    ann.exchange()
    fill(small_disk)
    assert "no room on this PC's disk" in said_on(lambda: sit_down(ann, world, "bob"))


@pytest.mark.fault("F18", "F22")
@pytest.mark.invariant("I7", "I42")
@pytest.mark.expects_log("damaged")
@pytest.mark.parametrize("has_reserve", [True, False], ids=["reserve", "none"])
@pytest.mark.parametrize("kib", [0, 128, 300])
def test_damaged_work_is_mended_in_that_room_or_once_there_is_some(
    world: World,
    ann: Station,  # noqa: F811
    small_disk: Path,  # noqa: F811
    id: ReportId,
    kib: int,
    has_reserve: bool,
) -> None:
    for n in range(MANY):
        ann.do(AddNote(report=id, text=f"Unsent {n}. {'x' * 500}"))
    ann.close()
    harm(ann.profile / "store" / "ann" / "work.db")
    if not has_reserve:
        (ann.profile / "store" / "ann" / "reserve").unlink()
    filler = leave(small_disk, kib)
    said = said_on(ann.reopen)
    assert said == "" or (not has_reserve and "no room on this PC's disk" in said)
    ann.close()
    filler.unlink()
    ann.line.is_cut = False
    ann.reopen()
    assert ann.exchange()
    lines = b"".join(bytes(line.event) for line in world.journal(id).lines)
    assert [n for n in range(MANY) if f"Unsent {n}. ".encode() not in lines] == []


def harm(file: Path) -> None:
    """One page can be read no more."""
    with file.open("r+b") as bytes_of:
        bytes_of.seek(4096 * 3 + 100)
        bytes_of.write(bytes(50))
