"""Leases in the store: its own clock, fences inside the transaction, desks that come back."""

from datetime import timedelta

import msgspec
import pytest

from tests.store.conftest import DeskOf, Store
from tests.told import told_yes
from workstation.domain.act import Command
from workstation.domain.claiming import ClaimReport, ReassignReport, ReleaseReport
from workstation.domain.closing import CloseReport
from workstation.domain.entry import Entry
from workstation.domain.grading import EscalateEmergency, GradeReport
from workstation.domain.packets import ReservePacket
from workstation.domain.report import EarlierContacts, Location, Report, ReportId
from workstation.domain.risk import AssessRisk
from workstation.domain.roles import Author, PersonId
from workstation.domain.story import AddNote
from workstation.store.timekeeper import Timekeeper
from workstation.store.verify import verify
from workstation.wire.protocol import Envelope, Heartbeat, Outcome, envelope_decoder, sealed

BOB = Author(PersonId("bob"), "Bob")
ANN = Author(PersonId("ann"), "Ann")


def keeper(store: Store) -> Timekeeper:
    return Timekeeper(store.database, store.api.ledger, store.clock)


def sent(desk: DeskOf, command: Command, **envelope: object) -> Outcome:
    """What the store says to an envelope with these fields."""
    made = msgspec.structs.replace(envelope_decoder.decode(desk.seal(command)), **envelope)
    assert isinstance(made, Envelope)
    return msgspec.json.decode(desk.send(sealed(made))[0], type=Outcome)


def levels(store: Store) -> dict[str, str]:
    pack = msgspec.json.decode(store.api.pack(store.token("ann"), store.api.hello().pack))
    return {one["key"]: one["levels"][0] for one in pack["thrive"]}


def graded(store: Store, desk: DeskOf, code: str = "R") -> ReportId:
    """A report somebody took, assessed and graded."""
    report = store.receive().report
    place = Location(text="Mill Road")
    for command in (
        ClaimReport(report=report),
        AssessRisk(report=report, levels=levels(store), earlier=EarlierContacts()),
        GradeReport(report=report, code=code, reason="as told")
        if code != "E"
        else EscalateEmergency(report=report, why="a knife", location=place),
    ):
        assert desk.do(command).word == "accepted"
    return report


def held_at(store: Store, report: ReportId) -> tuple[str, str]:
    """How the lease stands, and at which PC."""
    claim = store.report(report).claim
    assert claim is not None
    return store.report(report).lease, claim.workstation


def told_of(store: Store, report: ReportId) -> list[str]:
    """The titles of a report's story."""
    lines = [c for c in store.api.changes(store.token("sue")).changes if c.kind == "entry"]
    entries = [msgspec.json.decode(line.body, type=Entry) for line in lines]
    return [one.title for one in entries if one.report == report]


def silence(store: Store) -> None:
    store.clock.pass_by(timedelta(seconds=91))
    keeper(store).detach_silent()


@pytest.mark.fault("F31")
@pytest.mark.invariant("I19")
def test_a_late_close_is_refused_when_a_supervisor_moved_the_report_and_gave_it_back(
    store: Store,
) -> None:
    ann, sue = store.desk("ann"), store.desk("sue")
    report = graded(store, ann)
    state = store.report(report)
    seen = {report: state.version + 2}
    for to in (BOB, ANN):
        sue.do(ReassignReport(report=report, to=to, reason="Ann is offline"))
    close = CloseReport(
        report=report, reason="advice", caller_told="yes", told=told_yes(store.clock.now())
    )
    refused = sent(ann, close, seen=seen, fence=state.fence)
    assert (refused.word, refused.code) == ("refused", "claim/changed")
    assert "Bob held this report meanwhile" in refused.sentence
    again = sent(ann, close, seen=seen, fence=state.fence + 2)
    assert again.word == "accepted"
    assert verify(store.database) == []


@pytest.mark.fault("F31")
def test_what_a_late_handler_adds_merges_and_says_it_was_recorded_offline(store: Store) -> None:
    ann, sue = store.desk("ann"), store.desk("sue")
    report = graded(store, ann)
    made_at = store.clock.now()
    sue.do(ReassignReport(report=report, to=BOB, reason="Ann is offline"))
    store.clock.pass_by(timedelta(minutes=5))
    note = AddNote(report=report, text="She rang back")
    assert sent(ann, note, made_at=made_at, fence=1).word == "accepted"
    lines = [c for c in store.api.changes(store.token("sue")).changes if c.kind == "entry"]
    entries = [msgspec.json.decode(line.body, type=Entry) for line in lines]
    told = {entry.text: entry.late for entry in entries}
    assert told["She rang back"] is True
    assert told["as told"] is False
    assert verify(store.database) == []


@pytest.mark.invariant("I18", "I20")
def test_a_silent_desk_keeps_its_report_until_a_peer_takes_it_over_knowingly(
    store: Store,
) -> None:
    ann, bob = store.desk("ann"), store.desk("bob")
    report = graded(store, ann)
    silence(store)
    over = ClaimReport(report=report, over_detached=True)
    assert bob.do(over).code == "claim/held"
    store.clock.pass_by(timedelta(minutes=30))
    assert bob.do(ClaimReport(report=report)).code == "claim/detached"
    assert bob.do(over).word == "accepted"
    state = store.report(report)
    assert (state.fence, state.claim and state.claim.by.id) == (2, "bob")
    assert verify(store.database) == []


def test_an_emergency_of_a_silent_desk_may_be_taken_over_at_once(store: Store) -> None:
    ann, bob = store.desk("ann"), store.desk("bob")
    report = graded(store, ann, "E")
    silence(store)
    assert store.report(report).lease == "detached"
    assert bob.do(ClaimReport(report=report, over_detached=True)).word == "accepted"


def test_a_heartbeat_takes_the_report_up_again_with_the_fence_it_had(store: Store) -> None:
    ann = store.desk("ann")
    report = graded(store, ann)
    silence(store)
    answer = store.api.heartbeat(ann.token, Heartbeat(ann.outbox, (report,)))
    assert answer.held == (report,)
    state = store.report(report)
    assert (state.lease, state.fence) == ("active", 1)
    close = CloseReport(
        report=report, reason="advice", caller_told="yes", told=told_yes(store.clock.now())
    )
    assert sent(ann, close, seen={report: state.version}, fence=1).word == "accepted"
    assert verify(store.database) == []


@pytest.mark.invariant("I18")
def test_who_sits_down_at_another_pc_goes_on_there(store: Store) -> None:
    ann, bob, there = store.desk("ann"), store.desk("bob"), store.desk("ann", "W09")
    report = graded(store, ann, "E")
    store.clock.pass_by(timedelta(seconds=60))
    beat = Heartbeat(there.outbox, (report,))
    assert store.api.heartbeat(there.token, beat).held == (report,)
    assert held_at(store, report) == ("active", "W01")
    silence(store)
    assert store.api.heartbeat(there.token, beat).held == (report,)
    assert held_at(store, report) == ("active", "W09")
    assert store.report(report).fence == 1
    assert bob.do(ClaimReport(report=report, over_detached=True)).code == "claim/held"
    assert there.do(AddNote(report=report, text="Still on the line")).word == "accepted"
    assert "Ann goes on at another PC" in told_of(store, report)
    store.clock.pass_by(timedelta(seconds=60))
    assert store.api.heartbeat(there.token, beat).held == (report,)
    store.clock.pass_by(timedelta(seconds=60))
    assert keeper(store).detach_silent() == []
    assert verify(store.database) == []


@pytest.mark.invariant("I18")
def test_nobody_resumes_what_a_silent_colleague_holds(store: Store) -> None:
    ann, bob = store.desk("ann"), store.desk("bob", "W09")
    report = graded(store, ann)
    silence(store)
    beat = Heartbeat(bob.outbox, (report,))
    assert store.api.heartbeat(bob.token, beat).held == ()
    assert held_at(store, report) == ("detached", "W01")


@pytest.mark.invariant("I18")
def test_a_heartbeat_takes_nothing_from_who_has_it_now(store: Store) -> None:
    ann, sue = store.desk("ann"), store.desk("sue")
    report = graded(store, ann)
    silence(store)
    sue.do(ReassignReport(report=report, to=BOB, reason="Ann is offline"))
    assert store.api.heartbeat(ann.token, Heartbeat(ann.outbox, (report,))).held == ()
    state = store.report(report)
    assert state.claim is not None
    assert state.claim.by == BOB


@pytest.mark.fault("F15")
@pytest.mark.invariant("I22")
@pytest.mark.parametrize("years", [-10, 10])
def test_no_lease_depends_on_the_clock_of_a_desk(store: Store, years: int) -> None:
    ann, bob = store.desk("ann"), store.desk("bob")
    report = store.receive().report
    wrong = store.clock.now() + timedelta(days=365 * years)
    sent(ann, ClaimReport(report=report), made_at=wrong)
    store.clock.pass_by(timedelta(seconds=89))
    assert keeper(store).detach_silent() == []
    store.clock.pass_by(timedelta(seconds=2))
    assert keeper(store).detach_silent() == [report]
    over = ClaimReport(report=report, over_detached=True)
    assert sent(bob, over, made_at=wrong).word == "accepted"  # nobody had looked: no hold


@pytest.mark.invariant("I20")
def test_a_supervisor_who_was_offline_moves_only_what_is_with_whom_she_saw(store: Store) -> None:
    ann, sue, sam = store.desk("ann"), store.desk("sue"), store.desk("sue", "W02")
    report = graded(store, ann)
    made_at = store.clock.now()
    sue.do(ReassignReport(report=report, to=BOB, reason="shift ends"))
    store.clock.pass_by(timedelta(minutes=10))
    late = ReassignReport(report=report, to=ANN, reason="busy", saw=PersonId("ann"))
    refused = sent(sam, late, made_at=made_at)
    assert (refused.code, refused.sentence[:8]) == ("reassign/changed", "Bob hold")
    online = ReassignReport(report=report, to=ANN, reason="busy", saw=PersonId("ann"))
    assert sent(sam, online).word == "accepted"


def test_a_packet_is_of_one_desk_for_an_hour_then_everybodys(store: Store) -> None:
    ann, bob = store.desk("ann"), store.desk("bob")
    report = graded(store, ann)
    ann.do(ReleaseReport(report=report))
    assert ann.do(ReservePacket(report=report)).word == "accepted"
    assert bob.do(ReservePacket(report=report)).word == "accepted"  # and nothing happened
    refused = bob.do(ClaimReport(report=report))
    assert (refused.code, refused.sentence[:29]) == (
        "claim/reserved",
        "Reserved for Ann until 11:00.",
    )
    store.clock.pass_by(timedelta(minutes=59))
    assert (keeper(store).detach_silent(), keeper(store).end_packets()) == ([], [])
    store.clock.pass_by(timedelta(minutes=1))
    assert keeper(store).end_packets() == [report]
    assert keeper(store).end_packets() == []
    state: Report = store.report(report)
    assert (state.lease, state.fence) == ("free", 4)
    assert verify(store.database) == []
