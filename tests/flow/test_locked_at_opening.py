"""Another program, or the disk, is in the way of cache.db while the desk is opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.flow.test_disk_does_not_answer import unanswered
from tests.world import DESK_KEY, Station, World
from workstation.app.workstation import CANNOT_OPEN
from workstation.cache.keys import open_keys
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote
from workstation.machine.sealed import Connection, open_connection


@contextmanager
def connected(folder: Path) -> Iterator[Connection]:
    """Another program has cache.db open."""
    key = open_keys(folder, DESK_KEY).cache
    other = open_connection(folder / "cache.db", key, synchronous="FULL")
    try:
        yield other
    finally:
        other.close()


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """A backup, a virus scanner holds cache.db for as long as this lasts."""
    with connected(folder) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def folder(world: World, ann: Station) -> Path:
    """Ann's files: something is unsent, the line is cut, and the program is closed."""
    id: ReportId = world.a_day()[0]
    ann.exchange()
    ann.line.is_cut = True
    ann.do(AddNote(report=id, text="Unsent"))
    ann.close()
    return ann.profile / "store" / "ann"


@pytest.mark.fault("F20")
@pytest.mark.invariant("I12")
def test_a_cache_that_is_held_is_no_damaged_cache_and_the_desk_opens_off_the_line(
    ann: Station, folder: Path
) -> None:
    with held(folder):
        ann.reopen()
        assert ann.desk.link().waiting == 1
    assert list(folder.glob("cache.damaged-*")) == []
    ann.line.is_cut = False
    assert ann.exchange()


@pytest.mark.fault("F19")
@pytest.mark.invariant("I12")
@pytest.mark.parametrize("first", [1, 3, 5, 9])
def test_a_cache_that_the_disk_does_not_give_is_no_damaged_cache(
    ann: Station, folder: Path, tmp_path: Path, first: int
) -> None:
    """From the third read on SQLite says that it is no database; later, that pages are missing."""
    with connected(folder) as other:
        other.execute("UPDATE meta SET value = '0' WHERE name = 'clean'")
    with (
        unanswered(folder, tmp_path / "strace", "cache.db", f"{first}+"),
        pytest.raises(CANNOT_OPEN, match="cannot be opened now"),
    ):
        ann.reopen()
    ann.reopen()
    assert list(folder.glob("cache.damaged-*")) == []
    assert ann.desk.link().waiting == 1
