"""work.db: what a person did and the store may not have yet. Losing it loses work.

Written with `synchronous=FULL` by the window's thread alone; its tables are only ever added to.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from workstation.machine.sealed import CannotOpen, Connection, open_connection

REFUSED = "json_extract(CAST(outcome AS TEXT), '$.word') = 'refused'"
_TABLES = f"""
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS lane (
  lane TEXT PRIMARY KEY, outbox_id TEXT NOT NULL, next_seq INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS outbox (
  n INTEGER PRIMARY KEY AUTOINCREMENT, lane TEXT NOT NULL, outbox_id TEXT NOT NULL,
  seq INTEGER NOT NULL, command_id TEXT NOT NULL UNIQUE, report TEXT NOT NULL,
  sends INTEGER NOT NULL, made_at REAL NOT NULL, body BLOB NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting', outcome BLOB, position INTEGER NOT NULL DEFAULT 0,
  acked_at REAL, voiced INTEGER NOT NULL DEFAULT 0, settled TEXT, UNIQUE (outbox_id, seq));
CREATE INDEX IF NOT EXISTS outbox_state ON outbox (state, lane, seq);
CREATE INDEX IF NOT EXISTS outbox_refused ON outbox (n) WHERE settled IS NULL AND {REFUSED};
CREATE INDEX IF NOT EXISTS outbox_sends ON outbox (n) WHERE sends = 1 AND voiced = 0;
CREATE TABLE IF NOT EXISTS aside (
  n INTEGER PRIMARY KEY, body BLOB NOT NULL, why TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS again (n INTEGER PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS block (
  id TEXT PRIMARY KEY, series TEXT NOT NULL, lo INTEGER NOT NULL, hi INTEGER NOT NULL,
  next INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS lease (
  id TEXT PRIMARY KEY, outbox_id TEXT NOT NULL, series TEXT NOT NULL, size INTEGER NOT NULL,
  state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS draft (
  report TEXT NOT NULL, field TEXT NOT NULL, text TEXT NOT NULL, saved_at REAL NOT NULL,
  PRIMARY KEY (report, field));
CREATE TABLE IF NOT EXISTS draft_begun (
  report TEXT NOT NULL, field TEXT NOT NULL, begun_at REAL NOT NULL, base TEXT NOT NULL,
  fence INTEGER NOT NULL, PRIMARY KEY (report, field));
CREATE TABLE IF NOT EXISTS looked (
  report TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS settled (
  case_id TEXT PRIMARY KEY, words TEXT NOT NULL, at REAL NOT NULL);
"""
LONGEST_WAIT_S = 0.02
HELD = (
    "The file of your work on this PC is locked by another program. It is tried again every "
    "second; close other programs that search or copy files."
)
NO_ROOM = (
    "This PC could not save it (database or disk is full). Nothing was sent. "
    "Free some space, then try again."
)
MET = "colleagues"  # a setting of every desk that has met its store


class CannotKeep(Exception):
    """The disk did not take it: nothing was kept, and the sentence says what to do."""


class Locked(CannotKeep):
    """Another program holds the file: nothing was kept yet, and it is tried again."""


class DiskFull(CannotKeep):
    """There is no room for it: nothing was kept."""


class WorkFile:
    """The connection to work.db, its transactions and its settings."""

    def __init__(self, path: Path, key: bytes) -> None:
        try:
            self.connection: Connection = open_connection(
                path, key, synchronous="FULL", timeout_s=2.0
            )
            self.connection.executescript(_TABLES)
            self._wait(LONGEST_WAIT_S)
            self._is_held = False
        except CannotOpen as wrong:
            raise CannotOpen(
                f"Your unsent work ({path.name}) cannot be opened. Nothing was changed or "
                f"deleted. Ask IT before you start again. ({wrong})"
            ) from wrong

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All of it is on disk at the end, or none of it; one inside another undoes itself."""
        if self.connection.in_transaction:
            with self._inside():
                yield self.connection
            return
        if self._is_held:
            raise Locked(HELD)
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield self.connection
            self.connection.execute("COMMIT")
        except BaseException as wrong:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            if isinstance(wrong, sqlcipher.OperationalError) and "locked" in str(wrong):
                self._is_held = True
                raise Locked(HELD) from wrong
            if isinstance(wrong, sqlcipher.OperationalError) and "full" in str(wrong):
                raise DiskFull(NO_ROOM) from wrong
            if isinstance(wrong, sqlcipher.DatabaseError):
                raise CannotKeep(
                    f"This PC could not save it ({wrong}). Nothing was sent. "
                    "Free some space, then try again."
                ) from wrong
            raise

    def is_free(self, wait_s: float = 0.0) -> bool:
        """Whether it can be written; once another program held it, only this finds it free.

        The window asks each second as long as it is held, so that it must not wait each time.
        """
        if not self._is_held:
            return True
        self._is_held = False
        self._wait(wait_s)
        try:
            with self.transaction():
                return True
        except Locked:
            return False
        finally:
            self._wait(LONGEST_WAIT_S)

    def _wait(self, seconds: float) -> None:
        self.connection.execute(f"PRAGMA busy_timeout={round(seconds * 1000)}")

    @contextmanager
    def _inside(self) -> Iterator[None]:
        self.connection.execute("SAVEPOINT inside")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO inside")
                self.connection.execute("RELEASE inside")
            raise
        self.connection.execute("RELEASE inside")

    def changes(self) -> int:
        """How many rows have been written since the file was opened."""
        return int(self.connection.total_changes)

    def setting(self, name: str) -> str | None:
        """A setting of this person at this desk."""
        row = self.connection.execute(
            "SELECT value FROM setting WHERE name = ?", (name,)
        ).fetchone()
        return None if row is None else str(row[0])

    def set(self, name: str, value: str) -> None:
        """Keep a setting."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def forget(self, name: str) -> None:
        """Keep a setting no longer."""
        if self.setting(name) is not None:
            with self.transaction() as connection:
                connection.execute("DELETE FROM setting WHERE name = ?", (name,))

    def close(self) -> None:
        """Close the file."""
        self.connection.close()
