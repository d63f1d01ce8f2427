"""Sealed files: unreadable without their key, and safe in the ways every connection promises."""

import contextlib
from pathlib import Path

import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

from workstation.machine import sealed
from workstation.machine.sealed import CannotOpen, open_connection
from workstation.machine.sealed_engine import sealed_engine

KEY, OTHER = bytes(range(32)), bytes(32)
MARKER = "Ola Nowak of 12 Mill Road"


def write(path: Path, key: bytes | None = KEY) -> sealed.Connection:
    """An open connection that has just written the marker many times over."""
    connection = open_connection(path, key, synchronous="FULL")
    connection.execute("CREATE TABLE told (words TEXT)")
    connection.executemany("INSERT INTO told VALUES (?)", [(MARKER,)] * 100)
    return connection


def test_what_was_written_is_read_with_the_same_key(tmp_path: Path) -> None:
    write(tmp_path / "a.db").close()
    connection = open_connection(tmp_path / "a.db", KEY, synchronous="FULL")
    assert connection.execute("SELECT count(*) FROM told").fetchone() == (100,)
    connection.close()


@pytest.mark.parametrize("key", [OTHER, None])
def test_another_key_or_none_is_told_in_a_sentence(tmp_path: Path, key: bytes | None) -> None:
    write(tmp_path / "a.db").close()
    with pytest.raises(CannotOpen, match="cannot be opened with this key"):
        open_connection(tmp_path / "a.db", key, synchronous="FULL")


def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("not a database " * 1000, encoding="utf-8")
    with pytest.raises(CannotOpen, match=r"a\.db"):
        open_connection(tmp_path / "a.db", KEY, synchronous="FULL")


def test_no_word_stands_readable_in_the_file_or_its_log(tmp_path: Path) -> None:
    connection = write(tmp_path / "a.db")
    before = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert (tmp_path / "a.db-wal").stat().st_size > 0
    connection.close()
    after = (tmp_path / "a.db").read_bytes()
    for held in (before, after):
        assert b"Nowak" not in held
        assert b"SQLite format 3" not in held


def test_without_a_key_the_words_do_stand_in_the_file(tmp_path: Path) -> None:
    write(tmp_path / "a.db", None).close()
    assert b"Nowak" in (tmp_path / "a.db").read_bytes()


@pytest.mark.fault("F5")
def test_a_sqlite_that_loses_committed_work_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlcipher, "sqlite_version_info", (3, 51, 2))
    monkeypatch.setattr(sqlcipher, "sqlite_version", "3.51.2")
    with pytest.raises(CannotOpen, match=r"SQLite 3\.51\.2 can lose committed work"):
        open_connection(tmp_path / "a.db", KEY, synchronous="FULL")
    assert not (tmp_path / "a.db").exists()


@pytest.mark.fault("F5")
def test_the_sqlite_here_is_safe() -> None:
    assert sqlcipher.sqlite_version_info >= sealed.OLDEST_SAFE


PROMISES = [
    ("foreign_keys", 1),
    ("journal_mode", "wal"),
    ("synchronous", 2),
    ("temp_store", 2),
    ("secure_delete", 1),
    ("trusted_schema", 0),
]


@pytest.mark.parametrize(("pragma", "value"), PROMISES)
def test_every_connection_promises_the_same(tmp_path: Path, pragma: str, value: int | str) -> None:
    connection = open_connection(tmp_path / "a.db", KEY, synchronous="FULL")
    assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    connection.close()


def test_an_engine_takes_back_what_a_failed_transaction_wrote(tmp_path: Path) -> None:
    write(tmp_path / "a.db").close()
    engine = sealed_engine(tmp_path / "a.db", KEY, synchronous="FULL")
    transaction = contextlib.suppress(sa.exc.OperationalError)
    with transaction, engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM told"))
        connection.execute(sa.text("INSERT INTO nowhere VALUES (1)"))
    with engine.begin() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM told")).scalar() == 100
    engine.dispose()


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    write(tmp_path / "a.db").close()
    engine = sealed_engine(tmp_path / "a.db", KEY, synchronous="FULL", timeout_s=0.01)
    with engine.begin(), pytest.raises(sa.exc.OperationalError, match="locked"), engine.begin():
        pass
    engine.dispose()
