"""Leaving is quick whatever the line does, and what a desk has learnt survives it."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec import Raw
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from tests.sync.stubs import Stub, black_hole
from tests.world import DESK_KEY, HandClock, Line, Station, World
from workstation.app.person import SigningIn
from workstation.desk import Fittings, open_desk
from workstation.desk.exchange import Exchange
from workstation.desk.threads import Job, LinkThread, look
from workstation.domain.grading import EscalateEmergency
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote
from workstation.machine.ids import Ids
from workstation.sync.courier import Courier
from workstation.sync.link import Link, LiveLink
from workstation.wire.protocol import Changes, CommandBatch, CommandReply, Hello, SignIn

QUICK_S = 3.0


@pytest.mark.fault("F52")
def test_a_desk_closes_at_once_while_the_store_is_a_black_hole(
    world: World, ann: Station, qtbot: QtBot
) -> None:
    ann.exchange()
    ann.close()
    fittings = Fittings(clock=world.clock, ids=Ids(world.clock), workstation="W01")
    with Stub(black_hole) as stub:
        link, live = Link(stub.address), LiveLink(stub.address, lambda: "token")
        opening = open_desk(
            ann.profile, "store", link, ann.credentials, fittings, key=DESK_KEY, live=live
        )
        with opening:
            assert stub.called.wait(5)
            began = time.monotonic()
        assert time.monotonic() - began < QUICK_S
        link.close()


def test_a_sign_in_under_way_is_given_up_at_once_and_says_nothing(qtbot: QtBot) -> None:
    with Stub(black_hole) as stub:
        attempt = SigningIn(stub.address, SignIn("ann", "password", "W01"))
        told: list[object] = []
        attempt.done.connect(told.append)
        attempt.failed.connect(told.append)
        attempt.begin()
        assert stub.called.wait(5)
        attempt.give_up()
        assert attempt.wait(QUICK_S)
        assert told == []


def test_an_ended_sign_in_is_told_once_until_a_sign_in_holds_again(
    world: World, ann: Station
) -> None:
    told: list[str] = []
    ann.desk.signed_out.connect(told.append)
    exchange = Exchange(ann.desk)
    courier = Courier(ann.line, ann.credentials)
    good = ann.credentials.session()
    assert good is not None
    assert exchange.once(courier)
    for _ in range(2):
        ann.line.sign_out(good.token)
        assert not exchange.once(courier)
        assert not exchange.once(courier)
        good = ann.line.sign_in(SignIn("ann", "correct horse", "W01"))
        ann.credentials.keep(good)
        assert exchange.once(courier)
    assert len(told) == 2


def test_how_far_the_pcs_clock_is_off_is_known_after_a_restart_offline(world: World) -> None:
    wrong = HandClock()
    wrong.time += timedelta(minutes=7)
    bob = world.station("bob", "W02", wrong)
    bob.exchange()
    assert bob.desk.clock.now() == world.clock.now()
    bob.line.is_cut = True
    desk = bob.restart()
    assert desk.clock.now() == world.clock.now()
    bob.line.is_cut = False
    wrong.time = world.clock.now()
    bob.exchange()
    bob.line.is_cut = True
    assert bob.restart().clock.now() == world.clock.now()


class Counting(Line):
    """A line that counts what is tried on it."""

    def __init__(self, line: Line) -> None:
        super().__init__(line._api)
        self.hellos = 0
        self.batches = 0

    def hello(self) -> Hello:
        """Which store this is."""
        self.hellos += 1
        return super().hello()

    def commands(self, token: str, batch: CommandBatch) -> CommandReply:
        """Send commands."""
        self.batches += 1
        return super().commands(token, batch)


@pytest.fixture
def counting(ann: Station) -> Counting:
    """Ann's line, counted."""
    return Counting(ann.line)


@pytest.fixture
def link(ann: Station, counting: Counting) -> LinkThread:
    """A link that is not started: its steps are taken one by one."""
    courier = Courier(counting, ann.credentials)
    return LinkThread(courier, ann.desk.stock.confirmed, ann.desk.clock)


@pytest.mark.fault("F9")
def test_while_the_circuit_is_open_ordinary_work_tries_nothing_and_is_told_offline(
    world: World, ann: Station, link: LinkThread, counting: Counting
) -> None:
    id = world.a_day()[1]
    ann.exchange()
    counting.is_cut = True
    told: list[str] = []
    link.crossing.offline.connect(told.append)
    for _ in range(5):
        _look(link)
    assert counting.hellos == 5
    ann.do(AddNote(report=id, text="Quiet"))
    assert _send(ann, link) > 0
    assert (counting.hellos, len(told)) == (5, 6)
    link._fill.shutdown()


@pytest.mark.fault("F9")
@pytest.mark.invariant("I8")
def test_what_sends_officers_is_tried_at_once_and_often_though_the_circuit_is_open(
    world: World, ann: Station, link: LinkThread, counting: Counting
) -> None:
    id = world.a_day()[2]
    ann.exchange()
    counting.is_cut = True
    for _ in range(8):
        _look(link)
    tried = counting.hellos
    ann.do(EscalateEmergency(report=id, why="A knife."))
    assert _send(ann, link) <= 5.0
    assert counting.hellos == tried + 1
    assert _look(link) <= 5.0
    assert counting.hellos == tried + 2
    counting.is_cut = False
    assert _send(ann, link) >= 20.0
    assert counting.batches == 1
    assert world.states()[ReportId(id)].is_emergency
    assert link._breaker.wait_s() == 0.0
    link._fill.shutdown()


@pytest.mark.fault("F10")
@pytest.mark.invariant("I11")
def test_a_page_that_cannot_be_read_changes_nothing_and_is_asked_for_again(
    world: World, ann: Station
) -> None:
    world.a_day()
    ann.exchange()
    before = ann.desk.stock.shelf.standing()
    world.a_day()
    good = ann.line._api.changes
    ann.line._api.changes = _garbled(good)  # type: ignore[method-assign, assignment]
    assert not ann.exchange()
    assert "could not be read" in ann.desk.link().problem
    assert ann.desk.stock.shelf.standing() == before
    ann.line._api.changes = good  # type: ignore[method-assign]
    assert ann.exchange()


def _look(link: LinkThread) -> float:
    return link._do(Job(look))


def _send(station: Station, link: LinkThread) -> float:
    batch = station.desk.stock.outbox.next_batch()
    assert batch is not None
    link.send(batch)
    job = link._jobs.get_nowait()
    assert job is not None
    return link._do(job)


def _garbled(changes: Callable[[str, str], Changes]) -> Callable[[str, str], Changes]:
    def garbled(token: str, cursor: str) -> Changes:
        page = changes(token, cursor)
        last = replace(page.changes[-1], kind="report", body=Raw(b'{"id":7}'))
        return replace(page, changes=(*page.changes, last))

    return garbled
