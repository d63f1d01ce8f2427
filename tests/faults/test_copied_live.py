"""The file of a serving store is copied: by the backup task it is whole, by others it is told."""

import sys
import time
from io import StringIO
from pathlib import Path

import pytest

from tests.faults.kill_checks import store_findings
from tests.faults.kill_rig import a_sqlite_store, served, wait_until
from tests.faults.kill_writers import Writer, writing
from tests.world import STORE_KEY
from workstation.machine.sealed import open_connection
from workstation.store.cli import main
from workstation.store.database import Database
from workstation.store.verify import unfit, verify

PAGE = 4096
STEP = 5 * PAGE
FEW = 3
NOTES = 25


@pytest.mark.fault("F37")
@pytest.mark.invariant("I2", "I9")
def test_a_backup_made_while_desks_write_has_all_that_was_acknowledged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, reports = a_sqlite_store(tmp_path, 3)
    copy = tmp_path / "copy.db"
    with served(str(path)) as store, writing([store.url], reports) as writers:
        wait_until(lambda: all(len(writer.told) > FEW for writer in writers))
        before = time.time()
        assert main(["--database", str(path), "backup", "--to", str(copy)]) == 0
    assert "whole copy" in capsys.readouterr().out
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    database = Database.sqlite(copy, STORE_KEY)
    try:
        assert store_findings(database, [writer.as_of(before) for writer in writers]) == []
    finally:
        database.close()
    assert main(["--database", str(path), "backup", "--to", str(copy)]) == 1
    assert "is there already" in capsys.readouterr().err


@pytest.mark.fault("F37")
def test_a_file_copied_while_it_changes_is_never_served_unless_it_is_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO())
    before, after = two_moments(tmp_path)
    torn = []
    for cut in range(PAGE, len(before), STEP):
        copy = tmp_path / f"cut{cut}.db"
        copy.write_bytes(before[:cut] + after[cut:])
        database = Database.sqlite(copy, STORE_KEY)
        if unfit(database):
            torn.append(copy)
        else:
            assert verify(database) == []
        database.close()
    assert torn
    key = ["--key-file", str(tmp_path / "store.db.key")]
    assert main(["--database", str(torn[-1]), *key, "serve"]) == 1
    said = capsys.readouterr().err
    assert "is not whole" in said
    assert "store backup" in said
    assert main(["--database", str(torn[-1]), *key, "verify"]) == 1


def two_moments(folder: Path) -> tuple[bytes, bytes]:
    """The file of a serving store, without its log, at two moments between which it changed."""
    path, reports = a_sqlite_store(folder, 3)
    other = open_connection(path, STORE_KEY, synchronous="FULL")
    moments = []
    with served(str(path)) as store:
        writer = Writer(store.url, "ann", reports, "W01")
        writer.sign_in()
        for _ in range(2):
            for n in range(NOTES):
                writer.post(writer.note(f"{n} {'A long account. ' * 60}"))
            other.execute("PRAGMA wal_checkpoint(FULL)")
            moments.append(path.read_bytes())
        writer.close()
    other.close()
    return moments[0], moments[1]
