"""Whether cache.db can be used, and putting it out of the way where it cannot.

A full disk, a lock, a disk that does not answer say nothing of the file itself, and are no reason.
"""

from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from workstation.machine.sealed import Connection

AT_ONCE = 1024 * 1024


def set_aside(path: Path) -> None:
    """Put a cache that cannot be used out of the way; only the newest such file is kept."""
    for old in path.parent.glob(f"{path.stem}.damaged-*"):
        old.unlink()
    if path.exists():
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        path.replace(path.with_name(f"{path.stem}.damaged-{at:%Y%m%dT%H%M%S}{path.suffix}"))
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)


def read_through(path: Path) -> None:
    """Have the disk give all of it, or raise: SQLite calls damaged, too, what was not given."""
    for tail in ("", "-wal"):
        part = path.with_name(path.name + tail)
        if part.exists():
            with part.open("rb") as file:
                while file.read(AT_ONCE):
                    continue


def is_damage(wrong: BaseException) -> bool:
    """Whether the file itself is harmed; a full disk or a lock is no harm to it.

    SQLCipher says “out of memory” of a page whose seal was broken when it is asked for again.
    """
    return not isinstance(wrong, sqlcipher.OperationalError)


def is_useless(wrong: BaseException | None) -> bool:
    """Whether the file is damaged, or made otherwise than this program makes it."""
    is_other = getattr(wrong, "sqlite_errorname", "") == "SQLITE_ERROR"
    return wrong is not None and (is_other or is_damage(wrong))


def is_sound(connection: Connection, schema: str) -> bool:
    """Whether the file is new, or of this schema and, where it was left open, whole."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return not connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    kept = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    if kept.get("schema") != schema:
        return False
    if kept.get("clean") == "1":
        return True
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()
    return answer is not None and answer[0] == "ok"
