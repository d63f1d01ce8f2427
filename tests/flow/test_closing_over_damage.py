"""The local copy is damaged while the desk is open, and she closes the program then."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.flow.test_over_http import _conversation, _desk, address  # noqa: F401
from tests.world import World
from workstation.cache.confirmed import CacheDamaged
from workstation.cache.shelf import Shelf
from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.domain.roles import PersonId


def harm(desk: Desk) -> None:
    """Every page of cache.db is gone, and none of it is in memory any more."""
    for name in ("cache.db", "cache.db-wal"):
        path = desk.stock.profile.folder / name
        path.write_bytes(bytes(path.stat().st_size))
    for shelf in (desk.stock.shelf, desk.stock.lists):
        with pytest.raises(CacheDamaged):
            read_again(shelf, desk.person.id)


def read_again(shelf: Shelf, person: PersonId) -> list[ReportId]:
    """What the disk holds of it now."""
    shelf._connection.execute("PRAGMA shrink_memory")
    return shelf.held_by(person)


@pytest.mark.fault("F21", "F52")
def test_the_desk_closes_its_threads_end_and_the_copy_is_set_aside(
    world: World,
    address: str,  # noqa: F811
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    id = world.a_day()[0]
    with _desk(world, address, tmp_path, "ann") as desk:
        qtbot.waitUntil(lambda: desk.report(id) is not None and desk.link().blocks_left == 10)
        harm(desk)
    assert _conversation() == []
    assert list(desk.stock.profile.folder.glob("cache.damaged-*")) != []
