"""Neither local file can be read without its key, and both keep their promises to the disk."""

from pathlib import Path

import pytest

from workstation.cache.confirmed import Confirmed
from workstation.cache.work import WorkFile
from workstation.machine.sealed import CannotOpen, open_connection

KEY = bytes(range(32))


@pytest.mark.invariant("I1")
def test_work_is_written_through_to_the_disk(tmp_path: Path) -> None:
    work = WorkFile(tmp_path / "work.db", KEY)
    assert work.connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert work.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    work.close()


def test_nothing_typed_can_be_read_from_the_file(tmp_path: Path) -> None:
    work = WorkFile(tmp_path / "work.db", KEY)
    work.set("marker", "the planted words")
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"planted" not in files
    work.close()


@pytest.mark.invariant("I7")
def test_work_with_another_key_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    work = WorkFile(path, KEY)
    work.set("marker", "words")
    work.close()
    before = path.read_bytes()
    with pytest.raises(CannotOpen, match="Nothing was changed"):
        WorkFile(path, bytes(32))
    assert path.read_bytes() == before


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    work = WorkFile(tmp_path / "work.db", KEY)
    with pytest.raises(RuntimeError):
        half_done(work)
    assert work.setting("half") is None
    work.close()


@pytest.mark.fault("F21")
@pytest.mark.parametrize("schema", ["0", "99"])
def test_a_cache_of_another_schema_is_begun_again(tmp_path: Path, schema: str) -> None:
    path = tmp_path / "cache.db"
    cache = Confirmed(path, KEY)
    cache.connection.execute("INSERT INTO cases VALUES ('1', x'00', 1)")
    cache.connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (schema,))
    cache.close()
    again = Confirmed(path, KEY)
    assert again.connection.execute("SELECT count(*) FROM cases").fetchone()[0] == 0
    again.close()


@pytest.mark.fault("F21")
@pytest.mark.invariant("I12")
def test_a_cache_whose_pages_contradict_each_other_is_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    Confirmed(path, KEY).close()
    harmed = open_connection(path, KEY, synchronous="NORMAL")
    harmed.execute("UPDATE meta SET value = '0' WHERE name = 'clean'")
    harmed.execute("PRAGMA writable_schema = ON")
    harmed.execute(
        "UPDATE sqlite_master SET rootpage ="
        " (SELECT rootpage FROM sqlite_master WHERE name = 'pack') WHERE name = 'entry'"
    )
    harmed.close()
    cache = Confirmed(path, KEY)
    assert cache.connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    assert path.with_suffix(".damaged").exists()
    cache.close()


def test_a_cache_with_another_key_is_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    Confirmed(path, KEY).close()
    again = Confirmed(path, bytes(32))
    assert again.standing().scanning
    again.close()


def half_done(work: WorkFile) -> None:
    """A transaction that fails in the middle."""
    with work.transaction():
        work.set("half", "done")
        raise RuntimeError
