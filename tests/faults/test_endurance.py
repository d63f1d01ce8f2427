"""Nothing grows on under ten times the load: files, threads, widgets, and the databases' logs."""

from pathlib import Path

import pytest

from tests.faults.endurance import counted, endured
from workstation.machine.sealed import LOG_BYTES, Connection, open_connection

KEY = bytes(range(32))
SECONDS = 9
SOME = 5
A_MINUTE = 240.0


@pytest.mark.fault("F50")
@pytest.mark.invariant("I38")
def test_files_threads_widgets_and_logs_stay_as_many_while_work_goes_on(
    tmp_path: Path, qapp: object
) -> None:
    shift = endured(tmp_path, SECONDS / 60, A_MINUTE)
    assert counted(shift.looks) == []
    assert min(shift.arrived, shift.closed) > SOME


@pytest.mark.fault("F50")
def test_a_log_that_grew_beside_a_reader_is_cut_when_the_reader_is_gone(tmp_path: Path) -> None:
    path, log = tmp_path / "a.db", tmp_path / "a.db-wal"
    writer = open_connection(path, KEY, synchronous="NORMAL")
    writer.execute("CREATE TABLE told (words BLOB)")
    writer.execute("INSERT INTO told VALUES ('first')")
    reader = open_connection(path, KEY, synchronous="NORMAL")
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM told").fetchone() == (1,)
    write(writer, 2 * LOG_BYTES)
    assert log.stat().st_size > LOG_BYTES
    reader.execute("COMMIT")
    write(writer, LOG_BYTES)
    assert log.stat().st_size <= LOG_BYTES
    reader.close()
    writer.close()


def write(connection: Connection, size: int) -> None:
    """So many bytes, in many commits."""
    piece = bytes(64 * 1024)
    for _ in range(size // len(piece)):
        connection.execute("INSERT INTO told VALUES (?)", (piece,))
