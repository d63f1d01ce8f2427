"""The disk does not answer for a while beneath an open desk: it is told, and no file is blamed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import DatabaseError

from tests.faults.kill_rig import wait_until
from tests.faults.kill_strace import attached, inject
from tests.world import Station, World
from workstation.cache.work import UNANSWERED, WorkDamaged
from workstation.domain.grading import EscalateEmergency
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote

READS = ("pread64", "read")


@pytest.fixture
def ids(world: World, ann: Station) -> list[ReportId]:
    """A day's reports at Ann's desk; what she does from here on stays there."""
    made = world.a_day()
    assert ann.exchange()
    ann.line.is_cut = True
    ann.exchange()
    return made


@contextmanager
def unanswered(files: Path, output: Path, name: str, since: str = "1+") -> Iterator[None]:
    """Reads of this file, or all since the n-th, end in EIO, here and in what it keeps beside."""
    paths = [part for tail in ("", "-wal") for part in ("-P", str(files / f"{name}{tail}"))]
    broken = [part for call in READS for part in inject(call, "error=EIO", since)]
    with attached(os.getpid(), output, *paths, *broken, calls=READS):
        wait_until(lambda: is_broken(files / name), 20, "the disk does not answer")
        yield


def is_broken(file: Path) -> bool:
    """Whether reading it fails."""
    try:
        file.read_bytes()
    except OSError:
        return True
    return False


def forget_pages(ann: Station) -> None:
    """What the file holds must be asked of the disk."""
    connection = ann.desk.stock.work.connection
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA shrink_memory")


def a_while(world: World, ann: Station, seconds: int = 7) -> None:
    """So long, second by second."""
    for _ in range(seconds):
        world.clock.pass_by(seconds=1)
        ann.desk.tick()


@pytest.mark.fault("F19")
@pytest.mark.invariant("I4", "I6", "I7")
def test_work_that_cannot_be_read_for_a_while_is_told_kept_in_memory_and_never_called_damaged(
    world: World, ann: Station, ids: list[ReportId], tmp_path: Path
) -> None:
    for n in range(30):
        ann.do(AddNote(report=ids[0], text=f"words {n} " * 60))
    assert ann.desk.save_draft(ids[0], "note", "He has a key") is not None
    ann.desk.tick()
    waiting = ann.desk.link().waiting
    forget_pages(ann)
    with unanswered(ann.files, tmp_path / "strace", "work.db"):
        ann.desk.tick()
        assert ann.desk.link().waiting == waiting
        assert ann.desk.link().disk == UNANSWERED
        assert ann.desk.save_draft(ids[1], "note", "new words of a victim") is None
        refused = ann.desk.submit(EscalateEmergency(report=ids[1], why="A knife, now."))
        assert isinstance(refused, Refusal)
        assert "by voice" in refused.sentence
        a_while(world, ann)
        assert ann.desk.link().disk == UNANSWERED
        assert [one.text for one in ann.desk.unsaved_words()] == ["new words of a victim"]
    a_while(world, ann)
    assert ann.desk.link().disk == ""
    assert ann.desk.unsaved_words() == ()
    ann.do(EscalateEmergency(report=ids[1], why="A knife, now."))
    ann.restart()
    drafts = [ann.desk.draft(id, "note") for id in ids[:2]]
    assert [one.text for one in drafts if one] == ["He has a key", "new words of a victim"]
    assert ann.desk.link().notices == ()
    assert list(ann.files.glob("*.damaged-*")) == []
    ann.line.is_cut = False
    assert ann.exchange()
    assert world.states()[ids[1]].is_emergency
    assert ann.desk.link().waiting == 0


@pytest.mark.fault("F19")
@pytest.mark.invariant("I4", "I6", "I7")
def test_a_disk_that_is_back_at_once_has_harmed_nothing(
    world: World, ann: Station, ids: list[ReportId], tmp_path: Path
) -> None:
    for n in range(30):
        ann.do(AddNote(report=ids[0], text=f"words {n} " * 60))
    forget_pages(ann)
    work, waiting = ann.desk.stock.work, ann.desk.link().waiting
    lost = "SELECT count(*), max(body) FROM outbox"
    with (
        unanswered(ann.files, tmp_path / "strace", "work.db"),
        pytest.raises(DatabaseError) as met,
    ):
        work.connection.execute(lost)
    with pytest.raises(WorkDamaged, match="did not answer"), work.transaction():
        raise met.value
    ann.desk.tick()
    assert ann.desk.link().disk == ""
    assert (ann.desk.link().waiting, work.mended) == (waiting, 0)
    assert list(ann.files.glob("*.damaged-*")) == []
