"""Claims of desks that fell silent."""

import threading
import time
from datetime import timedelta

import pytest

from tests.store.conftest import DeskOf, Store
from workstation.domain.claiming import ClaimReport
from workstation.domain.grading import EscalateEmergency
from workstation.domain.report import Location, ReportId
from workstation.store import timekeeper
from workstation.store.timekeeper import Timekeeper
from workstation.store.verify import verify
from workstation.wire.protocol import Heartbeat


def keeper(store: Store) -> Timekeeper:
    return Timekeeper(store.database, store.api.ledger, store.clock)


def beat(desk: DeskOf, *holds: ReportId) -> None:
    desk.store.api.heartbeat(desk.token, Heartbeat(desk.outbox, holds))


@pytest.mark.invariant("I20")
def test_a_report_of_a_silent_desk_is_detached_and_never_free(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    ann.do(ClaimReport(report=report))
    store.clock.pass_by(timedelta(seconds=60))
    beat(ann, report)
    store.clock.pass_by(timedelta(seconds=90))
    assert keeper(store).detach_silent() == []
    store.clock.pass_by(timedelta(seconds=1))
    assert keeper(store).detach_silent() == [report]
    assert keeper(store).detach_silent() == []
    state = store.report(report)
    assert (state.lease, state.fence) == ("detached", 1)
    assert state.claim is not None
    assert state.claim.detached_at == store.clock.now()
    assert verify(store.database) == []


def test_another_desk_of_the_same_person_does_not_speak_for_this_one(store: Store) -> None:
    report, ann, elsewhere = store.receive().report, store.desk("ann"), store.desk("ann", "W02")
    ann.do(ClaimReport(report=report))
    place = Location(text="Mill Road")
    ann.do(EscalateEmergency(report=report, why="A knife", location=place))
    store.clock.pass_by(timedelta(seconds=91))
    beat(elsewhere)
    assert keeper(store).detach_silent() == [report]


@pytest.mark.fault("F15")
@pytest.mark.invariant("I22")
def test_a_desk_whose_clock_is_years_behind_keeps_what_it_just_took(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    behind = timedelta(days=3653)
    store.clock.pass_by(-behind)
    claim = ann.seal(ClaimReport(report=report))
    store.clock.pass_by(behind)
    ann.send(claim)
    store.clock.pass_by(timedelta(seconds=90))
    assert keeper(store).detach_silent() == []
    store.clock.pass_by(timedelta(seconds=1))
    assert keeper(store).detach_silent() == [report]


def test_the_thread_ends_with_its_block(store: Store) -> None:
    with keeper(store) as running:
        pass
    assert not running._thread.is_alive()


@pytest.mark.invariant("I8")
@pytest.mark.expects_log("The look for silent desks failed")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_look_that_fails_does_not_end_the_looking(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timekeeper, "LOOKS_EVERY_S", 0.01)
    report = store.receive().report
    store.desk("ann").do(ClaimReport(report=report))
    store.clock.pass_by(timedelta(seconds=91))
    look, failed = Timekeeper.detach_silent, threading.Event()

    def look_badly(self: Timekeeper) -> list[ReportId]:
        if not failed.is_set():
            failed.set()
            raise ValueError("a report that cannot be read")
        return look(self)

    monkeypatch.setattr(Timekeeper, "detach_silent", look_badly)
    with keeper(store) as running:
        assert failed.wait(10)
        until = time.monotonic() + 10
        while store.report(report).lease == "active" and time.monotonic() < until:
            running._thread.join(0.01)
    assert store.report(report).lease == "detached"


@pytest.mark.fault("F16")
@pytest.mark.invariant("I22")
def test_a_clock_set_back_keeps_nobodys_lease_for_an_hour(store: Store) -> None:
    first, second = (store.receive(n).report for n in ("1", "2"))
    ann, bob = store.desk("ann"), store.desk("bob", "W02")
    ann.do(ClaimReport(report=first))
    bob.do(ClaimReport(report=second))
    store.clock.pass_by(-timedelta(hours=1))
    beat(bob, second)
    assert keeper(store).detach_silent() == [first]
    beat(ann, first)
    assert store.report(first).lease == "active"


@pytest.mark.fault("F16")
@pytest.mark.invariant("I22")
def test_what_was_heard_before_the_clock_was_set_back_keeps_nobody_later(store: Store) -> None:
    """The clock comes by the hour of that old sign of life again, while its desk is silent."""
    report, ann = store.receive().report, store.desk("ann")
    beat(ann)
    store.clock.pass_by(-timedelta(minutes=10))
    assert keeper(store).detach_silent() == []
    store.clock.pass_by(timedelta(minutes=9))
    ann.do(ClaimReport(report=report))
    store.clock.pass_by(timedelta(seconds=91))
    assert keeper(store).detach_silent() == [report]
