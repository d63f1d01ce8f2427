"""The same recovery by the desk's own threads, over a socket."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.flow.restored import backup_of, begin_epoch
from tests.flow.test_over_http import _desk
from tests.world import World
from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote
from workstation.store.serving import Background, Service
from workstation.store.verify import verify


@pytest.mark.expects_log("a new epoch")
@pytest.mark.expects_log("was this store restored?")
@pytest.mark.parametrize("is_forgotten", [False, True])
def test_threads_give_a_restored_store_what_it_lost(
    world: World, tmp_path: Path, qtbot: QtBot, is_forgotten: bool
) -> None:
    id = world.a_day()[0]
    with ExitStack() as until_end:
        service = Service(world.api, world.database, world.clock)
        with Background(service) as running:
            desk = until_end.enter_context(_desk(world, running.url, tmp_path, "ann"))
            qtbot.waitUntil(lambda: desk.report(id) is not None, timeout=20_000)
        put_back = backup_of(world)
        with Background(Service(world.api, world.database, world.clock, port=service.port)):
            for text in ("One", "Two"):
                assert desk.submit(AddNote(report=id, text=text)) is None
            desk.wake()
            qtbot.waitUntil(lambda: _told(desk, id) == ["One", "Two"], timeout=30_000)
        put_back()
        if not is_forgotten:
            begin_epoch(world)
        again = Service(world.api, world.database, world.clock, port=service.port)
        until_end.enter_context(Background(again))
        desk.wake()
        qtbot.waitUntil(lambda: bool(desk.link().notices), timeout=30_000)
        qtbot.waitUntil(lambda: _is_all_back(desk, id), timeout=30_000)
    assert len(world.journal(id).lines) == 3
    assert verify(world.database) == []


def _is_all_back(desk: Desk, id: ReportId) -> bool:
    return desk.link().waiting == 0 and _told(desk, id) == ["One", "Two"]


def _told(desk: Desk, id: ReportId) -> list[str]:
    lines = [one for one in desk.entries(id) if not one.pending]
    return [one.entry.text for one in lines if one.entry.text in ("One", "Two")]
