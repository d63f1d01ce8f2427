"""A full disk: told before it is, words are kept in the reserve, and nothing is corrupted."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow.test_numbers import NOBODY, offence
from tests.world import Station, World
from workstation.cache.reserve import MIB, Reserve
from workstation.domain.grading import EscalateEmergency
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote
from workstation.store.verify import verify

DISK, RESERVE = 24 * MIB, 4 * MIB


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of a few MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    if os.name != "posix" or subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("Only an administrator can give this test a disk of its own.")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def ann(world: World, small_disk: Path) -> Station:
    """Ann's workstation on that disk."""
    station = world.station("ann", "W01")
    station.close()
    station.profile = small_disk / "W01"
    station.reserve_bytes = RESERVE
    station.reopen()
    return station


def fill(folder: Path, name: str = "filler") -> Path:
    """Somebody else fills the disk to the last byte."""
    filler = folder / name
    with filler.open("wb", buffering=0) as file:
        for size in (MIB, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return filler


def test_the_reserve_is_really_allocated_and_the_disk_s_state_is_told(small_disk: Path) -> None:
    reserve = Reserve(small_disk, RESERVE, low=8 * MIB)
    assert (small_disk / "reserve").stat().st_blocks * 512 >= RESERVE
    assert reserve.state() == ""
    (small_disk / "other").write_bytes(bytes(14 * MIB))
    assert "nearly full (5 MB left)" in reserve.state() or "6 MB left" in reserve.state()
    assert reserve.spend()
    assert "disk is full" in reserve.state()
    assert not reserve.spend()
    (small_disk / "other").unlink()
    reserve.refill()
    assert reserve.state() == ""


@pytest.mark.fault("F18")
@pytest.mark.invariant("I7", "I42")
def test_words_are_kept_and_officers_sent_while_all_else_waits_for_room(
    world: World, ann: Station, small_disk: Path
) -> None:
    ids = world.a_day()
    assert ann.exchange()
    filler = fill(small_disk)
    typed = "Something long that somebody typed. " * 400
    for field in ("note", "close.reason", "ask.question"):
        ann.desk.save_draft(ids[0], field, typed)
    ann.desk.tick()
    assert "disk is full" in ann.desk.link().disk
    refused = ann.desk.submit(AddNote(report=ids[0], text="Not now"))
    assert isinstance(refused, Refusal)
    assert refused.code == "desk/disk-full"
    assert isinstance(ann.desk.record_crime(ids[0], offence(ann), NOBODY), Refusal)
    ann.do(EscalateEmergency(report=ids[2], why="A knife, now."))
    desk = ann.restart()
    draft = desk.draft(ids[0], "ask.question")
    assert draft is not None
    assert draft.text == typed
    filler.unlink()
    desk.tick()
    assert "disk is full" not in desk.link().disk
    assert (small_disk / "W01" / "store" / "ann" / "reserve").stat().st_size == RESERVE
    ann.do(AddNote(report=ids[0], text="Now"))
    assert ann.exchange()
    assert desk.link().notices == ()
    assert desk.attention() == ()
    assert verify(world.database) == []


def test_without_a_reserve_nothing_is_in_the_way(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path, 0)
    assert not reserve.spend()
    assert (reserve.is_spent, reserve.state()) == (False, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.fault("F18")
@pytest.mark.invariant("I6", "I42")
def test_with_the_reserve_used_up_words_are_said_to_be_in_the_window_alone(
    world: World, ann: Station, small_disk: Path
) -> None:
    ids, desk = world.a_day(), ann.desk
    assert ann.exchange()
    fillers = [fill(small_disk)]
    text = "x" * 20_000
    desk.save_draft(ids[0], "note", text)
    assert desk.stock.reserve.is_spent
    fillers.append(fill(small_disk, "more"))
    while desk.save_draft(ids[0], "note", text) is not None:
        text += "x" * 20_000
    desk.looked_at(ids[1])
    desk.tick()
    assert "in this window alone" in desk.link().disk
    draft = desk.draft(ids[0], "note")
    assert draft is not None
    assert draft.text == text
    for filler in fillers:
        filler.unlink()
    desk.tick()
    assert "nearly full" in desk.link().disk
    kept = ann.restart().draft(ids[0], "note")
    assert kept is not None
    assert kept.text == text


@pytest.mark.fault("F18")
@pytest.mark.invariant("I42")
def test_an_act_that_did_not_fit_is_not_half_kept(
    world: World, ann: Station, small_disk: Path
) -> None:
    ids: list[ReportId] = world.a_day()
    assert ann.exchange()
    fill(small_disk)
    while not isinstance(ann.desk.submit(AddNote(report=ids[0], text="x" * 20_000)), Refusal):
        continue
    kept = ann.desk.link().waiting
    assert kept == len([one for one in ann.desk.entries(ids[0]) if one.pending])
    assert ann.restart().link().waiting == kept
