"""One door to the store's database, SQLite or PostgreSQL, with the same transactions on both.

SQLite writers pass one first-in-first-out gate; reads are one snapshot each and never wait.
"""

import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Self, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from workstation.machine.sealed_engine import sealed_engine
from workstation.store import schema
from workstation.store.shape import stamp

Result = TypeVar("Result")
TRIES = 5
PATIENCE_S = 8.0  # no try begins later: a desk hears that the store is busy before it hangs up
LONGEST_WAIT_S = 10
CONNECTIONS = 12
WORTH_A_RETRY = {"40001", "40P01", "55P03", "23505"}
POSTGRES_LIMITS = (
    "-c lock_timeout=2s -c statement_timeout=15s -c idle_in_transaction_session_timeout=10s"
)


class Busy(Exception):
    """The database could not take the transaction now; the same call may succeed later."""


class Gate:
    """Lets one writer through at a time, in the order they came."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._busy = False
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn; the next in line goes on afterwards."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

    def _enter(self) -> None:
        with self._lock:
            if not self._busy:
                self._busy = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        mine.wait()

    def _leave(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._busy = False


class Database:
    """The store's database: `write` and `read` are transactions, `transact` retries a write."""

    def __init__(self, writing: sa.Engine, reading: sa.Engine, *, one_writer: bool) -> None:
        self._writing = writing
        self._reading = reading
        self._gate = Gate() if one_writer else None

    @classmethod
    def sqlite(cls, path: Path | str, key: bytes | None) -> Self:
        """A store on one machine, in one sealed file."""
        writing = sealed_engine(path, key, synchronous="FULL")
        reading = sealed_engine(path, key, synchronous="FULL", immediate=False)
        return cls(writing, reading, one_writer=True)

    @classmethod
    def postgres(cls, url: str) -> Self:
        """A store of a force; any number of processes may share it."""
        address = sa.make_url(url).set(drivername="postgresql+psycopg")
        options = {
            "connect_args": {"options": POSTGRES_LIMITS},
            "pool_pre_ping": True,
            "pool_size": CONNECTIONS,
            "pool_timeout": LONGEST_WAIT_S,
            "hide_parameters": True,
        }
        writing = sa.create_engine(address, **options)
        return cls(
            writing,
            sa.create_engine(address, isolation_level="REPEATABLE READ", **options),
            one_writer=False,
        )

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One writing transaction; everything in it is kept, or nothing."""
        if self._gate is None:
            with _without_words(), self._writing.begin() as connection:
                yield connection
            return
        with self._gate.turn(), _without_words(), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """One snapshot to read from."""
        with _without_words(), self._reading.begin() as connection:
            yield connection

    def transact(self, work: Callable[[sa.Connection], Result]) -> Result:
        """Do the work in one writing transaction, again when another stood in its way."""
        ends = time.monotonic() + PATIENCE_S
        for attempt in range(TRIES):
            try:
                with self.write() as connection:
                    return work(connection)
            except sa.exc.DBAPIError as wrong:
                if not _is_passing(wrong):
                    raise
                if attempt == TRIES - 1 or time.monotonic() >= ends:
                    raise Busy("The store is busy. The same call may be sent again.") from wrong
                time.sleep(random.uniform(0.005, 0.05) * (attempt + 1))
        raise AssertionError("unreachable")

    def create(self) -> None:
        """Make the tables of a new store; those of an existing one are left as they are."""
        with self.write() as connection:
            if not sa.inspect(connection).has_table(schema.meta.name):
                schema.tables.create_all(connection)
                stamp(connection)

    def copy_into(self, path: Path) -> None:
        """A copy of one moment of a SQLite store, sealed with its key; nobody waits meanwhile."""
        connection = self._reading.raw_connection()
        try:
            connection.cursor().execute("VACUUM INTO ?", (str(path),))
        finally:
            connection.close()

    def close(self) -> None:
        """Let go of every connection."""
        self._writing.dispose()
        self._reading.dispose()


def insert_if_absent(connection: sa.Connection, table: sa.Table, **values: Any) -> None:
    """Insert a row unless its key is there; on both engines without an error."""
    connection.execute(_insert_if_absent(connection.dialect.name, table), values)


def put(connection: sa.Connection, table: sa.Table, **values: Any) -> None:
    """Insert a row, or give the row of that key these values."""
    put_all(connection, table, [values])


def put_all(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """The same for rows that all name the same columns, in one go."""
    connection.execute(_put(connection.dialect.name, table, tuple(rows[0])), rows)


# Statements are made once: to make one takes longer than to run it.
@cache
def _insert_if_absent(dialect: str, table: sa.Table) -> sa.Insert:
    kind = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return kind(table).on_conflict_do_nothing()


@cache
def _put(dialect: str, table: sa.Table, names: tuple[str, ...]) -> sa.Insert:
    keys = [column.name for column in table.primary_key.columns]
    kind = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = kind(table)
    given = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=given)


def instant(at: datetime) -> str:
    """A time as the tables keep it: UTC, of one width, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def at_instant(text: str) -> datetime:
    """The time a table keeps."""
    return datetime.fromisoformat(text)


@contextmanager
def _without_words() -> Iterator[None]:
    """An error is logged: PostgreSQL's says in its details what the row holds, so they go."""
    try:
        yield
    except sa.exc.DBAPIError as wrong:
        told = getattr(wrong.orig, "diag", None)
        if wrong.orig is not None and told is not None and told.message_primary:
            wrong.orig.args = (told.message_primary,)
            wrong.args = (f"({type(wrong.orig).__name__}) {told.message_primary}",)
        raise


def _is_passing(wrong: sa.exc.DBAPIError) -> bool:
    code = getattr(wrong.orig, "sqlstate", None)
    return code in WORTH_A_RETRY or "database is locked" in str(wrong.orig)
