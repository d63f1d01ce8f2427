"""A wire that swallows one way: the desk says so in time, loses nothing, and drains after."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.faults.kill_rig import StoreProcess, a_sqlite_store, served
from tests.faults.proxy import Proxy, proxied
from tests.faults.proxy_desk import Station, station
from tests.world import listed
from workstation.desk import QueueFilter
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote

SOON_MS = 45_000
HEALED_MS = 60_000


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreProcess]:
    """A store process with five reports for all of these."""
    path, _ = a_sqlite_store(tmp_path_factory.mktemp("line"), 5)
    with served(str(path)) as process:
        yield process


@pytest.fixture
def wire(store: StoreProcess) -> Iterator[Proxy]:
    """A harmful wire to it."""
    with proxied(store.url) as proxy:
        yield proxy


@pytest.fixture
def ann(wire: Proxy, tmp_path: Path, qtbot: QtBot) -> Iterator[Station]:
    """Ann's desk with its threads, filled and online."""
    with station(wire.url, tmp_path, "ann", threads=True) as one:
        qtbot.waitUntil(lambda: one.desk.link().online, timeout=20_000)
        qtbot.waitUntil(lambda: len(listed(one.desk, QueueFilter())) == 5, timeout=20_000)
        yield one


@pytest.mark.fault("F6")
@pytest.mark.invariant("I1", "I3", "I8", "I37")
@pytest.mark.parametrize("way", ["up", "down"])
def test_a_wire_that_swallows_one_way_is_told_in_time_and_drains_when_healed(
    wire: Proxy, ann: Station, qtbot: QtBot, way: str
) -> None:
    report = listed(ann.desk, QueueFilter())[0]
    getattr(wire, way).swallows = True
    assert ann.desk.submit(AddNote(report=report, text=f"Swallowed {way}.")) is None
    qtbot.waitUntil(lambda: not ann.desk.link().online, timeout=SOON_MS)
    assert ann.desk.link().waiting == 1
    wire.heal()
    _drains(ann, qtbot)
    assert _times(ann, report, f"Swallowed {way}.", qtbot) == 1


@pytest.mark.fault("F6", "F7")
@pytest.mark.invariant("I3", "I8", "I37")
def test_a_cable_pulled_again_and_again_loses_and_doubles_nothing(
    wire: Proxy, ann: Station, qtbot: QtBot
) -> None:
    reports = listed(ann.desk, QueueFilter())
    for n in range(8):
        for report in reports:
            assert ann.desk.submit(AddNote(report=report, text=f"Pull {n}.")) is None
        wire.next("POST /v1/commands", answer_cut=wire.random.randrange(400))
        wire.cut()
        qtbot.waitUntil(lambda: not ann.desk.link().online, timeout=SOON_MS)
        wire.heal()
        ann.desk.wake()
        qtbot.waitUntil(lambda: ann.desk.link().online, timeout=HEALED_MS)
    _drains(ann, qtbot)
    for report in reports:
        for n in range(8):
            assert _times(ann, report, f"Pull {n}.", qtbot) == 1


@pytest.mark.fault("F3", "F6")
@pytest.mark.invariant("I3", "I8", "I37", "I41")
def test_a_store_killed_beneath_a_desk_is_found_again_when_it_returns(
    store: StoreProcess, ann: Station, qtbot: QtBot
) -> None:
    report = listed(ann.desk, QueueFilter())[1]
    store.kill()
    assert ann.desk.submit(AddNote(report=report, text="While it was dead.")) is None
    qtbot.waitUntil(lambda: not ann.desk.link().online, timeout=SOON_MS)
    store.restart()
    _drains(ann, qtbot)
    assert _times(ann, report, "While it was dead.", qtbot) == 1


def _drains(ann: Station, qtbot: QtBot) -> None:
    """By itself, without anything the person does."""
    qtbot.waitUntil(lambda: ann.desk.link().waiting == 0, timeout=HEALED_MS)
    qtbot.waitUntil(lambda: ann.desk.link().online, timeout=HEALED_MS)


def _times(ann: Station, report: ReportId, text: str, qtbot: QtBot) -> int:
    """How often a note stands in the story the store told; waits until it is there."""

    def told() -> int:
        entries = ann.desk.stock.shelf.entries(report)
        return sum(entry.text == text for _, entry in entries)

    qtbot.waitUntil(lambda: told() > 0, timeout=HEALED_MS)
    return told()
