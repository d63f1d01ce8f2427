"""What becomes of grades and emergencies that meet, or come late: rows of the conflict policy."""

import pytest

from tests.flow.meeting import CLOSE, Meeting
from tests.world import listed
from workstation.desk import QueueFilter
from workstation.domain.closing import CloseReport
from workstation.domain.grading import (
    CheckByVoice,
    EscalateEmergency,
    GradeReport,
    OpenByDispatch,
    TellByVoice,
)
from workstation.domain.report import Channel
from workstation.domain.story import AddNote


@pytest.mark.invariant("I21")
@pytest.mark.parametrize("first", ["ann", "bob"])
def test_grades_that_meet_leave_the_more_urgent_standing(meeting: Meeting, first: str) -> None:
    meeting.ann.do(GradeReport(report=meeting.id, code="R", reason="Noise."))
    meeting.bob.do(GradeReport(report=meeting.id, code="P", reason="A child is there."))
    order = [meeting.ann, meeting.bob]
    meeting.both(*(order if first == "ann" else reversed(order)))
    grading = meeting.report.grading
    assert grading is not None
    assert grading.code == "P"
    if first == "bob":
        assert meeting.refused(meeting.ann) == ["GradeReport"]
    for station in order:
        assert station.desk.rows([meeting.id])[0].grade_code == "P"


@pytest.mark.fault("F31")
@pytest.mark.invariant("I19", "I21")
def test_a_grade_late_is_applied_when_more_urgent_and_refused_when_less(meeting: Meeting) -> None:
    other = meeting.world.receive(Channel.ONLINE, "A man follows me.", "Ely")
    meeting.both(meeting.ann, meeting.bob, meeting.sue)
    meeting.ann.assess(other)
    meeting.both(meeting.ann, meeting.bob, meeting.sue)
    meeting.ann.line.is_cut = True
    meeting.ann.do(GradeReport(report=meeting.id, code="P", reason="She is afraid."))
    meeting.ann.do(GradeReport(report=other, code="R", reason="Nothing to it."))
    meeting.moves_to_bob()
    meeting.bob.do(GradeReport(report=meeting.id, code="R", reason="Noise."))
    meeting.bob.do(GradeReport(report=other, code="P", reason="He is still there."))
    meeting.both(meeting.bob)
    meeting.comes_back()
    codes = [meeting.world.states()[id].grading.code for id in (meeting.id, other)]  # type: ignore[union-attr]
    assert codes == ["P", "P"]
    assert meeting.refused(meeting.ann) == ["GradeReport"]


@pytest.mark.parametrize("is_late", [False, True])
def test_an_emergency_is_always_applied_and_leaves_first(meeting: Meeting, is_late: bool) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(AddNote(report=meeting.id, text="Before."))
    meeting.ann.do(EscalateEmergency(report=meeting.id, why="He has a knife."))
    batch = meeting.ann.desk.stock.outbox.next_batch()
    assert batch is not None
    assert batch.lane == "urgent"
    if is_late:
        meeting.moves_to_bob()
        meeting.bob.do(CloseReport(report=meeting.id, **CLOSE))
        meeting.both(meeting.bob)
        meeting.world.clock.pass_by(minutes=20)
    meeting.bob.do(EscalateEmergency(report=meeting.id, why="Screams."))
    meeting.both(meeting.bob)
    meeting.comes_back()
    assert meeting.report.is_emergency
    assert meeting.report.is_open
    assert meeting.refused(meeting.ann) == meeting.refused(meeting.bob) == []


def test_an_emergency_that_comes_old_is_to_be_checked_by_voice_until_somebody_did(
    meeting: Meeting,
) -> None:
    dan = meeting.world.station("dan", "D01")
    meeting.ann.line.is_cut = True
    meeting.ann.do(EscalateEmergency(report=meeting.id, why="He has a knife."))
    meeting.ann.do(TellByVoice(report=meeting.id, told="Cole"))
    meeting.world.clock.pass_by(minutes=13)
    meeting.comes_back()
    meeting.both(dan)
    assert meeting.report.is_emergency
    for station in (dan, meeting.sue):
        assert meeting.id in listed(station.desk, QueueFilter(view="dispatch"))
        assert "check by voice" in station.desk.rows([meeting.id])[0].flags
        assert any("check by voice that it still holds" in text for text in meeting.told(station))
    dan.do(CheckByVoice(report=meeting.id, found="Ann: he is still there."))
    meeting.both(dan, meeting.sue)
    assert "check by voice" not in meeting.sue.desk.rows([meeting.id])[0].flags


def test_an_emergency_that_comes_in_time_is_not_checked(meeting: Meeting) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(EscalateEmergency(report=meeting.id, why="He has a knife."))
    meeting.world.clock.pass_by(minutes=5)
    meeting.comes_back()
    assert meeting.report.is_emergency
    assert meeting.report.voice_check is None


def test_two_dispatchers_open_a_grade_once_and_word_by_voice_is_always_taken(
    meeting: Meeting,
) -> None:
    dan, dave = (meeting.world.station("dan", name) for name in ("D01", "D02"))
    meeting.ann.do(EscalateEmergency(report=meeting.id, why="A knife."))
    meeting.both(meeting.ann, dan, dave)
    meeting.ann.line.is_cut = True
    meeting.ann.do(TellByVoice(report=meeting.id, told="Cole"))
    for station in (dan, dave):
        station.do(OpenByDispatch(report=meeting.id))
    meeting.both(dan, dave)
    opened, lines = meeting.report.opened, len(meeting.world.journal(meeting.id).lines)
    meeting.comes_back()
    assert opened is not None
    assert meeting.report.opened == opened
    assert len(meeting.world.journal(meeting.id).lines) == lines + 1
    assert meeting.refused(dave) == meeting.refused(meeting.ann) == []
