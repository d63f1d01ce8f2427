"""From the public to a second desk: intake, claim, grade, feed."""

from datetime import timedelta

import msgspec

from tests.store.conftest import Store
from workstation.domain.claiming import ClaimReport
from workstation.domain.entry import Entry
from workstation.domain.grading import EscalateEmergency, GradeReport
from workstation.domain.report import Location, Report


def test_a_grade_given_at_one_desk_is_read_at_another(store: Store) -> None:
    receipt = store.receive("He has a knife")
    ann, bob = store.desk("ann", "W01"), store.desk("bob", "W02")
    cursor = store.api.changes(bob.token).cursor
    assert ann.do(ClaimReport(report=receipt.report)).word == "accepted"
    why = EscalateEmergency(
        report=receipt.report, why="A knife", location=Location(text="12 Mill Road")
    )
    outcome = ann.do(why)
    assert (outcome.word, outcome.versions) == ("accepted", {receipt.report: 3})
    page = store.api.changes(bob.token, cursor)
    states = [msgspec.json.decode(c.body, type=Report) for c in page.changes if c.kind == "report"]
    assert [s.is_emergency for s in states] == [True]
    assert states[0].claim is not None
    assert states[0].claim.by.name == "Ann"
    entries = [msgspec.json.decode(c.body, type=Entry) for c in page.changes if c.kind == "entry"]
    assert states[0].grading is not None
    graded = f"Graded {states[0].grading.name}"
    assert [e.title for e in entries] == ["Ann took this report", graded]
    assert store.api.changes(bob.token, page.cursor).changes == ()


def test_every_contact_has_a_receipt_code_an_incident_number_and_marked_phrases(
    store: Store,
) -> None:
    first, second = store.receive("He has a knife"), store.receive()
    assert first.receipt_code.startswith("CAM-")
    assert (first.incident_number, second.incident_number) == (
        "CC-22112026-0001",
        "CC-22112026-0002",
    )
    assert [m.words for m in store.report(first.report).marked] == ["knife"]


def test_an_act_over_newer_work_is_said_to_be_merged(store: Store) -> None:
    report = store.receive().report
    store.desk("ann").do(ClaimReport(report=report))
    store.clock.pass_by(timedelta(minutes=1))
    grade = GradeReport(report=report, code="I", reason="now")
    place = EscalateEmergency(report=report, why="now", location=Location(text="Mill Road"))
    bob = store.desk("bob")
    assert bob.do(place, {report: 1}).merged
    assert not bob.do(grade, {report: 3}).merged
