"""A new release opens what the one before left: unsent work at a desk, and a store's tables."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.faults.kill_checks import handler_findings
from tests.faults.kill_shifts import Workplace, handler_at, reports_of
from tests.store.test_migrations import before_revisions
from tests.world import DESK_KEY, STORE_KEY, HandClock
from workstation.cache.keys import open_keys
from workstation.machine.sealed import Connection, open_connection
from workstation.store import schema
from workstation.store.database import Database
from workstation.store.migrating import migrate
from workstation.store.migrations import HEAD
from workstation.store.verify import verify

BODIES = "bodies.json"
KEPT = ("setting", "lane", "outbox", "block", "draft", "looked", "settled")
FIRST_TABLES = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE lane (
  lane TEXT PRIMARY KEY, outbox_id TEXT NOT NULL, next_seq INTEGER NOT NULL);
CREATE TABLE outbox (
  n INTEGER PRIMARY KEY AUTOINCREMENT, lane TEXT NOT NULL, outbox_id TEXT NOT NULL,
  seq INTEGER NOT NULL, command_id TEXT NOT NULL UNIQUE, report TEXT NOT NULL,
  sends INTEGER NOT NULL, made_at REAL NOT NULL, body BLOB NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting', outcome BLOB, position INTEGER NOT NULL DEFAULT 0,
  acked_at REAL, voiced INTEGER NOT NULL DEFAULT 0, settled TEXT, UNIQUE (outbox_id, seq));
CREATE INDEX outbox_state ON outbox (state, lane, seq);
CREATE TABLE block (
  id TEXT PRIMARY KEY, series TEXT NOT NULL, lo INTEGER NOT NULL, hi INTEGER NOT NULL,
  next INTEGER NOT NULL);
CREATE TABLE draft (
  report TEXT NOT NULL, field TEXT NOT NULL, text TEXT NOT NULL, saved_at REAL NOT NULL,
  PRIMARY KEY (report, field));
CREATE TABLE looked (
  report TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL);
CREATE TABLE settled (
  case_id TEXT PRIMARY KEY, words TEXT NOT NULL, at REAL NOT NULL);
"""


def leave_unsent_work(folder: Path) -> None:
    """A desk of the first release, with commands of two reports and a call unsent."""
    ids = reports_of(folder)
    place = Workplace(folder, HandClock())
    with handler_at(place) as (desk, handler):
        place.exchange(desk)
        place.line.is_cut = True
        handler.work_on(ids[0])
        handler.work_on(ids[1])
        handler.call("Somebody is at the back door.")
        work = desk.stock.profile.work
    place.database.close()
    (folder / BODIES).write_bytes(msgspec.json.encode(_as_the_first_release(work)))


def _as_the_first_release(work: Path) -> dict[str, str]:
    """Its rows go to tables of the first shape, its envelopes as they were written then."""
    key = open_keys(work.parent, DESK_KEY).work
    now = open_connection(work, key, synchronous="FULL")
    then = open_connection(work.with_suffix(".first"), key, synchronous="FULL")
    then.executescript(FIRST_TABLES)
    for table in KEPT:
        for row in now.execute(f"SELECT * FROM {table}").fetchall():
            then.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    for n, body in then.execute("SELECT n, body FROM outbox").fetchall():
        told = json.loads(body)
        told.pop("v", None)
        then.execute("UPDATE outbox SET body = ? WHERE n = ?", (json.dumps(told).encode(), n))
    bodies = _bodies(then)
    now.close()
    then.close()
    work.with_suffix(".first").replace(work)
    return bodies


def _bodies(work: Connection) -> dict[str, str]:
    rows = work.execute("SELECT command_id, body FROM outbox").fetchall()
    return {str(id): bytes(body).decode() for id, body in rows}


def upgrade_shift(folder: Path) -> None:
    """This release opens the desk, sends what waits, and goes on."""
    place = Workplace(folder, HandClock())
    with handler_at(place) as (desk, handler):
        place.exchange(desk)
        handler.work_on(reports_of(folder)[2])
        place.exchange(desk)
    place.database.close()


def upgrade_findings(folder: Path) -> list[str]:
    """Nothing is lost, everything leaves, and no byte of an envelope was changed."""
    found = handler_findings(folder)
    work = folder / "profiles" / "store" / "ann" / "work.db"
    key = open_keys(work.parent, DESK_KEY).work
    connection = open_connection(work, key, synchronous="FULL")
    after = _bodies(connection)
    connection.close()
    before = msgspec.json.decode((folder / BODIES).read_bytes(), type=dict[str, str])
    return found + [f"{id} was rewritten" for id in before if after.get(id) != before[id]]


def age_tables(folder: Path) -> None:
    """A store with work in it, of the time before its tables had revisions."""
    database = Database.sqlite(folder / "store.db", STORE_KEY)
    with database.write() as connection:
        before_revisions(connection)
    database.close()


def migrate_shift(folder: Path) -> None:
    """Bring the store's tables up to date."""
    database = Database.sqlite(folder / "store.db", STORE_KEY)
    migrate(database)
    (folder / "acts.jsonl").write_text("{}\n" * 10, encoding="ascii")
    database.close()


def migrate_findings(folder: Path) -> list[str]:
    """Migrating again ends what was begun; nothing on record is harmed."""
    database = Database.sqlite(folder / "store.db", STORE_KEY)
    try:
        return migrated_findings(database)
    finally:
        database.close()


def migrated_findings(database: Database) -> list[str]:
    """The same for any store."""
    before, after = migrate(database)
    found = [] if after == HEAD and before in ("", HEAD) else [f"from {before} to {after}"]
    with database.read() as connection:
        wrong = compare_metadata(MigrationContext.configure(connection), schema.tables)
        found += [f"the tables differ: {one}" for one in wrong]
        left = sa.select(sa.func.count()).where(schema.state.c.digested.is_(None))
        if connection.scalar(left.select_from(schema.state)):
            found.append("states without a digest")
    return found + verify(database)


PREPARED: dict[str, Callable[[Path], None]] = {
    "upgrade": leave_unsent_work,
    "migrate": age_tables,
}
UPGRADES: dict[str, Callable[[Path], None]] = {"upgrade": upgrade_shift, "migrate": migrate_shift}
LOOKS: dict[str, Callable[[Path], list[str]]] = {
    "upgrade": upgrade_findings,
    "migrate": migrate_findings,
}
