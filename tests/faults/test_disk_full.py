"""Disks that are full or fail beneath a store and a desk: both say so and keep what they told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.kill_checks import handler_findings, store_findings
from tests.faults.kill_nursery import LOGGED, Nursery, nursery
from tests.faults.kill_rig import StoreProcess, a_sqlite_store, lines, served, wait_until
from tests.faults.kill_shifts import RECORD
from tests.faults.kill_strace import attached, counted, inject
from tests.faults.kill_writers import AT_MOST_S, Writer, writing
from tests.faults.kills import Scene
from tests.world import STORE_KEY
from workstation.domain.report import ReportId
from workstation.store.database import Database

AFTERNOON = tuple[Scene, Nursery, dict[str, int]]
PARTS = (0.65, 0.8)
SQLITE = tuple[StoreProcess, list[ReportId], Path]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SQLITE]:
    """A store process over a file."""
    folder = tmp_path_factory.mktemp("disk")
    path, reports = a_sqlite_store(folder, 5)
    with served(str(path)) as process:
        yield process, reports, path


@pytest.fixture(scope="module")
def afternoon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AFTERNOON]:
    """Where afternoons without the store come from, and how many calls one of them makes."""
    scene = Scene(tmp_path_factory.mktemp("afternoon"))
    with nursery() as nest:
        alone = scene.fresh()
        pid = nest.bear("offline", alone)
        with attached(pid, alone / "strace"):
            assert nest.ended() == 0
        yield scene, nest, counted(alone / "strace")


@pytest.mark.fault("F18", "F19")
@pytest.mark.invariant("I2", "I3", "I9", "I37", "I42")
@pytest.mark.parametrize(
    ("call", "error"), [("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fsync", "EIO")]
)
def test_a_store_without_a_disk_acknowledges_nothing_and_goes_on_afterwards(
    store: SQLITE, tmp_path: Path, call: str, error: str
) -> None:
    process, reports, path = store
    with writing([process.url], reports) as writers:
        _all_get_on(writers)
        with attached(process.pid, tmp_path / "strace", *inject(call, f"error={error}", "1+")):
            wait_until(lambda: all(one.answers for one in writers), 30, "each is told of it")
            told = [len(one.told) for one in writers]
            heard = [len(one.answers) for one in writers]
            wait_until(lambda: _all_longer(writers, heard), 30, "each is told again")
            assert [len(one.told) for one in writers] == told
        _all_get_on(writers)
    assert {answer for one in writers for answer in one.answers} == {
        "The store cannot reach its records."
    }
    process.kill()
    database = Database.sqlite(path, STORE_KEY)
    try:
        assert store_findings(database, writers) == []
    finally:
        database.close()
    process.restart()


@pytest.mark.fault("F18", "F19")
@pytest.mark.invariant("I1", "I6", "I23", "I25", "I42")
@pytest.mark.parametrize(
    ("call", "error"), [("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fsync", "EIO")]
)
def test_a_handler_without_a_disk_is_told_at_once_and_keeps_what_was_kept(
    afternoon: AFTERNOON, call: str, error: str
) -> None:
    scene, nest, calls = afternoon
    for part in PARTS:
        folder = scene.fresh()
        pid = nest.bear("offline", folder)
        when = f"{int(calls[call] * part)}+"
        with attached(pid, folder / "strace", *inject(call, f"error={error}", when)):
            status = nest.ended()
        assert status == 0, (folder / LOGGED).read_text(encoding="utf-8")
        acts = lines(folder / RECORD)
        assert {"refused": "desk/not-saved"} in acts
        assert [act for act in acts if "command" in act]
        assert handler_findings(folder) == []


def _all_longer(writers: list[Writer], than: list[int]) -> bool:
    return all(len(one.answers) > n + 1 for one, n in zip(writers, than, strict=True))


def _all_get_on(writers: list[Writer]) -> None:
    aims = [len(one.told) + 3 for one in writers]
    wait_until(
        lambda: all(len(one.told) >= aim for one, aim in zip(writers, aims, strict=True)),
        AT_MOST_S,
        "each gets on",
    )
