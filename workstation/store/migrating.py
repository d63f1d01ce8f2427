"""Brings a store's tables to the newest revision, in one transaction: all of it, or nothing.

What new columns hold is filled in afterwards, a slice at a time, so that nobody waits for it.
"""

import os
import threading
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from workstation.store import digests, schema
from workstation.store.database import Database
from workstation.store.shape import shape_of

FOLDER = Path(__file__).with_name("migrations")
FIRST = "0001"
ONE_AT_A_TIME = 20261122  # the key of PostgreSQL's advisory lock
_one_here = threading.Lock()  # alembic keeps the running migration in a global


def migrate(database: Database, *more: Path) -> tuple[str, str]:
    """The revisions before and after; `more` are folders of further revisions."""
    with _one_here, database.write() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        before = shape_of(connection)
        config = configured(connection, *more)
        if not before and sa.inspect(connection).has_table(schema.meta.name):
            command.stamp(config, FIRST)  # of the time before revisions were marked
        command.upgrade(config, "heads")
        after = shape_of(connection)
    while database.transact(digests.make_anew):
        pass
    return before, after


def configured(connection: sa.Connection, *more: Path) -> Config:
    """Alembic's settings for our revisions on this connection."""
    config = Config()
    config.set_main_option("script_location", _plain(FOLDER))
    config.set_main_option("path_separator", "os")
    folders = (FOLDER / "versions", *more)
    config.set_main_option("version_locations", os.pathsep.join(map(_plain, folders)))
    config.attributes["connection"] = connection
    return config


def _plain(path: Path) -> str:
    return str(path).replace("%", "%%")
