"""Disks: a commit that fails, a kill just before or after one, files as they were.

A commit is on disk at once (work.db is written with full synchronisation), so a crash leaves what
the last commit left; torn writes belong to the tests that kill real processes.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

from workstation.store.database import Database

Fate = Literal["", "full", "killed before", "killed after"]
WRITES = ("INSERT", "UPDATE", "DELETE")
FILES = ("work.db", "work.db-wal", "cache.db", "cache.db-wal", "keys.json")
Files = dict[str, bytes]


class Killed(BaseException):
    """The program ended here, without a word."""


class Disk:
    """What befalls the commits of one desk: `fate` comes at the commit that `after` counts to."""

    def __init__(self) -> None:
        self.fate: Fate = ""
        self.after = 0
        self.of = ""

    def will(self, fate: Fate, after: int = 0, of: str = "") -> None:
        """From now on, let this happen at the commit (of one file) after so many.

        `full` stays until it is mended; the others happen once.
        """
        self.fate, self.after, self.of = fate, after, of

    def at_commit(self, file: str) -> Fate:
        """What befalls the commit that is made now."""
        if not self.fate or self.of not in ("", file):
            return ""
        if self.after > 0:
            self.after -= 1
            return ""
        fate = self.fate
        if fate != "full":
            self.fate = ""
        return fate


class WatchedConnection:
    """A connection to a local file whose commits the disk decides on."""

    def __init__(self, real: Any, disk: Disk, file: str) -> None:
        self._real = real
        self._disk = disk
        self._file = file

    def execute(self, sql: str, values: Any = ()) -> Any:
        """The same, unless it commits and the disk will not have it."""
        if not self._commits(sql):
            return self._real.execute(sql, values)
        fate = self._disk.at_commit(self._file)
        if fate == "full":
            raise sqlcipher.OperationalError("database or disk is full")
        if fate == "killed before":
            raise Killed
        done = self._real.execute(sql, values)
        if fate == "killed after":
            raise Killed
        return done

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def _commits(self, sql: str) -> bool:
        if sql.startswith("COMMIT"):
            return True
        return sql.startswith(WRITES) and not self._real.in_transaction


class FallibleDatabase(Database):
    """The store's database, whose next commits fail as often as `fails_commits` says."""

    fails_commits = 0

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """The same, unless the disk will not have it."""
        with super().write() as connection:
            yield connection
            self._commits()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """The same; a reader ends with a commit as well."""
        with super().read() as connection:
            yield connection
            self._commits()

    def _commits(self) -> None:
        if self.fails_commits > 0:
            self.fails_commits -= 1
            raise sa.exc.OperationalError("COMMIT", {}, Exception("disk is full"))


def taken(folder: Path) -> Files:
    """A copy of a desk's files as they are."""
    return {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}


def put_back(folder: Path, files: Files, only: Iterable[str] = FILES) -> None:
    """Make the files what they were; what stood beside them since is gone."""
    for name in only:
        (folder / f"{name}-shm").unlink(missing_ok=True)
        if name in files:
            (folder / name).write_bytes(files[name])
        else:
            (folder / name).unlink(missing_ok=True)


def copied(source: Path, target: Path) -> None:
    """Copy a folder of files, all of them."""
    shutil.copytree(source, target, dirs_exist_ok=True)
