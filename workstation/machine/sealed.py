"""Opening a SQLite file, encrypted with a raw key, so that every connection has the same promises.

Refuses a SQLite with the WAL-reset bug (before 3.51.3), which loses committed transactions.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal, TypeAlias

import sqlcipher3.dbapi2 as sqlcipher

OLDEST_SAFE = (3, 51, 3)
LOG_BYTES = 8 * 1024 * 1024  # a log that grew past this beside a slow reader is cut again
# sqlcipher3 has no type information; its connections are DB-API 2.0 as sqlite3's are.
Connection: TypeAlias = Any


class CannotOpen(Exception):
    """A file that is damaged, or not ours, or sealed with another key: SQLite cannot say which."""


class Rows(list[tuple[Any, ...]]):
    """What a statement gave, all of it read."""

    def fetchone(self) -> tuple[Any, ...] | None:
        """The first row, if any."""
        return self[0] if self else None

    def fetchall(self) -> "Rows":
        """Every row."""
        return self


def all_rows(connection: Connection, statement: str, values: Sequence[object] = ()) -> Rows:
    """Read all a statement gives at once, so that damage is met here and nowhere else."""
    return Rows(connection.execute(statement, values).fetchall())


def open_connection(
    path: Path | str,
    key: bytes | None,
    *,
    synchronous: Literal["FULL", "NORMAL"],
    timeout_s: float = 10.0,
) -> Connection:
    """A connection in autocommit mode; `key` is 32 raw bytes, or None for an unencrypted file."""
    if sqlcipher.sqlite_version_info < OLDEST_SAFE:
        version = sqlcipher.sqlite_version
        raise CannotOpen(f"SQLite {version} can lose committed work; 3.51.3 or later is needed.")
    connection = sqlcipher.connect(
        str(path), check_same_thread=False, timeout=timeout_s, isolation_level=None
    )
    try:
        if key is not None:
            connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlcipher.DatabaseError as wrong:
        connection.close()
        raise CannotOpen(f"{path} cannot be opened with this key: {wrong}") from wrong
    with ExitStack() as undone:
        undone.callback(connection.close)
        for pragma in (
            "foreign_keys=ON",
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "temp_store=MEMORY",
            "secure_delete=ON",
            "trusted_schema=OFF",
            "cache_size=-65536",
            f"journal_size_limit={LOG_BYTES}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        undone.pop_all()
    return connection
