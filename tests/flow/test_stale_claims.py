"""A report that changed hands while its holder was offline: her exclusive acts are shown her."""

import pytest

from tests.flow.meeting import CLOSE, Meeting
from tests.told import told_yes
from tests.world import MORNING, Station, World
from workstation.domain.claiming import ReassignReport
from workstation.domain.closing import CloseReport
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.roles import Author, PersonId
from workstation.domain.story import AddNote

ANN = Author(PersonId("ann"), "Ann Lee")
BOB = Author(PersonId("bob"), "Bob Lee")


@pytest.mark.fault("F31")
@pytest.mark.invariant("I5", "I19")
def test_a_close_from_before_the_report_changed_hands_is_refused_though_it_came_back(
    world: World,
) -> None:
    id = world.a_day()[0]
    ann, sue = world.station("ann", "W1"), world.station("sue", "W3")
    ann.exchange()
    ann.assess(id)
    ann.exchange()
    ann.line.is_cut = True
    ann.do(AddNote(report=id, text="She rang back"))
    ann.do(CloseReport(report=id, reason="Found", caller_told="yes", told=told_yes(MORNING)))
    passed_on(sue, id)
    ann.line.is_cut = False
    ann.exchange()
    (shown,) = ann.desk.attention()
    assert (shown.command, shown.case.code) == ("CloseReport", "claim/changed")
    assert "She rang back" in [one.entry.text for one in ann.desk.entries(id)]
    assert world.states()[id].closing is None
    ann.do(CloseReport(report=id, reason="Found", caller_told="yes", told=told_yes(MORNING)))
    ann.exchange()
    assert world.states()[id].closing is not None


@pytest.mark.fault("F31")
@pytest.mark.invariant("I19")
def test_a_close_stands_though_a_supervisor_gave_the_report_to_its_own_holder(
    meeting: Meeting,
) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(CloseReport(report=meeting.id, **CLOSE))
    meeting.sue.exchange()
    hers = ReassignReport(report=meeting.id, to=ANN, reason="She knows it")
    refused = meeting.sue.desk.submit(hers)
    assert isinstance(refused, Refusal)
    assert refused.sentence == "Ann Lee holds this report already."
    meeting.sue.exchange()
    meeting.ann.line.is_cut = False
    meeting.ann.exchange()
    assert meeting.ann.desk.attention() == ()
    assert meeting.report.closing is not None


def passed_on(sue: Station, id: ReportId) -> None:
    """A supervisor gives the report to somebody else, and back, unseen by its holder."""
    for to in (BOB, ANN):
        sue.exchange()
        sue.do(ReassignReport(report=id, to=to, reason="Sick"))
    sue.exchange()
