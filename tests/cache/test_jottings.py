"""What a person jots down is kept, or the full disk is told in a sentence."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults.disk import Disk, WatchedConnection
from workstation.cache.blocks import Blocks
from workstation.cache.drafts import Draft, Drafts
from workstation.cache.jottings import Jottings, Look
from workstation.cache.work import CannotKeep, WorkFile
from workstation.domain.report import ReportId
from workstation.wire.protocol import OutboxId

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
REPORT = ReportId("a report")
DRAFT = Draft(REPORT, "note", "He says", NOW, NOW)
KEEPING: dict[str, Callable[[WorkFile], None]] = {
    "a draft": lambda file: Drafts(file).save(DRAFT),
    "a dropped draft": lambda file: Drafts(file).drop(REPORT, ["note"]),
    "a look": lambda file: Jottings(file).looked(REPORT, Look(1, 1)),
    "a settled case": lambda file: Jottings(file).settle("case", "Told her", NOW),
    "a setting": lambda file: file.set("colleagues", "[]"),
    "a block of numbers": lambda file: Blocks(file, lambda: "b").ask(
        OutboxId("o"), "crime/2026", 10
    ),
}


@pytest.mark.fault("F18")
@pytest.mark.invariant("I42")
@pytest.mark.parametrize("what", KEEPING)
def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path, what: str) -> None:
    file = WorkFile(tmp_path / "work.db", bytes(32))
    disk = Disk()
    file.connection = WatchedConnection(file.connection, disk, "work")
    disk.will("full")
    with pytest.raises(CannotKeep, match="could not save it"):
        KEEPING[what](file)
    disk.will("")
    KEEPING[what](file)
    file.close()
