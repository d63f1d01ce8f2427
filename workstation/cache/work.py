"""work.db: what a person did and the store may not have yet. Losing it loses work.

Written with `synchronous=FULL` by the window's thread alone; its tables are only ever added to.
Where it turns out to be damaged it is mended at once, and goes on with what could be saved of it.
"""

import errno
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from workstation.machine.sealed import CannotOpen, Connection, Rows, all_rows, open_connection

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
NO_ROOM_YET = (
    "There is no room on this PC's disk. What is not saved is tried again every second; free some "
    "space, or tell IT."
)
MENDED = (
    "The file of your work on this PC was damaged. What could be read of it is saved; what you "
    "did just now is not: do it again. Tell dispatch by voice of anything urgent."
)
DAMAGED = (
    "The file of your work on this PC is damaged. What you do now is not kept and does not leave: "
    "send for officers by voice. It is mended as soon as that can be; if this stays, close the "
    "program and open it again. Tell IT."
)
UNANSWERED = (
    "The disk of this PC did not answer. What was read before is shown, words wait in memory, and "
    "what you do now is not kept: send for officers by voice. It is tried again by itself; if "
    "this stays, tell IT."
)
log = logging.getLogger("workstation.cache")
MOST_MENDED = 3  # each time, the damaged file is kept beside
MENDED_AGAIN = 30  # the window looks each second
ASKED_AGAIN = 3  # so often, too: to ask a disk that does not answer may take its time
MOST_SAID = 100
MET = "colleagues"  # a setting of every desk that has met its store


class CannotKeep(Exception):
    """The disk did not take it: nothing was kept, and the sentence says what to do."""


class Locked(CannotKeep):
    """Another program holds the file: nothing was kept yet, and it is tried again."""


class DiskFull(CannotKeep):
    """There is no room for it: nothing was kept."""


class WorkDamaged(CannotKeep):
    """The file is damaged: nothing was kept."""


class Mended(WorkDamaged):
    """It was, and is mended: it can be done again."""


class WorkFile:
    """The connection to work.db, its transactions and its settings.

    `salvage` puts another file in its place, with what can be saved of it, where it is damaged;
    `mended` counts how often that was done. `trouble`: what is to be told where it could not be
    done, or where the disk does not answer.
    """

    def __init__(self, path: Path, key: bytes, salvage: Callable[[], bool] | None = None) -> None:
        self._path, self._key, self._salvage = path, key, salvage
        self._is_held = False
        self.is_writing = False
        self._then: list[Callable[[], object]] = []
        self._once_mended: list[Callable[[], object]] = []
        self._said: dict[tuple[object, ...], Rows] = {}
        self._looks = 0
        self._answers = True
        self.mended = 0
        self.trouble = ""
        self._open()

    def _open(self) -> None:
        try:
            self.connection: Connection = open_connection(
                self._path, self._key, synchronous="FULL", timeout_s=2.0
            )
            with ExitStack() as undone:
                undone.callback(self.connection.close)
                self.connection.executescript(_TABLES)
                self._wait(LONGEST_WAIT_S)
                undone.pop_all()
        except CannotOpen as wrong:
            raise CannotOpen(
                f"Your unsent work ({self._path.name}) cannot be opened. Nothing was changed or "
                f"deleted. Ask IT before you start again. ({wrong})"
            ) from wrong

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All of it is on disk at the end, or none of it; one inside another undoes itself."""
        if self.is_writing:
            with self._inside():
                yield self.connection
            return
        if self.trouble:
            raise WorkDamaged(self.trouble)
        if self._is_held:
            raise Locked(HELD)
        self.is_writing = True
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield self.connection
            self.connection.execute("COMMIT")
        except BaseException as wrong:
            self._undo(wrong)
            raise
        finally:
            self.is_writing = False
        self._do_then()

    def _undo(self, wrong: BaseException) -> None:
        """Nothing of it stays; what is in the way of the disk is told as such."""
        self._then.clear()
        self.is_writing = False
        if _is_damage(wrong):
            self._mend()
            raise (WorkDamaged(self.trouble) if self.trouble else Mended(MENDED)) from wrong
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")
        if isinstance(wrong, sqlcipher.OperationalError) and "locked" in str(wrong):
            self._is_held = True
            raise Locked(HELD) from wrong
        if isinstance(wrong, sqlcipher.OperationalError) and "full" in str(wrong):
            raise DiskFull(NO_ROOM) from wrong
        if _is_unanswered(wrong):
            raise CannotKeep(UNANSWERED) from wrong
        if isinstance(wrong, sqlcipher.DatabaseError):
            raise CannotKeep(
                f"This PC could not save it ({wrong}). Nothing was sent. "
                "Free some space, then try again."
            ) from wrong

    def read(self, statement: str, values: Sequence[object] = ()) -> Rows:
        """All a statement gives; where the file is damaged, it is mended first.

        Where that cannot be done, what the file said last of it stands: nothing goes from the
        screen.
        """
        asked = (statement, *values)
        if self.trouble:
            return self._said.get(asked, Rows())
        try:
            rows = all_rows(self.connection, statement, values)
        except (sqlcipher.DatabaseError, MemoryError) as wrong:
            if self.is_writing or not (_is_damage(wrong) or _is_unanswered(wrong)):
                raise  # of what is being written, all is undone first
            self._mend()
            return self.read(statement, values)
        self._said.pop(asked, None)
        self._said[asked] = rows
        if len(self._said) > MOST_SAID:
            del self._said[next(iter(self._said))]
        return rows

    def once_mended(self, then: Callable[[], object]) -> None:
        """Do this whenever another file took its place."""
        self._once_mended.append(then)

    def _mend(self) -> None:
        """Another file with what can be saved; where that fails, nothing is written any more."""
        self.trouble = DAMAGED
        if self._salvage is None or self.mended == MOST_MENDED:
            return
        try:
            self._begin_anew(self._salvage)
        except (OSError, sqlcipher.Error, CannotOpen, CannotKeep) as wrong:
            self._answers = not _is_unanswered(wrong)
            self.trouble = DAMAGED if self._answers else UNANSWERED
            if self._answers:
                log.exception("work.db is damaged and could not be mended")

    def _begin_anew(self, salvage: Callable[[], bool]) -> None:
        self.connection.close()
        is_another = salvage()
        self._open()
        self._answers = True
        if not is_another:
            self.trouble = UNANSWERED  # until it is looked at again: nothing is done in a circle
            return
        self.trouble = ""
        self.mended += 1
        self._said.clear()
        for then in self._once_mended:
            then()

    def once_kept(self, then: Callable[[], object]) -> None:
        """Do this once what is being written is on disk; never where that is undone."""
        if self.is_writing:
            self._then.append(then)
        else:
            then()

    def _do_then(self) -> None:
        done, self._then = self._then, []
        for then in done:
            then()

    def is_free(self, wait_s: float = 0.0) -> bool:
        """Whether it can be written; once another program held it, only this finds it free.

        The window asks each second as long as it is held, so that it must not wait each time. So
        it is with one that is damaged: to mend it takes its time.
        """
        if self.trouble:
            self._look_again(wait_s)
            return not self.trouble
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

    def _look_again(self, wait_s: float) -> None:
        """Mend it, or ask the disk; what is whole is used again."""
        self._looks += 1
        if wait_s or self._looks % (MENDED_AGAIN if self._answers else ASKED_AGAIN) == 0:
            self._mend()
        if self.trouble == UNANSWERED and self._answers:
            self.trouble = ""

    def _wait(self, seconds: float) -> None:
        self.connection.execute(f"PRAGMA busy_timeout={round(seconds * 1000)}")

    @contextmanager
    def _inside(self) -> Iterator[None]:
        self.connection.execute("SAVEPOINT inside")
        before = len(self._then)
        try:
            yield
        except BaseException as wrong:
            del self._then[before:]
            if self.connection.in_transaction and not _is_damage(wrong):
                self.connection.execute("ROLLBACK TO inside")
                self.connection.execute("RELEASE inside")
            raise
        self.connection.execute("RELEASE inside")

    def changes(self) -> int:
        """How many rows have been written since the file was opened."""
        return 0 if self.trouble else int(self.connection.total_changes)

    def setting(self, name: str) -> str | None:
        """A setting of this person at this desk."""
        row = self.read("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
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


def _is_damage(wrong: BaseException) -> bool:
    """Whether the file itself is harmed: of all errors these have no name of their own.

    SQLCipher says “out of memory” of a page whose seal was broken when it is asked for again, and
    takes a file for one to be read only once the disk did not answer: it must be opened anew.
    """
    is_named = isinstance(wrong, sqlcipher.OperationalError) and "readonly" in str(wrong)
    return is_named or type(wrong) is sqlcipher.DatabaseError or isinstance(wrong, MemoryError)


def _is_unanswered(wrong: BaseException | None) -> bool:
    """Whether it is the disk that does not answer: of the file nothing is known by that."""
    if wrong is None:
        return False
    if isinstance(wrong, OSError) and wrong.errno == errno.EIO:
        return True
    is_told = isinstance(wrong, sqlcipher.OperationalError) and "disk I/O" in str(wrong)
    return is_told or _is_unanswered(wrong.__cause__)
