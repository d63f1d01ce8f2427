"""A backup of a world's store taken and put back under the same address, as an operator does."""

import shutil
from collections.abc import Callable

from argon2 import PasswordHasher

from tests.world import STORE_KEY, World, mark_knives
from workstation.machine.ids import Ids
from workstation.store.api import Api
from workstation.store.database import Database
from workstation.store.epochs import new_epoch

PutBack = Callable[[], None]


def backup_of(world: World) -> PutBack:
    """Copy the store's file as it is now; calling the result puts that copy in its place."""
    copy = world.folder / "backup.db"
    world.database.close()
    shutil.copy(world.folder / "store.db", copy)
    _open(world)

    def put_back() -> None:
        world.database.close()
        for tail in ("-wal", "-shm"):
            (world.folder / f"store.db{tail}").unlink(missing_ok=True)
        shutil.copy(copy, world.folder / "store.db")
        _open(world)

    return put_back


def begin_epoch(world: World) -> None:
    """What the operator types after a restore."""
    new_epoch(world.database, Ids(world.clock), world.clock.now(), "a disk died", 50)


def _open(world: World) -> None:
    """The store opens its file again; every line leads to it."""
    world.database = Database.sqlite(world.folder / "store.db", STORE_KEY)
    hasher = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
    ids = Ids(world.clock)
    world.api = Api(world.database, world.clock, ids, mark_knives, hasher)
    for station in world._stations:
        station.line._api = world.api
