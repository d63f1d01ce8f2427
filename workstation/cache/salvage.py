"""A damaged work.db is never deleted: it is put beside, and all that can be read begins anew.

What was sent stays to refill a store; what was not leaves under a new outbox. Numbers set aside
for this desk are not used again.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec
import sqlcipher3.dbapi2 as sqlcipher
from msgspec import Struct

from workstation.cache.carving import Pages, Row, Value
from workstation.cache.notices import Notices
from workstation.cache.outbox import LANES, WEEDED, Outbox
from workstation.cache.work import WorkFile
from workstation.domain.intake import CreateReport
from workstation.machine.lasting import sync_folder
from workstation.machine.sealed import CannotOpen, Connection, open_connection
from workstation.wire.protocol import Envelope, envelope_decoder

log = logging.getLogger("workstation.cache")
TAILS = ("-wal", "-shm")
SALVAGED = "salvaged"
LOCAL_REFERENCE = "local_reference"
_SHAPES = {
    "outbox": "-ttittinbtBi#iT",
    "draft": "tttn",
    "draft_begun": "ttnti",
    "lane": "tti",
    "settled": "ttn",
    "looked": "tii",
    "setting": "tt",
    "sqlite_sequence": "ti",
}
COUNTER = "sqlite_sequence"  # SQLite's own: how many acts were ever written
_NAMED = {"lane": LANES, COUNTER: ("outbox",)}
_KINDS: dict[str, tuple[type, ...]] = {
    "-": (type(None),),
    "t": (str,),
    "T": (str, type(None)),
    "i": (int,),
    "n": (int, float),
    "#": (int, float, type(None)),
    "b": (bytes,),
    "B": (bytes, type(None)),
}


class Saved(Struct, frozen=True):
    """What was saved of a damaged file, of what was in it as far as anybody can know."""

    unsent: int = 0
    of: int = 0
    sent: int = 0
    drafts: int = 0
    missing: tuple[str, ...] = ()

    def sentence(self, kept_as: str) -> str:
        """What a person is told."""
        drafts = "1 draft" if self.drafts == 1 else f"{self.drafts} drafts"
        lost = f" Not readable: {', '.join(self.missing)}." if self.missing else ""
        return (
            f"The file of your own work on this PC was damaged. {self.unsent} of {self.of} unsent "
            f"acts and {drafts} were saved.{lost} The damaged file is kept as {kept_as}. "
            "Numbers set aside for this desk are not used again. Tell IT."
        )

    def gone(self) -> str:
        """What a person is told where there is no file any more."""
        return (
            "The file of your own work is gone from this PC: what you had not sent is lost unless "
            "IT finds the file. Numbers set aside for this desk are not used again. Tell IT."
        )


def open_work(path: Path, key: bytes, new_id: Callable[[], str], *, was_here: bool) -> WorkFile:
    """work.db, whole: salvaged first where it is damaged, or gone although a desk `was_here`."""
    finish_renaming(path)
    recovers = path.with_name(path.name + "-journal").exists()
    if was_here and not recovers and not Pages(path, key).is_whole():
        salvage(path, key, new_id)
    mending = partial(mend, path, key, new_id)
    try:
        return WorkFile(path, key, mending)
    except CannotOpen as wrong:
        if not path.stat().st_size or isinstance(_cause(wrong), sqlcipher.OperationalError):
            raise
    salvage(path, key, new_id)
    return WorkFile(path, key, mending)


def mend(path: Path, key: bytes, new_id: Callable[[], str]) -> bool:
    """Salvage a file that was in use; where that was begun before, go on with it.

    False where the file is sound: SQLite calls it malformed, too, where the disk does not answer
    for a moment. Where the disk still does not, that is raised, and nothing is touched.
    """
    was_begun = _whole(path).exists()
    finish_renaming(path)
    if was_begun:
        return True
    if Pages(path, key).is_whole() and _is_sound(path, key):
        return False
    salvage(path, key, new_id)
    return True


def _is_sound(path: Path, key: bytes) -> bool:
    """Whether the pages, each whole by itself, fit together."""
    connection = open_connection(path, key, synchronous="FULL")
    try:
        ((said,),) = connection.execute("PRAGMA integrity_check(1)").fetchall()
    except sqlcipher.OperationalError:
        raise  # held, or not answered: no harm to the file
    except (sqlcipher.DatabaseError, ValueError):
        return False
    finally:
        connection.close()
    return bool(said == "ok")


def finish_renaming(path: Path) -> None:
    """A salvage that was interrupted: what is complete takes its place, else it begins again.

    Once something is complete, all that stands in its place is the damaged file, and goes beside:
    its log, too, before anybody could take it for the new file's.
    """
    whole, fresh = _whole(path), _fresh(path)
    if whole.exists():
        beside = _beside(path)
        for tail in ("", *TAILS):
            part = path.with_name(path.name + tail)
            if part.exists():
                part.replace(beside.with_name(beside.name + tail))
        sync_folder(path.parent)
        whole.replace(path)
        sync_folder(path.parent)
    for name in (fresh.name, *(fresh.name + tail for tail in TAILS)):
        fresh.with_name(name).unlink(missing_ok=True)


def salvage(path: Path, key: bytes, new_id: Callable[[], str]) -> None:
    """Put the damaged file beside, and what was saved of it, with a notice, in its place."""
    found = _sorted(Pages(path, key).rows())
    fresh = _fresh(path)
    file = WorkFile(fresh, key)
    try:
        saved = _rebuild(file, found, new_id)
        sentence = saved.sentence(_beside(path).name) if path.exists() else saved.gone()
        Notices(file).add(sentence)
        file.set(SALVAGED, "1")
    finally:
        file.close()
    fresh.replace(_whole(path))
    sync_folder(path.parent)
    finish_renaming(path)
    log.error("work.db was damaged: %s", sentence)


def _rebuild(file: WorkFile, found: dict[str, list[Row]], new_id: Callable[[], str]) -> Saved:
    acts = _acts(found["outbox"])
    outbox = Outbox(file, new_id)
    with file.transaction() as connection:
        for n, row in enumerate(acts, start=1):
            marks = ", ".join("?" * len(row.values))
            connection.execute(
                f"INSERT OR IGNORE INTO outbox VALUES ({marks})", (n, *row.values[1:])
            )
        for table in ("setting", "looked", "settled", "draft_begun", "draft"):
            _put(connection, table, found[table])
        file.set(WEEDED, "0")
        outbox.begin_anew()
        _raise_reference(file, acts)
    waiting = [row for row in acts if row.values[9] == "waiting"]
    missing = _missing(acts, found["lane"])
    missing += _unplaced(acts, found[COUNTER], found["setting"], len(missing))
    drafts = len({row.values[:2] for row in found["draft"]})
    sent = len(acts) - len(waiting)
    return Saved(len(waiting), len(waiting) + len(missing), sent, drafts, missing)


def _acts(rows: Iterable[Row]) -> list[Row]:
    """Each command once, as it was made; with its outcome where it was found with and without."""
    best: dict[Value, Row] = {}
    for row in sorted(rows, key=lambda one: (one.values[9] == "acked", one.rowid)):
        if _is_envelope(row.values[8]):
            best[row.values[4]] = row
    return sorted(best.values(), key=lambda one: one.rowid)


def _is_envelope(body: Value) -> bool:
    try:
        envelope_decoder.decode(body if isinstance(body, bytes) else b"")
    except (msgspec.MsgspecError, ValueError):
        return False
    return True


def _missing(acts: Sequence[Row], lanes: Sequence[Row]) -> tuple[str, ...]:
    """The acts after the last settled one of each outbox which could not be read."""
    known: dict[tuple[str, str], set[int]] = {}
    sent: dict[tuple[str, str], int] = {}
    for row in acts:
        lane, outbox, seq = str(row.values[1]), str(row.values[2]), int(str(row.values[3]))
        known.setdefault((lane, outbox), set()).add(seq)
        if row.values[9] == "acked":
            sent[lane, outbox] = max(seq, sent.get((lane, outbox), 0))
    last = {outbox: max(seqs) for outbox, seqs in known.items()}
    for row in lanes:
        name, next_seq = (str(row.values[0]), str(row.values[1])), int(str(row.values[2]))
        last[name] = max(next_seq - 1, last.get(name, 0))
    return tuple(
        f"act {seq} of {name[0]}"
        for name, end in sorted(last.items(), key=str)
        for seq in range(sent.get(name, min(known.get(name, {end + 1})) - 1) + 1, end + 1)
        if seq not in known.get(name, set())
    )


def _unplaced(
    acts: Sequence[Row], counters: Sequence[Row], settings: Sequence[Row], placed: int
) -> tuple[str, ...]:
    """Acts that were written and not weeded, and that no lane tells of any more.

    Whether such an act had been sent already nobody can know.
    """
    known = {row.rowid for row in acts}
    settled = [row.rowid for row in acts if row.values[9] == "acked"]
    end = max((int(str(row.values[1])) for row in counters), default=0)
    weeded = [int(str(row.values[1])) for row in settings if row.values[0] == WEEDED]
    begin = max(weeded, default=min(known, default=end + 1) - 1)
    holes = set(range(max([begin, *settled]) + 1, end + 1)) - known
    return tuple(f"act {n} of this PC" for n in sorted(holes)[placed:])


def _put(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Rows of one key: the one written last stands."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    for row in rows if known else ():
        marks = ", ".join("?" * len(row.values))
        connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row.values)


def _raise_reference(file: WorkFile, acts: Sequence[Row]) -> None:
    """A desk's own reference is never given twice, whatever became of the counter."""
    given = [int(file.setting(LOCAL_REFERENCE) or "0")]
    for row in acts:
        envelope: Envelope = envelope_decoder.decode(bytes(row.values[8]))  # type: ignore[arg-type]
        if isinstance(envelope.command, CreateReport):
            tail = envelope.command.local_reference.rpartition("-")[2]
            given.append(int(tail) if tail.isdecimal() else 0)
    file.set(LOCAL_REFERENCE, str(max(given)))


def _sorted(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows by the table whose shape they have; drafts the oldest first."""
    found: dict[str, list[Row]] = {table: [] for table in _SHAPES}
    for row in rows:
        for table, shape in _SHAPES.items():
            if _fits(row.values, shape) and row.values[0] in _NAMED.get(table, (row.values[0],)):
                found[table].append(row)
                break
    found["draft"].sort(key=lambda row: float(str(row.values[3])))
    return found


def _fits(values: tuple[Value, ...], shape: str) -> bool:
    return len(values) == len(shape) and all(
        isinstance(value, _KINDS[kind]) for value, kind in zip(values, shape, strict=True)
    )


def _cause(wrong: CannotOpen) -> BaseException | None:
    """What SQLite itself said."""
    told = wrong.__cause__
    return told.__cause__ if isinstance(told, CannotOpen) else told


def _fresh(path: Path) -> Path:
    return path.with_suffix(".salvage")


def _whole(path: Path) -> Path:
    return path.with_suffix(".salvaged")


def _beside(path: Path) -> Path:
    """A name that nothing has: damaged files are all kept."""
    at = path.stat().st_mtime if path.exists() else 0.0
    stem = f"{path.stem}.damaged-{datetime.fromtimestamp(at, UTC):%Y%m%dT%H%M%S}"
    names = (f"{stem}{'' if n == 0 else f'-{n}'}.db" for n in range(1000))
    return next(one for name in names if not (one := path.with_name(name)).exists())
