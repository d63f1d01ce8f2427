"""A desk looks at the store by itself: soon after a failure, now and then while all is well."""

import threading
from pathlib import Path

import pytest

from tests.world import Line, Station, World, a_world
from workstation.desk.threads import Job, LinkThread, look
from workstation.domain.story import AddNote
from workstation.sync.courier import Courier
from workstation.sync.pace import LONGEST_OPEN_S, Pace
from workstation.wire.protocol import Hello


class Waited(Line):
    """A line on which somebody waits for the desk to come again."""

    def __init__(self, line: Line) -> None:
        super().__init__(line._api)
        self.came = threading.Semaphore(0)

    def hello(self) -> Hello:
        """Which store this is."""
        self.came.release()
        return super().hello()


@pytest.fixture
def link(ann: Station) -> LinkThread:
    """A link that is not started: its steps are taken one by one."""
    courier = Courier(ann.line, ann.credentials)
    return LinkThread(courier, ann.desk.stock.confirmed, ann.desk.clock)


@pytest.mark.fault("F6", "F9")
@pytest.mark.invariant("I8")
def test_after_a_failure_the_link_tries_again_by_itself(
    world: World, ann: Station, link: LinkThread
) -> None:
    world.a_day()
    ann.line.is_cut = True
    assert all(0 <= link._do(Job(look)) <= LONGEST_OPEN_S for _ in range(20))
    ann.line.is_cut = False
    link._fill.shutdown()


@pytest.mark.invariant("I15")
def test_after_a_failure_the_store_says_first_who_it_is(
    world: World, ann: Station, tmp_path: Path, link: LinkThread
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    link._do(Job(look))
    ann.line.is_cut = True
    link._do(Job(look))
    (tmp_path / "other").mkdir()
    with a_world(tmp_path / "other") as other:
        ann.line._api, ann.line.is_cut = other.api, False
        ann.do(AddNote(report=id, text="Not for them"))
        batch = ann.desk.stock.outbox.next_batch()
        assert batch is not None
        link._do(Job(lambda: link._send(batch)))
    assert ann.line.sent == 0
    link._fill.shutdown()


@pytest.mark.fault("F13")
@pytest.mark.invariant("I8")
def test_without_a_poke_a_desk_looks_within_half_a_minute(
    world: World, ann: Station, link: LinkThread
) -> None:
    world.a_day()
    assert 20 <= link._do(Job(look)) <= 30
    link._fill.shutdown()


@pytest.mark.fault("F6")
@pytest.mark.invariant("I8")
def test_a_link_left_alone_on_a_dead_line_comes_again_and_again(
    world: World, ann: Station
) -> None:
    line = Waited(ann.line)
    line.is_cut = True
    link = LinkThread(Courier(line, ann.credentials), ann.desk.stock.confirmed, ann.desk.clock)
    link._pace = Pace(lambda: 0.0)
    link.start()
    try:
        assert all(line.came.acquire(timeout=10) for _ in range(4))
    finally:
        link.end()
