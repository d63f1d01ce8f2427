"""cache.db: what the store last said. It is filled again whenever it is lost, damaged or old.

Written by the fill thread alone. A page and the cursor after it are one transaction, so the cache
always stands exactly where its cursor says.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import msgspec
import sqlcipher3.dbapi2 as sqlcipher
from msgspec import Raw, Struct

from workstation.cache import columns, earlier, index, proving
from workstation.cache.soundness import (
    is_damage,
    is_sound,
    is_useless,
    read_through,
    set_aside,
)
from workstation.domain.entry import Entry
from workstation.domain.pack import Pack, PackProblem
from workstation.domain.packing import decode_pack, pack_hash
from workstation.domain.report import Report, ReportId
from workstation.machine.sealed import CannotOpen, Connection, open_connection
from workstation.wire.digest import mark_of
from workstation.wire.protocol import Case, Change, Changes, Scan

log = logging.getLogger("workstation.cache")

AT_ONCE = 500
SCHEMA = "7"
report_decoder = msgspec.json.Decoder(Report)
entry_decoder = msgspec.json.Decoder(Entry)
case_decoder = msgspec.json.Decoder(Case)
REPORT_COLUMNS = """
  id TEXT PRIMARY KEY, version INTEGER, position INTEGER, body BLOB, calm INTEGER, band INTEGER,
  waits INTEGER, due_at REAL, due_kind TEXT, channel TEXT, open INTEGER, handed INTEGER,
  owed INTEGER, sends INTEGER, holder TEXT, offered TEXT, asked INTEGER, opened INTEGER,
  graded_at REAL, title TEXT, place TEXT, words TEXT
"""
FREE = "open = 1 AND handed <> 1 AND calm = 1 AND band > 1 AND graded_at > 0 AND holder = ''"
_TABLES = f"""
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS report ({REPORT_COLUMNS});
CREATE INDEX IF NOT EXISTS report_order ON report
  (open, calm, band, waits, due_at, id, handed, channel, holder, sends);
CREATE INDEX IF NOT EXISTS report_offered ON report (offered) WHERE offered <> '';
CREATE INDEX IF NOT EXISTS report_owed ON report (due_at) WHERE owed = 1;
CREATE INDEX IF NOT EXISTS report_held ON report (holder) WHERE holder > '';
CREATE INDEX IF NOT EXISTS report_unopened ON report (graded_at)
  WHERE open = 1 AND sends = 1 AND band = 1 AND opened = 0;
CREATE INDEX IF NOT EXISTS report_free ON report (band, waits, due_at, id) WHERE {FREE};
CREATE TABLE IF NOT EXISTS entry (
  id TEXT PRIMARY KEY, report TEXT NOT NULL, position INTEGER NOT NULL, body BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS entry_report ON entry (report, position);
CREATE TABLE IF NOT EXISTS cases (
  id TEXT PRIMARY KEY, body BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS thing (
  id TEXT PRIMARY KEY, body BLOB NOT NULL, version INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS pack (hash TEXT PRIMARY KEY, body BLOB NOT NULL);
{earlier.TABLES}{index.TABLES}"""
_NEW = "INSERT INTO meta VALUES ('clean', '0'), ('schema', ?)"
_BEGUN = "INSERT OR REPLACE INTO meta VALUES ('clean', '0')"
_DATA = ("report", "entry", "cases", "place", "thing")


class CacheDamaged(Exception):
    """The cache cannot be used: at the next opening it is set aside and filled again."""

    def __init__(self, wrong: Exception) -> None:
        super().__init__(
            "The local copy of the store cannot be read or written. Your own work is safe: close "
            f"the program and open it again, and the copy is filled anew. ({wrong})"
        )


class Standing(Struct, frozen=True):
    """How far the cache has been filled: of which store and epoch, from which cursor on.

    `scanning` is true until the first fill is complete; `position` is where everything of the feed
    is known up to; `synced_at` is when the store was last found to have no more.
    """

    store_id: str = ""
    epoch: str = ""
    scanning: bool = True
    after: str = ""
    cursor: str = ""
    position: int = 0
    pack: str = ""
    synced_at: datetime | None = None


class Filled(Struct, frozen=True):
    """What one page changed."""

    reports: frozenset[ReportId] = frozenset()
    cases: bool = False
    pack: bool = False
    more: bool = False

    def with_more(self, other: "Filled") -> "Filled":
        """What both pages changed."""
        return Filled(
            self.reports | other.reports,
            self.cases or other.cases,
            self.pack or other.pack,
            other.more,
        )


def open_cache(path: Path, key: bytes) -> tuple[Connection, Pack | None]:
    """The cache's connection, and the pack in force; a damaged or other file is begun again.

    A full disk, a lock, a disk that does not answer say nothing of the file: that is raised, and
    nothing is touched. Nothing is written, either, where there is nothing new to write.
    """
    opened = _opened(path, key)
    for once_more_after in (read_through, set_aside):
        if opened is None:
            once_more_after(path)
            opened = _opened(path, key)
    if opened is None:
        raise CannotOpen(
            "This PC's copy of what the store holds could not be begun anew. Your own work is "
            "untouched. Tell IT."
        )
    return opened


def standing(connection: Connection) -> Standing:
    """How far the cache has been filled."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'standing'").fetchone()
    return Standing() if row is None else msgspec.json.decode(row[0], type=Standing)


def kept_pack(connection: Connection) -> Pack | None:
    """The force pack in force, if the store ever said; PackProblem where its bytes were harmed."""
    name = standing(connection).pack
    row = connection.execute("SELECT body FROM pack WHERE hash = ?", (name,)).fetchone()
    if row is None:
        return None
    if pack_hash(bytes(row[0])) != name:
        raise PackProblem("The force pack kept here was damaged. It is asked for again.")
    return _read_pack(bytes(row[0]))


@lru_cache(maxsize=2)
def _read_pack(document: bytes) -> Pack:
    """Both connections of a desk ask for it whenever a file is opened: it is read once."""
    return decode_pack(document)


def read_pack(name: str, document: bytes) -> Pack:
    """The pack that came under this name; PackProblem where it was damaged or cannot be read."""
    if pack_hash(document) != name:
        raise PackProblem("The force pack was damaged on its way. It is asked for again.")
    return decode_pack(document)


class Confirmed:
    """The writer of cache.db."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.is_sound = True
        self.repaired = 0
        self.proved_at: datetime | None = None
        self.connection, self._pack = open_cache(path, key)

    def standing(self) -> Standing:
        """How far the cache has been filled."""
        return standing(self.connection)

    def begin(self, fresh: Standing) -> None:
        """Another store, epoch or first time: forget what was said and fill from here."""
        self.proved_at = None
        with self._transaction():
            for table in _DATA:
                self.connection.execute(f"DELETE FROM {table}")
            index.forget_all(self.connection)
            self._stand(fresh)

    def use_pack(self, name: str, document: bytes) -> None:
        """Take the pack in force, and count every promise again by it."""
        pack = read_pack(name, document)
        with self._transaction():
            self.connection.execute("DELETE FROM pack")
            self.connection.execute("INSERT INTO pack VALUES (?, ?)", (name, document))
            self._stand(msgspec.structs.replace(self.standing(), pack=name))
            self._pack = pack
            for bodies in self._all_bodies():
                self._put_reports(bodies)

    def scanned(self, page: Scan) -> Filled:
        """A page of the first fill."""
        with self._transaction():
            filled = self._apply(page.changes)
            now = self.standing()
            done = not page.after
            self._stand(msgspec.structs.replace(now, after=page.after, scanning=not done))
        return msgspec.structs.replace(filled, more=True)

    def changed(self, page: Changes, now: datetime) -> Filled:
        """A page of what changed after the cursor."""
        with self._transaction():
            filled = self._apply(page.changes)
            stand = msgspec.structs.replace(self.standing(), cursor=page.cursor)
            if not page.more:
                stand = msgspec.structs.replace(stand, position=page.head, synced_at=now)
            self._stand(stand)
        return msgspec.structs.replace(filled, more=page.more)

    def mended(self, bucket: int, states: Sequence[Change], head: int) -> Filled | None:
        """One bucket as the store holds it at this position; what is as it should be stays.

        None, with nothing done, where either has moved on meanwhile: to be proved again.
        """
        if self.standing().position != head:
            return None
        right = {(one.kind, one.id): one for one in states}
        with self._transaction():
            held = dict(proving.held_in(self.connection, bucket))
            wrong = [
                one
                for name, one in right.items()
                if held.get(name) != mark_of(*name, one.version, bytes(one.body))
            ]
            gone = Raw(b"null")
            extra = [Change(k, i, 0, head, gone) for k, i in held if (k, i) not in right]
            filled = self._apply([*extra, *wrong])
        self.repaired += len(wrong) + len(extra)
        log.info("repaired %d states of bucket %d", len(wrong) + len(extra), bucket)
        return filled

    def close(self) -> None:
        """Close the file, saying that nothing was interrupted.

        Where the disk does not take that, the file is looked through at the next opening.
        """
        if self.is_sound:
            with suppress(sqlcipher.DatabaseError):
                _set(self.connection, "clean", "1")
        self.connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.execute(_BEGUN)
            yield
            self.connection.execute("COMMIT")
        except BaseException as wrong:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            if isinstance(wrong, sqlcipher.DatabaseError):
                self.is_sound = self.is_sound and not is_damage(wrong)
                raise CacheDamaged(wrong) from wrong
            raise

    def _stand(self, at: Standing) -> None:
        _set(self.connection, "standing", msgspec.json.encode(at).decode())

    def _apply(self, changes: Iterable[Change]) -> Filled:
        touched: set[ReportId] = set()
        cases = pack = False
        bodies: list[tuple[bytes, int]] = []
        for change in changes:
            gone = bytes(change.body) in (b"", b"null")  # a Raw never equals bytes
            if change.kind == "report":
                touched.add(ReportId(change.id))
                self._forget(change.id) if gone else bodies.append(
                    (bytes(change.body), change.position)
                )
            elif change.kind == "entry":
                touched |= self._entry(change, gone)
            elif change.kind == "case":
                cases = True
                self._case(change, gone)
            else:
                pack = True
                self._thing(change, gone)
        self._put_reports(bodies)
        return Filled(frozenset(touched), cases, pack)

    def _all_bodies(self) -> Iterator[list[tuple[bytes, int]]]:
        """Every report and its position, some hundred at a time."""
        after = ""
        while True:
            rows = self.connection.execute(
                "SELECT id, body, position FROM report WHERE id > ? ORDER BY id LIMIT ?",
                (after, AT_ONCE),
            ).fetchall()
            if not rows:
                return
            after = rows[-1][0]
            yield [(bytes(body), int(position)) for _, body, position in rows]

    def _put_reports(self, bodies: Iterable[tuple[bytes, int]]) -> None:
        if self._pack is None:
            raise ValueError("reports cannot be kept before the force pack is here")
        rows, reports = [], []
        for body, position in bodies:
            report = report_decoder.decode(body)
            reports.append(report)
            rows.append(columns.columns(report, self._pack, body, position))
        self.connection.executemany(columns.PUT, rows)
        index.put(self.connection, reports)
        earlier.put(self.connection, reports)

    def _forget(self, id: str) -> None:
        self.connection.execute("DELETE FROM place WHERE report = ?", (id,))
        index.forget(self.connection, id)

    def _entry(self, change: Change, gone: bool) -> set[ReportId]:
        if gone:
            index.forget_line(self.connection, change.id)
            return set()
        entry, body = entry_decoder.decode(change.body), bytes(change.body)
        index.put_line(self.connection, entry, change.position, body, change.version)
        return {entry.report}

    def _thing(self, change: Change, gone: bool) -> None:
        """What is kept only to be proved."""
        self.connection.execute("DELETE FROM thing WHERE id = ?", (change.id,))
        if not gone:
            row = (change.id, bytes(change.body), change.version)
            self.connection.execute("INSERT INTO thing VALUES (?, ?, ?)", row)

    def _case(self, change: Change, gone: bool) -> None:
        if gone:
            self.connection.execute("DELETE FROM cases WHERE id = ?", (change.id,))
            return
        self.connection.execute(
            "INSERT OR REPLACE INTO cases VALUES (?, ?, ?)",
            (change.id, bytes(change.body), change.version),
        )


def _open(path: Path, key: bytes) -> Connection:
    return open_connection(path, key, synchronous="NORMAL", timeout_s=5.0)


def _opened(path: Path, key: bytes) -> tuple[Connection, Pack | None] | None:
    """None where the file is damaged, or no cache of this version."""
    with ExitStack() as undone:
        try:
            connection = _open(path, key)
            undone.callback(connection.close)
            if not is_sound(connection, SCHEMA):
                return None
            connection.executescript(_TABLES)
            if not connection.execute("SELECT 1 FROM meta").fetchone():
                connection.execute(_NEW, (SCHEMA,))
            pack = kept_pack(connection)
        except (CannotOpen, sqlcipher.DatabaseError, MemoryError, PackProblem) as wrong:
            if is_useless(wrong.__cause__ if isinstance(wrong, CannotOpen) else wrong):
                return None
            raise
        undone.pop_all()
        return connection, pack


def _set(connection: Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def utc(seconds: float) -> datetime:
    """A time of the file as an aware datetime."""
    return datetime.fromtimestamp(seconds, UTC)
