"""Backups of a store under test, as an operator takes and restores them, on either engine."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa
from psycopg import sql

from tests.postgres import plain
from tests.store.conftest import KEY, Store
from workstation.store.database import Database

Restore = Callable[[], Store]


class Backups:
    """Takes copies of a store at rest; each copy can be opened as the store it then was."""

    def __init__(self, folder: Path, server_url: str, database_url: str) -> None:
        self._folder = folder
        self._server = server_url
        self._database = database_url
        self._open = ExitStack()
        self._taken = 0

    def take(self, store: Store) -> Restore:
        """Copy the store as it is now; the result opens the copy."""
        store.database.close()
        self._taken += 1
        opened = self._copied_file() if not self._server else self._copied_database()
        return lambda: self._restored(store, opened())

    def close(self) -> None:
        self._open.close()

    def _restored(self, store: Store, database: Database) -> Store:
        self._open.callback(database.close)
        return Store(database, store.clock, new=False)

    def _copied_file(self) -> Callable[[], Database]:
        path = self._folder / f"backup {self._taken}.db"
        shutil.copy(self._folder / "store.db", path)
        return lambda: Database.sqlite(path, KEY)

    def _copied_database(self) -> Callable[[], Database]:
        original = str(sa.make_url(self._database).database)
        name = f"{original}_backup_{self._taken}"
        server = self._open.enter_context(psycopg.connect(plain(self._server), autocommit=True))
        names = sql.Identifier(name), sql.Identifier(original)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(names[0])
        self._open.callback(server.execute, drop)
        url = self._database.replace(f"/{original}?", f"/{name}?")
        return lambda: Database.postgres(url)


@contextmanager
def backups_of(folder: Path, server_url: str = "", database_url: str = "") -> Iterator[Backups]:
    """Backups that are closed, and dropped, at the end."""
    backups = Backups(folder, server_url, database_url)
    try:
        yield backups
    finally:
        backups.close()
