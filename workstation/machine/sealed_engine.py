"""A SQLAlchemy engine over sealed files, for the store; a desk never waits for its import.

Importing SQLAlchemy takes longer than opening the window.
"""

from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from workstation.machine.sealed import Connection, open_connection


class SealedDialect(SQLiteDialect_pysqlite):
    """SQLite whose transactions begin where they are begun, by this statement.

    The dialect does it, not a listener: with any listener every statement is told of as well.
    """

    supports_statement_cache = True

    def __init__(self, begins_by: str = "BEGIN", **options: Any) -> None:
        super().__init__(**options)
        self._begins_by = begins_by

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin."""
        dbapi_connection.execute(self._begins_by)


sa.dialects.registry.register("sqlite.sealed", __name__, SealedDialect.__name__)


def sealed_engine(
    path: Path | str,
    key: bytes | None,
    *,
    synchronous: Literal["FULL", "NORMAL"],
    timeout_s: float = 10.0,
    immediate: bool = True,
) -> sa.Engine:
    """A SQLAlchemy engine over such connections, with real transactions (`BEGIN IMMEDIATE`)."""

    def connect() -> Connection:
        return open_connection(path, key, synchronous=synchronous, timeout_s=timeout_s)

    return sa.create_engine(
        "sqlite+sealed://",
        creator=connect,
        module=sqlcipher,
        poolclass=sa.pool.QueuePool,
        pool_size=4,
        begins_by="BEGIN IMMEDIATE" if immediate else "BEGIN",
        hide_parameters=True,  # an error is logged, and the parameters are people's words
    )
